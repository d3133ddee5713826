"""What would lift a score (2.3): single changes found by the engine, the smallest that do."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from core.rules.policy.conditions import Comparison
from core.rules.policy.gates import Effect
from core.rules.rating.indicators import Missing
from core.rules.rating.lifting import lifts_by_score as lifts
from core.rules.rating.rating import Lift
from core.rules.rating.reading import KnownFacts
from core.rules.rating.scales import Band, Bands
from core.rules.rating.scoring import assess
from tests.rules.test_scoring import CARD, GOOD, MARGIN, facts, gated

AT_LEAST, AT_MOST, IS = Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.IS


def test_the_best_grade_cannot_be_lifted_and_an_unrated_customer_is_promised_nothing() -> None:
    assert lifts(CARD, GOOD) == ()
    assert lifts(CARD, {}) == ()


def test_each_fact_that_alone_would_do_is_named_with_its_smallest_change() -> None:
    # 40 x 80 % + 20 + 10 + 20 = 82: each step of three facts leads to A at 85, the full record is there already.
    found = lifts(CARD, {**GOOD, "debt_ratio": Decimal(60), "years": Decimal(5)})
    assert found == (
        Lift("debt_ratio", Decimal("49.99"), AT_MOST, Decimal("49.99"), "A"),
        Lift("years", Decimal(10), AT_LEAST, Decimal(10), "A"),
    )


def test_an_answer_and_an_unknown_fact_are_named_too() -> None:
    answered = lifts(CARD, {**GOOD, "clean_record": False})
    assert answered == (Lift("clean_record", True, IS, True, "A"),)
    unknown = lifts(CARD, {**GOOD, "years": None})
    assert unknown == (Lift("years", Decimal(3), AT_LEAST, Decimal(3), "A"),)


def test_an_unknown_fact_that_is_better_low_is_named_by_its_highest_value() -> None:
    debt_first = replace(CARD.groups[0].indicators[0], missing=Missing.ZERO)
    card = replace(CARD, groups=(replace(CARD.groups[0], indicators=(debt_first, MARGIN)), CARD.groups[1]))
    facts_without = {**GOOD, "debt_ratio": None}
    assert assess(card, facts_without).grade == "C"
    assert lifts(card, facts_without) == (
        Lift("debt_ratio", Decimal("99.99"), AT_MOST, Decimal("99.99"), "B"),
    )


def test_a_cap_is_lifted_by_the_fact_it_asks_for() -> None:
    capped = gated(Effect.CAP, grade="B")
    found = lifts(capped, {**GOOD, "total_assets": Decimal(100)})
    assert found == (Lift("total_assets", Decimal(500), AT_LEAST, Decimal(500), "A"),)


def test_on_a_slope_the_value_where_the_grade_turns_is_found_to_the_cent() -> None:
    debt = CARD.groups[0].indicators[0]
    slope = Bands(
        (
            Band(None, Decimal(50), Decimal(100)),
            Band(Decimal(50), Decimal(100), Decimal(100), points_at_high=Decimal(0)),
            Band(Decimal(100), None, Decimal(0)),
        )
    )
    finance = replace(CARD.groups[0], indicators=(replace(debt, scale=slope), CARD.groups[0].indicators[1]))
    card = replace(CARD, groups=(finance, CARD.groups[1]))
    assert assess(card, {**GOOD, "debt_ratio": Decimal(75)}).grade == "B"
    (lift,) = lifts(card, {**GOOD, "debt_ratio": Decimal(75)})
    assert (lift.fact, lift.value, lift.grade) == ("debt_ratio", Decimal("68.75"), "A")
    assert assess(card, {**GOOD, "debt_ratio": Decimal("68.75")}).grade == "A"
    assert assess(card, {**GOOD, "debt_ratio": Decimal("68.76")}).grade == "B"


@given(facts)
def test_every_promise_holds(given_facts: KnownFacts) -> None:
    now = assess(CARD, given_facts).grade
    for lift in lifts(CARD, given_facts):
        assert now is not None
        reached = assess(CARD, {**given_facts, lift.fact: lift.value}).grade
        assert reached == lift.grade
        assert CARD.grades.index(reached) < CARD.grades.index(now)
