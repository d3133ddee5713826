"""Waiting approvals: nagged after 4 working hours, passed on after 8 (3.3; the hours of the shipped chain)."""

from datetime import date

import pytest

from core.records.request import CreditRequest
from core.records.staff import Holding, Person
from tests.worker.company import ADMIN, CONTROLLER, LEGAL, MANAGER, OTHER_MANAGER, VP, Company
from worker.run import run_due

MONDAY = date(2026, 3, 9)
TUESDAY = date(2026, 3, 10)
WEDNESDAY = date(2026, 3, 11)
FRIDAY = date(2026, 3, 6)


async def tick(firm: Company, day: date, hour: int, minute: int = 0) -> None:
    await run_due(firm.database, firm.desk, firm.at(day, hour, minute), machine=firm.machine)


async def test_approvers_are_nagged_after_four_working_hours_once(firm: Company) -> None:
    await firm.request(firm.at(MONDAY, 10))
    await tick(firm, MONDAY, 13, 50)
    assert await firm.said(MANAGER, "approval-nag") == []
    for minute in (0, 10, 20):
        await tick(firm, MONDAY, 14, minute)
    (nag,) = await firm.said(MANAGER, "approval-nag")
    assert (nag.facts["customer"], nag.facts["hours"]) == ("华东机械", 4)
    assert await firm.said(OTHER_MANAGER, "approval-nag") == []


async def second_vice_president(firm: Company) -> None:
    """A superior whose own signature comes later is called in only where somebody else can give that one."""
    await firm.write(Holding(person=OTHER_MANAGER, role="marketing_vp"))


async def test_only_working_time_counts(firm: Company) -> None:
    """Asked at 17:00 on a Friday: four working hours have passed at noon on Monday."""
    await firm.request(firm.at(FRIDAY, 17))
    await tick(firm, MONDAY, 11, 50)
    assert await firm.said(MANAGER, "approval-nag") == []
    await tick(firm, MONDAY, 12)
    assert len(await firm.said(MANAGER, "approval-nag")) == 1


async def test_after_eight_working_hours_the_superior_gets_the_card(firm: Company) -> None:
    await second_vice_president(firm)
    request = await firm.request(firm.at(MONDAY, 9, 30))
    await tick(firm, MONDAY, 17, 20)
    assert await firm.cards(VP) == []
    await tick(firm, MONDAY, 17, 30)
    await tick(firm, TUESDAY, 9)
    assert await firm.cards(VP) == [f"request:{request}"]
    assert len(await firm.said(VP, "approval-escalated")) == 1


async def test_the_deputy_comes_before_the_superior(firm: Company) -> None:
    await firm.write(Holding(person=LEGAL, role="sales_director"))
    await firm.change(Person, MANAGER, deputy=LEGAL)
    request = await firm.request(firm.at(MONDAY, 9))
    await tick(firm, MONDAY, 17)
    assert await firm.cards(LEGAL) == [f"request:{request}"]
    assert await firm.cards(VP) == []


async def test_where_there_is_neither_the_admin_is_told(firm: Company) -> None:
    await firm.change(Person, MANAGER, reports_to=None)
    await firm.request(firm.at(MONDAY, 9))
    await tick(firm, MONDAY, 17)
    await tick(firm, TUESDAY, 9)
    assert len(await firm.said(ADMIN, "approval-stuck")) == 1


async def test_a_worker_that_comes_late_nags_and_escalates_at_once(firm: Company) -> None:
    await second_vice_president(firm)
    await firm.request(firm.at(MONDAY, 9))
    await tick(firm, WEDNESDAY, 9)
    assert len(await firm.said(MANAGER, "approval-nag")) == 1
    assert len(await firm.said(VP, "approval-escalated")) == 1


async def test_a_new_step_begins_to_wait_anew(firm: Company) -> None:
    request = await firm.request(firm.at(MONDAY, 9))
    await tick(firm, MONDAY, 17)
    moved = firm.at(TUESDAY, 9)
    await firm.change(CreditRequest, request, step_since=moved, version=2)
    await tick(firm, TUESDAY, 12, 50)
    assert len(await firm.said(MANAGER, "approval-nag")) == 1
    await tick(firm, TUESDAY, 13)
    assert len(await firm.said(MANAGER, "approval-nag")) == 2


async def test_a_decision_on_the_card_as_it_was_stays_good(firm: Company) -> None:
    request = await firm.request(firm.at(MONDAY, 9))
    await tick(firm, MONDAY, 17)
    found = await firm.database.read(lambda session: session.get_one(CreditRequest, request))
    assert found.version == 1
    assert found.escalated_at is not None


@pytest.mark.parametrize("state", ["returned", "granted", "rejected", "withdrawn", "awaiting_cap"])
async def test_only_what_waits_for_an_approver_is_nagged_about(firm: Company, state: str) -> None:
    request = await firm.request(firm.at(MONDAY, 9))
    await firm.change(CreditRequest, request, state=state)
    await tick(firm, TUESDAY, 17)
    assert await firm.said(MANAGER, "approval-nag") == []
    assert await firm.recorded("request.nagged") == await firm.recorded("request.escalated") == 0


async def test_the_digest_counts_what_waits_for_a_person_and_for_how_long(firm: Company) -> None:
    await firm.request(firm.at(MONDAY, 16))
    await firm.request(firm.at(MONDAY, 17, 30))
    await tick(firm, TUESDAY, 9)
    digest = await firm.digest(MANAGER)
    assert (digest.facts["waiting"], digest.facts["longest_hours"]) == (2, 2)
    assert [button.do for row in digest.buttons for button in row] == ["waiting"]
    assert await firm.said(CONTROLLER) == []
