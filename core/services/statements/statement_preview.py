"""What a file of statements says, as the facts of a message: before anything of it is kept (1.5)."""

from collections.abc import Sequence
from typing import Any

from core.files.line_items import item_of, line_items
from core.files.statement_check import Remark
from core.files.statement_file import FileContent
from core.files.statement_firm import is_another_firm
from core.queries.customers.statements import KeptStatement
from core.records.statement import StatementFile
from core.rules.money import Money
from core.rules.statements.statements import Figure, Statement
from core.texts.message import Button, Buttons, rows
from core.texts.wire import Label, Named

REMARKS_SHOWN = 5
_TELLING = (Figure.TOTAL_ASSETS, Figure.REVENUE, Figure.NET_PROFIT)
"""The figures that a preview tells, so that a wrong unit or a wrong customer shows."""


def preview(content: FileContent, kept: Sequence[KeptStatement], customer: str) -> dict[str, Any]:
    """The periods with what is new and what would change, and what could not be taken as it stands.

    A file that names another firm than the `customer` is told with the name that it has.
    """
    known = {each.statement.ends: each.statement for each in kept}
    return {
        "customer": customer,
        "another": another_firm(content, customer),
        "unit_told": content.yuan is not None,
        "periods": [_period(each, known.get(each.ends)) for each in content.statements],
        "remarks": [told_remark(each) for each in content.remarks[:REMARKS_SHOWN]],
        "more": max(len(content.remarks) - REMARKS_SHOWN, 0),
    }


def another_firm(content: FileContent, customer: str) -> str:
    """The firm that a file names, where it is not the customer; else empty."""
    return content.firm if content.firm is not None and is_another_firm(content.firm, customer) else ""


def choices(file: StatementFile, content: FileContent) -> Buttons:
    """Keep it, audited or not where the file does not say, or drop it."""
    drop = Button(f"statement-drop:{file.id}", "button-statement-drop")
    if all(statement.ends in content.audited for statement in content.statements):
        return rows(Button(f"statement-keep:{file.id}:no", "button-statement-keep"), drop)
    return rows(
        Button(f"statement-keep:{file.id}:yes", "button-statement-audited"),
        Button(f"statement-keep:{file.id}:no", "button-statement-unaudited"),
        drop,
    )


def figure_name(figure: Figure) -> Named:
    """A figure as the statements name it, in both languages."""
    item = item_of(figure)
    return Named(item.zh, item.en)


def told_remark(remark: Remark) -> dict[str, Any]:
    """A remark as the facts of its words, lines by their names."""
    facts = dict(remark.facts)
    if "total" in facts:
        item = next(item for item in line_items() if item.key == facts["total"])
        facts["total"] = Named(item.zh, item.en)
    if "ratios" in facts:
        facts["ratios"] = [Label(f"ratio-{key}") for key in facts["ratios"]]
    facts |= {name: Money.of(facts[name]) for name in ("made", "difference", "other") if name in facts}
    return {
        "sheet": remark.place.sheet,
        "cell": remark.place.cell,
        "label": remark.place.label,
        "value": remark.value,
        "key": remark.key,
        "facts": facts,
    }


def _period(statement: Statement, known: Statement | None) -> dict[str, Any]:
    changed = [
        figure
        for figure, value in statement.figures.items()
        if known is not None and known[figure] not in (None, value)
    ]
    return {
        "ends": statement.ends,
        "months": statement.months,
        "count": len(statement.figures),
        "changed": [figure_name(figure) for figure in changed],
        "figures": [
            {"name": figure_name(figure), "amount": Money.of(value)}
            for figure in _TELLING
            if (value := statement[figure]) is not None
        ],
    }
