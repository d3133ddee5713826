"""Typed text in one width: Chinese keyboards give full-width digits and marks, phones add invisible ones."""

import unicodedata

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARKS = {0x3000: " ", 0xA0: " ", 0xFFE5: "¥", 0x3002: ".", 0x2212: "-", 0x2013: "-", 0x2014: "-"}
_TABLE = _FULL_WIDTH | {code: ord(mark) for code, mark in _MARKS.items()}


def halfwidth(text: str) -> str:
    """The text with full-width characters made half-width, invisible marks and outer space removed.

    Unicode's own compatibility folding is not used: it turns ``5²`` into ``52``.
    """
    visible = "".join(mark for mark in text if unicodedata.category(mark) != "Cf")
    return visible.translate(_TABLE).strip()
