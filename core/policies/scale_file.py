"""Reading a scale: bands of a number, the options of a choice, or the standards of an industry."""

from decimal import Decimal

from core.policies.names import Names, refuse_fraction
from core.policies.reader import Table
from core.rules.policy.facts import FactKind, FactType, FactValue
from core.rules.rating.scorecard_plan import BandPlan, OptionPlan, ScalePlan, StandardScale

_BANDS = "bands = [{ below = 48, points = 100 }, { below = 68.7, points = 100, to = 60 }, { points = 0 }]"
_OPTIONS = 'options = [{ value = "good", points = 100 }, { value = "poor", points = 0 }]'
NUMBERS = (FactType.NUMBER, FactType.PERCENT, FactType.COUNT, FactType.MONEY)
ANSWERS = (FactType.YES_NO, FactType.CHOICE)


def read_scale(table: Table, names: Names, fact: FactKind, *, standards: bool = False) -> ScalePlan:
    """The one scale of an indicator; `PolicyError` where it has none, two, or one that its fact cannot have."""
    found = [key for key in ("bands", "options", "standards") if table.has(key)]
    wanted = "options" if fact.kind in ANSWERS else "bands"
    example = _OPTIONS if fact.kind in ANSWERS else _BANDS
    if len(found) != 1 or (found[0] == "standards" and not standards):
        raise table.error(None, "one_scale", example, fact=fact.key)
    if found[0] == "standards":
        if fact.kind in ANSWERS or not table.flag("standards"):
            raise table.error("standards", "one_scale", example, fact=fact.key)
        return StandardScale()
    if found[0] != wanted:
        raise table.error(found[0], "one_scale", example, fact=fact.key)
    return _bands(table, names, fact) if wanted == "bands" else _options(table, names, fact)


def _bands(table: Table, names: Names, fact: FactKind) -> tuple[BandPlan, ...]:
    rows = table.tables("bands", _BANDS)
    bands = tuple(_band(row, names) for row in rows)
    for place, (row, band) in enumerate(zip(rows[:-1], bands[:-1], strict=True)):
        if band.below is None:
            raise row.error(
                None, "band_without_end", "{ below = 48, points = 100 }", fact=fact.key, at=place + 1
            )
    if bands[-1].below is not None:
        raise rows[-1].error(None, "not_open_ended", _BANDS, at=len(rows))
    if bands[0].to is not None:
        raise rows[0].error("to", "open_ended_slope", _BANDS, at=1)
    ends = [band.below for band in bands[:-1]]
    if fact.kind is FactType.PERCENT and all(isinstance(end, Decimal) and end <= 1 for end in ends):
        for row, end in zip(rows, ends, strict=False):
            refuse_fraction(row, "up_to" if row.has("up_to") else "below", end)
    return bands


def _band(row: Table, names: Names) -> BandPlan:
    if row.has("from"):
        raise row.error("from", "band_from", "{ below = 48, points = 100 }")
    if row.has("below") and row.has("up_to"):
        raise row.error("up_to", "two_ends", _BANDS)
    end = next((key for key in ("below", "up_to") if row.has(key)), None)
    return BandPlan(
        points=names.number(row, "points", "points = 80"),
        below=None if end is None else names.number(row, end, f"{end} = 48", kinds=NUMBERS),
        to=names.number(row, "to", "to = 60") if row.has("to") else None,
        end_included=end == "up_to",
    )


def _options(table: Table, names: Names, fact: FactKind) -> tuple[OptionPlan, ...]:
    """Every answer that the fact may have exactly once."""
    rows = table.tables("options", _OPTIONS)
    wanted: list[FactValue] = (
        [choice.value for choice in fact.choices] if fact.kind is FactType.CHOICE else [True, False]
    )
    options: list[OptionPlan] = []
    for row in rows:
        value = names.fact_value(row, "value", fact)
        if any(value == other.value for other in options):
            raise row.error("value", "duplicate", _OPTIONS, name=value)
        options.append(OptionPlan(value, names.number(row, "points", "points = 100")))
    missing = [str(value) for value in wanted if all(value != option.value for option in options)]
    if missing:
        raise table.error("options", "options_missing", _OPTIONS, fact=fact.key, missing="|".join(missing))
    return tuple(options)
