"""Whose statements a file says that they are (1.5): the firm named above them, held against the customer."""

import re
from collections.abc import Iterable

from core.files.line_items import squeezed

_LONGEST = 60
_NAMED = re.compile(
    r"\s*(?:编制单位|编报单位|填报单位|单位名称|企业名称|公司名称|(?:company|entity|prepared by)(?: name)?)"
    r"(?:[（(]盖章[）)])?\s*[:：]\s*(.*)",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s{2,}|\s*(?:金额)?单位\s*[:：]|\s*unit\s*:|\s*[12][09]\d{2}\s*[年-]", re.IGNORECASE)
"""What else stands in the same cell behind the name: the day, the unit."""


def firm_in(cells: Iterable[str]) -> str | None:
    """The firm that the cells above the figures name, as written; in the same cell or in the next one."""
    waiting = False
    for cell in cells:
        if waiting:
            return _alone(cell)
        found = _NAMED.match(cell)
        if found is not None and (name := _alone(found[1])) is not None:
            return name
        waiting = found is not None
    return None


def is_another_firm(named: str, customer: str) -> bool:
    """Whether a file names another firm; one of two names that holds the other is a shorter form of it."""
    one, other = squeezed(named), squeezed(customer)
    return one not in other and other not in one


def _alone(text: str) -> str | None:
    return _BEHIND.split(text.strip(), maxsplit=1)[0].strip()[:_LONGEST] or None
