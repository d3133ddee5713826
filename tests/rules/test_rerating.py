"""How long grades hold, who may assess, how far people may go from the policy's grade (2.5, 2.7, 2.10)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.policies.library import SHIPPED, Library
from core.policies.reader import PolicyError
from core.rules.permission import GRANTS, Permission, Role, Scope, scope_of
from core.rules.policy.conditions import Answer, FactTest
from core.rules.policy.gates import AppliedGate, Effect, Gate
from core.rules.policy.policy import Policy
from core.rules.policy.upkeep import Override, RatingEvent, Rerating
from core.rules.rating.rating import Rating
from core.rules.rating.reading import Reading, Standing
from core.rules.reviews.comparing import Change, compared
from core.rules.reviews.independence import Bar, bar
from core.rules.reviews.rerating import (
    appeal_of,
    barred,
    last_day,
    months_of,
    open_to_override,
    override_of,
    rerating_of,
)
from tests.support.policies import write_policy

ASSESSORS = (Role.CREDIT_CONTROLLER, Role.FINANCE_MANAGER)
DAY = date(2026, 3, 10)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture(scope="module")
def seven(library: Library) -> Policy:
    """B4's seven grades, with one notch up and two down, approved by the CFO."""
    found = library.policy_in_force("b4-bank-seven", DAY)
    return replace(found, upkeep=replace(found.upkeep, override=Override(1, 2, (Role.CFO,), "5")))


@pytest.fixture(scope="module")
def abc(library: Library) -> Policy:
    """B9, which is silent on all of this."""
    return library.policy_in_force("b9-abc", DAY)


def rated(grade: str | None, scored: str | None = None, *gates: AppliedGate) -> Rating:
    return Rating(grade, (), (), (), Decimal(1), scored_grade=scored or grade, gates=gates)


def gate(effect: Effect, grade: str | None = None, answer: Answer = Answer.YES) -> AppliedGate:
    test = FactTest("overdue", "=", True)  # type: ignore[arg-type]
    return AppliedGate(Gate("a_gate", "1", test, effect, applies_if_unknown=True, grade=grade), answer)


def with_rerating(policy: Policy, **given: object) -> Policy:
    rule = replace(rerating_of(policy), **given)  # type: ignore[arg-type]
    return replace(policy, upkeep=replace(policy.upkeep, rerating=rule))


# how long


def test_a_grade_holds_the_shortest_of_what_is_said(abc: Policy) -> None:
    """2.5: by risk (the grade) and by importance (key customers)."""
    policy = with_rerating(abc, months_by_grade={"C": 6}, key_customers_months=9)

    assert months_of(policy, "A", key_customer=False) == 12
    assert months_of(policy, "A", key_customer=True) == 9
    assert months_of(policy, "C", key_customer=True) == 6
    assert months_of(policy, None, key_customer=False) == 12


def test_never_over_a_year_whatever_the_file_says(abc: Policy) -> None:
    """A2, A13: at most a year apart."""
    assert abc.upkeep.validity is not None
    longer = replace(abc.upkeep, validity=replace(abc.upkeep.validity, months=24))

    assert months_of(replace(abc, upkeep=longer), "A", key_customer=False) == 12


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 3, 10), 12, date(2027, 3, 9)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
    ],
)
def test_the_last_day_is_the_one_before_the_same_day(start: date, months: int, end: date) -> None:
    assert last_day(start, months) == end


def test_where_the_document_is_silent_the_house_rules_hold(abc: Policy) -> None:
    assert rerating_of(abc).events == frozenset(RatingEvent)
    assert rerating_of(abc).assessors == ASSESSORS
    assert (override_of(abc).notches_up, override_of(abc).approvers) == (0, (Role.CFO, Role.GM))
    assert appeal_of(abc).days == 30


def test_what_the_document_says_goes_first(library: Library, seven: Policy) -> None:
    five = library.policy_in_force("b5-four-indicators", DAY)

    assert rerating_of(five).events == {
        RatingEvent.OVERDUE,
        RatingEvent.NEW_STATEMENTS,
        RatingEvent.NEGATIVE_EVENT,
    }
    assert appeal_of(five).article == "三3.4"
    assert override_of(seven).approvers == (Role.CFO,)


# how far


def test_up_and_down_by_the_policys_notches(seven: Policy) -> None:
    """2.7; the policy's own grade is no other grade."""
    assert open_to_override(seven, rated("A")) == ("AA", "BBB", "BB")
    assert open_to_override(seven, rated("AAA")) == ("AA", "A")
    assert open_to_override(seven, rated("C")) == ("B",)


def test_a_cap_is_the_ceiling_of_judgement(seven: Policy) -> None:
    """At most up to the cap; a grade that the cap itself made stays."""
    assert open_to_override(seven, rated("BBB", None, gate(Effect.CAP, "A"))) == ("A", "BB", "B")
    assert open_to_override(seven, rated("BBB", None, gate(Effect.CAP, "BBB"))) == ("BB", "B")
    assert open_to_override(seven, rated("A", "AAA", gate(Effect.CAP, "A"))) == ("BBB", "BB")


def test_a_veto_is_not_overruled(seven: Policy, abc: Policy) -> None:
    assert open_to_override(seven, rated("C", "AA", gate(Effect.VETO, "C"))) == ()
    generous = replace(abc, upkeep=replace(abc.upkeep, override=Override(2, 2, (Role.CFO,), "")))
    assert open_to_override(generous, rated("C")) == (), "a C is by any one of its list (B9 art. 16)"
    assert open_to_override(generous, rated("B")) == ("A", "C")


def test_who_has_no_grade_has_none_to_be_changed(seven: Policy) -> None:
    assert open_to_override(seven, rated(None)) == ()


def test_a_gate_that_is_only_not_known_bars_nobody() -> None:
    """2.4: not ratable is an outcome where it is known, a want of facts where it is not."""
    assert barred(rated(None, None, gate(Effect.NOT_RATED)))
    assert not barred(rated(None, None, gate(Effect.NOT_RATED, answer=Answer.UNKNOWN)))
    assert not barred(rated(None))


# who


@pytest.mark.parametrize(
    ("person", "roles", "found"),
    [
        (7, {Role.CREDIT_CONTROLLER}, None),
        (7, {Role.FINANCE_MANAGER, Role.SALES}, None),
        (7, {Role.CFO}, Bar.NOT_ASSESSOR),
        (7, set(), Bar.NOT_ASSESSOR),
        (None, {Role.CREDIT_CONTROLLER}, Bar.NOT_ASSESSOR),
        (1, {Role.CREDIT_CONTROLLER}, Bar.OWN_CUSTOMER),
        (3, {Role.CREDIT_CONTROLLER}, Bar.FORMER_ASSESSOR),
    ],
)
def test_nobody_assesses_who_is_not_found_fit(
    person: int | None, roles: set[Role], found: Bar | None
) -> None:
    """2.10, A8: deny by default."""
    assert bar(person, roles, assessors=ASSESSORS, sellers=(1, None), former=3) == found


def test_no_role_that_sells_may_be_made_an_assessor() -> None:
    """2.10: whoever sees only some customers sells to them."""
    rating = {role for role in Role if Permission.RATE in GRANTS[role]}

    assert rating.isdisjoint({role for role in Role if Permission.REQUEST_CREDIT in GRANTS[role]})
    assert all(scope_of(frozenset({role})) is Scope.ALL for role in rating)


# what a file may say


def read(folder: Path, rerating: str) -> Rerating:
    path = write_policy(folder, policy="b9-cousin")
    path.write_text(path.read_text("utf-8").replace("[validity]", f"{rerating}\n\n[validity]", 1), "utf-8")
    return rerating_of(Library([SHIPPED, folder]).policy_in_force("b9-cousin", DAY))


def test_a_file_may_name_assessors_and_days(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '[rerating]\narticle = "9"\nassessors = ["legal"]\ntolerated_days = 0\nescalate_days = 3',
    )

    assert (found.assessors, found.tolerated_days, found.escalate_days) == ((Role.LEGAL,), 0, 3)


def test_a_file_that_has_sales_assess_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        read(tmp_path, '[rerating]\narticle = "9"\nassessors = ["sales"]')
    assert caught.value.problem == "unknown_role"
    assert "sales" not in str(caught.value.facts["known"]).split("|")


# what changed


def test_every_fact_is_changed_unchanged_or_unknown() -> None:
    missing = Reading(Standing.MISSING, None, "no_prior_year")
    before = {"debt_ratio": Decimal(55), "lawsuits": False, "audited": True, "quick_ratio": missing}
    now = {"debt_ratio": Decimal(68), "lawsuits": False, "capital": Decimal(3), "quick_ratio": None}

    found = compared(("debt_ratio", "lawsuits", "audited", "capital", "quick_ratio", "other"), before, now)

    assert found.changed == (
        Change("debt_ratio", Decimal(55), Decimal(68)),
        Change("audited", True, None),
        Change("capital", None, Decimal(3)),
    )
    assert found.unchanged == ("lawsuits",)
    assert found.unknown == ("quick_ratio", "other")
