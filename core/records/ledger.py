"""The receivables ledger: invoices, receipts and what was allocated to what (5.1, 5.2).

``open_minor`` and ``rest_minor`` are the amount less the allocations that stand; they are kept so that
aging reads one index, and the nightly reconciliation holds them against the allocations.

The partial indexes name every column that their questions read, those of their own condition too: only then
are they answered without a look at the table.
"""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from core.records.columns import BigKey, key_field, minor_field, moment_field, text_field

_OPEN = "status = 'open'"
_OPEN_NOTE = "status = 'open' and kind = 'credit_note'"
STANDING = "reversed_at is null"


class Invoice(SQLModel, table=True):
    """An invoice, or a credit note (``kind``), which pays invoices the way a receipt does."""

    __tablename__ = "invoice"
    __table_args__ = (
        Index(
            "invoice_open_by_customer",
            "customer",
            "due",
            "issued",
            "number",
            "open_minor",
            "kind",
            "status",
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
        Index(
            "invoice_open_by_due", "due", "customer", sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)
        ),
        Index(
            "credit_note_open",
            "customer",
            "issued",
            "id",
            "open_minor",
            "kind",
            "status",
            sqlite_where=text(_OPEN_NOTE),
            postgresql_where=text(_OPEN_NOTE),
        ),
        Index("invoice_by_customer", "customer", "issued"),
    )

    id: int | None = key_field()
    number: str = Field(unique=True)
    customer: int = Field(foreign_key="customer.id")
    kind: str = "invoice"
    issued: date
    shipped: date | None = None
    due: date
    currency: str = "CNY"
    amount_minor: int = minor_field()
    disputed_minor: int = minor_field()
    open_minor: int = minor_field()
    status: str = "open"
    settled_on: date | None = None


class Receipt(SQLModel, table=True):
    __tablename__ = "receipt"
    __table_args__ = (
        Index("receipt_by_customer", "customer", "received"),
        Index(
            "receipt_with_rest",
            "customer",
            "received",
            "id",
            "rest_minor",
            "named",
            sqlite_where=text("rest_minor > 0"),
            postgresql_where=text("rest_minor > 0"),
        ),
    )

    id: int | None = key_field()
    number: str = Field(unique=True)
    customer: int = Field(foreign_key="customer.id")
    received: date
    currency: str = "CNY"
    amount_minor: int = minor_field()
    rest_minor: int = minor_field()
    """Not yet allocated: an advance, or paid for an invoice that is not known yet."""
    named: str = text_field()
    """The invoices it names, ``;`` between them; empty: oldest first."""


class Allocation(SQLModel, table=True):
    """So much of a receipt or credit note settles so much of an invoice. Taken back by ``reversed_at``."""

    __tablename__ = "allocation"
    __table_args__ = (
        Index("allocation_by_day", "on", sqlite_where=text(STANDING), postgresql_where=text(STANDING)),
    )

    id: int | None = key_field()
    invoice: int = Field(foreign_key="invoice.id", index=True, sa_type=BigKey)
    receipt: int | None = Field(default=None, foreign_key="receipt.id", index=True, sa_type=BigKey)
    credit_note: int | None = Field(default=None, foreign_key="invoice.id", index=True, sa_type=BigKey)
    amount_minor: int = minor_field()
    on: date
    """The day it settles the debt: the later of the payment's and the invoice's."""
    reversed_at: datetime | None = moment_field(nullable=True)


class AwaitedInvoice(SQLModel, table=True):
    """An invoice that a receipt names and the ledger does not know yet; gone as soon as it does."""

    __tablename__ = "awaited_invoice"

    number: str = Field(primary_key=True)
    receipt: int = Field(foreign_key="receipt.id", primary_key=True, sa_type=BigKey)
