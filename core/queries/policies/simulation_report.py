"""A simulation told: as facts for a card and a picture, as a workbook, as plain data for other programs (2.9)."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from core.files.export import Table, Value, write_xlsx
from core.queries.policies.grade_names import GradeName, grade_name
from core.queries.policies.simulation import Case, Simulation
from core.rules.judging.migration import NOT_RATED, CrossTable
from core.rules.policy.conditions import Answer
from core.rules.policy.policy import Policy
from core.rules.rating.rating import Item
from core.settings import Language
from core.texts.catalog import plain, shown
from core.texts.wire import Label, Named, Phrase

CASES_SHOWN = 8
_REASONS_SHOWN = 2


def card_facts(found: Simulation) -> dict[str, Any]:
    """The summary on one card: the table, what lines would lose, and the first few customers with why."""
    moved = found.migration
    return {
        "draft": _title(found.draft),
        "version": found.draft.version,
        "current": _title(found.current),
        "on": found.on,
        "customers": found.customers,
        "comparable": found.table.comparable,
        "same": moved.same if moved else 0,
        "better": moved.better if moved else 0,
        "worse": moved.worse if moved else 0,
        "rated_anew": moved.rated_anew if moved else 0,
        "no_longer_rated": moved.no_longer_rated if moved else 0,
        "rows": table_rows(found.table, found.current, found.draft),
        "shrinking": len(found.shrinking),
        "ending": len(found.ending),
        "lost": found.lost,
        "lines": found.lines,
        "exposure": found.exposure_affected,
        "cases": [_case_facts(found, case) for case in found.cases[:CASES_SHOWN]],
        "more": max(len(found.cases) - CASES_SHOWN, 0),
    }


def table_rows(table: CrossTable, down: Policy, across: Policy) -> list[dict[str, Any]]:
    """A cross table as lines for a phone: each grade that anybody had, with what became of them.

    The rows are grades of one policy, the columns of the other.
    """
    return [
        {
            "name": _grade(down, row),
            "cells": [
                {"name": _grade(across, column), "count": table.at(row, column)}
                for column in table.columns
                if table.at(row, column)
            ],
        }
        for row in table.rows
        if table.row_total(row)
    ]


def picture_facts(found: Simulation) -> dict[str, Any]:
    """What the picture ``migration`` draws."""
    table = found.table
    return {
        "title": _title(found.draft),
        "note": found.on,
        "down": _title(found.current),
        "across": _title(found.draft),
        "columns": [_grade(found.draft, code) for code in table.columns],
        "rows": [
            {
                "name": _grade(found.current, row),
                "cells": [
                    {"count": table.at(row, column), "way": _way(table, row, column)}
                    for column in table.columns
                ],
                "sum": table.row_total(row),
            }
            for row in table.rows
        ],
        "sums": [table.column_total(column) for column in table.columns],
    }


def workbook(found: Simulation, language: Language) -> bytes:
    """Everybody who would be treated otherwise, the table, and where each customer stands in it, as xlsx."""

    def word(key: str) -> str:
        return plain(language, key, {})

    def told(value: Any) -> str:
        return shown(language, value)

    table = found.table
    header = [word(key) for key in _HEADER]
    target = BytesIO()
    write_xlsx(
        target,
        [
            Table(
                word("simulation-sheet-cases"),
                header,
                (list(_row(found, case, language)) for case in found.cases),
            ),
            Table(
                word("simulation-sheet-table"),
                [
                    f"{told(_title(found.current))} ↓",
                    *(told(_grade(found.draft, code)) for code in table.columns),
                ],
                [
                    [told(_grade(found.current, row)), *(table.at(row, column) for column in table.columns)]
                    for row in table.rows
                ],
            ),
            Table(
                word("simulation-sheet-everybody"),
                header[:_PLACE],
                (
                    [
                        each.code,
                        each.name,
                        told(_grade(found.current, each.before)),
                        told(_grade(found.draft, each.after)),
                    ]
                    for each in found.everybody
                ),
            ),
        ],
    )
    return target.getvalue()


def data(found: Simulation) -> dict[str, Any]:
    """All of it for other programs."""
    moved = found.migration
    return {
        "on": found.on,
        "current": _source(found.current),
        "draft": _source(found.draft),
        "customers": found.customers,
        "comparable": found.table.comparable,
        "table": table_data(found.table),
        "migration": {"same": moved.same, "better": moved.better, "worse": moved.worse} if moved else None,
        "lines": {"total": found.lines, "lost": found.lost},
        "exposure_affected": found.exposure_affected,
        "shrinking": [case.code for case in found.shrinking],
        "ending": [case.code for case in found.ending],
        "cases": [
            {
                "code": case.code,
                "name": case.name,
                "before": case.verdict.before,
                "after": case.verdict.after,
                "exposure": case.exposure,
                "limit": case.verdict.line.limit if case.verdict.line else None,
                "proposed": case.verdict.line.proposed if case.verdict.line else None,
                "reasons": [item.key for item in case.verdict.differing],
            }
            for case in found.cases
        ],
    }


def table_data(table: CrossTable) -> list[dict[str, Any]]:
    """A cross table as a list of what is in it; no grade is null."""
    return [
        {"before": row or None, "after": column or None, "customers": table.at(row, column)}
        for row in table.rows
        for column in table.columns
        if table.at(row, column)
    ]


_HEADER = (
    "simulation-column-code",
    "simulation-column-name",
    "simulation-column-before",
    "simulation-column-after",
    "simulation-column-exposure",
    "simulation-column-limit",
    "simulation-column-proposed",
    "simulation-column-why",
)
_PLACE = 4
"""Who it is, and the grade before and after."""


def _row(found: Simulation, case: Case, language: Language) -> Iterator[Value]:
    verdict = case.verdict
    yield case.code
    yield case.name
    yield shown(language, _grade(found.current, verdict.before))
    yield shown(language, _grade(found.draft, verdict.after))
    yield case.exposure
    yield verdict.line.limit if verdict.line else None
    yield verdict.line.proposed if verdict.line else None
    yield shown(language, [_why(item) for item in verdict.differing])


def _case_facts(found: Simulation, case: Case) -> dict[str, Any]:
    line = case.verdict.line
    return {
        "name": case.name,
        "before": _grade(found.current, case.verdict.before),
        "after": _grade(found.draft, case.verdict.after),
        "moved": found.table.comparable and case.verdict.before != case.verdict.after,
        "unrated": case.verdict.after is None and not found.table.comparable,
        "limit": line.limit if line else None,
        "proposed": line.proposed if line else None,
        "ends": line is not None and line.ends,
        "why": [_why(item) for item in case.verdict.differing[:_REASONS_SHOWN]],
    }


def _why(item: Item) -> Named | Phrase:
    """What made the difference, the way that it came out: a criterion in its own words reads as if it were met."""
    title = Named(item.title.zh, item.title.en)
    unanswered = bool(item.inputs) and not item.flags and all(each.value is None for each in item.inputs)
    if item.answer is Answer.UNKNOWN or unanswered:
        return Phrase("simulation-not-known", {"title": title})
    return Phrase("simulation-not-so", {"title": title}) if item.answer is Answer.NO else title


def _way(table: CrossTable, row: str, column: str) -> str:
    """How a cell is shaded: better and worse only where both are grades of one scheme."""
    if not table.comparable or NOT_RATED in {row, column}:
        return "apart"
    before, after = table.rows.index(row), table.columns.index(column)
    return "same" if before == after else "better" if after < before else "worse"


def _grade(policy: Policy, code: str | None) -> Label | GradeName:
    return grade_name(policy, code) or Label("simulation-not-rated")


def _title(policy: Policy) -> Named:
    return Named(policy.title.zh, policy.title.en)


def _source(policy: Policy) -> dict[str, str]:
    return {"id": policy.id, "version": policy.version, "checksum": policy.checksum}
