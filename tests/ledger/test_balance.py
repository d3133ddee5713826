"""Allocating never changes a balance, and no payment and no invoice is used twice (5.2)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from core.queries.actor import OPERATOR
from core.queries.ledger.aging import aging_report
from core.queries.ledger.exposure import exposure, exposures_on
from core.records.ledger import Allocation, Invoice, Receipt
from core.rules.money import Money
from core.services.ledger.ledger import InvoiceEntry, ReceiptEntry, record_invoices, record_receipts
from tests.ledger.books import customer, day

CUSTOMERS = ("C0001", "C0002")
INVOICES = [f"I{number}" for number in range(8)]


@dataclass(frozen=True)
class Entry:
    kind: Literal["invoice", "credit_note", "receipt"]
    customer: int
    day: int
    minor: int
    due: int
    names: tuple[str, ...]


entries = st.lists(
    st.builds(
        Entry,
        kind=st.sampled_from(["invoice", "invoice", "credit_note", "receipt", "receipt"]),
        customer=st.sampled_from([0, 1]),
        day=st.integers(0, 400),
        minor=st.integers(1, 20) | st.integers(1, 10**13),
        due=st.integers(0, 90),
        names=st.lists(st.sampled_from(INVOICES), max_size=2, unique=True).map(tuple),
    ),
    max_size=14,
)
portions = st.lists(st.integers(1, 5), min_size=14, max_size=14)


@contextmanager
def an_empty_ledger() -> Iterator[tuple[Session, list[int]]]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield session, [customer(session, code) for code in CUSTOMERS]
    engine.dispose()


def enter(session: Session, ids: list[int], some: list[tuple[int, Entry]]) -> None:
    record_invoices(
        session,
        [
            InvoiceEntry(
                f"I{at}",
                ids[e.customer],
                day(e.day),
                day(e.day + e.due),
                Money(e.minor),
                "invoice" if e.kind == "invoice" else "credit_note",
            )
            for at, e in some
            if e.kind != "receipt"
        ],
    )
    record_receipts(
        session,
        [
            ReceiptEntry(f"R{at}", ids[e.customer], day(e.day), Money(e.minor), e.names)
            for at, e in some
            if e.kind == "receipt"
        ],
    )


def enter_in_portions(session: Session, ids: list[int], ledger: list[Entry], sizes: list[int]) -> None:
    rest = list(enumerate(ledger))
    for size in sizes:
        enter(session, ids, rest[:size])
        rest = rest[size:]


def owed(ledger: list[Entry], customer: int, until: int = 10**6) -> Money:
    """The balance, the plain way."""
    return Money(
        sum(
            e.minor if e.kind == "invoice" else -e.minor
            for e in ledger
            if e.customer == customer and e.day <= until
        )
    )


@settings(max_examples=40, deadline=None)
@given(entries, portions, st.integers(0, 500))
def test_the_balance_is_the_sum_of_the_entries_whatever_was_allocated(
    ledger: list[Entry], sizes: list[int], on: int
) -> None:
    with an_empty_ledger() as (session, ids):
        enter_in_portions(session, ids, ledger, sizes)
        for number, id_ in enumerate(ids):
            assert exposure(session, id_) == owed(ledger, number)
            assert exposures_on(session, day(on)).get(id_, Money.zero()) == owed(ledger, number, on)


@settings(max_examples=40, deadline=None)
@given(entries, portions)
def test_what_is_open_is_the_amount_less_its_allocations_and_never_below_zero(
    ledger: list[Entry], sizes: list[int]
) -> None:
    with an_empty_ledger() as (session, ids):
        enter_in_portions(session, ids, ledger, sizes)
        allocations = session.scalars(select(Allocation)).all()
        for invoice in session.scalars(select(Invoice)):
            used = sum(a.amount_minor for a in allocations if invoice.id in {a.invoice, a.credit_note})
            days = [a.on for a in allocations if invoice.id in {a.invoice, a.credit_note}]
            assert invoice.open_minor == invoice.amount_minor - used >= 0
            assert invoice.status == ("open" if invoice.open_minor else "settled")
            assert invoice.settled_on == (None if invoice.open_minor else max(days))
        for receipt in session.scalars(select(Receipt)):
            used = sum(a.amount_minor for a in allocations if a.receipt == receipt.id)
            assert receipt.rest_minor == receipt.amount_minor - used >= 0


@settings(max_examples=40, deadline=None)
@given(entries, portions)
def test_nothing_is_left_both_open_and_unallocated_unless_a_receipt_names_something_else(
    ledger: list[Entry], sizes: list[int]
) -> None:
    with an_empty_ledger() as (session, ids):
        enter_in_portions(session, ids, ledger, sizes)
        for id_ in ids:
            invoices = session.scalars(select(Invoice).where(Invoice.customer == id_)).all()  # type: ignore[arg-type]
            receipts = session.scalars(select(Receipt).where(Receipt.customer == id_)).all()  # type: ignore[arg-type]
            to_pay = {i.number for i in invoices if i.kind == "invoice" and i.open_minor}
            free = [r for r in receipts if r.rest_minor and not r.named]
            notes = [i for i in invoices if i.kind == "credit_note" and i.open_minor]
            assert not (to_pay and (free or notes))
            naming = [r for r in receipts if r.rest_minor and to_pay & set(r.named.split(";"))]
            assert not naming


@settings(max_examples=40, deadline=None)
@given(entries, portions, st.integers(0, 500))
def test_the_aging_of_any_day_adds_up_to_the_balance_of_that_day(
    ledger: list[Entry], sizes: list[int], on: int
) -> None:
    """5.3: what was settled since then counts as open on that day."""
    with an_empty_ledger() as (session, ids):
        enter_in_portions(session, ids, ledger, sizes)
        report = aging_report(session, day(on), OPERATOR)
        balances = {row.customer: row.outstanding - row.unallocated for row in report.customers}
        for number, id_ in enumerate(ids):
            assert balances.get(id_, Money.zero()) == owed(ledger, number, on)
            assert all(amount >= 0 for row in report.customers for amount in row.aged_minor)


@settings(max_examples=40, deadline=None)
@given(entries, st.integers(0, 500))
def test_the_aging_of_a_day_is_the_same_when_the_rest_of_the_ledger_comes_later(
    ledger: list[Entry], on: int
) -> None:
    """5.3: a report of a past day does not depend on when it is asked for, if the ledger came in day order."""
    in_order = sorted(ledger, key=lambda entry: entry.day)
    known = sum(entry.day <= on for entry in in_order)
    with an_empty_ledger() as (session, ids):
        for at, entry in enumerate(in_order):
            if at == known:
                then = aging_report(session, day(on), OPERATOR)
            enter(session, ids, [(at, entry)])
        if known == len(in_order):
            then = aging_report(session, day(on), OPERATOR)
        assert aging_report(session, day(on), OPERATOR) == then
