"""Reading a comparison; one written in the marks or words of a document is told in those of the file."""

from core.policies.reader import Table
from core.rules.halfwidth import halfwidth
from core.rules.policy.conditions import Comparison

_MEANT = {
    "≥": ">=",
    "≧": ">=",
    "=>": ">=",
    "大于等于": ">=",
    "不低于": ">=",
    "不少于": ">=",
    "≤": "<=",
    "≦": "<=",
    "=<": "<=",
    "小于等于": "<=",
    "不高于": "<=",
    "不超过": "<=",
    "大于": ">",
    "高于": ">",
    "超过": ">",
    "小于": "<",
    "低于": "<",
    "==": "=",
    "等于": "=",
    "是": "=",
}
"""How documents and people write a comparison."""


def read_comparison(table: Table) -> Comparison:
    """What stands under ``op``."""
    written = halfwidth(table.text("op", 'op = ">="'))
    if written in _MEANT:
        known = "|".join(Comparison)
        raise table.error("op", "unknown_choice", f'op = "{_MEANT[written]}"', value=written, known=known)
    return table.one_of("op", Comparison)
