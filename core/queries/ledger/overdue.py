"""What is past due (5.3): item by item for one customer, and customer by customer for all that one may see."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.queries.actor import Actor
from core.queries.ledger.open_items import CURRENCY, INVOICE, IS_INVOICE, IS_OPEN
from core.queries.people.scope import visible_to
from core.records.customer import Customer
from core.records.staff import Person
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.receivables.allocation import OpenItem

_CUSTOMER = table_of(Customer)
_PERSON = table_of(Person)


@dataclass(frozen=True, slots=True)
class OverdueItem:
    """An invoice past its due date."""

    number: str
    issued: date
    due: date
    days: int
    """Days past due, 1 or more."""
    open: Money
    disputed: Money
    """The part of `open` that the customer disputes."""

    @property
    def item(self) -> OpenItem:
        """The item as the rules take it."""
        return OpenItem(self.number, self.due, self.open, self.issued)


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """One customer of the overdue list."""

    customer: int
    code: str
    name: str
    amount: Money
    disputed: Money
    """The part of `amount` that the customer disputes."""
    oldest_days: int
    invoices: int
    owner: int | None
    owner_name: str
    """Of the salesperson who looks after the customer; empty when nobody does."""
    owner_english: str


def overdue_items(session: Session, customer: int, on: date) -> tuple[OverdueItem, ...]:
    """What the customer still owes of invoices due before `on`, oldest due first."""
    found = session.execute(
        select(
            INVOICE.c.number,
            INVOICE.c.issued,
            INVOICE.c.due,
            INVOICE.c.open_minor,
            INVOICE.c.disputed_minor,
        )
        .where(IS_OPEN, IS_INVOICE, INVOICE.c.customer == customer, INVOICE.c.due < on)
        .order_by(INVOICE.c.due, INVOICE.c.issued, INVOICE.c.number)
    )
    return tuple(
        OverdueItem(
            number=number,
            issued=issued,
            due=due,
            days=(on - due).days,
            open=Money(open_minor, CURRENCY),
            # What is paid is taken to be the part that was not disputed.
            disputed=Money(min(open_minor, disputed_minor), CURRENCY),
        )
        for number, issued, due, open_minor, disputed_minor in found
    )


OVERDUE_COLUMNS = ("code", "amount", "days", "invoices", "name")
"""What a list of customers in arrears says of each, in this order."""


def overdue_report(session: Session, actor: Actor, on: date) -> tuple[OverdueRow, ...]:
    """The customers in the actor's scope with anything due before `on`, the largest amount first."""
    disputed = case(
        (INVOICE.c.disputed_minor < INVOICE.c.open_minor, INVOICE.c.disputed_minor),
        else_=INVOICE.c.open_minor,
    )
    overdue = (
        select(
            INVOICE.c.customer,
            func.sum(INVOICE.c.open_minor).label("amount"),
            func.sum(disputed).label("disputed"),
            func.min(INVOICE.c.due).label("oldest"),
            func.count().label("invoices"),
        )
        .where(IS_OPEN, IS_INVOICE, INVOICE.c.due < on)
        .group_by(INVOICE.c.customer)
        .subquery()
    )
    found = session.execute(
        select(
            overdue,
            _CUSTOMER.c.code,
            _CUSTOMER.c.name,
            _CUSTOMER.c.owner,
            _PERSON.c.name.label("owner_name"),
            _PERSON.c.english_name.label("owner_english"),
        )
        .join(_CUSTOMER, _CUSTOMER.c.id == overdue.c.customer)
        .outerjoin(_PERSON, _PERSON.c.id == _CUSTOMER.c.owner)
        .where(visible_to(actor))
        .order_by(overdue.c.amount.desc(), _CUSTOMER.c.code)
    )
    return tuple(
        OverdueRow(
            customer=row.customer,
            code=row.code,
            name=row.name,
            amount=Money(int(row.amount), CURRENCY),
            disputed=Money(int(row.disputed), CURRENCY),
            oldest_days=(on - row.oldest).days,
            invoices=row.invoices,
            owner=row.owner,
            owner_name=row.owner_name or "",
            owner_english=row.owner_english or row.owner_name or "",
        )
        for row in found
    )
