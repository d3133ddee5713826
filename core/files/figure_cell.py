"""What a cell of a financial statement holds, in yuan (1.5): a figure, nothing, or why it is none."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.files.cells import BadCell, clean
from core.files.sheet import Cell
from core.rules.halfwidth import halfwidth

_FEN = Decimal("0.01")
_LARGEST = Decimal(10) ** 15
_MOST_CHARACTERS = 40

_NOTHING = re.compile(r"[-—–_/\\.×xX无]*|n/?a|不适用|未知")
_BRACKETED = re.compile(r"[\[(](.*)[\])]")
_NEGATIVE = re.compile(r"^(?:-|负|△|▲)")
_CURRENCY = re.compile(r"^(?:人民币|rmb|cny|¥)")
_NUMBER = re.compile(r"\+?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})(?:\.[0-9]{1,10})?|\.[0-9]{1,10})(.*)")
UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(10**6),
    "亿元": Decimal(10**8),
}
"""Yuan in each unit that statements are made out in."""
_OWN_UNITS = UNITS | {"千": UNITS["千元"], "万": UNITS["万元"], "百万": UNITS["百万元"], "亿": UNITS["亿元"]}


def read_figure(cell: Cell, yuan: Decimal) -> Decimal | None:
    """The figure of a cell, to the fen, where the sheet counts in units of so many yuan.

    Left empty, dashed or crossed out it is not known, which is not zero. A unit within the cell counts before the
    sheet's. Raises `BadCell`: ``figure-unreadable``, ``figure-too-large``.
    """
    if cell is None:
        return None
    if isinstance(cell, bool | date):
        raise BadCell("figure-unreadable")
    figure = cell * yuan if isinstance(cell, Decimal) else _typed(clean(cell), yuan)
    if figure is None:
        return None
    if not figure.is_finite():
        raise BadCell("figure-unreadable")
    if abs(figure) >= _LARGEST:
        raise BadCell("figure-too-large")
    return figure.quantize(_FEN, ROUND_HALF_UP)


def _typed(text: str, yuan: Decimal) -> Decimal | None:
    said = halfwidth(text[:_MOST_CHARACTERS]).replace(" ", "").casefold()
    if _NOTHING.fullmatch(said):
        return None
    if bracketed := _BRACKETED.fullmatch(said):
        said = "-" + bracketed[1]
    # ¥-5 and -¥5 are written alike.
    said = _CURRENCY.sub("", said)
    said, minus = _NEGATIVE.subn("", said)
    number = _NUMBER.fullmatch(_CURRENCY.sub("", said))
    if number is None or len(text) > _MOST_CHARACTERS:
        raise BadCell("figure-unreadable")
    own = number[2]
    if own and own not in _OWN_UNITS:
        raise BadCell("figure-unreadable")
    figure = Decimal(number[1].replace(",", "")) * (_OWN_UNITS[own] if own else yuan)
    return -figure if minus else figure
