"""Ten of the sample's customers were asked all that any scheme asks, so that each scheme has somebody to rate (2.2)."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import core.samples
from core.policies.library import SHIPPED, Library
from core.queries.customers.facts import facts_of_many, values_of
from core.queries.customers.statements import chosen
from core.records.customer import Customer
from core.rules.limits.limit_from_facts import limit_found
from core.rules.limits.limit_rules import CreditKind
from core.rules.rating.assess import rate
from core.rules.rating.reading import KnownValue, Reading, Standing
from core.rules.statements.statement_facts import statement_facts
from core.samples.shapes import SampleCompany
from tests.policies.shelf import SCHEMES
from tests.samples.books import NOTABLE_DAYS, WALK_THROUGH, company_on
from tests.support.town import Town

LIBRARY = Library((SHIPPED, Path(core.samples.__file__).parent / "policy"))
POLICIES = {
    each.id: LIBRARY.policy_in_force(each.id, WALK_THROUGH)
    for each in (*LIBRARY.policies, *LIBRARY.limit_models)
}
MODELS = [policy_id for policy_id, policy in POLICIES.items() if policy.method is None]
ASKED = {
    kind.key
    for kind in LIBRARY.vocabulary.kinds
    if kind.source == "survey" and any(kind.key in policy.needs for policy in POLICIES.values())
}
UNASKED = {"registered_capital", "market_value"}
"""The one is on the customer's file, the other a question to skip: none of them is listed."""
FEWER_GRADES = {"a15-three-classes": 2}
"""优质 asks for three years of cooperation, and the sample company's ledger has little more than one."""
RATES_NOT_THE_WORST = {"b11-three-tier"}
"""Whose accounts are irregular has no grade by its ratios."""

Facts = Mapping[str, KnownValue]


def thorough(company: SampleCompany) -> list[str]:
    return [code for code, survey in company.surveys.items() if "reputation" in survey]


async def known(sample: Town) -> dict[str, Facts]:
    """By customer code, of those surveyed thoroughly."""
    codes = thorough(company_on(WALK_THROUGH))

    def ask(session: Session) -> dict[str, Facts]:
        ids = {row.id or 0: row.code for row in session.scalars(select(Customer)) if row.code in codes}
        office = sample.desk.office
        return {
            ids[customer]: values_of(facts)
            for customer, facts in facts_of_many(session, office, list(ids), WALK_THROUGH).items()
        }

    return await sample.database.read(ask)


@pytest.mark.parametrize("today", [WALK_THROUGH, *NOTABLE_DAYS])
def test_of_ten_customers_nothing_that_any_scheme_asks_is_left_open(today: date) -> None:
    """1.3: a person answers what the statements do not give, and is not asked what they do."""
    company = company_on(today)
    assert len(thorough(company)) == 10
    for code in thorough(company):
        on_file = chosen(each.statement for each in company.statements if each.customer_code == code)
        given = {
            key
            for key, fact in statement_facts(on_file, today).items()
            if not (isinstance(fact.value, Reading) and fact.value.standing is Standing.MISSING)
        }
        assert ASKED - company.surveys[code].keys() - given == UNASKED, code


async def test_every_scheme_rates_the_ten_and_tells_them_apart(sample: Town) -> None:
    customers = await known(sample)
    for scheme in SCHEMES:
        grades = [rate(POLICIES[scheme], facts).grade for facts in customers.values()]
        rated = [grade for grade in grades if grade is not None]
        assert len(rated) >= 9, scheme
        assert len(set(rated)) >= FEWER_GRADES.get(scheme, 3), (scheme, grades)


async def test_the_best_and_the_worst_of_the_ten_are_so_by_every_scheme(sample: Town) -> None:
    customers = await known(sample)
    for scheme in set(SCHEMES) - RATES_NOT_THE_WORST:
        policy = POLICIES[scheme]
        best, worst = (rate(policy, customers[code]).grade for code in ("C0013", "C0032"))
        assert best is not None
        assert worst is not None
        assert policy.codes.index(best) < policy.codes.index(worst), scheme


@pytest.mark.parametrize("model", MODELS)
async def test_every_limit_model_gives_most_of_the_ten_an_amount(sample: Town, model: str) -> None:
    """3.2."""
    found = {
        code: limit_found(POLICIES[model], None, facts, kind=CreditKind.LONG_TERM, asked=None).limit
        for code, facts in (await known(sample)).items()
    }
    assert None not in found.values()
    assert len([limit for limit in found.values() if limit is not None and limit.minor > 0]) >= 5


def test_whoever_told_balances_told_a_balance_sheet_that_adds_up() -> None:
    """1.6: there are no statements to hold the answers against."""
    company = company_on(WALK_THROUGH)
    told = [survey for survey in company.surveys.values() if "total_assets" in survey]
    assert len(told) == 2
    for survey in told:
        value = {key: answer.value for key, answer in survey.items()}
        assets, debts, short = value["total_assets"], value["total_liabilities"], value["current_liabilities"]
        current, stock = value["current_assets"], value["inventory"]
        assert assets == debts + value["net_worth"]
        assert value["working_capital"] == current - short
        assert value["tangible_net_worth"] <= value["net_worth"]
        assert abs(debts.amount / assets.amount * 100 - value["debt_ratio"]) < 1
        assert abs((current - stock).amount / short.amount - value["quick_ratio"]) < 0.01
        assert abs(current.amount / short.amount - value["current_ratio"]) < 0.01
