"""Reading HTML as strictly as Telegram does: an unescaped ``<`` is a refusal, not a guess."""

import re

from tests.support.telegram.errors import bad_request

_TAGS = frozenset(
    [
        "b",
        "strong",
        "i",
        "em",
        "u",
        "ins",
        "s",
        "strike",
        "del",
        "span",
        "tg-spoiler",
        "a",
        "tg-emoji",
        "code",
        "pre",
        "blockquote",
    ]
)
_PIECE = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-zA-Z-]*)[^<>]*>|(?P<lone><)|&(?P<entity>\w+|#\w+);|.", re.DOTALL
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def plain(html: str) -> str:
    """The text a person reads. Errors: ``ApiError`` "can't parse entities"."""
    open_tags: list[str] = []
    text: list[str] = []
    for piece in _PIECE.finditer(html):
        offset = len(html[: piece.start()].encode())
        if piece["lone"] is not None:
            raise _unparsable(f'Unsupported start tag "" at byte offset {offset}')
        if piece["tag"] is not None:
            _follow(piece["tag"].lower(), bool(piece["close"]), offset, open_tags)
        elif piece["entity"] is not None:
            text.append(_character(piece["entity"], piece[0]))
        else:
            text.append(piece[0])
    if open_tags:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return "".join(text)


def length(text: str) -> int:
    """Characters as Telegram counts them at its strictest: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _follow(tag: str, closing: bool, offset: int, open_tags: list[str]) -> None:
    if not closing:
        if tag not in _TAGS:
            raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {offset}')
        open_tags.append(tag)
    elif not open_tags:
        raise _unparsable(f"Unexpected end tag at byte offset {offset}")
    elif (expected := open_tags.pop()) != tag:
        raise _unparsable(
            f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{tag}>"'
        )


def _character(entity: str, as_written: str) -> str:
    if entity.startswith("#"):
        digits = entity[1:]
        try:
            return chr(int(digits[1:], 16) if digits[:1] in "xX" else int(digits))
        except (ValueError, OverflowError):
            return as_written
    return _NAMED.get(entity, as_written)


def _unparsable(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")
