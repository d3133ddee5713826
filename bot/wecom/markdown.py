"""From the smallest HTML to WeCom's smallest Markdown, in parts of so many bytes.

WeCom knows no escape character. What a person wrote and Markdown would read as markup is therefore written with the
full-width twin of the sign: nobody can bring a link, a mention or a heading into somebody else's chat by way of a name.
"""

import re
from collections.abc import Iterator
from html import unescape

_PIECE = re.compile(r"</?(?:b|i|code)>|\n|[^<\n]+|<")
_TWINS = str.maketrans({"*": "＊", "`": "｀", "[": "［", "]": "］", "<": "＜", ">": "＞", "~": "～"})
_SIGNS = {"b": "**", "i": "", "code": "`"}
_HEADING = re.compile(r"^\s*#")


def markdown(html: str) -> str:
    """The text with bold and code marked as WeCom reads it; italics, which it does not know, are left plain."""
    return "\n".join(_lines(html))


def split(html: str, most_bytes: int) -> list[str]:
    """The same in parts of at most so many bytes (UTF-8), cut between lines; no part for no text."""
    parts: list[str] = []
    part = ""
    for line in _lines(html):
        longer = f"{part}\n{line}" if part else line
        if _size(longer) <= most_bytes:
            part = longer
            continue
        parts.append(part)
        *whole, part = _pieces(line, most_bytes)
        parts += whole
    return [one.strip("\n") for one in (*parts, part) if one.strip()]


def _lines(html: str) -> Iterator[str]:
    """Markup does not reach over the end of a line there: it is closed, and opened again on the next."""
    opened: list[str] = []
    line = ""
    for piece in _PIECE.findall(html):
        if piece == "\n":
            yield _closed(line, opened)
            line = "".join(opened)
        elif piece.startswith("</"):
            line = _closed(line, [opened.pop()])
        elif piece[1:-1] in _SIGNS and piece.startswith("<"):
            opened.append(_SIGNS[piece[1:-1]])
            line += opened[-1]
        else:
            text = unescape(piece).translate(_TWINS)
            line += text if line else _HEADING.sub("＃", text)
    yield _closed(line, opened)


def _closed(line: str, signs: list[str]) -> str:
    """With its markup closed; a pair with nothing in it would be read as text, and is taken out."""
    for sign in reversed(signs):
        line = line.removesuffix(sign) if sign and line.endswith(sign) else line + sign
    return line


def _pieces(line: str, most_bytes: int) -> list[str]:
    """A line that is too long by itself: without its markup, which a cut would break."""
    if _size(line) <= most_bytes:
        return [line]
    pieces = [""]
    for character in line.replace("**", "").replace("`", ""):
        if _size(pieces[-1] + character) > most_bytes:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _size(text: str) -> int:
    return len(text.encode())
