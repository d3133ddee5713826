"""Standard values (B11): strictly ordered in their direction; a figure stands at the lower of its two neighbours."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.rating.reading import Reading
from core.rules.rating.standards import LEVELS, Direction, Level, Standards, StandardsNotOrdered


def of(direction: Direction, *values: str) -> Standards:
    first, second, third, fourth, fifth = map(Decimal, values)
    return Standards((first, second, third, fourth, fifth), direction)


EQUITY_RETURN = of(Direction.HIGHER, "10.6", "7.1", "3.9", "0.9", "-5.3")
DEBT_RATIO = of(Direction.LOWER, "48", "58.9", "68.7", "86.4", "96.6")
BOTH = pytest.mark.parametrize("standards", [EQUITY_RETURN, DEBT_RATIO], ids=["higher", "lower"])


def coefficient(standards: Standards, value: Decimal) -> Decimal:
    placing = standards.place(Reading.of(value))
    assert placing is not None
    return placing.coefficient


@BOTH
def test_at_a_standard_value_a_figure_earns_its_coefficient(standards: Standards) -> None:
    found = [standards.place(Reading.of(value)) for value in standards.values]
    assert [placing and (placing.level, placing.way) for placing in found] == [(level, 0) for level in LEVELS]
    assert [coefficient(standards, value) for value in standards.values] == [
        Decimal(each) for each in ("1.0", "0.8", "0.6", "0.4", "0.2")
    ]


@BOTH
def test_the_coefficient_is_continuous_but_for_the_fall_below_poor(standards: Standards) -> None:
    worse = Decimal("0.000001") * (1 if standards.direction is Direction.LOWER else -1)
    for value in standards.values[:4]:
        assert abs(coefficient(standards, value) - coefficient(standards, value + worse)) < Decimal("0.0001")
    assert coefficient(standards, standards.values[4] + worse) == 0


def test_lower_is_better_runs_the_other_way() -> None:
    assert coefficient(DEBT_RATIO, Decimal("63.8")) == Decimal("0.7")
    assert coefficient(DEBT_RATIO, Decimal("20")) == 1
    assert coefficient(DEBT_RATIO, Decimal("96.61")) == 0


def test_figures_without_a_number() -> None:
    made = [Reading.best("X"), Reading.worst("X"), Reading.undefined("X")]
    assert [placing and placing.level for placing in map(EQUITY_RETURN.place, made)] == [
        Level.EXCELLENT,
        Level.BELOW_POOR,
        Level.BELOW_POOR,
    ]
    assert EQUITY_RETURN.place(Reading.missing("X")) is None


@pytest.mark.parametrize(
    ("direction", "values", "level"),
    [
        (Direction.HIGHER, "5 4 4 2 1", Level.AVERAGE),
        (Direction.HIGHER, "1 2 3 4 5", Level.GOOD),
        (Direction.LOWER, "5 4 3 2 1", Level.GOOD),
        (Direction.LOWER, "1 2 3 4 4", Level.POOR),
    ],
)
def test_values_out_of_order_are_refused(direction: Direction, values: str, level: Level) -> None:
    with pytest.raises(StandardsNotOrdered) as refused:
        of(direction, *values.split())
    assert refused.value.level is level


@given(st.decimals(-20, 120, places=3), st.decimals(0, 30, places=3))
def test_better_never_earns_less(value: Decimal, more: Decimal) -> None:
    assert coefficient(EQUITY_RETURN, value + more) >= coefficient(EQUITY_RETURN, value)
    assert coefficient(DEBT_RATIO, value - more) >= coefficient(DEBT_RATIO, value)
    assert 0 <= coefficient(EQUITY_RETURN, value) <= 1
