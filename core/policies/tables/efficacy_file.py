"""Reading the tables of the efficacy method (B11): weights with special cases, and standard values."""

from collections.abc import Mapping
from decimal import Decimal

from core.policies.reader import PolicyFile, Table
from core.policies.source_file import read_source
from core.rules.rating.efficacy import BasicItem, ModifyingItem, Part
from core.rules.rating.efficacy_tables import EfficacyTables, ReviewIndicator, SpecialCase
from core.rules.rating.standards import (
    LEVELS,
    Direction,
    Standards,
    StandardsBook,
    StandardsNotOrdered,
    StandardsRow,
)
from core.rules.statements.ratios import UNITS, Unit
from core.rules.statements.worksheet import Reason

_WHOLE = 100
_EXAMPLE = "values = [10.6, 7.1, 3.9, 0.9, -5.3]"


def read_efficacy(file: PolicyFile) -> EfficacyTables:
    """The weights that a file of kind ``efficacy`` holds; `PolicyError` where it is wrong."""
    source = read_source(file)
    rows = file.tables("parts", '[[parts]] key = "growth"')
    parts = tuple(_part(row) for row in rows)
    titles = {part.key: row.words() for part, row in zip(parts, rows, strict=True)}
    review_rows = file.tables("review", '[[review]] key = "strategy"')
    reviewed = tuple(
        ReviewIndicator(row.text("key"), row.words(), _number(row, "weight")) for row in review_rows
    )
    tables = EfficacyTables(
        source, parts, titles, reviewed, _number(file, "review_share"), _special_cases(file)
    )
    file.finish()
    _adds_up(rows[0], "weight", _WHOLE, [part.weight for part in parts])
    _adds_up(review_rows[0], "weight", _WHOLE, [each.weight for each in reviewed])
    return tables


def read_special_cases(file: PolicyFile) -> tuple[SpecialCase, ...]:
    """The cases that a file of kind ``special_cases`` holds; `PolicyError` where it is wrong."""
    read_source(file)
    cases = _special_cases(file)
    file.finish()
    return cases


def read_standards(file: PolicyFile) -> StandardsBook:
    """The standard values of a file of kind ``standards``, each in its ratio's unit; `PolicyError` where wrong.

    A row may be for an ``industry``, a ``size`` or both. One with fewer than five values is left out: nobody
    guesses the rest.
    """
    source = read_source(file)
    rows = read_standards_rows(file)
    file.finish()
    return StandardsBook(source, rows)


def read_standards_rows(file: PolicyFile) -> tuple[StandardsRow, ...]:
    """The rows of standard values in a file of any kind, as `read_standards` does."""
    rows: list[StandardsRow] = []
    seen: set[tuple[str, str | None, str | None]] = set()
    for table in file.tables("standards", '[[standards]] ratio = "debt_ratio"'):
        ratio = _ratio(table)
        industry = table.text("industry") if table.has("industry") else None
        size = table.text("size") if table.has("size") else None
        if (ratio, industry, size) in seen:
            raise table.error("ratio", "duplicate", 'ratio = "quick_ratio"', name=table.text("ratio"))
        seen.add((ratio, industry, size))
        standards = _standards(table, ratio)
        if standards is not None:
            rows.append(StandardsRow(ratio, standards, industry, size))
    return tuple(rows)


def _part(row: Table) -> Part:
    weight = _number(row, "weight")
    basic, modifying = _weights(row, "basic"), _weights(row, "modifying")
    for tier, weights in (("basic", basic), ("modifying", modifying)):
        _adds_up(row, tier, weight, list(weights.values()))
    return Part(
        row.text("key"),
        weight,
        tuple(BasicItem(ratio, each, None) for ratio, each in basic.items()),
        tuple(ModifyingItem(ratio, each, None) for ratio, each in modifying.items()),
    )


def _weights(row: Table, tier: str) -> Mapping[str, Decimal]:
    weights = row.table(tier, f"{tier} = {{ debt_ratio = 12, interest_cover = 8 }}")
    for ratio in weights.names():
        if ratio not in UNITS:
            raise weights.error(
                ratio, "unknown_choice", "debt_ratio = 12", value=ratio, known="|".join(UNITS)
            )
    return {ratio: _number(weights, ratio) for ratio in weights.names()}


def _special_cases(file: Table) -> tuple[SpecialCase, ...]:
    rows = file.tables("special", '[[special]] ratio = "debt_ratio"')
    return tuple(
        SpecialCase(
            _ratio(row),
            _reasons(row),
            _number(row, "coefficient") if row.has("coefficient") else None,
            _number(row, "beyond") if row.has("beyond") else None,
            _number(row, "nothing_from") if row.has("nothing_from") else None,
            row.flag("average_suffices") if row.has("average_suffices") else False,
        )
        for row in rows
    )


def _reasons(row: Table) -> tuple[str, ...]:
    if not row.has("reasons"):
        return ()
    reasons = row.texts("reasons", 'reasons = ["LOSS_TO_PROFIT"]')
    for reason in reasons:
        if reason not in set(Reason):
            raise row.error(
                "reasons",
                "unknown_choice",
                'reasons = ["LOSS_TO_PROFIT"]',
                value=reason,
                known="|".join(Reason),
            )
    return reasons


def _standards(row: Table, ratio: str) -> Standards | None:
    direction = row.one_of("direction", Direction)
    # A ratio that is in times here may be in percent in the book, or the other way round.
    shift = {Unit.PERCENT: 2, Unit.TIMES: 0}
    by = shift[UNITS[ratio]] - shift[row.one_of("unit", Unit)]
    values = [value.scaleb(by) for value in _numbers(row, "values")]
    if len(values) < len(LEVELS):
        return None
    best, good, average, low, poor = values
    try:
        return Standards((best, good, average, low, poor), direction)
    except StandardsNotOrdered as error:
        raise row.error("values", "not_ordered", _EXAMPLE, direction=direction, level=error.level) from error


def _ratio(row: Table) -> str:
    ratio = row.text("ratio", 'ratio = "debt_ratio"')
    if UNITS.get(ratio, Unit.YUAN) is Unit.YUAN:
        raise row.error("ratio", "unknown_choice", 'ratio = "debt_ratio"', value=ratio, known="|".join(UNITS))
    return ratio


def _numbers(row: Table, key: str) -> list[Decimal]:
    values = row.raw(key, _EXAMPLE)
    if not isinstance(values, list) or not all(map(_is_number, values)) or len(values) > len(LEVELS):
        raise row.error(key, "wrong_type", _EXAMPLE, key=key, value=values, wanted="number list")
    return [Decimal(value) for value in values]


def _number(row: Table, key: str) -> Decimal:
    value = row.raw(key, f"{key} = 12")
    if not _is_number(value):
        raise row.error(key, "wrong_type", f"{key} = 12", key=key, value=value, wanted="number")
    return Decimal(value)


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal | int) and not isinstance(value, bool) and Decimal(value).is_finite()


def _adds_up(row: Table, key: str, whole: Decimal | int, weights: list[Decimal]) -> None:
    found = sum(weights, Decimal(0))
    if found != whole:
        raise row.error(key, "weights_do_not_add_up", f"{key}: {whole}", found=found, whole=whole)
