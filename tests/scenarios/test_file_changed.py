"""What a change of a customer's file does and does not do (1.2, 1.9, 2.5): on the trail, to grades, to a review under way."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.records.audit import AuditRecord
from core.records.customer import FILE_CHANGED
from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.commands import open_desk
from core.services.customers.customer import similar
from core.services.customers.file_change import ChangeBankAccount, ChangeCustomer
from core.services.customers.survey import RecordSurvey, SurveyAnswer
from core.services.policies.activation import ConfirmActivation, ProposeActivation
from core.storage.secrets import Vault
from tests.scenarios.reviewing import ASSESSOR, STEADY, reviews_of
from tests.scenarios.story import (
    CHAIN,
    OTHER_SALESPERSON,
    SALESPERSON,
    asked_of,
    books,
    changed,
    customer_of,
    refusals,
)
from tests.support.town import Said, Town

EAST = 1
CAPITAL, RAISED = Money.of(30_000_000), Money.of(50_000_000)
RAISE = ChangeCustomer(EAST, "registered_capital", RAISED, CAPITAL)
ACCOUNT = "示范银行 6222000011112222"


async def trail(town: Town, action: str) -> list[tuple[str, dict[str, Any]]]:
    table = table_of(AuditRecord)
    found = select(table.c.actor, table.c.data).where(table.c.action == action).order_by(table.c.seq)
    return await asked_of(
        town, lambda session: [(row.actor, json.loads(row.data)) for row in session.execute(found)]
    )


async def test_the_trail_has_who_and_the_old_and_the_new(company: Town) -> None:
    """1.9."""
    wang = company.people[SALESPERSON]
    await wang.does(RAISE)

    assert await trail(company, FILE_CHANGED) == [
        (
            f"person:{wang.id}",
            {
                "field": "registered_capital",
                "old": {"money": [CAPITAL.minor, "CNY"]},
                "new": {"money": [RAISED.minor, "CNY"]},
            },
        )
    ]


async def test_the_same_again_is_no_change(company: Town) -> None:
    wang = company.people[SALESPERSON]

    assert [await wang.does(RAISE), await wang.does(RAISE)] == [True, False]
    assert len(await trail(company, FILE_CHANGED)) == 1


async def test_unknown_and_nothing_are_two_capitals(company: Town) -> None:
    """House rule: unknown is not zero."""
    wang = company.people[SALESPERSON]
    await wang.does(ChangeCustomer(EAST, "registered_capital", None, CAPITAL))

    assert await wang.does(ChangeCustomer(EAST, "registered_capital", Money.of(0), None))
    assert (await customer_of(company)).registered_capital_minor == 0


@pytest.mark.parametrize(
    ("who", "command", "why"),
    [
        (OTHER_SALESPERSON, RAISE, "customer-not-yours"),
        (ASSESSOR, RAISE, "not-allowed"),
        (SALESPERSON, ChangeCustomer(EAST, "grade", "A", "B"), "field-not-changeable"),
        (SALESPERSON, ChangeCustomer(EAST, "bank_account", ACCOUNT, None), "field-not-changeable"),
        (SALESPERSON, ChangeCustomer(EAST, "name", None, "华东机械设备有限公司"), "field-never-blank"),
        (SALESPERSON, ChangeCustomer(EAST, "contact", None, ("李婷婷", "13000000011")), "field-never-blank"),
        (SALESPERSON, ChangeCustomer(EAST, "phone", "021-1", "021-0"), "field-moved-on"),
        (SALESPERSON, ChangeBankAccount(EAST, ACCOUNT, None), "field-moved-on"),
        (
            SALESPERSON,
            ChangeCustomer(EAST, "uscc", "91330206MALLJY1JJU", "91310117MAAY4CL12J"),
            "customer-code-taken",
        ),
    ],
)
async def test_what_may_not_be_changed_is_refused_on_record_and_stands(
    company: Town, who: str, command: ChangeCustomer | ChangeBankAccount, why: str
) -> None:
    """9.1, 1.2."""
    before = await books(company)

    with pytest.raises(Refusal, match=why):
        await company.people[who].does(command)

    assert [refusal["why"] for refusal in await refusals(company)] == [why]
    assert changed(before, await books(company)) == set()


async def test_an_account_that_is_refused_is_not_told_on_the_trail(company: Town) -> None:
    """9.3."""
    with pytest.raises(Refusal, match="customer-not-yours"):
        await company.people[OTHER_SALESPERSON].does(ChangeBankAccount(EAST, ACCOUNT, None))

    [(_, told)] = await trail(company, "refused")
    assert "6222" not in json.dumps(told)


async def test_an_account_whose_key_is_lost_can_be_given_anew(company: Town) -> None:
    """9.3."""
    customer = await customer_of(company)
    settings = company.desk.office.settings.model_copy(update={"secret_key": SecretStr("another key")})
    company.runs(open_desk(replace(company.desk.office, vault=Vault(settings))))

    await company.people[SALESPERSON].does(ChangeBankAccount(EAST, ACCOUNT, customer.bank_sealed))

    sealed = (await customer_of(company)).bank_sealed
    assert company.desk.office.vault.open(sealed) == ACCOUNT


async def test_a_new_name_is_found_and_compared_by(company: Town) -> None:
    """1.2."""
    wang = company.people[SALESPERSON]
    await wang.does(ChangeCustomer(EAST, "name", "申城重工有限公司", "华东机械设备有限公司"))

    assert [one.id for one in await asked_of(company, lambda session: similar(session, "申城重工"))] == [EAST]
    assert "申城重工有限公司" in (await wang.says("申城重工"))[-1]


# what it touches


async def reviewed(town: Town, field: str, answer: str) -> Said:
    """The change as it is looked over before the tap."""
    wang = town.people[SALESPERSON]
    [listed] = await wang.says("改资料 华东机械")
    await wang.taps(field, listed)
    return (await wang.says(answer))[-1]


async def by_capital(town: Town) -> None:
    """B6 is in force, which scores the registered capital (二1)."""
    number = await town.people[CHAIN["credit_controller"]].does(
        ProposeActivation("b6-twenty-two", date(2026, 3, 10))
    )
    await town.people[CHAIN["cfo"]].does(ConfirmActivation(number))


async def test_what_the_policy_looks_at_is_told_to_count_from_the_next_rating_on(company: Town) -> None:
    """And nothing is rated anew for it (2.5)."""
    await by_capital(company)
    before = await customer_of(company)
    review = await reviewed(company, "注册资本", "5000万")

    [told] = await company.people[SALESPERSON].taps("就这样改", review)

    assert "下次评级按新的算" in review
    assert "下次评级按新的算" in told
    after = await customer_of(company)
    assert (after.grade, after.rated_on, after.rated_until) == (
        before.grade,
        before.rated_on,
        before.rated_until,
    )
    assert await reviews_of(company, "华东机械") == []


async def test_where_the_survey_says_otherwise_it_is_told_to_go_first(company: Town) -> None:
    """1.3: an answer with its source stands before the file."""
    await by_capital(company)
    said = SurveyAnswer("registered_capital", CAPITAL, "authority")
    await company.people[SALESPERSON].does(RecordSurvey(EAST, (said,), date(2026, 3, 9)))

    assert "评级先看那边" in await reviewed(company, "注册资本", "5000万")


async def test_what_the_policy_does_not_look_at_is_not_told_to_count(company: Town) -> None:
    """The policy of the sample company asks for no capital."""
    review = await reviewed(company, "注册资本", "5000万")

    assert "评级" not in review.text


async def test_the_card_of_a_review_under_way_is_brought_up_to_date(company: Town) -> None:
    """2.5: what the assessor is shown follows the file."""
    zheng = company.people[ASSESSOR]
    await zheng.says(STEADY)
    await zheng.taps("复评")
    customer = await customer_of(company, STEADY)
    before = await asked_of(company, touched)
    company.passes(minutes=5)

    await company.people[SALESPERSON].does(
        ChangeCustomer(customer.id or 0, "industry", "retail", customer.industry)
    )

    assert await asked_of(company, touched) > before


def touched(session: Session) -> int:
    """When copies of the card were last sent or marked to be brought up to date."""
    outbox = table_of(OutboxMessage)
    rows = select(func.max(outbox.c.touched)).where(outbox.c.card.like("review:%"))
    return int(session.execute(rows).scalar_one())
