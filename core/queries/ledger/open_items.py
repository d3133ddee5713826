"""What the questions about the ledger share: its tables, and the conditions that its partial indexes answer.

A status is written as a literal: a bound one would hide from the planner that the partial index fits.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, case, literal_column

from core.records.ledger import Allocation, Invoice, Receipt
from core.records.tables import table_of

T = TypeVar("T")

CURRENCY = "CNY"
"""The one currency in which the ledger is kept; an import in another is refused, since nothing here converts."""

INVOICE = table_of(Invoice)
RECEIPT = table_of(Receipt)
ALLOCATION = table_of(Allocation)

IS_OPEN: ColumnElement[bool] = INVOICE.c.status == literal_column("'open'")
IS_INVOICE: ColumnElement[bool] = INVOICE.c.kind == literal_column("'invoice'")
IS_NOTE: ColumnElement[bool] = INVOICE.c.kind == literal_column("'credit_note'")
HAS_REST: ColumnElement[bool] = RECEIPT.c.rest_minor > literal_column("0")
SIGNED_AMOUNT = case((IS_INVOICE, INVOICE.c.amount_minor), else_=-INVOICE.c.amount_minor)
STANDS: ColumnElement[bool] = ALLOCATION.c.reversed_at.is_(None)

_MOST = 500


def portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values, so many to a statement: databases bound the number of parameters."""
    for start in range(0, len(values), _MOST):
        yield values[start : start + _MOST]
