"""Rating by a scorecard (2.1-2.4): exact points, missing figures each as their indicator says, gates in order."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.policy.conditions import Answer, Comparison, FactTest
from core.rules.policy.gates import Effect, Gate
from core.rules.rating.indicators import Group, Indicator, Missing
from core.rules.rating.rating import NotRated
from core.rules.rating.reading import KnownFacts, Reading
from core.rules.rating.scales import Band, Bands, Option, Options
from core.rules.rating.scorecard import Cutoff, Scorecard
from core.rules.rating.scoring import assess, completeness

YES_NO = Options((Option(True, Decimal(100)), Option(False, Decimal(0))))


def steps(*rows: tuple[int | None, int]) -> Bands:
    """Bands that begin at these values with these points."""
    starts = [None if low is None else Decimal(low) for low, _ in rows]
    ends = (*starts[1:], None)
    return Bands(
        tuple(Band(low, high, Decimal(row[1])) for low, high, row in zip(starts, ends, rows, strict=True))
    )


DEBT = Indicator(
    "debt_ratio", steps((None, 100), (50, 80), (70, 40), (100, 0)), Decimal(2), Missing.REDISTRIBUTE, "art. 5"
)
MARGIN = Indicator("margin_on_sales", steps((None, 0), (10, 100)), Decimal(1), Missing.REDISTRIBUTE, "art. 5")
YEARS = Indicator("years", steps((None, 0), (3, 50), (10, 100)), Decimal(1), Missing.ZERO, "art. 6")
CLEAN = Indicator("clean_record", YES_NO, Decimal(1), Missing.REFUSE, "art. 7")
CARD = Scorecard(
    (
        Group("finance", Decimal(60), (DEBT, MARGIN), Decimal("0.6")),
        Group("dealings", Decimal(40), (YEARS, CLEAN), Decimal("0.5")),
    ),
    (Cutoff("A", Decimal(85)), Cutoff("B", Decimal(70)), Cutoff("C", Decimal(50)), Cutoff("D", Decimal(0))),
)
GOOD: KnownFacts = {
    "debt_ratio": Decimal(40),
    "margin_on_sales": Decimal(12),
    "years": Decimal(12),
    "clean_record": True,
}


def gated(effect: Effect, **given_fields: object) -> Scorecard:
    below = FactTest("total_assets", Comparison.LESS_THAN, Decimal(500))
    gate = Gate("size", "art. 8", below, effect, applies_if_unknown=True)
    return replace(CARD, gates=(replace(gate, **given_fields),))  # type: ignore[arg-type]


def test_full_marks_are_a_hundred_and_nothing_is_nothing() -> None:
    assert assess(CARD, GOOD).score == 100
    bad = {"debt_ratio": Decimal(100), "margin_on_sales": Decimal(0), "years": 0, "clean_record": False}
    assert (assess(CARD, bad).score, assess(CARD, bad).grade) == (0, "D")


def test_every_indicator_shows_its_input_band_points_weight_and_part() -> None:
    items = assess(CARD, {**GOOD, "debt_ratio": Decimal(50)}).items
    assert [item.value for item in items] == [50, 12, 12, True]
    debt, margin, years, clean = (item.part for item in items)
    assert (debt.points, debt.weight, debt.contribution) == (80, 40, 32)
    assert debt.band == Band(Decimal(50), Decimal(70), Decimal(80))
    assert (debt.group, debt.article) == ("finance", "art. 5")
    assert [each.contribution for each in (margin, years, clean)] == [20, 20, 20]
    assert clean.band == Option(True, Decimal(100))


@pytest.mark.parametrize(
    ("debt", "score"), [("49.99", 100), ("50", 92), ("69.99", 92), ("70", 76), ("100", 60)]
)
def test_bands_are_half_open(debt: str, score: int) -> None:
    assert assess(CARD, {**GOOD, "debt_ratio": Decimal(debt)}).score == score


def test_equal_to_a_cutoff_passes() -> None:
    even = replace(CARD, cutoffs=(Cutoff("A", Decimal(92)), Cutoff("D", Decimal(0))))
    assert assess(even, {**GOOD, "debt_ratio": Decimal(50)}).grade == "A"
    above = replace(CARD, cutoffs=(Cutoff("A", Decimal("92.01")), Cutoff("D", Decimal(0))))
    assert assess(above, {**GOOD, "debt_ratio": Decimal(50)}).grade == "D"


def test_a_missing_figure_is_redistributed_inside_its_group_only() -> None:
    found = assess(CARD, {**GOOD, "margin_on_sales": None, "debt_ratio": Decimal(50)})
    assert found.score == 88  # 60 x 80 % + 40
    assert [(item.part.points, item.part.weight) for item in found.items[:2]] == [(80, 60), (None, 0)]
    assert completeness(CARD, found) == Decimal("0.80")


def test_too_little_of_a_group_is_not_ratable_and_says_so() -> None:
    found = assess(CARD, {**GOOD, "debt_ratio": Reading.missing("FIGURE_MISSING")})
    assert (found.grade, found.score) == (None, None)
    assert found.not_rated == (NotRated("coverage_too_low", "finance", Decimal("0.33")),)


def test_a_missing_figure_counts_as_zero_or_refuses_where_the_indicator_says_so() -> None:
    without_years = {key: value for key, value in GOOD.items() if key != "years"}
    assert assess(CARD, without_years).score == 80
    assert assess(CARD, {**GOOD, "clean_record": None}).not_rated == (
        NotRated("figure_missing", "clean_record"),
    )


@pytest.mark.parametrize(
    ("reading", "score"),
    [
        (Reading.of(Decimal(50)), 92),
        (Reading.best("NO_LIABILITIES"), 100),
        (Reading.worst("ASSETS_GONE"), 60),
        (Reading.undefined("ASSETS_NON_POSITIVE"), 60),
    ],
)
def test_ratios_without_a_number_are_scored_by_their_standing(reading: Reading, score: int) -> None:
    found = assess(CARD, {**GOOD, "debt_ratio": reading})
    assert found.score == score
    assert found.items[0].value == reading


def test_an_undefined_ratio_earns_nothing_even_where_the_poorest_band_earns_something() -> None:
    mild = replace(CARD.groups[0], indicators=(replace(DEBT, scale=steps((None, 100), (50, 30))), MARGIN))
    card = replace(CARD, groups=(mild, CARD.groups[1]))
    worst, undefined = (
        assess(card, {**GOOD, "debt_ratio": made("X")}).score for made in (Reading.worst, Reading.undefined)
    )
    assert (worst, undefined) == (72, 60)


def test_a_card_with_something_unset_rates_nobody_and_names_it() -> None:
    unset = replace(CARD, cutoffs=(Cutoff("A", None), *CARD.cutoffs[1:]))
    found = assess(unset, GOOD)
    assert (found.ratable, found.items) == (False, ())
    assert found.not_rated == (NotRated("unset", "A"),)


@pytest.mark.parametrize(
    ("card", "small", "large"),
    [
        (gated(Effect.CAP, grade="B"), "B", "A"),
        (gated(Effect.VETO, grade="D"), "D", "A"),
        (gated(Effect.DOWNGRADE, notches=2), "C", "A"),
        (gated(Effect.DOWNGRADE, notches=9), "D", "A"),
        (gated(Effect.NOT_RATED), None, "A"),
    ],
    ids=["cap", "veto", "downgrade", "downgrade past the last", "not rated"],
)
def test_gates_hold_beside_the_score_on_their_side_of_the_bound(
    card: Scorecard, small: str | None, large: str
) -> None:
    below = assess(card, {**GOOD, "total_assets": Decimal("499.99")})
    assert (below.grade, [each.answer for each in below.applied]) == (small, [Answer.YES])
    assert assess(card, {**GOOD, "total_assets": Decimal(500)}).grade == large
    unknown = assess(card, GOOD)
    assert (unknown.grade, [each.answer for each in unknown.applied]) == (small, [Answer.UNKNOWN])
    assert (
        assess(replace(card, gates=(replace(card.gates[0], applies_if_unknown=False),)), GOOD).grade == large
    )


def test_a_cap_lifts_nobody_and_comes_after_downgrades() -> None:
    poor = {**GOOD, "debt_ratio": Decimal(100), "years": Decimal(0)}
    assert assess(gated(Effect.CAP, grade="B"), poor).grade == "D"
    one_down = replace(gated(Effect.DOWNGRADE, notches=1).gates[0], key="late")
    both = replace(CARD, gates=(*gated(Effect.CAP, grade="B").gates, one_down))
    found = assess(both, GOOD)
    assert (found.scored_grade, found.grade) == ("A", "B")


def test_a_gate_may_ask_for_an_indicators_points() -> None:
    full_marks = FactTest("points.debt_ratio", Comparison.LESS_THAN, Decimal(100))
    card = gated(Effect.CAP, grade="B", when=full_marks)
    assert assess(card, GOOD).grade == "A"
    assert assess(card, {**GOOD, "debt_ratio": Decimal(50)}).grade == "B"


def test_the_indicators_that_cost_most_come_first_among_reasons() -> None:
    found = assess(
        CARD, {**GOOD, "debt_ratio": Decimal(70), "years": Decimal(5), "margin_on_sales": Decimal(0)}
    )
    assert [item.part.indicator for item in found.main_reasons()] == ["debt_ratio", "margin_on_sales"]
    assert assess(CARD, GOOD).main_reasons() == ()


def test_wrong_types_are_mistakes_of_the_caller() -> None:
    with pytest.raises(TypeError, match="debt_ratio"):
        assess(CARD, {**GOOD, "debt_ratio": True})
    with pytest.raises(KeyError):
        assess(CARD, {**GOOD, "clean_record": "often"})


facts = st.fixed_dictionaries(
    {
        "debt_ratio": st.none() | st.decimals(0, 150, places=2),
        "margin_on_sales": st.none() | st.decimals(-20, 40, places=2),
        "years": st.none() | st.integers(0, 30),
        "clean_record": st.booleans(),
    }
)


@given(facts)
def test_the_score_is_the_exact_weighted_mean_rounded_once(given_facts: KnownFacts) -> None:
    found = assess(CARD, given_facts)
    if found.score is None:
        return
    exact = Fraction(0)
    for group in CARD.groups:
        parts = [part for _, part in found.items if part.group == group.key and part.points is not None]
        weights = {each.key: Fraction(each.weight or 0) for each in group.indicators}
        earned = sum(weights[part.indicator] * Fraction(part.points or 0) for part in parts)
        exact += Fraction(group.weight or 0) * earned / sum(weights[part.indicator] for part in parts) / 100
    assert abs(Fraction(found.score) - exact) <= Fraction(1, 200)
    assert found.score == found.score.quantize(Decimal("0.01"))
    assert found.grade == next(each.grade for each in CARD.cutoffs if found.score >= (each.at_least or 0))


@given(facts, st.decimals(0, 150, places=2))
def test_less_debt_never_lowers_the_score(given_facts: KnownFacts, debt: Decimal) -> None:
    more = assess(CARD, {**given_facts, "debt_ratio": debt + 1}).score
    less = assess(CARD, {**given_facts, "debt_ratio": debt}).score
    assert (more is None) == (less is None)
    assert more is None or less is None or less >= more


def test_the_score_is_rounded_half_up_and_the_grade_read_from_what_is_shown() -> None:
    third = Options((Option(True, Decimal("33.33")), Option(False, Decimal(0))))
    two = tuple(
        Group(key, Decimal(50), (Indicator(key, third, Decimal(1), Missing.REFUSE, "art. 1"),), Decimal(1))
        for key in ("one", "other")
    )
    card = Scorecard(two, (Cutoff("A", Decimal("16.67")), Cutoff("B", Decimal(0))))
    found = assess(card, {"one": True, "other": False})
    assert (found.score, found.grade) == (Decimal("16.67"), "A")  # exactly 16.665


def test_a_group_known_to_exactly_its_coverage_is_rated() -> None:
    even = replace(
        CARD.groups[0], indicators=(replace(DEBT, weight=Decimal(1)), MARGIN), min_coverage=Decimal("0.5")
    )
    card = replace(CARD, groups=(even, CARD.groups[1]))
    assert assess(card, {**GOOD, "margin_on_sales": None}).score == 100
    stricter = replace(card, groups=(replace(even, min_coverage=Decimal("0.51")), CARD.groups[1]))
    assert assess(stricter, {**GOOD, "margin_on_sales": None}).score is None
