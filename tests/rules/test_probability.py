"""Intervals and tails against figures of SciPy 1.17.1 (``binomtest(…).proportion_ci("exact")``, ``beta.cdf``, ``chi2.sf``)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.judging.probability import Interval, beta_below, chi_square_above, exact_interval


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 1, "0.0000", "0.9750"),
        (1, 1, "0.0250", "1.0000"),
        (0, 10, "0.0000", "0.3085"),
        (10, 10, "0.6915", "1.0000"),
        (3, 40, "0.0157", "0.2039"),
        (1, 121, "0.0002", "0.0452"),
        (9, 44, "0.0980", "0.3530"),
        (410, 5910, "0.0630", "0.0762"),
    ],
)
def test_the_exact_interval_is_that_of_clopper_and_pearson(hits: int, of: int, low: str, high: str) -> None:
    found = exact_interval(hits, of)
    assert found is not None
    assert float(found.low) == pytest.approx(float(low), abs=1.01e-4)
    assert float(found.high) == pytest.approx(float(high), abs=1.01e-4)


def test_nobody_has_no_interval() -> None:
    assert exact_interval(0, 0) is None


@pytest.mark.parametrize(("hits", "of"), [(-1, 5), (6, 5)])
def test_more_hits_than_tries_are_a_mistake(hits: int, of: int) -> None:
    with pytest.raises(ValueError, match="of 5"):
        exact_interval(hits, of)


@given(st.integers(0, 300), st.integers(0, 300))
def test_an_interval_holds_what_was_seen_and_its_mirror_mirrors_it(hits: int, missed: int) -> None:
    of = hits + missed
    found, mirrored = exact_interval(hits, of), exact_interval(missed, of)
    if found is None or mirrored is None:
        assert of == 0
        return
    assert 0 <= found.low <= Decimal(hits) / of <= found.high <= 1
    assert abs(1 - found.low - mirrored.high) <= Decimal("0.0001")


@pytest.mark.parametrize(
    ("a", "b", "share", "below"),
    [
        (0.5, 0.5, 0.3, 0.36901011956554536),
        (2, 39, 0.02, 0.190462531599293),
        (411, 5500, 0.07, 0.5619899629120466),
        (1, 1, 0.25, 0.25),
        (2, 3, 0, 0),
        (2, 3, 1, 1),
    ],
)
def test_beta_is_that_of_scipy(a: float, b: float, share: float, below: float) -> None:
    assert beta_below(a, b, share) == pytest.approx(below, rel=1e-10)


@pytest.mark.parametrize(
    ("value", "freedom", "above"),
    [
        (0, 3, 1),
        (0.1, 1, 0.7518296340458492),
        (2, 10, 0.9963401531726563),
        (3.84, 1, 0.05004352124870519),
        (9.49, 4, 0.049953131223294894),
        (30, 4, 4.894437128029217e-06),
        (200, 14, 5.492917825589891e-35),
    ],
)
def test_chi_square_is_that_of_scipy(value: float, freedom: int, above: float) -> None:
    assert chi_square_above(value, freedom) == pytest.approx(above, rel=1e-10)


def test_intervals_that_share_an_end_overlap() -> None:
    low, middle, high = Decimal("0.1"), Decimal("0.2"), Decimal("0.3")
    assert Interval(low, middle).overlaps(Interval(middle, high))
    assert not Interval(low, Decimal("0.1999")).overlaps(Interval(middle, high))
