"""Reading the tables of the efficacy method (B11): weights with special cases, and standard values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.policies.policy_file import read_source
from core.policies.reader import PolicyFile, Table
from core.rules.efficacy import BasicItem, Method, ModifyingItem, Part
from core.rules.ratios import UNITS, Unit
from core.rules.source import Source, Text
from core.rules.standards import LEVELS, Direction, Standards, StandardsNotOrdered
from core.rules.worksheet import Reason

_WHOLE = 100
_EXAMPLE = "values = [10.6, 7.1, 3.9, 0.9, -5.3]"


@dataclass(frozen=True, slots=True)
class ReviewIndicator:
    """One indicator of the review tier, with its weight among all of them."""

    key: str
    title: Text
    weight: Decimal


@dataclass(frozen=True, slots=True)
class SpecialCase:
    """What takes the place of the standard values for one ratio; each field None or empty where it says nothing."""

    ratio: str
    reasons: tuple[str, ...]
    coefficient: Decimal | None
    beyond: Decimal | None
    nothing_from: Decimal | None
    average_suffices: bool


@dataclass(frozen=True, slots=True)
class EfficacyTables:
    """Weights and special cases of one version of the method; the standard values are the company's."""

    source: Source
    parts: tuple[Part, ...]
    titles: Mapping[str, Text]
    """Of the parts."""
    review: tuple[ReviewIndicator, ...]
    review_share: Decimal
    special: tuple[SpecialCase, ...]

    def method(self, standards: Mapping[str, Standards]) -> Method:
        """The method with an industry's standard values; a ratio without any stays unset."""
        return Method(
            tuple(
                replace(
                    part,
                    basic=tuple(self._basic(item, standards) for item in part.basic),
                    modifying=tuple(self._modifying(item, standards) for item in part.modifying),
                )
                for part in self.parts
            )
        )

    def _basic(self, item: BasicItem, standards: Mapping[str, Standards]) -> BasicItem:
        ends = [case.nothing_from for case in self._cases(item.key) if case.nothing_from is not None]
        return replace(item, standards=standards.get(item.key), nothing_from=next(iter(ends), None))

    def _modifying(self, item: ModifyingItem, standards: Mapping[str, Standards]) -> ModifyingItem:
        fixed = [(case, case.coefficient) for case in self._cases(item.key) if case.coefficient is not None]
        beyond = [(case.beyond, coefficient) for case, coefficient in fixed if case.beyond is not None]
        return replace(
            item,
            standards=standards.get(item.key),
            by_reason={reason: coefficient for case, coefficient in fixed for reason in case.reasons},
            beyond=next(iter(beyond), None),
            average_suffices=any(case.average_suffices for case in self._cases(item.key)),
        )

    def _cases(self, ratio: str) -> tuple[SpecialCase, ...]:
        return tuple(case for case in self.special if case.ratio == ratio)


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


def read_standards(file: PolicyFile) -> Mapping[str, Standards]:
    """The standard values of a file of kind ``standards``, each in its ratio's unit; `PolicyError` where wrong.

    A ratio with fewer than five values is left out: nobody guesses the rest.
    """
    read_source(file)
    found: dict[str, Standards] = {}
    for row in file.tables("standards", '[[standards]] ratio = "debt_ratio"'):
        ratio = _ratio(row)
        if ratio in found:
            raise row.error("ratio", "duplicate", 'ratio = "quick_ratio"')
        standards = _standards(row, ratio)
        if standards is not None:
            found[ratio] = standards
    file.finish()
    return found


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
            raise weights.error(ratio, "unknown_choice", "debt_ratio = 12", known="|".join(UNITS))
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
                "reasons", "unknown_choice", 'reasons = ["LOSS_TO_PROFIT"]', known="|".join(Reason)
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
        raise row.error("ratio", "unknown_choice", 'ratio = "debt_ratio"', known="|".join(UNITS))
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
