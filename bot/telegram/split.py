"""Cutting a long text into messages that Telegram takes, at line ends and with the markup kept whole."""

import re
from collections.abc import Sequence

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_TOKEN = re.compile(r"</?(?:b|i|code)>|&\w+;|&#\d+;|.", re.DOTALL)


def width(html: str) -> int:
    """The length Telegram counts: after parsing, in UTF-16 units."""
    return sum(_width(token) for token in _TOKEN.findall(html))


def split(html: str, limit: int = TEXT_LIMIT) -> list[str]:
    """The text in parts of at most ``limit``; always at least one part, however empty."""
    if len(html.encode("utf-16-le")) // 2 <= limit:
        return [html]
    parts: list[str] = []
    opened: list[str] = []
    rest: list[str] = _TOKEN.findall(html)
    while rest:
        end = _end_of_part(rest, limit)
        part, rest = rest[:end], rest[end:]
        still_open = _open_after(opened, part)
        if any(_width(token) and not token.isspace() for token in part):
            closing = [f"</{tag[1:]}" for tag in reversed(still_open)]
            parts.append("".join([*opened, *part, *closing]).strip("\n"))
        opened = still_open
    return parts or [""]


def _end_of_part(tokens: Sequence[str], limit: int) -> int:
    """Behind the last line that fits; within the line if not even one does."""
    total = line_end = 0
    for position, token in enumerate(tokens):
        total += _width(token)
        if total > limit:
            return line_end or position
        if token == "\n":
            line_end = position + 1
    return len(tokens)


def _open_after(opened: Sequence[str], tokens: Sequence[str]) -> list[str]:
    tags = list(opened)
    for token in tokens:
        if token.startswith("</"):
            tags.pop()
        elif _is_tag(token):
            tags.append(token)
    return tags


def _is_tag(token: str) -> bool:
    return len(token) > 1 and token[0] == "<"


def _width(token: str) -> int:
    if _is_tag(token):
        return 0
    return 1 if token[0] == "&" else 1 + (token > "\uffff")
