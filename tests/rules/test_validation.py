"""How grades did, against figures of scikit-learn 1.9.1 (``roc_auc_score``, ``roc_curve``) and SciPy 1.17.1.

The five grades below were scored 0 to -4 for the two libraries, the bad ones as the class looked for.
"""

from decimal import Decimal

import pytest

from core.rules.judging.probability import Interval
from core.rules.judging.validation import (
    Concentration,
    DefaultRate,
    Lack,
    Reversal,
    Shift,
    Shortage,
    concentration,
    default_rates,
    discrimination,
    overrides,
    reversals,
    shortages,
    stability,
)

GRADES = ("AAA", "AA", "A", "B", "C")
GOOD = dict(zip(GRADES, (120, 240, 310, 95, 35), strict=True))
BAD = dict(zip(GRADES, (1, 6, 14, 11, 9), strict=True))
OUTCOMES = [
    outcome for grade in GRADES for outcome in [(grade, False)] * GOOD[grade] + [(grade, True)] * BAD[grade]
]
SCORED = [(-GRADES.index(grade), bad) for grade, bad in OUTCOMES]

TIED_SCORES = (3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4)
TIED_BAD = (0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1)


def rates(*counted: tuple[str, int, int]) -> tuple[DefaultRate, ...]:
    """Of (grade, rated, bad)."""
    outcomes = [(grade, place < bad) for grade, rated, bad in counted for place in range(rated)]
    return default_rates(outcomes, [grade for grade, _, _ in counted])


# default rates (2.9)


def test_each_grade_has_its_rate_with_an_exact_interval() -> None:
    found = default_rates(OUTCOMES, GRADES)

    assert [(each.grade, each.rated, each.bad, each.rate) for each in found] == [
        ("AAA", 121, 1, Decimal("0.0083")),
        ("AA", 246, 6, Decimal("0.0244")),
        ("A", 324, 14, Decimal("0.0432")),
        ("B", 106, 11, Decimal("0.1038")),
        ("C", 44, 9, Decimal("0.2045")),
    ]
    assert found[3].interval == Interval(Decimal("0.0530"), Decimal("0.1781"))


def test_a_grade_that_nobody_had_has_no_rate_and_not_a_rate_of_zero() -> None:
    assert default_rates([("A", False)], ("A", "B"))[1] == DefaultRate("B", 0, 0, None, None)


# discrimination


def test_auc_and_ks_are_those_of_scikit_learn() -> None:
    """roc_auc_score 0.7208841463414635, max(tpr - fpr) 0.3253048780487805."""
    found = discrimination(SCORED)

    assert found is not None
    assert (found.good, found.bad) == (800, 41)
    assert found.auc == Decimal("0.7209")
    assert found.gini == Decimal("0.4418")
    assert found.ks == Decimal("0.3253")


def test_scores_that_tie_count_half() -> None:
    """roc_auc_score 0.8901098901098901, ks_2samp 0.5714285714285714."""
    found = discrimination(zip(TIED_SCORES, map(bool, TIED_BAD), strict=True))

    assert found is not None
    assert (found.auc, found.ks) == (Decimal("0.8901"), Decimal("0.5714"))


def test_few_bad_ones_make_a_wide_interval() -> None:
    small = discrimination(zip(TIED_SCORES, map(bool, TIED_BAD), strict=True))
    large = discrimination(list(zip(TIED_SCORES, map(bool, TIED_BAD), strict=True)) * 50)

    assert small is not None
    assert large is not None
    assert small.auc == large.auc
    assert small.interval.high - small.interval.low > Decimal("0.3")
    assert large.interval.high - large.interval.low < Decimal("0.06")
    for found in (small, large):
        assert found.interval.low < found.auc < found.interval.high


def test_a_perfect_order_of_few_is_not_told_as_certain() -> None:
    found = discrimination([(3, False), (2, False), (1, True)])

    assert found is not None
    assert (found.auc, found.ks) == (1, 1)
    assert found.interval.low < Decimal("0.5")
    assert found.interval.high == 1


def test_an_order_the_wrong_way_round_is_seen_as_that() -> None:
    found = discrimination([(-score, bad) for score, bad in SCORED])

    assert found is not None
    assert found.auc == Decimal("0.2791")


@pytest.mark.parametrize("bad", [True, False])
def test_where_all_fared_alike_nothing_can_be_told_apart(bad: bool) -> None:
    assert discrimination([(1, bad), (2, bad)]) is None


# stability


def test_a_shift_is_told_with_how_likely_it_is_by_chance() -> None:
    """NumPy: 0.040301007796474594; chi2.sf of it times 800·840/1640, 4 degrees: 0.0024020462372483327."""
    found = stability([120, 240, 310, 95, 35], [90, 260, 300, 130, 60])

    assert found is not None
    assert (found.psi, found.p_value) == (Decimal("0.0403"), Decimal("0.0024"))
    assert found.reading is Shift.STABLE


def test_the_same_shift_among_few_may_well_be_chance() -> None:
    found = stability([12, 24, 31, 10, 4], [9, 26, 30, 13, 6])

    assert found is not None
    assert found.p_value > Decimal("0.5")


def test_a_grade_that_comes_from_nowhere_is_a_large_shift_and_not_an_infinite_one() -> None:
    """NumPy, half a customer in each class: 0.3662064804045786."""
    found = stability([120, 240, 310, 95, 0], [90, 260, 300, 130, 60])

    assert found is not None
    assert (found.psi, found.reading) == (Decimal("0.3662"), Shift.ACT)


def test_what_does_not_shift_is_at_zero() -> None:
    found = stability([10, 20, 0], [20, 40, 0])

    assert found is not None
    assert (found.psi, found.p_value) == (0, 1)


@pytest.mark.parametrize(("expected", "actual"), [([0, 0], [1, 2]), ([1, 2], [0, 0]), ([5, 0], [7, 0])])
def test_without_people_or_with_one_class_there_is_no_shift_to_speak_of(
    expected: list[int], actual: list[int]
) -> None:
    assert stability(expected, actual) is None


@pytest.mark.parametrize(
    ("actual", "reading"),
    [
        ([500, 500], Shift.STABLE),
        ([370, 630], Shift.STABLE),
        ([340, 660], Shift.WATCH),
        ([260, 740], Shift.ACT),
    ],
)
def test_the_customary_bounds_are_a_tenth_and_a_quarter(actual: list[int], reading: Shift) -> None:
    found = stability([500, 500], actual)

    assert found is not None
    assert found.reading is reading


# concentration


def test_everybody_in_one_grade_is_as_crowded_as_can_be() -> None:
    assert concentration([("A", 0), ("B", 7)]) == Concentration(Decimal(1), "B", Decimal(1))


def test_half_in_one_grade_is_not_crowded_and_more_is() -> None:
    even, more = concentration([("A", 50), ("B", 50)]), concentration([("A", 51), ("B", 49)])

    assert even is not None
    assert more is not None
    assert (even.hhi, even.crowded, more.crowded) == (Decimal("0.5"), False, True)


def test_nobody_crowds_nowhere() -> None:
    assert concentration([("A", 0)]) is None


# monotonicity


def test_a_better_grade_that_does_worse_is_told() -> None:
    found = reversals(rates(("A", 100, 5), ("B", 100, 3), ("C", 100, 9)))

    assert found == (Reversal("A", "B", Decimal("0.0200"), certain=False),)


def test_within_the_tolerance_nothing_is_told() -> None:
    uneven = rates(("A", 100, 5), ("B", 100, 4))

    assert reversals(uneven) == ()
    assert len(reversals(uneven, Decimal(0))) == 1


def test_a_reversal_beyond_chance_is_told_as_certain() -> None:
    [found] = reversals(rates(("A", 500, 200), ("B", 500, 20)))

    assert found.certain


def test_a_grade_that_nobody_had_is_passed_over() -> None:
    found = reversals(rates(("A", 100, 9), ("B", 0, 0), ("C", 100, 2)))

    assert [(each.better, each.worse) for each in found] == [("A", "C")]


# people over policy: the override of requirement 2.7


def test_overrides_are_counted_up_and_down() -> None:
    given = [("A", "A"), ("B", "A"), ("B", "C"), ("C", "A")]

    found = overrides(given, ("A", "B", "C"))

    assert (found.rated, found.up, found.down, found.rate) == (4, 2, 1, Decimal("0.7500"))


def test_where_nobody_was_rated_there_is_no_rate_of_overrides() -> None:
    assert overrides([], ("A",)).rate is None


# too little data


def test_enough_of_everything_is_no_shortage() -> None:
    assert shortages(rates(("A", 100, 10), ("B", 100, 40))) == ()


def test_each_shortage_says_how_many_there_are_and_should_be() -> None:
    assert shortages(rates(("A", 60, 2), ("B", 19, 4), ("C", 0, 0))) == (
        Shortage(Lack.RATED, 79, 100),
        Shortage(Lack.BAD, 6, 50),
        Shortage(Lack.IN_GRADE, 19, 20, "B"),
    )


def test_none_bad_and_all_bad_are_told_as_what_they_are() -> None:
    assert [each.lack for each in shortages(rates(("A", 200, 0)))] == [Lack.NO_BAD]
    assert [each.lack for each in shortages(rates(("A", 200, 200)))] == [Lack.NO_GOOD]
    assert [each.lack for each in shortages(rates(("A", 0, 0)))] == [Lack.RATED]
