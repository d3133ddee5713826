"""Scales (2.1): half-open bands without gap or overlap, lists of answers, and points that run along a band."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.rating.reading import Standing
from core.rules.rating.scales import Band, Bands, Option, Options, ScaleError

ZERO, TEN, TWENTY = Decimal(0), Decimal(10), Decimal(20)


def bands(*ends: Decimal | None, points: tuple[int, ...] = (0, 50, 100)) -> Bands:
    rows = zip(ends[:-1], ends[1:], points, strict=True)
    return Bands(tuple(Band(low, high, Decimal(each)) for low, high, each in rows))


THREE = bands(None, TEN, TWENTY, None)


@pytest.mark.parametrize(("value", "place"), [("9.99", 0), ("10", 1), ("19.99", 1), ("20", 2)])
def test_a_bound_belongs_to_the_band_that_begins_there(value: str, place: int) -> None:
    assert THREE.place(Decimal(value)) == place


@pytest.mark.parametrize(("value", "place"), [("10", 0), ("10.000000001", 1), ("20", 1), ("20.01", 2)])
def test_a_bound_may_belong_to_the_band_below(value: str, place: int) -> None:
    closed_above = Bands(
        (
            Band(None, TEN, ZERO, high_included=True),
            Band(TEN, TWENTY, TEN, low_included=False, high_included=True),
            Band(TWENTY, None, TWENTY, low_included=False),
        )
    )
    assert closed_above.place(Decimal(value)) == place


@pytest.mark.parametrize(
    ("rows", "problem", "at"),
    [
        ((), "no_bands", 0),
        ((Band(ZERO, None, ZERO),), "not_open_ended", 0),
        ((Band(None, TEN, ZERO),), "not_open_ended", 0),
        ((Band(None, TEN, ZERO), Band(TWENTY, None, ZERO)), "band_gap", 1),
        ((Band(None, TWENTY, ZERO), Band(TEN, None, ZERO)), "band_overlap", 1),
        ((Band(None, TEN, ZERO), Band(TEN, None, ZERO, low_included=False)), "band_gap", 1),
        ((Band(None, TEN, ZERO, high_included=True), Band(TEN, None, ZERO)), "band_overlap", 1),
        ((Band(None, None, ZERO), Band(TEN, None, ZERO)), "band_overlap", 1),
        ((Band(None, TEN, ZERO), Band(TEN, TEN, ZERO), Band(TEN, None, ZERO)), "band_upside_down", 1),
        ((Band(None, TEN, ZERO, points_at_high=TEN), Band(TEN, None, ZERO)), "open_ended_slope", 0),
        ((Band(None, None, Decimal("0.001")),), "too_precise", 0),
    ],
)
def test_bands_that_leave_a_value_without_points_or_with_two_are_refused(
    rows: tuple[Band, ...], problem: str, at: int
) -> None:
    with pytest.raises(ScaleError) as refused:
        Bands(rows)
    assert (refused.value.problem, refused.value.at) == (problem, at)


@given(
    st.lists(st.decimals(-1000, 1000, places=2), min_size=1, unique=True), st.decimals(-1001, 1001, places=3)
)
def test_every_value_is_in_exactly_the_band_it_is_placed_in(ends: list[Decimal], value: Decimal) -> None:
    scale = bands(None, *sorted(ends), None, points=(0,) * (len(ends) + 1))
    holds = [
        at
        for at, band in enumerate(scale.bands)
        if (band.low is None or value >= band.low) and (band.high is None or value < band.high)
    ]
    assert holds == [scale.place(value)]


@pytest.mark.parametrize(
    ("value", "points"), [("10", "40"), ("15", "60"), ("10.01", "40.04"), ("19.99", "79.96")]
)
def test_points_run_straight_along_a_slope(value: str, points: str) -> None:
    slope = Bands(
        (
            Band(None, TEN, ZERO),
            Band(TEN, TWENTY, Decimal(40), points_at_high=Decimal(80)),
            Band(TWENTY, None, Decimal(100)),
        )
    )
    place = slope.place(Decimal(value))
    assert (place, slope.points(place, Decimal(value))) == (1, Decimal(points))


def test_a_slope_is_rounded_half_up_to_a_hundredth() -> None:
    slope = Bands(
        (Band(None, ZERO, ZERO), Band(ZERO, Decimal(8), ZERO, Decimal(1)), Band(Decimal(8), None, TEN))
    )
    assert slope.points(1, Decimal(1)) == Decimal("0.13")


def test_a_figure_without_a_number_has_the_best_points_the_least_or_none() -> None:
    falling = bands(None, TEN, TWENTY, None, points=(100, 50, 20))
    found = [falling.extreme(each) for each in (Standing.BEST, Standing.WORST, Standing.UNDEFINED)]
    assert found == [100, 20, 0]


def test_a_list_knows_its_answers_only() -> None:
    options = Options((Option(True, Decimal(100)), Option(False, ZERO)))
    assert [options.flat_points[options.place(each)] for each in (True, False)] == [100, 0]
    with pytest.raises(KeyError):
        options.place("perhaps")
    with pytest.raises(ScaleError):
        Options((Option(True, Decimal("0.001")),))
