"""Customers' accounts as the ledger has them: every invoice, credit note and receipt, in the order of their days."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Date, Integer, bindparam, case, literal_column, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from core.queries.ledger.open_items import INVOICE, IS_INVOICE, RECEIPT, SIGNED_AMOUNT
from core.storage.bulk import is_listed, listed
from core.storage.prepared import Prepared


class Account(NamedTuple):
    """One customer's account by column: the same place of each is one invoice, credit note or receipt, oldest first.

    By column because a hundred thousand accounts are added up in a run. Amounts are in minor units.
    """

    days: Sequence[date] = ()
    shipped: Sequence[int] = ()
    """Invoiced; below zero for a credit note."""
    received: Sequence[int] = ()
    due: Sequence[date | None] = ()
    """Of an invoice; a credit note and a receipt are never due."""
    settled_on: Sequence[date | None] = ()
    """Of an invoice that is paid."""

    def between(self, first: date, last: date) -> "Account":
        """What there is of these days, the last one too."""
        some = slice(bisect_left(self.days, first), bisect_right(self.days, last))
        return Account._make(column[some] for column in self)


_NOTHING = literal_column("0", Integer)
_NEVER = type_coerce(null(), Date)
_BY_COLUMN = Prepared(
    union_all(
        select(
            INVOICE.c.customer,
            INVOICE.c.issued,
            SIGNED_AMOUNT,
            _NOTHING,
            case((IS_INVOICE, INVOICE.c.due)),
            INVOICE.c.settled_on,
        ).where(is_listed(INVOICE.c.customer), INVOICE.c.issued <= bindparam("until")),
        select(
            RECEIPT.c.customer, RECEIPT.c.received, _NOTHING, RECEIPT.c.amount_minor, _NEVER, _NEVER
        ).where(is_listed(RECEIPT.c.customer), RECEIPT.c.received <= bindparam("until")),
    ).order_by("customer", "issued")
)


def accounts_of_many(session: Session, customers: Collection[int], until: date) -> Mapping[int, Account]:
    """Each customer's account up to and with `until`; an empty one where there was no business."""
    whose, *columns = _BY_COLUMN.columns(session, until=until, **listed(customers))
    accounts = dict.fromkeys(customers, Account())
    begin = 0
    for customer, count in Counter(whose).items():
        accounts[customer] = Account._make(column[begin : begin + count] for column in columns)
        begin += count
    return accounts
