"""The shape of a scorecard (2.1): what could not be right whatever the facts is refused when it is made."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from core.rules.policy.conditions import Comparison, FactTest
from core.rules.policy.gates import Effect, Gate
from core.rules.rating.indicators import Group, Indicator, Missing
from core.rules.rating.scales import Band, Bands, Option, Options
from core.rules.rating.scorecard import Cutoff, Scorecard, ScorecardError

TEN = Decimal(10)
SCALE = Bands((Band(None, TEN, Decimal(0)), Band(TEN, None, Decimal(100))))
FIRST = Indicator("first", SCALE, Decimal(1), Missing.REFUSE, "art. 1")
SECOND = Indicator("second", SCALE, Decimal(2), Missing.REFUSE, "art. 2")
THIRD = Indicator("third", SCALE, Decimal(1), Missing.REFUSE, "art. 3")
ONE = Group("one", Decimal(60), (FIRST, SECOND), Decimal("0.7"))
OTHER = Group("other", Decimal(40), (THIRD,), Decimal(1))
CUTOFFS = (Cutoff("A", Decimal(80)), Cutoff("B", Decimal(50)), Cutoff("C", Decimal(0)))
CARD = Scorecard((ONE, OTHER), CUTOFFS)
GATE = Gate("size", "art. 4", FactTest("assets", Comparison.LESS_THAN, TEN), Effect.CAP, True, grade="B")


def test_weights_inside_a_group_share_the_group_exactly() -> None:
    assert {key: (share.numerator, share.denominator) for key, share in CARD.shares.items()} == {
        "first": (20, 1),
        "second": (40, 1),
        "third": (40, 1),
    }
    six = tuple(replace(FIRST, key=str(at)) for at in range(6))
    shares = Scorecard(
        (replace(ONE, weight=Decimal(25), indicators=six), replace(OTHER, weight=Decimal(75))), CUTOFFS
    )
    assert sum(shares.shares.values()) == 100


@pytest.mark.parametrize(
    ("made", "problem", "at"),
    [
        (
            lambda: replace(CARD, groups=(ONE, replace(OTHER, indicators=(FIRST,)))),
            "indicator_twice",
            "first",
        ),
        (lambda: replace(CARD, groups=(ONE, replace(OTHER, weight=Decimal(41)))), "weights_not_100", "101"),
        (
            lambda: replace(CARD, groups=(ONE, replace(OTHER, weight=Decimal(-40)))),
            "weight_not_positive",
            "other",
        ),
        (
            lambda: replace(
                CARD, groups=(ONE, replace(OTHER, indicators=(replace(THIRD, weight=Decimal(0)),)))
            ),
            "weight_not_positive",
            "third",
        ),
        (lambda: replace(CARD, groups=(ONE, replace(OTHER, indicators=()))), "indicators_missing", "other"),
        (
            lambda: replace(CARD, groups=(replace(ONE, min_coverage=Decimal(0)), OTHER)),
            "coverage_out_of_range",
            "one",
        ),
        (lambda: replace(CARD, cutoffs=CUTOFFS[:2]), "last_cutoff_not_zero", "B"),
        (lambda: replace(CARD, cutoffs=(CUTOFFS[1], CUTOFFS[0], CUTOFFS[2])), "cutoffs_not_falling", "A"),
        (lambda: replace(CARD, cutoffs=(CUTOFFS[0], CUTOFFS[0], CUTOFFS[2])), "grade_twice", "A, A, C"),
        (
            lambda: replace(CARD, cutoffs=(Cutoff("A", Decimal("80.001")), *CUTOFFS[1:])),
            "too_precise",
            "A",
        ),
        (lambda: replace(CARD, cutoffs=(Cutoff("A", Decimal(101)), *CUTOFFS[1:])), "grade_unreachable", "A"),
        (lambda: replace(CARD, gates=(replace(GATE, grade="D"),)), "unknown_grade", "size"),
        (lambda: replace(CARD, gates=(replace(GATE, effect=Effect.DOWNGRADE),)), "no_notches", "size"),
        (
            lambda: replace(
                CARD, gates=(replace(GATE, when=FactTest("points.sales", Comparison.LESS_THAN, TEN)),)
            ),
            "unknown_indicator",
            "size",
        ),
    ],
)
def test_a_card_that_could_not_be_right_is_refused(
    made: Callable[[], Scorecard], problem: str, at: str
) -> None:
    with pytest.raises(ScorecardError) as refused:
        made()
    assert (refused.value.problem, refused.value.at) == (problem, at)


def test_points_beyond_a_hundred_are_refused() -> None:
    generous = Options((Option(True, Decimal("100.01")), Option(False, Decimal(0))))
    with pytest.raises(ScorecardError, match="points_out_of_range"):
        replace(CARD, groups=(ONE, replace(OTHER, indicators=(replace(THIRD, scale=generous),))))


def test_a_last_grade_that_no_answer_and_no_gate_leads_to_is_refused() -> None:
    mild = Bands((Band(None, TEN, Decimal(60)), Band(TEN, None, Decimal(100))))
    groups = (Group("all", Decimal(100), (replace(FIRST, scale=mild),), Decimal(1)),)
    with pytest.raises(ScorecardError, match="grade_unreachable: C"):
        Scorecard(groups, CUTOFFS)
    assert Scorecard(groups, CUTOFFS, (replace(GATE, effect=Effect.VETO, grade="C"),)).grades == (
        "A",
        "B",
        "C",
    )


def test_what_the_company_has_to_set_is_listed() -> None:
    unset = Scorecard(
        (replace(ONE, weight=None, indicators=(replace(FIRST, weight=None), SECOND)), OTHER),
        (Cutoff("A", None), *CUTOFFS[1:]),
        (replace(GATE, when=FactTest("assets", Comparison.LESS_THAN, None)),),
    )
    assert unset.unset == ("one", "first", "A", "size")
    assert CARD.unset == ()
