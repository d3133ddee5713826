"""Financial statements out of a workbook, as Chinese companies lay them out, or by our own template (1.5).

Lines may stand in two blocks side by side, several statements on one sheet or each on its own, periods in
columns by name (期末余额, 上期金额), by day or by year. What cannot be read is told with its place, and nothing
else is lost by it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from core.files.cells import BadCell, as_text, clean
from core.files.figure_cell import read_figure
from core.files.line_items import LineItem, Part, find_lines, says_audited, says_months, title_of
from core.files.line_items import means_yes as says_yes
from core.files.sheet import BadFile, Cell, Page, Row
from core.files.statement_check import Place, Remark, subtotals_missing, totals_and_sums
from core.files.statement_firm import firm_in
from core.files.statement_heads import Span, ValueColumn, span_in, unit_in, value_columns
from core.rules.calendar import add_months
from core.rules.statements.statements import Statement

_MOST_PERIODS = 12
_SHOWN = 60
_YUAN = Decimal(1)
_YEAR = 12


@dataclass(frozen=True, slots=True)
class FileContent:
    """What a file says: its statements, oldest first, and what could not be taken as it stands."""

    statements: tuple[Statement, ...]
    audited: Mapping[date, bool]
    """By the end of the period; only where the file says so."""
    yuan: Decimal | None
    """Yuan in the unit of its figures; None where no unit is told, and they were taken for yuan."""
    remarks: tuple[Remark, ...]
    firm: str | None = None
    """Whose statements the file says that they are; None where it does not say."""


class _Taken(NamedTuple):
    value: Decimal
    rank: int
    place: Place


@dataclass
class _Reading:
    """What has been read so far, by period and line."""

    today: date
    lines: dict[date, dict[str, _Taken]] = field(default_factory=dict)
    months: dict[date, int] = field(default_factory=dict)
    audited: dict[date, bool] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def remark(self, place: Place, value: Cell, key: str, **facts: Any) -> None:
        shown = as_text(value)
        self.remarks.append(Remark(place, shown[:_SHOWN], key, facts))

    def take(self, item: LineItem, rank: int, span: Span, value: Decimal, place: Place) -> None:
        """Keep a figure; of two names for one line the better counts, of two figures the first."""
        known = self.lines.setdefault(span.ends, {})
        before = known.get(item.key)
        if before is not None and before.rank == rank and before.value != value:
            self.remark(place, value, "figure-twice", other=before.value, at=before.place.cell)
        if before is None or rank < before.rank:
            known[item.key] = _Taken(value, rank, place)
        if span.months is not None:
            self.months.setdefault(span.ends, span.months)


def read_statements(
    pages: Sequence[Page], today: date, *, name: str = "", ends: date | None = None
) -> FileContent:
    """The statements in the sheets of a file.

    The day of the periods is what a sheet tells, else its neighbours, else `ends`, else the file's `name`. Raises
    `BadFile`: ``statement-not-found`` (no line of a statement in it), ``statement-future`` (nothing but periods to come),
    ``statement-no-date``, ``statement-currency`` and ``statement-too-many-periods``.
    """
    reading = _Reading(today)
    tables = [page for page in pages if any(map(value_columns, page.rows))]
    units = [_unit_of(page) for page in tables]
    told = {unit for unit in units if unit is not None}
    common = next(iter(told)) if len(told) == 1 else None
    by_default = next(filter(None, map(_span_of, tables)), None) or (Span(ends) if ends else span_in(name))
    for page, unit in zip(tables, units, strict=True):
        _read_page(page, unit or common or _YUAN, by_default, reading)
    if not any(reading.lines.values()):
        to_come = [each.facts["ends"] for each in reading.remarks if each.key == "figure-of-the-future"]
        if to_come:
            raise BadFile("statement-future", ends=min(to_come))
        raise BadFile("statement-not-found")
    if len(reading.lines) > _MOST_PERIODS:
        raise BadFile("statement-too-many-periods", limit=_MOST_PERIODS)
    yuan = max(told, default=None)
    statements = tuple(_statement(ends, reading) for ends in sorted(reading.lines))
    placed = _placed(reading)
    return FileContent(
        statements=statements,
        audited=reading.audited,
        yuan=yuan,
        remarks=(
            *reading.remarks,
            *totals_and_sums(placed, yuan or _YUAN),
            *subtotals_missing(statements, placed),
        ),
        firm=next(filter(None, (firm_in(_texts(_heads(page))) for page in tables)), None),
    )


def _statement(ends: date, reading: _Reading) -> Statement:
    figures = {}
    for key, taken in reading.lines[ends].items():
        item = taken.place.item
        if item is not None and item.figure is not None and item.key == key:
            figures[item.figure] = taken.value
    return Statement(ends, reading.months.get(ends, ends.month), figures)


def _placed(reading: _Reading) -> dict[date, dict[str, tuple[Decimal, Place]]]:
    return {
        ends: {key: (taken.value, taken.place) for key, taken in lines.items()}
        for ends, lines in reading.lines.items()
    }


def _texts(rows: Iterable[Row]) -> Iterator[str]:
    return (cell for row in rows for cell in row.cells if isinstance(cell, str))


def _heads(page: Page) -> list[Row]:
    """The rows that tell about a sheet rather than of its figures."""
    return [
        row for row in page.rows if value_columns(row) or not any(find_lines(text) for text in _texts([row]))
    ]


def _unit_of(page: Page) -> Decimal | None:
    units = map(unit_in, (page.name, *_texts(_heads(page))))
    return next((unit for unit in units if unit is not None), None)


def _span_of(page: Page) -> Span | None:
    """The period that stands above a sheet's columns, or on its tab."""
    titles = [cell for row in _heads(page) if not value_columns(row) for cell in row.cells]
    return next((span for span in map(span_in, (*titles, page.name)) if span is not None), None)


def _read_page(page: Page, yuan: Decimal, by_default: Span | None, reading: _Reading) -> None:
    part = title_of(page.name)
    span = _span_of(page) or by_default
    columns: tuple[ValueColumn, ...] = ()
    for row in page.rows:
        if heads := value_columns(row):
            columns = _used(heads)
            continue
        own = [cell for cell in row.cells if isinstance(cell, str)]
        if not any(isinstance(cell, Decimal) for cell in row.cells):
            part = next(filter(None, map(title_of, own)), part)
            span = next(filter(None, map(span_in, row.cells)), span)
        for column in columns:
            _read_cell(_Spot(page, row, column, part, span, yuan), reading)


def _used(columns: tuple[ValueColumn, ...]) -> tuple[ValueColumn, ...]:
    """Without the month alone, where the months so far stand beside it (本月金额, 本年累计金额)."""
    if not any(column.role == "to_date" for column in columns):
        return columns
    return tuple(column for column in columns if column.role not in {"month", "now"} or column.span)


@dataclass(frozen=True, slots=True)
class _Spot:
    """One cell with what is known around it."""

    page: Page
    row: Row
    column: ValueColumn
    part: Part | None
    span: Span | None
    yuan: Decimal

    @property
    def cell(self) -> Cell:
        cells = self.row.cells
        return cells[self.column.position] if self.column.position < len(cells) else None

    @property
    def label(self) -> str:
        cells = self.row.cells[: self.column.position]
        if self.column.label is not None:
            cells = cells[self.column.label : self.column.label + 1]
        return next((clean(cell) for cell in cells if isinstance(cell, str) and clean(cell)), "")


def _read_cell(spot: _Spot, reading: _Reading) -> None:
    label = spot.label
    place = Place(spot.page.name, spot.row.number, spot.column.position, label)
    if spot.cell is None or not label or _read_about(spot, label, reading):
        return
    matches = [match for match in find_lines(label) if spot.part in {None, match.item.part}]
    if not matches:
        return
    try:
        value = read_figure(spot.cell, spot.yuan)
    except BadCell as bad:
        reading.remark(place, spot.cell, bad.key, **bad.facts)
        return
    if value is None:
        return
    if spot.column.role == "month" and spot.column.span is None:
        reading.remark(place, spot.cell, "figure-of-a-month")
        return
    for item, rank in matches:
        span = _period(spot, item.part)
        if span is None:
            raise BadFile("statement-no-date", sheet=spot.page.name)
        if span.ends > reading.today:
            reading.remark(place, spot.cell, "figure-of-the-future", ends=span.ends)
            return
        reading.take(item, rank, span, value, place.of(item))


def _read_about(spot: _Spot, label: str, reading: _Reading) -> bool:
    """A row of our own template that tells about the periods."""
    if spot.column.span is None or not (says_months(label) or says_audited(label)):
        return False
    ends = spot.column.span.ends
    if says_audited(label):
        reading.audited[ends] = says_yes(as_text(spot.cell))
    elif isinstance(spot.cell, Decimal) and 1 <= spot.cell <= _YEAR and spot.cell == int(spot.cell):
        reading.months[ends] = int(spot.cell)
    else:
        place = Place(spot.page.name, spot.row.number, spot.column.position, label)
        reading.remark(place, spot.cell, "figure-months")
    return True


def _period(spot: _Spot, part: Part) -> Span | None:
    """The period of a column for a line of this part, by its heading and the day above it."""
    if spot.column.span is not None:
        return spot.column.span
    if spot.span is None or spot.column.role not in {"start", "before"}:
        return spot.span
    if part in {Part.INCOME, Part.CASH_FLOW}:
        ends = add_months(spot.span.ends.replace(day=1), -_YEAR)
        return Span(_last_of_month(ends), spot.span.months)
    return Span(date(spot.span.ends.year - 1, _YEAR, 31), _YEAR)


def _last_of_month(day: date) -> date:
    return date.fromordinal(add_months(day.replace(day=1), 1).toordinal() - 1)
