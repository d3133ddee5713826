"""Short words for tests: customers, invoices and receipts in yuan and days."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import SetClock
from core.policies.library import Library
from core.queries.office import Office
from core.records.customer import Customer
from core.records.ledger import Allocation, Invoice, Receipt
from core.records.staff import Person
from core.rules.money import Money
from core.services.ledger.ledger import InvoiceEntry, ReceiptEntry, record_invoices, record_receipts
from core.settings import Settings
from core.storage.secrets import Vault

START = date(2026, 1, 1)


def day(number: int) -> date:
    """So many days after New Year 2026."""
    return START + timedelta(days=number)


def yuan(amount: float) -> Money:
    return Money.of(str(amount))


def office(library: Library) -> Office:
    """Of a company that goes by these policies, in Shanghai."""
    settings = Settings(_env_file=None)
    return Office(settings, library, SetClock(datetime(2026, 3, 10, 2, tzinfo=UTC)), Vault(settings))


def salesperson(session: Session, name: str = "小李", region: str = "") -> int:
    person = Person(name=name, region=region)
    session.add(person)
    session.flush()
    assert person.id is not None
    return person.id


def customer(session: Session, code: str = "C0001", owner: int | None = None, region: str = "") -> int:
    opened = Customer(
        code=code,
        name=f"客户{code}",
        name_key=code,
        owner=owner,
        region=region,
        opened_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    session.add(opened)
    session.flush()
    assert opened.id is not None
    return opened.id


def invoice(
    session: Session,
    customer: int,
    number: str,
    amount: float,
    issued: int = 0,
    due: int | None = None,
    disputed: float = 0,
) -> None:
    entry = InvoiceEntry(
        number,
        customer,
        day(issued),
        day(issued + 30 if due is None else due),
        yuan(amount),
        disputed=yuan(disputed),
    )
    record_invoices(session, [entry])


def credit_note(session: Session, customer: int, number: str, amount: float, issued: int = 0) -> None:
    entry = InvoiceEntry(number, customer, day(issued), day(issued), yuan(amount), kind="credit_note")
    record_invoices(session, [entry])


def receipt(
    session: Session, customer: int, number: str, amount: float, received: int = 0, *names: str
) -> None:
    record_receipts(session, [ReceiptEntry(number, customer, day(received), yuan(amount), names)])


def open_of(session: Session, number: str) -> Money:
    """What is open of an invoice or credit note."""
    found = select(Invoice.open_minor).where(Invoice.number == number)  # type: ignore[arg-type,call-overload]
    return Money(session.execute(found).scalar_one())


def rest_of(session: Session, number: str) -> Money:
    """What is unallocated of a receipt."""
    found = select(Receipt.rest_minor).where(Receipt.number == number)  # type: ignore[arg-type,call-overload]
    return Money(session.execute(found).scalar_one())


def allocated(session: Session) -> dict[tuple[str, str], Money]:
    """What stands, by payment and invoice."""
    a, i, r = Allocation.__table__, Invoice.__table__.alias(), Receipt.__table__  # type: ignore[attr-defined]
    n = Invoice.__table__.alias()  # type: ignore[attr-defined]
    rows = session.execute(
        select(func.coalesce(r.c.number, n.c.number), i.c.number, func.sum(a.c.amount_minor))
        .join(i, i.c.id == a.c.invoice)
        .outerjoin(r, r.c.id == a.c.receipt)
        .outerjoin(n, n.c.id == a.c.credit_note)
        .where(a.c.reversed_at.is_(None))
        .group_by(func.coalesce(r.c.number, n.c.number), i.c.number)
    )
    return {(payment, number): Money(minor) for payment, number, minor in rows}
