"""The reader of uploaded files: a program of its own, so that a hostile file can end it and nothing else.

One file comes in on stdin; its rows go out on stdout as lines of JSON: arrays of ``[row number, cell, ...]``
with a day as ``{"d": "2026-03-05"}``, and last ``{"rows": n}`` or ``{"refused": key, "facts": {...}}``. Where every
sheet is wanted, ``{"sheet": name}`` goes before the rows of each. A file that cannot be read ends the program
before that last line, which is answer enough. It imports nothing of ours and little else: its start counts in
every import.
"""

import csv
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import IO, Any

MAX_ROWS = 200_000
MAX_COLUMNS = 200

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20

# 200 000 rows of 12 columns, as Excel writes them, unpack to about 110 MiB at a ratio of 10 to 40.
MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 150 << 20
MAX_RATIO = 100

_CHUNK_BYTES = 1 << 20
_CELLS_PER_LINE = 5_000
_ENCRYPTED_FLAG = 0x1

# A cell that says something (not `<c r="XFD1" s="4"/>`, which Excel writes for mere formatting) in a column
# after GR, the 200th, or in a row of six digits and more. The reader lays cells out as one rectangle, so two
# such cells are enough to exhaust the memory of any machine.
_FAR_CELL = re.compile(
    rb'c r="(?:(?P<column>[A-Z]{3,}|[H-Z][A-Z]|G[S-Z])[0-9]+|[A-Z]+(?P<row>[0-9]{6,}))"[^>]{0,200}(?<!/)>'
)
_OVERLAP_BYTES = 256

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# GB 18030 contains GBK and GB 2312, which Chinese Excel and most Chinese ledgers write.
_UNMARKED_ENCODINGS = ("utf-8", "gb18030")
_DELIMITERS = ",;\t"


class Refused(Exception):
    """The file is no table that we read: a key and its facts, as for any refusal."""

    def __init__(self, key: str, **facts: Any) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


def check_archive(data: bytes) -> None:
    """Refuses an xlsx archive that would unpack too far, is locked, carries macros or is no workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED_BYTES, packed * MAX_RATIO):
            raise Refused("file-bomb")
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise Refused("file-encrypted")
        names = [entry.filename.lower() for entry in entries]
        if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
            raise Refused("file-macros")
        if "xl/workbook.xml" not in names:
            raise Refused("file-not-a-table")
        # Reading to the end is the proof that the declared sizes are true: zipfile stops at the declared
        # size and then finds the checksum wrong.
        for entry in entries:
            with archive.open(entry) as part:
                _check_references(part)


def _check_references(part: IO[bytes]) -> None:
    tail = b""
    while chunk := part.read(_CHUNK_BYTES):
        for far in _FAR_CELL.finditer(tail + chunk):
            if far["column"]:
                raise Refused("file-too-many-columns", limit=MAX_COLUMNS)
            if int(far["row"]) > MAX_ROWS:
                raise Refused("file-too-many-rows", limit=MAX_ROWS)
        tail = chunk[-_OVERLAP_BYTES:]


def xlsx_sheets(data: bytes) -> Iterator[tuple[str, Iterator[list[Any]]]]:
    """Every visible sheet with anything in it: its name, and its rows, each with its number in the sheet first."""
    check_archive(data)
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for index, about in enumerate(book.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet or about.visible is not SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_index(index)
        if sheet.start is None or sheet.end is None:
            continue
        _check_size(sheet.end[0] + 1, sheet.end[1] + 1)
        yield about.name, _sheet_rows(sheet)


def _sheet_rows(sheet: Any) -> Iterator[list[Any]]:
    # The rows above the filled area come as empty ones; the columns before it do not come at all.
    before: list[Any] = [None] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield [
            number,
            *before,
            *([None if cell == "" else cell for cell in row] if "" in row else row),
        ]


def xlsx_rows(data: bytes) -> Iterator[list[Any]]:
    """The rows of the first visible sheet with anything in it."""
    for _, rows in xlsx_sheets(data):
        return rows
    return iter(())


def csv_rows(data: bytes) -> Iterator[list[Any]]:
    """The records of a csv file, each with its number first."""
    text = decode(data)
    if "\0" in text:
        raise Refused("file-not-a-table")
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text)), 1):
        _check_size(number, len(row))
        yield [number, *[cell or None for cell in row]]


def decode(data: bytes) -> str:
    """The text of a csv file: by its byte order mark, else UTF-8, else GB 18030."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            candidates: tuple[str, ...] = (encoding,)
            break
    else:
        candidates = _UNMARKED_ENCODINGS
    for encoding in candidates:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("file-encoding")


def delimiter(text: str) -> str:
    """The delimiter that the first line with any of them has most of.

    One line only, because data may hold more of another: receipts list their invoices with ``;``.
    """
    for line in io.StringIO(text):
        counts = [line.count(mark) for mark in _DELIMITERS]
        if any(counts):
            return _DELIMITERS[counts.index(max(counts))]
    return _DELIMITERS[0]


def _check_size(rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise Refused("file-too-many-rows", limit=MAX_ROWS)
    if columns > MAX_COLUMNS:
        raise Refused("file-too-many-columns", limit=MAX_COLUMNS)


@lru_cache(maxsize=4_096)
def _rest(value: Any) -> Any:
    """What JSON has no form for: a day (of a moment, too); a time or a span goes as text. Days repeat."""
    return {"d": value.isoformat()[:10]} if isinstance(value, date) else str(value)


_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_rest
).encode


def send(sheets: Iterable[tuple[str | None, Iterable[list[Any]]]], out: IO[bytes]) -> None:
    """Rows that say anything, a few thousand cells to a line, under their sheet's name if any; the closing line."""
    sent = 0
    for name, rows in sheets:
        if name is not None:
            _send_line({"sheet": name}, out)
        sent += _send_rows(rows, out)
    _send_line({"rows": sent}, out)


def _send_rows(rows: Iterable[list[Any]], out: IO[bytes]) -> int:
    line: list[list[Any]] = []
    cells = sent = 0
    for row in rows:
        if row.count(None) < len(row) - 1:
            line.append(row)
            cells += len(row)
            sent += 1
        if cells >= _CELLS_PER_LINE:
            _send_line(line, out)
            line, cells = [], 0
    _send_line(line, out)
    return sent


def _send_line(value: Any, out: IO[bytes]) -> None:
    out.write(_encode(value).encode() + b"\n")
    out.flush()


def _limit_self() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(form: str, libraries: str) -> None:
    """Reads stdin as ``csv``, as ``xlsx`` (its first sheet) or as a ``workbook`` (every sheet).

    `libraries` is the folder that python-calamine is installed in.
    """
    sys.path.append(libraries)
    _limit_self()
    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    try:
        match form:
            case "workbook":
                send(xlsx_sheets(data), out)
            case "xlsx":
                send([(None, xlsx_rows(data))], out)
            case _:
                send([(None, csv_rows(data))], out)
    except Refused as refused:
        _send_line({"refused": refused.key, "facts": refused.facts}, out)
    except MemoryError:
        _send_line({"refused": "file-bomb", "facts": {}}, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
