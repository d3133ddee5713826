"""Holding the rows of a file against the books: what is new, what is there already, what does not go (5.1).

Asked twice of every row, by the same code: for the preview, and again in the change that books it. So nothing
that happens in between can make a row count twice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from core.files.columns import KindName
from core.files.tables import CustomerRow, ImportRow, InvoiceRow, ReceiptRow
from core.queries.ledger.books_by_key import (
    CUSTOMER_COLUMNS,
    codes_by_uscc,
    customer_ids,
    customers_by_code,
    invoices_by_number,
    person_ids,
    receipts_by_number,
    term_days,
)
from core.queries.ledger.open_items import CURRENCY
from core.rules.money import Money
from core.services.ledger.ledger import InvoiceEntry, ReceiptEntry
from core.texts.wire import Label

_NOTHING = Money.zero(CURRENCY)
_ASKED_TOGETHER = 5_000
"""Rows that are held against the books by one question each, so that a long file's answers are never all in memory."""


@dataclass(frozen=True, slots=True)
class CustomerEntry:
    """A customer as it goes into the books, with the person who looks after them."""

    row: CustomerRow
    owner: int | None


Entry = CustomerEntry | InvoiceEntry | ReceiptEntry


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row that does not go with the books: the column that shows it, what it holds, and why not.

    Keys: ``books-other-content`` (was), ``books-customer-unknown``, ``books-other-currency`` (currency),
    ``books-no-terms``, ``books-invoice-of-other`` (invoice), ``books-owner-unknown``, ``books-uscc-taken``
    (code).
    """

    row: ImportRow
    column: str
    value: Any
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Checked:
    """The rows of a file, told apart."""

    new: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    misfits: list[Misfit] = field(default_factory=list)

    @property
    def amount(self) -> Money:
        """The sum of the new rows, credit notes below zero; of customers nothing."""
        return Money(sum(_signed_minor(entry) for entry in self.new), CURRENCY)

    def add(self, more: "Checked") -> None:
        """Take in the rows that come after."""
        self.new += more.new
        self.unchanged += more.unchanged
        self.misfits += more.misfits


def check(session: Session, kind: KindName, rows: Sequence[ImportRow]) -> Checked:
    """Tell rows of one file apart by what the books hold now; it changes nothing."""
    checked = Checked()
    check_portion = _CHECKS[kind](session)
    for start in range(0, len(rows), _ASKED_TOGETHER):
        for verdict in check_portion(rows[start : start + _ASKED_TOGETHER]):
            if verdict is None:
                checked.unchanged += 1
            elif isinstance(verdict, Misfit):
                checked.misfits.append(verdict)
            else:
                checked.new.append(verdict)
    return checked


Verdicts = Iterator[Entry | Misfit | None]
"""For each row the entry that it makes, why it does not go, or None when it is in the books already."""


def _check_invoices(session: Session) -> Callable[[Sequence[InvoiceRow]], Verdicts]:
    def check_portion(rows: Sequence[InvoiceRow]) -> Verdicts:
        customers = customer_ids(session, {row.customer for row in rows})
        known = invoices_by_number(session, [row.number for row in rows])
        without_due = {row.customer for row in rows if row.due is None}
        terms = term_days(session, [customers[code] for code in without_due if code in customers])
        for row in rows:
            customer = customers.get(row.customer)
            if customer is None:
                yield Misfit(row, "customer", row.customer, "books-customer-unknown")
            elif row.amount.currency != CURRENCY:
                yield _other_currency(row, row.amount)
            elif stored := known.get(row.number):
                yield _difference(row, stored, _invoice_says(row))
            elif due := _due(row, terms.get(customer)):
                disputed = row.disputed or _NOTHING
                yield InvoiceEntry(
                    row.number, customer, row.issued, due, row.amount, row.kind, row.shipped, disputed
                )
            else:
                yield Misfit(row, "due", None, "books-no-terms")

    return check_portion


def _check_receipts(session: Session) -> Callable[[Sequence[ReceiptRow]], Verdicts]:
    def check_portion(rows: Sequence[ReceiptRow]) -> Verdicts:
        customers = customer_ids(session, {row.customer for row in rows})
        known = receipts_by_number(session, [row.number for row in rows])
        named = {number for row in rows for number in row.invoice}
        invoices = invoices_by_number(session, named)
        for row in rows:
            customer = customers.get(row.customer)
            if customer is None:
                yield Misfit(row, "customer", row.customer, "books-customer-unknown")
            elif row.amount.currency != CURRENCY:
                yield _other_currency(row, row.amount)
            elif stored := known.get(row.number):
                yield _difference(row, stored, _receipt_says(row))
            elif foreign := _invoice_of_other(row, invoices):
                yield Misfit(
                    row, "invoice", ";".join(row.invoice), "books-invoice-of-other", {"invoice": foreign}
                )
            else:
                yield ReceiptEntry(row.number, customer, row.received, row.amount, row.invoice)

    return check_portion


def _check_customers(session: Session) -> Callable[[Sequence[CustomerRow]], Verdicts]:
    taken: dict[str, str] = {}
    """The codes of customers by credit code, those of earlier rows included."""

    def check_portion(rows: Sequence[CustomerRow]) -> Verdicts:
        known = customers_by_code(session, [row.code for row in rows])
        taken.update(codes_by_uscc(session, [row.uscc for row in rows if row.uscc]))
        owners = person_ids(session, {row.owner for row in rows if row.owner})
        for row in rows:
            if stored := known.get(row.code):
                yield _difference(row, stored, _customer_says(row))
            elif row.uscc and row.uscc in taken:
                yield Misfit(row, "uscc", row.uscc, "books-uscc-taken", {"code": taken[row.uscc]})
            elif row.owner and row.owner not in owners:
                yield Misfit(row, "owner", row.owner, "books-owner-unknown")
            else:
                taken.update({row.uscc: row.code} if row.uscc else {})
                yield CustomerEntry(row, owners[row.owner] if row.owner else None)

    return check_portion


_CHECKS: Mapping[KindName, Callable[[Session], Callable[[Sequence[Any]], Verdicts]]] = {
    "customers": _check_customers,
    "invoices": _check_invoices,
    "receipts": _check_receipts,
}


def _signed_minor(entry: Entry) -> int:
    match entry:
        case CustomerEntry():
            return 0
        case InvoiceEntry(kind="credit_note"):
            return -entry.amount.minor
        case _:
            return entry.amount.minor


def _due(row: InvoiceRow, term_days: int | None) -> date | None:
    """From the terms of the customer's line, counted from the shipment (B9 art. 22); a note is due at once."""
    if row.due is not None or row.kind == "credit_note":
        return row.due or row.issued
    return None if term_days is None else (row.shipped or row.issued) + timedelta(days=term_days)


def _other_currency(row: ImportRow, amount: Money) -> Misfit:
    return Misfit(row, "amount", amount.amount, "books-other-currency", {"currency": amount.currency})


def _invoice_of_other(row: ReceiptRow, invoices: Mapping[str, RowMapping]) -> str | None:
    """The first invoice named that is not this customer's."""
    return next(
        (
            number
            for number in row.invoice
            if number in invoices and invoices[number]["customer"] != row.customer
        ),
        None,
    )


def _difference(row: ImportRow, stored: RowMapping, says: Mapping[str, Any]) -> Misfit | None:
    """Where a row says something else than the books; what it leaves empty it does not deny."""
    for column, value in says.items():
        if value is None:
            continue
        was = stored[column]
        if isinstance(value, Money):
            was = None if was is None else Money(was, CURRENCY)
        if value != was:
            told = Label(f"row-kind-{was}") if column == "kind" else was
            return Misfit(row, column, value, "books-other-content", {"was": told})
    return None


def _invoice_says(row: InvoiceRow) -> dict[str, Any]:
    return {
        "customer": row.customer,
        "kind": row.kind,
        "issued": row.issued,
        "amount": row.amount,
        "due": row.due,
        "shipped": row.shipped,
        "disputed": row.disputed,
    }


def _receipt_says(row: ReceiptRow) -> dict[str, Any]:
    return {
        "customer": row.customer,
        "received": row.received,
        "amount": row.amount,
        "invoice": ";".join(row.invoice) or None,
    }


def _customer_says(row: CustomerRow) -> dict[str, Any]:
    return {column: getattr(row, column) for column in CUSTOMER_COLUMNS}
