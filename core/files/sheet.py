"""A table out of an uploaded file, read in a child process: see `core.files.child` for what it guards."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from core.files import child
from core.rules.refusal import Refusal

MAX_FILE_BYTES = 20 << 20
WALL_SECONDS = 60
GRACE_SECONDS = 0.2

# What the child may answer, in all and in one line. 200 000 rows of 12 columns make about 30 MiB.
_MAX_ANSWER_BYTES = 128 << 20
_MAX_LINE_BYTES = 32 << 20

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"  # the container of a workbook with a password, and of Excel before 2007
_TITLE_LINES = 10
_HEADER_CELLS = 2

Cell = str | Decimal | date | bool | None


class BadFile(Refusal):
    """A file that is not read at all, as a refusal with key and facts."""


class Row(NamedTuple):
    """A row as it stands in the file: its number there (from 1), and at least as many cells as the header."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table of a file: its header, and every later row that says anything."""

    header: tuple[str, ...]
    rows: Sequence[Row]
    header_row: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook as it stands: its name, and every row that says anything."""

    name: str
    rows: Sequence[Row]


async def read_sheet(data: bytes, name: str) -> Sheet:
    """The table in an xlsx or csv file; the header is the first row with two or more filled cells.

    Numbers come as `Decimal` of at most 15 digits, which is all that Excel keeps and shows; formulas as their
    last value; csv cells as text. Raises `BadFile` with one of the keys ``file-empty``, ``file-too-large``,
    ``file-wrong-type``, ``file-encrypted``, ``file-macros``, ``file-bomb``, ``file-encoding``,
    ``file-unreadable``, ``file-not-a-table``, ``file-too-many-rows``, ``file-too-many-columns``,
    ``file-took-too-long``.
    """
    parts = await _in_time(data, _form(data, name))
    return _table([row for part in parts if isinstance(part, list) for row in part])


async def read_pages(data: bytes, name: str) -> tuple[Page, ...]:
    """Every visible sheet of a workbook in its order, or a csv file as one of its own name; as `read_sheet`."""
    form = _form(data, name)
    pages: list[tuple[str, list[Row]]] = [] if form == "xlsx" else [(PurePath(name).stem, [])]
    for part in await _in_time(data, "workbook" if form == "xlsx" else form):
        if isinstance(part, str):
            pages.append((part, []))
        else:
            pages[-1][1].extend(part)
    if not any(rows for _, rows in pages):
        raise BadFile("file-empty")
    return tuple(Page(page, rows) for page, rows in pages if rows)


async def _in_time(data: bytes, form: str) -> list[list[Row] | str]:
    parts: list[list[Row] | str] = []
    try:
        async with asyncio.timeout(WALL_SECONDS):
            async for part in _from_child(data, form):
                parts.append(part)
    except TimeoutError:
        raise BadFile("file-took-too-long", seconds=WALL_SECONDS) from None
    return parts


def _form(data: bytes, name: str) -> str:
    if not data:
        raise BadFile("file-empty")
    if len(data) > MAX_FILE_BYTES:
        raise BadFile("file-too-large", limit_mib=MAX_FILE_BYTES >> 20)
    suffix = PurePath(name).suffix.lower()
    if suffix in {".xlsm", ".xltm", ".xlam"}:
        raise BadFile("file-macros")
    if suffix not in {".xlsx", ".csv"}:
        raise BadFile("file-wrong-type", suffix=suffix)
    if data.startswith(_OLE):
        raise BadFile("file-encrypted")
    if data.startswith(_ZIP):
        return "xlsx"
    if suffix == ".xlsx":
        raise BadFile("file-not-a-table")
    return "csv"


async def _from_child(data: bytes, form: str) -> AsyncIterator[list[Row] | str]:
    """Rows as they come, and before those of a sheet its name."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-I", "-S", child.__file__, form, _calamine_folder()),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
        cwd="/",
        limit=_MAX_LINE_BYTES,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(data)
        process.stdin.write_eof()
        async for answer in _answers(process.stdout):
            if isinstance(answer, list):
                yield [Row(int(number), tuple(cells)) for number, *cells in answer]
            elif "sheet" in answer:
                yield str(answer["sheet"])
            elif "refused" in answer:
                raise BadFile(answer["refused"], **{key: int(fact) for key, fact in answer["facts"].items()})
            else:
                return
        raise BadFile(_cause_of_death(await process.wait()))
    finally:
        with suppress(TimeoutError):  # after a good answer it is about to end by itself
            await asyncio.wait_for(process.wait(), GRACE_SECONDS)
        if process.returncode is None:
            process.kill()
        # Also takes what is left in the pipe, so that its transport closes.
        await process.communicate()


def _calamine_folder() -> str:
    spec = find_spec("python_calamine")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent.parent)


async def _answers(lines: asyncio.StreamReader) -> AsyncIterator[Any]:
    """The child's answers; nothing it says is trusted to be short or well-formed."""
    size = 0
    while True:
        try:
            line = await lines.readline()
            size += len(line)
            if size > _MAX_ANSWER_BYTES:
                raise BadFile("file-bomb")
            if not line:
                return
            yield _decode(line.decode())
        except (ValueError, ArithmeticError, RecursionError) as error:
            raise BadFile("file-unreadable") from error


# Excel keeps 15 significant digits; the rest of a float is noise such as 113.00000000000001.
_number = Context(prec=15).create_decimal


def _day_or_answer(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value["d"]) if "d" in value else value


# Infinity and NaN, which a crafted file can hold, stay words, and no rule takes a word for a number.
_decode = json.JSONDecoder(
    object_hook=_day_or_answer, parse_float=_number, parse_int=_number, parse_constant=str
).decode


def _cause_of_death(returncode: int) -> str:
    match -returncode:
        case signal.SIGXCPU | signal.SIGKILL:
            return "file-took-too-long"
        case signal.SIGABRT:
            return "file-bomb"  # a failed allocation in the reader's Rust ends its process
        case _:
            return "file-unreadable"


def _table(rows: list[Row]) -> Sheet:
    """Splits off the header, past a title or two above it, and gives every row its width at least."""
    if not rows:
        raise BadFile("file-empty")
    above = next(
        (index for index, row in enumerate(rows[:_TITLE_LINES]) if _filled(row) >= _HEADER_CELLS), None
    )
    if above is None:
        raise BadFile("file-not-a-table")
    header, body = rows[above], rows[above + 1 :]
    if not body:
        raise BadFile("file-empty")
    width = len(header.cells)
    return Sheet(
        header=tuple("" if cell is None else str(cell).strip() for cell in header.cells),
        rows=[row if len(row.cells) >= width else _padded(row, width) for row in body],
        header_row=header.number,
    )


def _filled(row: Row) -> int:
    return sum(cell is not None for cell in row.cells)


def _padded(row: Row, width: int) -> Row:
    return Row(row.number, row.cells + (None,) * (width - len(row.cells)))
