"""A customer's file as it stood on a day: what was changed since is not known then (1.9), in facts, replays, back-tests."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.customers.facts import known_facts, known_unasked
from core.queries.customers.file_fields import FileField, FileValue, file_value
from core.queries.policies.backtest import Backtest, Basis, backtest
from core.queries.policies.simulation import Simulation, simulate
from core.queries.rating.replay import replays
from core.queries.rating.snapshot import written_grades
from core.records.customer import Customer
from core.records.snapshot import SnapshotGrade
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.customers.customer import OpenCustomer
from core.services.customers.file_change import ChangeCustomer
from core.services.policies.activation import ConfirmActivation, ProposeActivation
from tests.scenarios.story import CHAIN, OTHER_SALESPERSON, SALESPERSON, asked_of
from tests.support.town import Town
from worker.jobs.snapshot import snapshot

FIRST, NINTH, TENTH, ELEVENTH = date(2026, 4, 1), date(2026, 4, 9), date(2026, 4, 10), date(2026, 4, 11)
CAPITAL, RAISED = Money.of(30_000_000), Money.of(80_000_000)
BY_CAPITAL = "b6-twenty-two"
"""The scheme that scores the registered capital (B6 二1)."""

Grades = Mapping[int, tuple[str | None, str | None, str]]
"""Of customers: grade, score and what they were made from."""


async def opens(town: Town, **lines: Any) -> int:
    return int(await town.people[SALESPERSON].does(OpenCustomer("新客户有限公司", **lines)))


async def on_file(town: Town, customer: int, on: date) -> Mapping[str, Any]:
    """What the file said on a day."""
    office = town.desk.office
    known = await asked_of(town, lambda session: known_facts(session, office, customer, on))
    return {key: fact.value for key, fact in known.items() if fact.source == "customer_file"}


async def change(town: Town, customer: int, field: str, value: FileValue | None) -> ChangeCustomer:
    """A change of what the file says now."""

    def seen(session: Session) -> FileValue | None:
        return file_value(session, session.get_one(Customer, customer), FileField(field))

    return ChangeCustomer(customer, field, value, await asked_of(town, seen))


async def raises_capital(town: Town, customer: int, capital: Money | None = RAISED) -> None:
    await changes(town, customer, "registered_capital", capital)


async def changes(town: Town, customer: int, field: str, value: FileValue | None) -> None:
    await town.people[SALESPERSON].does(await change(town, customer, field, value))


async def test_capital_raised_on_the_10th_was_not_known_on_the_9th(company: Town) -> None:
    customer = await opens(company, registered_capital=CAPITAL)
    company.comes("2026-04-10T09:00")
    await raises_capital(company, customer)

    assert await on_file(company, customer, NINTH) == {"registered_capital": CAPITAL}
    assert await on_file(company, customer, TENTH) == {"registered_capital": RAISED}
    assert await on_file(company, customer, ELEVENTH) == {"registered_capital": RAISED}


@pytest.mark.parametrize(
    ("moment", "first_day"), [("2026-04-10T23:59", TENTH), ("2026-04-11T00:00", ELEVENTH)]
)
async def test_the_day_of_a_change_is_the_companys(company: Town, moment: str, first_day: date) -> None:
    """At both moments it is still the 10th in Greenwich."""
    customer = await opens(company, registered_capital=CAPITAL)
    company.comes(moment)
    await raises_capital(company, customer)

    said = {day: await on_file(company, customer, day) for day in (TENTH, ELEVENTH)}
    assert min(day for day in said if said[day] == {"registered_capital": RAISED}) == first_day


async def test_what_is_put_in_later_is_not_known_before(company: Town) -> None:
    customer = await opens(company, size="small")
    company.comes("2026-04-10T09:00")
    await raises_capital(company, customer)
    await changes(company, customer, "industry", "retail")

    assert await on_file(company, customer, NINTH) == {"size": "small"}
    assert await on_file(company, customer, TENTH) == {
        "size": "small",
        "industry": "retail",
        "registered_capital": RAISED,
    }


async def test_what_a_file_was_opened_with_is_known_from_that_day_whatever_became_of_it(
    company: Town,
) -> None:
    company.comes("2026-04-10T18:00")
    customer = await opens(company, industry="retail", registered_capital=CAPITAL)
    company.comes("2026-04-12T18:00")
    await changes(company, customer, "industry", "manufacturing")
    await raises_capital(company, customer, None)

    assert await on_file(company, customer, NINTH) == {}
    assert await on_file(company, customer, TENTH) == {"industry": "retail", "registered_capital": CAPITAL}
    assert await on_file(company, customer, date(2026, 4, 12)) == {"industry": "manufacturing"}


async def test_of_several_changes_each_day_has_its_own(company: Town) -> None:
    """Back to what it was, and twice on one day: the last of the day counts."""
    customer = await opens(company, size="small")
    for moment, size in (
        ("2026-04-09T09:00", "medium"),
        ("2026-04-10T09:00", "large"),
        ("2026-04-10T10:00", "small"),
        ("2026-04-11T09:00", "medium"),
    ):
        company.comes(moment)
        await changes(company, customer, "size", size)
        await changes(company, customer, "phone", f"021-{size}")

    days = (date(2026, 4, 8), NINTH, TENTH, ELEVENTH)
    assert [(await on_file(company, customer, day))["size"] for day in days] == [
        "small",
        "medium",
        "small",
        "medium",
    ]


async def test_a_change_is_on_record_with_old_and_new_and_one_that_is_refused_changes_no_day(
    company: Town,
) -> None:
    customer = await opens(company, registered_capital=CAPITAL)
    company.comes("2026-04-10T09:00")
    with pytest.raises(Refusal, match="customer-not-yours"):
        await company.people[OTHER_SALESPERSON].does(
            ChangeCustomer(customer, "registered_capital", RAISED, CAPITAL)
        )

    file = await asked_of(company, lambda session: session.get_one(Customer, customer))
    assert (file.registered_capital_minor, file.changed_at) == (CAPITAL.minor, None)

    await raises_capital(company, customer)
    file = await asked_of(company, lambda session: session.get_one(Customer, customer))
    assert (file.registered_capital_minor, file.changed_at) == (RAISED.minor, company.clock.now())


async def test_nobody_is_asked_for_the_capital_that_the_file_had_on_the_day(company: Town) -> None:
    """1.3; from the 10th on the survey has to ask."""
    customer = await opens(company, registered_capital=CAPITAL)
    company.comes("2026-04-10T09:00")
    await raises_capital(company, customer, None)
    office = company.desk.office

    def unasked(session: Session) -> list[bool]:
        return [
            "registered_capital" in known_unasked(session, office, customer, day) for day in (NINTH, TENTH)
        ]

    assert await asked_of(company, unasked) == [True, False]


async def rates_by_capital(town: Town) -> None:
    """B6 is in force, and on the 1st of April everybody's grade is kept."""
    number = await town.people[CHAIN["credit_controller"]].does(
        ProposeActivation(BY_CAPITAL, date(2026, 3, 10))
    )
    await town.people[CHAIN["cfo"]].does(ConfirmActivation(number))
    town.comes("2026-04-01T01:00")
    await snapshot(FIRST, database=town.database, desk=town.desk)


async def everybody_has_little_capital(town: Town) -> None:
    """On the 10th of April."""
    town.comes("2026-04-10T09:00")
    for number in await customers(town):
        await town.as_operator(await change(town, number, "registered_capital", Money.of(1)))


async def customers(town: Town) -> list[int]:
    numbers = select(table_of(Customer).c.id).where(table_of(Customer).c.kind == "customer")
    return await asked_of(town, lambda session: list(session.scalars(numbers)))


async def test_a_kept_grade_is_replayed_and_made_again_for_its_day_after_the_file_was_changed(
    company: Town,
) -> None:
    """2.4, 9.2: from its own inputs, and from the facts of the day."""
    await rates_by_capital(company)
    await everybody_has_little_capital(company)
    office = company.desk.office
    policy = office.library.policy_in_force(BY_CAPITAL, NINTH)
    rated = await customers(company)

    def again(session: Session, on: date) -> Grades:
        made = written_grades(session, office, policy, rated, on)
        return {each.customer: (each.grade, each.score, each.inputs) for each in made}

    kept = await kept_grades(company)
    assert all(each.same for each in await asked_of(company, lambda s: list(replays(s, office.library))))
    assert kept.keys() == set(rated)
    assert await asked_of(company, lambda session: again(session, FIRST)) == kept
    now = await asked_of(company, lambda session: again(session, TENTH))
    assert any(now[number][1] != kept[number][1] for number in rated), "the capital does count"


async def kept_grades(town: Town) -> Grades:
    kept = select(SnapshotGrade).where(table_of(SnapshotGrade).c.month == FIRST)
    return await asked_of(
        town,
        lambda session: {
            each.customer: (each.grade, each.score, each.inputs) for each in session.scalars(kept)
        },
    )


async def held_to_account(town: Town, end: date) -> Backtest:
    office = town.desk.office
    policy = office.library.policy_in_force(BY_CAPITAL, NINTH)
    return await asked_of(
        town, lambda session: backtest(session, office, policy, date(2026, 3, 11), end, overdue_days=10)
    )


async def test_a_backtest_of_days_before_a_change_comes_out_as_it_did(company: Town) -> None:
    """2.9; with an end on the day of the change it does not."""
    company.comes("2026-04-10T08:00")
    before = {end: await held_to_account(company, end) for end in (NINTH, TENTH)}
    assert before[NINTH].basis is Basis.BACK_DATED
    await everybody_has_little_capital(company)

    after = {end: await held_to_account(company, end) for end in (NINTH, TENTH)}

    assert after[NINTH] == before[NINTH]
    assert after[TENTH].migration != before[TENTH].migration
    assert after[TENTH].rates == before[TENTH].rates, "those who are followed were rated in March"


async def tried(town: Town, on: date) -> Simulation:
    office = town.desk.office
    draft = office.library.policy_in_force(BY_CAPITAL, NINTH)
    return await asked_of(town, lambda session: simulate(session, office, office.policy(on), draft, on))


async def test_a_draft_tried_on_a_past_day_rates_by_the_file_of_that_day(company: Town) -> None:
    company.comes("2026-04-10T08:00")
    before = {on: await tried(company, on) for on in (NINTH, TENTH)}
    await everybody_has_little_capital(company)

    after = {on: await tried(company, on) for on in (NINTH, TENTH)}

    assert after[NINTH] == before[NINTH]
    assert after[TENTH].everybody != before[TENTH].everybody
