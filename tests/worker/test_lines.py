"""Ratings and lines that end: told 30, 7 and 0 days before, suspended the day after (B9 art. 11; 2.5, 3.7)."""

from datetime import date, timedelta

from sqlalchemy import select

from core.queries.actor import CLOCK
from core.records.audit import AuditRecord
from core.records.customer import Customer
from core.records.line import CreditLine
from core.records.tables import table_of
from core.rules.lifecycles.line_lifecycle import LineState
from core.services.credit.expiry import SuspendLine
from core.texts.wire import facts_of
from tests.worker.company import CONTROLLER, EAST, MANAGER, OTHER_OWNER, OWNER, Company
from worker.run import run_due

ENDS = date(2026, 4, 15)


async def told_of_endings(firm: Company, person: int) -> list[tuple[date, int]]:
    """The day of each digest that names an ending, and the days left."""
    return [
        (digest.facts["on"], named["left"])
        for digest in await firm.said(person)
        if digest.facts["endings"]
        for named in digest.facts["endings"]["named"]
    ]


async def test_an_ending_is_told_30_7_and_0_days_before_to_owner_and_credit_controller(firm: Company) -> None:
    await firm.line(ENDS)
    await firm.mornings(ENDS - timedelta(days=40), ENDS)
    expected = [(date(2026, 3, 16), 30), (date(2026, 4, 8), 7), (ENDS, 0)]
    assert await told_of_endings(firm, OWNER) == expected
    assert await told_of_endings(firm, CONTROLLER) == expected
    assert await told_of_endings(firm, MANAGER) == await told_of_endings(firm, OTHER_OWNER) == []


async def test_a_notice_of_a_holiday_is_told_on_the_next_working_day(firm: Company) -> None:
    """The 7th day before falls on Sunday, 22 March."""
    await firm.line(date(2026, 3, 29))
    await firm.mornings(date(2026, 3, 2), date(2026, 3, 27))
    assert await told_of_endings(firm, OWNER) == [(date(2026, 3, 2), 27), (date(2026, 3, 23), 6)]


async def test_a_rating_and_a_line_that_end_are_two_things(firm: Company) -> None:
    await firm.line(ENDS, rated_until=ENDS)
    await firm.morning(ENDS)
    named = (await firm.digest(OWNER)).facts["endings"]["named"]
    assert [each["what"].key for each in named] == ["digest-rating", "digest-line"]


async def test_a_line_may_be_used_on_its_last_day_and_is_suspended_the_day_after(firm: Company) -> None:
    line = await firm.line(ENDS)
    await run_due(firm.database, firm.desk, firm.at(ENDS, 23, 59), machine=firm.machine)
    assert await firm.line_state(line) is LineState.OPEN
    await run_due(firm.database, firm.desk, firm.at(ENDS + timedelta(days=1), 0, 5), machine=firm.machine)
    assert await firm.line_state(line) is LineState.SUSPENDED


async def test_a_line_does_not_outlive_the_rating(firm: Company) -> None:
    line = await firm.line(ENDS, rated_until=ENDS - timedelta(days=10))
    await firm.morning(ENDS - timedelta(days=9))
    assert await firm.line_state(line) is LineState.SUSPENDED


async def test_a_suspension_is_told_once_to_owner_and_credit_controller(firm: Company) -> None:
    """The line ends on a Friday; it is suspended on Saturday and told on Monday."""
    friday = date(2026, 3, 27)
    await firm.line(friday)
    await firm.mornings(date(2026, 3, 26), date(2026, 4, 1))
    for person in (OWNER, CONTROLLER):
        told = [d.facts["on"] for d in await firm.said(person) if d.facts["suspensions"]]
        assert told == [date(2026, 3, 30)]


async def test_after_a_week_without_a_worker_the_suspension_keeps_its_day(firm: Company) -> None:
    line = await firm.line(ENDS)
    await firm.morning(ENDS - timedelta(days=1))
    await firm.morning(ENDS + timedelta(days=7))
    audit = table_of(AuditRecord)
    (data,) = await firm.database.read(
        lambda session: session.scalars(
            select(audit.c.data).where(audit.c.action == "line.suspended", audit.c.subject == f"line:{line}")
        ).all()
    )
    assert facts_of(data) == {"customer": EAST, "last_day": ENDS}
    assert (await firm.digest(OWNER)).facts["suspensions"]["count"] == 1


async def test_a_line_replaced_or_rated_anew_meanwhile_is_left_alone(firm: Company) -> None:
    line = await firm.line(ENDS, rated_until=ENDS - timedelta(days=5))
    await firm.change(Customer, EAST, rated_until=ENDS + timedelta(days=300))
    assert not await firm.desk.run(firm.database, SuspendLine(line, ENDS), CLOCK)
    await firm.change(CreditLine, line, state=LineState.CLOSED)
    assert not await firm.desk.run(firm.database, SuspendLine(line, ENDS + timedelta(days=9)), CLOCK)
    assert await firm.recorded("line.suspended") == 0
