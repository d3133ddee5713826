"""Cutting a long text into messages that Telegram takes, at line ends and with the markup kept whole."""

import re
from collections.abc import Sequence

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_PIECE = re.compile(r"</?(?:b|i|code)>|&\w+;|&#\d+;|.", re.DOTALL)


def width(html: str) -> int:
    """The length Telegram counts: after parsing, in UTF-16 units."""
    return sum(_width(piece) for piece in _PIECE.findall(html))


def split(html: str, limit: int = TEXT_LIMIT) -> list[str]:
    """The text in parts of at most ``limit``; always at least one part, however empty."""
    if len(html.encode("utf-16-le")) // 2 <= limit:
        return [html]
    parts: list[str] = []
    opened: list[str] = []
    rest: list[str] = _PIECE.findall(html)
    while rest:
        end = _end_of_part(rest, limit)
        part, rest = rest[:end], rest[end:]
        still_open = _open_after(opened, part)
        if any(_width(piece) and not piece.isspace() for piece in part):
            closing = [f"</{tag[1:]}" for tag in reversed(still_open)]
            parts.append("".join([*opened, "".join(part).strip("\n"), *closing]))
        opened = still_open
    return parts or [""]


def _end_of_part(pieces: Sequence[str], limit: int) -> int:
    """Behind the last line that fits; within the line if not even one does."""
    total = line_end = 0
    for position, piece in enumerate(pieces):
        total += _width(piece)
        if total > limit:
            return line_end or position
        if piece == "\n":
            line_end = position + 1
    return len(pieces)


def _open_after(opened: Sequence[str], pieces: Sequence[str]) -> list[str]:
    tags = list(opened)
    for piece in pieces:
        if piece.startswith("</"):
            tags.pop()
        elif _is_tag(piece):
            tags.append(piece)
    return tags


def _is_tag(piece: str) -> bool:
    return len(piece) > 1 and piece[0] == "<"


def _width(piece: str) -> int:
    if _is_tag(piece):
        return 0
    return 1 if piece[0] == "&" else 1 + (piece > "\uffff")
