"""The sample's surveys answer the policy's questions, and the policy gives the grades they were made for."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

import core.policies
import core.samples
from core.policies.facts import load_facts
from core.policies.library import load_policy
from core.rules.money import Money
from core.rules.policy.facts import FactType, FactValue
from core.rules.policy.policy import Policy
from core.rules.rating.assess import lifts, rate
from core.samples.shapes import AnswerSample
from core.services.customers.survey import SOURCES
from tests.samples.books import NOTABLE_DAYS, WALK_THROUGH, company_on, ledger_facts, line_of

POLICIES = Path(core.policies.__file__).parent
OVERLAY = Path(core.samples.__file__).parent / "policy" / "b9-abc.company.toml"
VOCABULARY = load_facts(POLICIES / "facts.toml")
SURVEY_KINDS = {kind.key: kind for kind in VOCABULARY.kinds if kind.source == "survey"}
ASKED_BY_B9 = {
    kind.key for kind in VOCABULARY.asked_for(load_policy(POLICIES / "b9-abc.toml", OVERLAY).fact_keys)
}
PYTHON_TYPES = {
    FactType.YES_NO: bool,
    FactType.COUNT: int,
    FactType.NUMBER: Decimal,
    FactType.PERCENT: Decimal,
    FactType.MONEY: Money,
    FactType.CHOICE: str,
}
COMPANY = company_on(WALK_THROUGH)


@cache
def policy() -> Policy:
    return load_policy(POLICIES / "b9-abc.toml", OVERLAY)


def facts_of(code: str, today: date) -> dict[str, FactValue]:
    company = company_on(today)
    return {key: answer.value for key, answer in company.surveys[code].items()} | ledger_facts(
        company, today, code
    )


def answers() -> list[tuple[str, AnswerSample]]:
    return [(key, answer) for survey in COMPANY.surveys.values() for key, answer in survey.items()]


def test_every_customer_was_surveyed_and_most_answered_every_question() -> None:
    complete = [code for code, survey in COMPANY.surveys.items() if survey.keys() >= ASKED_BY_B9]
    assert COMPANY.surveys.keys() == {customer.code for customer in COMPANY.customers}
    assert 20 < len(complete) < 40
    assert all(survey.keys() <= SURVEY_KINDS.keys() for survey in COMPANY.surveys.values())


def test_every_answer_is_of_its_facts_kind_and_within_its_range() -> None:
    for key, answer in answers():
        kind = SURVEY_KINDS[key]
        assert type(answer.value) is PYTHON_TYPES[kind.kind], key
        assert kind.suits(answer.value), key
        assert kind.covers(answer.value), key


def test_every_answer_names_a_source_and_a_day_before_today() -> None:
    assert {answer.source for _, answer in answers()} <= set(SOURCES)
    assert all(answer.as_of <= WALK_THROUGH for _, answer in answers())


def test_a_customer_with_a_line_was_surveyed_before_its_rating() -> None:
    """B9 art. 18: the grade is given on the survey form."""
    for line in COMPANY.lines:
        assert all(answer.as_of < line.rated_on for answer in COMPANY.surveys[line.customer_code].values())


@pytest.mark.parametrize("today", [WALK_THROUGH, *NOTABLE_DAYS])
def test_the_policy_gives_every_line_the_grade_it_came_with(today: date) -> None:
    """B9 arts. 14-17."""
    company = company_on(today)
    rated = {
        line.customer_code: rate(policy(), facts_of(line.customer_code, today)) for line in company.lines
    }
    assert {code: rating.grade for code, rating in rated.items()} == {
        line.customer_code: line.grade for line in company.lines
    }
    assert not any(rating.conflict for rating in rated.values())


@pytest.mark.parametrize("today", [WALK_THROUGH, *NOTABLE_DAYS])
def test_the_policy_gives_the_troubled_customers_a_c_and_the_new_one_no_a(today: date) -> None:
    """B9 arts. 15, 17."""
    for code in ("C0003", "C0029", "C0030", "C0031", "C0032"):
        assert rate(policy(), facts_of(code, today)).grade == "C", code
    assert rate(policy(), facts_of("C0004", today)).grade == "B"


def test_the_walk_through_customer_is_one_fact_short_of_an_a() -> None:
    """B9 art. 14(5): a quick ratio of 0.71 where 0.745 is asked for."""
    (lift,) = lifts(policy(), facts_of("C0001", WALK_THROUGH))
    assert line_of(COMPANY, "C0001").grade == "B"
    assert (lift.fact, lift.grade) == ("quick_ratio", "A")
    assert COMPANY.surveys["C0001"]["quick_ratio"].value == Decimal("0.71")
