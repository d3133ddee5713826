"""A company's ledger as plain values: what is issued and received on which day, before anybody books it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

FILE_ROWS = 60
"""Rows of a file. So many are booked in one transaction whatever the speed of the machine, and which payment comes
first is then the ledger's rule and nothing else's."""


@dataclass(frozen=True, slots=True)
class Customer:
    code: str
    name: str
    region: str
    owner: str
    """The name of the salesperson."""
    rated_until: date | None = None
    line_ends: date | None = None
    """The last day of the customer's line; None without one."""


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice, or a credit note. Amounts are in 分."""

    number: str
    customer: str
    issued: date
    due: date
    minor: int
    disputed: int = 0
    is_note: bool = False

    @property
    def day(self) -> date:
        return self.issued


@dataclass(frozen=True, slots=True)
class Receipt:
    number: str
    customer: str
    received: date
    minor: int
    named: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        return self.received


Row = TypeVar("Row", Invoice, Receipt)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything of some years, by day."""

    customers: tuple[Customer, ...]
    invoices: tuple[Invoice, ...]
    receipts: tuple[Receipt, ...]

    def __add__(self, other: "Ledger") -> "Ledger":
        return Ledger(
            self.customers + other.customers,
            self.invoices + other.invoices,
            self.receipts + other.receipts,
        )

    def invoice_files(self, after: date, until: date) -> Iterator[tuple[Invoice, ...]]:
        """The invoices and credit notes issued after one day, up to another."""
        return _files([one for one in self.invoices if after < one.issued <= until])

    def receipt_files(self, after: date, until: date) -> Iterator[tuple[Receipt, ...]]:
        """The receipts of the days after one, up to another."""
        return _files([one for one in self.receipts if after < one.received <= until])


def _files(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    ordered = sorted(rows, key=lambda row: row.day)
    for start in range(0, len(ordered), FILE_ROWS):
        yield tuple(ordered[start : start + FILE_ROWS])
