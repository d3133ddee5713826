"""What the books hold under many numbers, codes or names at once: asked when a file is held against them (5.1)."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import RowMapping, Select, literal_column, select
from sqlalchemy.orm import Session

from core.queries.ledger.open_items import INVOICE, RECEIPT
from core.records.customer import Customer
from core.records.line import CreditLine
from core.records.staff import Person
from core.records.tables import table_of
from core.storage.bulk import is_listed, listed

_CUSTOMER = table_of(Customer)
_LINE = table_of(CreditLine)
_PERSON = table_of(Person)

CUSTOMER_COLUMNS = (
    "name",
    "uscc",
    "kind",
    "region",
    "owner",
    "industry",
    "size",
    "founded",
    "registered_capital",
    "legal_representative",
    "address",
    "phone",
)
"""What a file says of a customer, beside the code."""
_INVOICES = (
    select(
        INVOICE.c.number,
        _CUSTOMER.c.code.label("customer"),
        INVOICE.c.kind,
        INVOICE.c.issued,
        INVOICE.c.shipped,
        INVOICE.c.due,
        INVOICE.c.amount_minor.label("amount"),
        INVOICE.c.disputed_minor.label("disputed"),
    )
    .join(_CUSTOMER, _CUSTOMER.c.id == INVOICE.c.customer)
    .where(is_listed(INVOICE.c.number))
)
_RECEIPTS = (
    select(
        RECEIPT.c.number,
        _CUSTOMER.c.code.label("customer"),
        RECEIPT.c.received,
        RECEIPT.c.amount_minor.label("amount"),
        RECEIPT.c.named.label("invoice"),
    )
    .join(_CUSTOMER, _CUSTOMER.c.id == RECEIPT.c.customer)
    .where(is_listed(RECEIPT.c.number))
)
_CUSTOMERS = (
    select(
        _CUSTOMER.c.code,
        _CUSTOMER.c.registered_capital_minor.label("registered_capital"),
        _PERSON.c.name.label("owner"),
        *(
            _CUSTOMER.c[column]
            for column in CUSTOMER_COLUMNS
            if column not in {"owner", "registered_capital"}
        ),
    )
    .outerjoin(_PERSON, _PERSON.c.id == _CUSTOMER.c.owner)
    .where(is_listed(_CUSTOMER.c.code))
)
_CUSTOMER_IDS = select(_CUSTOMER.c.code, _CUSTOMER.c.id).where(is_listed(_CUSTOMER.c.code))
_CODES_BY_USCC = select(_CUSTOMER.c.uscc, _CUSTOMER.c.code).where(is_listed(_CUSTOMER.c.uscc))
_TERMS = select(_LINE.c.customer, _LINE.c.term_days).where(
    _LINE.c.state != literal_column("'closed'"), is_listed(_LINE.c.customer)
)
_PERSON_IDS = select(_PERSON.c.name, _PERSON.c.id).where(is_listed(_PERSON.c.name))


def invoices_by_number(session: Session, numbers: Collection[str]) -> dict[str, RowMapping]:
    """Invoices and credit notes: customer (code), kind, issued, shipped, due, amount and disputed (minor units)."""
    return _records(session, _INVOICES, numbers)


def receipts_by_number(session: Session, numbers: Collection[str]) -> dict[str, RowMapping]:
    """Receipts: customer (code), received, amount (minor units), invoice (those it names, ``;`` between them)."""
    return _records(session, _RECEIPTS, numbers)


def customers_by_code(session: Session, codes: Collection[str]) -> dict[str, RowMapping]:
    """Customers: code and the `CUSTOMER_COLUMNS`, the owner by name, the capital in minor units."""
    return _records(session, _CUSTOMERS, codes)


def customer_ids(session: Session, codes: Collection[str]) -> dict[str, int]:
    """The customers of these codes."""
    return _pairs(session, _CUSTOMER_IDS, codes)


def codes_by_uscc(session: Session, usccs: Collection[str]) -> dict[str, str]:
    """The codes of the customers that hold these credit codes."""
    return _pairs(session, _CODES_BY_USCC, usccs)


def term_days(session: Session, customers: Collection[int]) -> dict[int, int]:
    """The term in days of each customer's line, whatever its state but closed."""
    return _pairs(session, _TERMS, customers)


def person_ids(session: Session, names: Collection[str]) -> dict[str, int]:
    """The people of these names."""
    return _pairs(session, _PERSON_IDS, names)


def _records(session: Session, of: Select[Any], keys: Collection[str]) -> dict[str, RowMapping]:
    """By their first column; nothing is asked about nothing."""
    key = of.selected_columns[0]
    return {row[key]: row for row in session.execute(of, listed(keys)).mappings()} if keys else {}


def _pairs(session: Session, of: Select[Any], keys: Collection[Any]) -> dict[Any, Any]:
    return dict(session.execute(of, listed(keys)).all()) if keys else {}
