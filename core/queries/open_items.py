"""What the questions about the ledger share: its tables, and the conditions that its partial indexes answer.

A status is written as a literal: a bound one would hide from the planner that the partial index fits.
"""

from sqlalchemy import ColumnElement, literal_column

from core.records.ledger import Allocation, Invoice, Receipt

CURRENCY = "CNY"
"""The one currency in which the ledger is kept; an import in another is refused, since nothing here converts."""

INVOICE = Invoice.__table__  # type: ignore[attr-defined]
RECEIPT = Receipt.__table__  # type: ignore[attr-defined]
ALLOCATION = Allocation.__table__  # type: ignore[attr-defined]

IS_OPEN: ColumnElement[bool] = INVOICE.c.status == literal_column("'open'")
IS_INVOICE: ColumnElement[bool] = INVOICE.c.kind == literal_column("'invoice'")
HAS_REST: ColumnElement[bool] = RECEIPT.c.rest_minor > literal_column("0")
STANDS: ColumnElement[bool] = ALLOCATION.c.reversed_at.is_(None)
