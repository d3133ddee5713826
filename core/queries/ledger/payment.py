"""How a customer pays (5.3)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.ledger.open_items import INVOICE, IS_INVOICE
from core.rules.calendar import add_months


def average_days_late(session: Session, customer: int, on: date) -> int | None:
    """Whole days past due at which the invoices settled in the last twelve months were paid, on average.

    One paid early or on its day counts as nothing; None where none was settled.
    """
    settled = session.execute(
        select(INVOICE.c.due, INVOICE.c.settled_on).where(
            INVOICE.c.customer == customer,
            IS_INVOICE,
            INVOICE.c.settled_on > add_months(on, -12),
            INVOICE.c.settled_on <= on,
        )
    )
    days = [max((row.settled_on - row.due).days, 0) for row in settled]
    return round(sum(days) / len(days)) if days else None
