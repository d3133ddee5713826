"""Numbers as people write them in prose (``50%``, ``6万``, ``45天``), told as a policy file writes them."""

import re
from decimal import Decimal

from core.rules.halfwidth import halfwidth

_GROUPED = r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"
_PLAIN = r"[+-]?\d+(?:\.\d+)?"
_TIMES = {"万": 10**4, "亿": 10**8}
_WRITTEN = re.compile(rf"({_GROUPED}|{_PLAIN})\s*([万亿]?)\s*([%％]|\D{{0,4}})")
_PERCENT = ("%", "％")
_FACTORS = {"times", "min_coverage"}
"""Keys whose number multiplies: a fifth is 0.2 there, while a percentage is written 20 everywhere else."""
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")


def as_number(written: str, key: str) -> str | None:
    """The bare number (``60000``) as it stands under a key; None where it is none at all."""
    found = _WRITTEN.fullmatch(halfwidth(written))
    if found is None:
        return None
    number = Decimal(found[1].replace(",", "")) * _TIMES.get(found[2], 1)
    if found[3] in _PERCENT and key in _FACTORS:
        number = (number / 100).normalize()
    return f"{number:f}"


def as_day(written: str) -> str | None:
    """The day as the file writes it (``2027-01-01``); None where it is none at all."""
    found = _DAY.fullmatch(halfwidth(written))
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None
