"""How well a name as people say it fits a firm's name: 顺岭配件 is 佛山顺岭汽车配件有限公司 (1.2, 9.1).

Width, case, spaces, marks and traditional characters make no difference to what is compared.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from core.rules.traditional import simplified

_FORMS = re.compile(
    r"股份|集团|控股|责任|有限|总厂|分公司|公司"
    r"|(?<![a-z])(?:co|ltd|inc|company|limited|group|corp|corporation|incorporated)(?![a-z])"
)
_WORD = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")
_PIECE = re.compile(r"[0-9a-z]+|[^\W_]")
"""What is not taken apart: a Chinese character, a word or number in Latin letters."""


class Likeness(IntEnum):
    """How what was said fits a name, the best first."""

    SAME = 1
    FIRM = 2
    """Nothing is left out but what firms share."""
    BEGINS = 3
    WORD = 4
    """It is a whole word of the name, or several."""
    HELD = 5
    IN_ORDER = 6
    """All of it is there in order, with gaps."""
    OTHER_FORM = 7
    """It would fit but for the legal form that was said: 华辰股份 and 华辰有限公司."""
    NEAR = 8
    """It only looks like it."""

    @property
    def is_close(self) -> bool:
        """It was said as it is written, so that the firm may be taken for the one that is meant."""
        return self <= Likeness.HELD


@dataclass(frozen=True)
class FirmName:
    """A name, of a firm or as somebody calls one, as it is compared."""

    text: str

    @cached_property
    def folded(self) -> str:
        return simplified(unicodedata.normalize("NFKC", self.text).casefold())

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        return tuple(_PIECE.findall(self.folded))

    @cached_property
    def key_pieces(self) -> tuple[str, ...]:
        """The pieces without what firms share; all of them, where nothing else is left."""
        return tuple(_PIECE.findall(_FORMS.sub(" ", self.folded))) or self.pieces

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(_WORD.findall(_FORMS.sub(" ", self.folded)))

    @cached_property
    def plain(self) -> str:
        return "".join(self.pieces)

    @cached_property
    def key(self) -> str:
        return "".join(self.key_pieces)

    def fits(self, name: "FirmName") -> Likeness | None:
        """How this, as it was said, fits the name of a firm; None where it does not. What only looks like it does not."""
        if not self.pieces:
            return None
        if spread(self.pieces, name.plain) is None:
            return Likeness.OTHER_FORM if spread(self.key_pieces, name.key) is not None else None
        if self.plain == name.plain:
            return Likeness.SAME
        if self.key == name.key:
            return Likeness.FIRM
        if name.plain.startswith(self.plain) or name.key.startswith(self.key):
            return Likeness.BEGINS
        if _is_run(self.key, name.words):
            return Likeness.WORD
        if self.plain in name.plain or self.key in name.key:
            return Likeness.HELD
        return Likeness.IN_ORDER


def name_key(name: str) -> str:
    """A name without what firms share, for finding the same firm written otherwise."""
    return FirmName(name).key


def spread(pieces: Sequence[str], text: str) -> int | None:
    """Over how many characters of the text the pieces are spread, in order, where they are closest; None: they are not there."""
    starts = (at for at in range(len(text)) if text.startswith(pieces[0], at))
    spans = [span for span in (_span(pieces, text, at) for at in starts) if span is not None]
    return min(spans, default=None)


def _span(pieces: Sequence[str], text: str, start: int) -> int | None:
    at = start
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            return None
        at = found + len(piece)
    return at - start


def _is_run(key: str, words: Sequence[str]) -> bool:
    """Is it some of the words that follow each other?"""
    many = len(words)
    return any(
        key == "".join(words[start:end]) for start in range(many) for end in range(start + 1, many + 1)
    )
