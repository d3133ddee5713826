"""Reminders up the ladder and the digest that tells them (6.1; the ladder of the shipped policy)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from core.records.collection import Reminder
from core.records.customer import Customer
from core.rules.money import Money
from tests.worker.company import (
    ADMIN,
    AUDITOR,
    CFO,
    CONTROLLER,
    EAST,
    LEGAL,
    MANAGER,
    OTHER_MANAGER,
    OTHER_OWNER,
    OWNER,
    SOUTH,
    STAFF,
    VP,
    Company,
)
from worker.jobs.climb import CHUNK
from worker.run import run_due

WEDNESDAY = date(2026, 3, 4)
LAST_YEAR = date(2025, 1, 1)


def days(count: int) -> timedelta:
    return timedelta(days=count)


async def who_was_told(firm: Company) -> set[int]:
    return {person for person in STAFF if person != AUDITOR and await firm.said(person)}


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (-7, {OWNER}),
        (-1, {OWNER}),
        (1, {OWNER}),
        (8, {MANAGER}),
        (15, {CONTROLLER}),
        (31, {CFO, VP}),
        (91, {LEGAL}),
    ],
)
async def test_each_rung_reaches_its_role_and_nobody_else(firm: Company, late: int, told: set[int]) -> None:
    invoice = await firm.invoice(WEDNESDAY - days(late))
    await firm.climbed_long_ago(invoice, *(rung for rung in (1, 8, 15, 31) if rung < late))
    await firm.morning(WEDNESDAY)
    assert await who_was_told(firm) == told


async def test_a_customer_is_the_matter_of_its_own_salesperson_and_region(firm: Company) -> None:
    await firm.invoice(WEDNESDAY - days(1), customer=SOUTH)
    old = await firm.invoice(WEDNESDAY - days(8), customer=SOUTH)
    await firm.climbed_long_ago(old, 1)
    await firm.morning(WEDNESDAY)
    assert await who_was_told(firm) == {OTHER_OWNER, OTHER_MANAGER}


async def test_an_invoice_imported_long_overdue_climbs_one_rung_a_working_day(firm: Company) -> None:
    """Nobody's first notice comes from the legal department."""
    invoice = await firm.invoice(WEDNESDAY - days(200))
    await firm.mornings(WEDNESDAY, WEDNESDAY + days(7))
    assert await firm.climbed(invoice) == {
        1: date(2026, 3, 4),
        8: date(2026, 3, 5),
        15: date(2026, 3, 6),
        31: date(2026, 3, 9),
        91: date(2026, 3, 10),
    }


async def test_a_reminder_keeps_the_day_it_came_due_however_late_it_is_told(firm: Company) -> None:
    invoice = await firm.invoice(WEDNESDAY - days(5))
    await firm.morning(WEDNESDAY)
    row = await firm.database.read(lambda session: session.get_one(Reminder, (invoice, 1)))
    assert (row.due_on, row.told_on) == (WEDNESDAY - days(4), WEDNESDAY)


async def test_what_is_paid_disputed_or_a_credit_note_is_not_chased(firm: Company) -> None:
    paid = await firm.invoice(WEDNESDAY - days(1))
    await firm.pay(paid)
    disputed = await firm.invoice(WEDNESDAY - days(1), 1000, disputed=1000)
    note = await firm.invoice(WEDNESDAY - days(1), kind="credit_note")
    await firm.morning(WEDNESDAY)
    assert [await firm.climbed(each) for each in (paid, disputed, note)] == [{}, {}, {}]
    assert await who_was_told(firm) == set()


async def test_only_the_undisputed_part_is_asked_for(firm: Company) -> None:
    await firm.invoice(WEDNESDAY - days(1), 1000, disputed=400)
    await firm.morning(WEDNESDAY)
    assert (await firm.digest(OWNER)).facts["overdue"]["amount"] == Money.of(600)


async def test_one_digest_a_person_a_day_however_many_invoices_and_runs(firm: Company) -> None:
    for _ in range(5):
        await firm.invoice(WEDNESDAY - days(1))
    for minute in range(3):
        await run_due(firm.database, firm.desk, firm.at(WEDNESDAY, 9, minute), machine=firm.machine)
    digest = await firm.digest(OWNER)
    assert len(await firm.said(OWNER)) == 1
    assert digest.facts["overdue"]["invoices"] == 5
    assert [button.do for row in digest.buttons for button in row] == ["overdue"]


async def test_a_missed_day_is_made_up_by_one_digest_that_leaves_nothing_out(firm: Company) -> None:
    await firm.invoice(WEDNESDAY - days(1), 100)
    await firm.morning(WEDNESDAY)
    await firm.invoice(WEDNESDAY, 200)
    await firm.invoice(WEDNESDAY + days(1), 300)
    await firm.morning(WEDNESDAY + days(5))
    assert [digest.facts["overdue"]["amount"] for digest in await firm.said(OWNER)] == [
        Money.of(100),
        Money.of(500),
    ]


async def test_what_was_told_is_not_told_again_the_next_day(firm: Company) -> None:
    await firm.invoice(WEDNESDAY - days(1))
    await firm.mornings(WEDNESDAY, WEDNESDAY + days(2))
    assert len(await firm.said(OWNER)) == 1


async def test_what_was_paid_before_the_digest_is_not_in_it(firm: Company) -> None:
    paid = await firm.invoice(WEDNESDAY - days(1))
    await firm.write(Reminder(invoice=paid, rung=1, due_on=WEDNESDAY, told_on=WEDNESDAY))
    await firm.pay(paid)
    await firm.morning(WEDNESDAY)
    assert await who_was_told(firm) == set()


@pytest.mark.parametrize("why", ["left", "nobody"])
async def test_what_nobody_minds_is_told_to_the_admin(firm: Company, why: str) -> None:
    if why == "left":
        await firm.leave(OWNER)
    else:
        await firm.change(Customer, EAST, owner=None)
    await firm.invoice(WEDNESDAY - days(1), 800)
    await firm.morning(WEDNESDAY)
    assert await who_was_told(firm) == {ADMIN}
    (vacancy,) = (await firm.digest(ADMIN)).facts["vacancies"]
    assert (vacancy["role"].key, vacancy["amount"]) == ("role-sales", Money.of(800))


async def test_a_vacant_seat_beside_a_filled_one_is_told_as_well(firm: Company) -> None:
    await firm.leave(VP)
    invoice = await firm.invoice(WEDNESDAY - days(31))
    await firm.climbed_long_ago(invoice, 1, 8, 15)
    await firm.morning(WEDNESDAY)
    assert await who_was_told(firm) == {CFO, ADMIN}


async def test_no_news_is_no_message(firm: Company) -> None:
    await firm.invoice(WEDNESDAY + days(60))
    await firm.morning(WEDNESDAY)
    assert await who_was_told(firm) == set()


async def test_many_reminders_are_written_in_chunks_of_bounded_size(firm: Company) -> None:
    """Background writes never hold the write lock over 50 ms: no transaction inserts more than a chunk."""
    invoices = 2 * CHUNK + 7
    await firm.database.write(lambda session: session.add_all(_late_invoices(invoices)))
    sizes: list[int] = []

    @event.listens_for(firm.database._writer, "before_cursor_execute")
    def count(_connection, _cursor, statement, parameters, _context, many) -> None:
        if statement.startswith("INSERT INTO reminder"):
            sizes.append(len(parameters) if many else statement.count("(?"))

    (report, *_) = [r for r in await firm.morning(WEDNESDAY) if r.job == "climb"]
    assert report.done == {"climbed": invoices}
    assert sum(sizes) == invoices
    assert max(sizes) <= CHUNK <= 500


def _late_invoices(count: int) -> list:
    from core.records.ledger import Invoice

    return [
        Invoice(
            number=f"L{number}",
            customer=EAST,
            issued=LAST_YEAR,
            due=WEDNESDAY - days(1),
            amount_minor=100,
            disputed_minor=0,
            open_minor=100,
        )
        for number in range(count)
    ]
