"""The nightly reconciliation: a kept balance that is not what its allocations leave is told, never put right (5.2)."""

from datetime import date, timedelta

from core.records.ledger import Allocation, Invoice, Receipt
from tests.worker.company import ADMIN, CFO, CONTROLLER, Company

WEDNESDAY = date(2026, 3, 4)
DUE = date(2026, 6, 1)


async def told(firm: Company, person: int) -> list[int]:
    return [digest.facts["differences"] for digest in await firm.said(person)]


async def test_a_ledger_that_agrees_is_not_mentioned(firm: Company) -> None:
    await firm.pay(await firm.invoice(DUE))
    note = await firm.invoice(DUE, 100, kind="credit_note")
    invoice = await firm.invoice(DUE, 500)
    await firm.write(Allocation(invoice=invoice, credit_note=note, amount_minor=10_000, on=DUE))
    await firm.change(Invoice, note, open_minor=0, status="settled")
    await firm.change(Invoice, invoice, open_minor=40_000)
    await firm.morning(WEDNESDAY)
    assert await firm.recorded("ledger.differs") == 0
    assert await told(firm, CFO) == []


async def test_an_allocation_taken_back_counts_no_more(firm: Company) -> None:
    invoice = await firm.invoice(DUE)
    await firm.pay(invoice)
    await firm.change(Allocation, 1, reversed_at=firm.clock.now())
    await firm.morning(WEDNESDAY)
    assert await told(firm, CFO) == [2]


async def test_every_difference_is_recorded_and_told_to_admin_and_cfo(firm: Company) -> None:
    wrong = await firm.invoice(DUE)
    settled = await firm.invoice(DUE)
    await firm.pay(settled)
    await firm.change(Invoice, wrong, open_minor=1)
    await firm.change(Invoice, settled, open_minor=7)
    await firm.change(Receipt, 1, rest_minor=5)
    await firm.morning(WEDNESDAY)
    assert await firm.recorded("ledger.differs") == 1
    assert await told(firm, CFO) == await told(firm, ADMIN) == [3]
    assert await told(firm, CONTROLLER) == []


async def test_it_is_told_every_working_day_until_it_is_put_right(firm: Company) -> None:
    invoice = await firm.invoice(DUE, 1000)
    await firm.change(Invoice, invoice, open_minor=1)
    await firm.mornings(WEDNESDAY, WEDNESDAY + timedelta(days=1))
    await firm.change(Invoice, invoice, open_minor=100_000)
    await firm.mornings(WEDNESDAY + timedelta(days=2), WEDNESDAY + timedelta(days=5))
    assert await told(firm, CFO) == [1, 1]
