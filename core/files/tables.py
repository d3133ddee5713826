"""The rows of an import file as records of the ledger's words, and every bad cell with its reason (5.1)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Literal, NamedTuple, TypeVar, overload

from core.files.cells import READERS, BadCell, as_text, clean
from core.files.columns import Column, KindName, find_columns, kind
from core.files.sheet import Cell, Row, Sheet
from core.rules.money import Money

_SHOWN_CHARACTERS = 60


class CustomerRow(NamedTuple):
    """A customer; what the file leaves empty is None, which is not known and not nothing."""

    row: int
    code: str
    name: str
    uscc: str | None = None
    kind: Literal["customer", "supplier"] = "customer"
    region: str | None = None
    owner: str | None = None
    industry: str | None = None
    size: str | None = None
    founded: date | None = None
    registered_capital: Money | None = None
    legal_representative: str | None = None
    address: str | None = None
    phone: str | None = None


class InvoiceRow(NamedTuple):
    """An invoice, or a credit note with its amount above zero too."""

    row: int
    number: str
    customer: str
    issued: date
    amount: Money
    due: date | None = None
    shipped: date | None = None
    kind: Literal["invoice", "credit_note"] = "invoice"
    disputed: Money | None = None
    order: str | None = None


class ReceiptRow(NamedTuple):
    """A receipt; without invoices it pays the oldest first (5.2)."""

    row: int
    number: str
    customer: str
    received: date
    amount: Money
    invoice: tuple[str, ...] = ()


ImportRow = CustomerRow | InvoiceRow | ReceiptRow
R = TypeVar("R", bound=ImportRow)


@dataclass(frozen=True, slots=True)
class RowError:
    """A bad cell: its row in the file, its column by key and by the file's own header, what it holds, why not.

    An error of a whole row has empty `column`, `header` and `value`.
    """

    row: int
    column: str
    header: str
    value: str
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedTable(Generic[R]):
    """What a file says: its good rows, its bad cells, its columns by key with their headers, the others."""

    rows: Sequence[R]
    errors: Sequence[RowError]
    columns: Mapping[str, str]
    ignored_columns: Sequence[str]

    def error(self, row: int, column: str, value: Cell, key: str, **facts: Any) -> RowError:
        """An error found later, against the books: a customer code that nobody has."""
        return RowError(row, column, self.columns.get(column, ""), _shown(value), key, facts)


@overload
def read_rows(sheet: Sheet, kind_name: Literal["customers"], today: date) -> ParsedTable[CustomerRow]: ...
@overload
def read_rows(sheet: Sheet, kind_name: Literal["invoices"], today: date) -> ParsedTable[InvoiceRow]: ...
@overload
def read_rows(sheet: Sheet, kind_name: Literal["receipts"], today: date) -> ParsedTable[ReceiptRow]: ...
@overload
def read_rows(sheet: Sheet, kind_name: KindName, today: date) -> ParsedTable[Any]: ...
def read_rows(sheet: Sheet, kind_name: KindName, today: date) -> ParsedTable[Any]:
    """Reads every row; a row with a bad cell is left out and each of its bad cells named.

    Takes more than a second for 100 000 rows, so call it in a thread. Raises `BadFile` with ``file-missing-columns`` or
    ``file-repeated-columns``.

    Keys of the errors: ``cell-empty``, ``cell-too-long`` (limit), ``cell-too-many`` (limit),
    ``cell-digits-lost``, ``cell-not-a-choice`` (choices), ``cell-repeated`` (first_row), ``day-unreadable``,
    ``day-no-such-day``, ``day-no-year``, ``day-out-of-range`` (day), ``amount-unreadable``,
    ``amount-negative``, ``amount-zero``, ``amount-too-large``, ``amount-too-precise``, ``amount-disputed-above``
    (amount), ``uscc-length``, ``uscc-alphabet``, ``uscc-check-digit``, ``row-too-many-cells``.
    """
    contract = kind(kind_name)
    found = find_columns(contract, sheet.header)
    plan = [
        _Place(column, position, sheet.header[position], column.key)
        for column in contract.columns
        if (position := found.positions.get(column.key)) is not None
    ]
    unique = next(place for place in plan if place.key == contract.unique)
    make = _MAKERS[kind_name]
    width = len(sheet.header)
    first_rows: dict[str, int] = {}
    rows: list[ImportRow] = []
    errors: list[RowError] = []
    for row in sheet.rows:
        if len(row.cells) > width and _says_anything(row.cells[width:]):
            # An amount such as 1,234.00 without quotes has moved every later cell of a csv row.
            errors.append(RowError(row.number, "", "", "", "row-too-many-cells"))
            continue
        values, bad = _read_row(row, plan, today)
        if (number := values.get(contract.unique)) is not None:
            first = first_rows.setdefault(number, row.number)
            if first != row.number:
                bad.append(_bad(row, unique, BadCell("cell-repeated", first_row=first)))
        if not bad:
            try:
                rows.append(make(row.number, values))
                continue
            except _BadValue as error:
                place = next(place for place in plan if place.key == error.column)
                bad.append(_bad(row, place, error))
        errors += bad
    return ParsedTable(rows, errors, {place.key: place.header for place in plan}, found.ignored)


_REPEATING = frozenset({str, date})
"""Cells that mostly say what another of their column has said. The others seldom do, and 1 equals true."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands in a file, and what its texts and days, which mostly repeat, were read as so far."""

    column: Column
    position: int
    header: str
    key: str
    known: dict[Cell, Any] = field(default_factory=dict)


class _BadValue(BadCell):
    """A value that does not go with the others of its row."""

    def __init__(self, column: str, key: str, **facts: Any) -> None:
        super().__init__(key, **facts)
        self.column = column


def _read_row(row: Row, plan: Sequence[_Place], today: date) -> tuple[dict[str, Any], list[RowError]]:
    values: dict[str, Any] = {}
    bad: list[RowError] = []
    for place in plan:
        cell = row.cells[place.position]
        repeats = cell.__class__ in _REPEATING
        if repeats and cell in place.known:
            values[place.key] = place.known[cell]
            continue
        try:
            value = _read_cell(cell, place.column, today)
        except BadCell as error:
            bad.append(_bad(row, place, error))
            continue
        if value is not None:
            values[place.key] = value
            if repeats:
                place.known[cell] = value
    return values, bad


def _read_cell(cell: Cell, column: Column, today: date) -> Any:
    """What a cell holds, None where it may be left empty and is; raises `BadCell`."""
    if isinstance(cell, str):
        cell = clean(cell)
    if cell is None or cell == "":
        if column.required:
            raise BadCell("cell-empty")
        return None
    return READERS[column.type](cell, column, today)


def _says_anything(cells: Sequence[Cell]) -> bool:
    return any(cell is not None for cell in cells)


def _bad(row: Row, place: _Place, error: BadCell) -> RowError:
    value = _shown(row.cells[place.position])
    return RowError(row.number, place.key, place.header, value, error.key, error.facts)


def _shown(value: Cell) -> str:
    text = as_text(value)
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


def _customer(row: int, values: dict[str, Any]) -> CustomerRow:
    return CustomerRow(row, **values)


def _invoice(row: int, values: dict[str, Any]) -> InvoiceRow:
    _in_its_currency(values, "amount", "disputed")
    amount: Money = values["amount"]
    if amount.minor < 0:
        if values.get("kind") != "credit_note":
            raise _BadValue("amount", "amount-negative")
        # Books write a credit note with a minus or without; its kind already says which way it counts.
        amount = values["amount"] = -amount
    disputed = values.get("disputed")
    if disputed is not None and disputed > amount:
        raise _BadValue("disputed", "amount-disputed-above", amount=amount)
    return InvoiceRow(row, **values)


def _receipt(row: int, values: dict[str, Any]) -> ReceiptRow:
    _in_its_currency(values, "amount")
    return ReceiptRow(row, **values)


def _in_its_currency(values: dict[str, Any], *keys: str) -> None:
    currency = values.pop("currency", "CNY")
    if currency != "CNY":
        values.update({key: Money(values[key].minor, currency) for key in keys if key in values})


_MAKERS: Mapping[KindName, Callable[[int, dict[str, Any]], ImportRow]] = {
    "customers": _customer,
    "invoices": _invoice,
    "receipts": _receipt,
}
