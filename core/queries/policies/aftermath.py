"""What became of customers within a time: who fell overdue beyond so many days (2.9)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.queries.ledger.open_items import INVOICE, IS_INVOICE


@dataclass(frozen=True, slots=True)
class Aftermath:
    """Customers by what happened; whoever is in neither set did well."""

    bad_before: frozenset[int]
    """Overdue beyond the days when the time began: nothing was left to be foretold."""
    went_bad: frozenset[int]
    """Fell overdue beyond the days within the time."""


def aftermath(session: Session, begin: date, end: date, overdue_days: int) -> Aftermath:
    """Who was, or came to be, more than so many days past due with any invoice, from the day after `begin` up to `end`.

    There is no record of write-offs; what would be written off is overdue long before.
    """
    late = session.execute(
        select(INVOICE.c.customer, INVOICE.c.due, INVOICE.c.settled_on).where(
            IS_INVOICE,
            INVOICE.c.issued <= end,
            INVOICE.c.due < end - timedelta(days=overdue_days),
            or_(INVOICE.c.settled_on.is_(None), INVOICE.c.settled_on > INVOICE.c.due),
        )
    )
    before, within = set(), set()
    for customer, due, settled_on in late:
        too_late = due + timedelta(days=overdue_days + 1)
        if settled_on is not None and settled_on < too_late:
            continue
        if too_late > begin:
            within.add(customer)
        elif settled_on is None or settled_on > begin:
            before.add(customer)
    return Aftermath(frozenset(before), frozenset(within - before))
