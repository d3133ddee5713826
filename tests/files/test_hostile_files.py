"""A file made to harm is refused with its reason, and the program that was sent it goes on."""

import asyncio
import os
import time
from asyncio.subprocess import Process
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.files import child, sheet
from core.files.sheet import BadFile, read_sheet
from tests.files.books import HONEST_ROWS, honest, raw

TEXT = 't="inlineStr"><is><t>{}</t></is></c>'
MIB = 1 << 20


def zip_bomb() -> bytes:
    return raw(more={"xl/media/1.bin": bytes(140 * MIB)})


def two_hundred_megabytes_declared() -> bytes:
    """At a ratio of about 70, so that it is the size that counts."""
    noise = os.urandom(MIB // 8)
    return raw(more={f"xl/media/{n}.bin": noise + bytes(10 * MIB) for n in range(20)})


def sixty_thousand_entries() -> bytes:
    return raw(more={f"xl/{n}": b"" for n in range(60_000)})


def two_cells_at_the_ends_of_the_grid() -> bytes:
    return raw(
        f'<row r="1"><c r="A1" {TEXT.format("a")}</row>'
        f'<row r="1048576"><c r="XFD1048576" {TEXT.format("b")}</row>'
    )


def the_same_two_cells_past_the_guard() -> bytes:
    return raw(f"<row><c r='A1' {TEXT.format('a')}</row><row><c r='XFD1048576' {TEXT.format('b')}</row>")


def a_row_too_many() -> bytes:
    return raw(HONEST_ROWS + f'<row r="200001"><c r="A200001" {TEXT.format("x")}</row>')


def a_column_too_many() -> bytes:
    return raw(HONEST_ROWS + f'<row r="3"><c r="GS3" {TEXT.format("x")}</row>')


def one_string_in_a_hundred_thousand_cells() -> bytes:
    cells = '<c t="s"><v>0</v></c>' * 10
    return raw(f"<row>{cells}</row>" * 10_000, strings=f"<si><t>{os.urandom(16_000).hex()}</t></si>")


def billion_laughs() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return raw(
        HONEST_ROWS + f'<row r="3"><c r="A3" {TEXT.format("&i;")}</row>', before=f"<!DOCTYPE x [{entities}]>"
    )


def an_entity_that_reads_a_file() -> bytes:
    return raw(
        HONEST_ROWS + f'<row r="3"><c r="A3" {TEXT.format("&f;")}</row>',
        before='<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    )


def a_macro() -> bytes:
    return raw(more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen()"})


def an_old_macro_sheet() -> bytes:
    return raw(more={"xl/macrosheets/sheet1.xml": b"<xm:macrosheet/>"})


def truncated() -> bytes:
    return honest(["单号", "金额"], ["FP-1", 5])[:-400]


def sizes_that_lie() -> bytes:
    file = bytearray(raw(more={"xl/media/1.bin": bytes(5 * MIB)}))
    declared = (5 * MIB).to_bytes(4, "little")
    central = file.rfind(declared)
    file[central : central + 4] = (1_000).to_bytes(4, "little")
    return bytes(file)


def a_password() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4_000)


def another_zip() -> bytes:
    return raw().replace(b"xl/workbook.xml", b"xl/workbook.bin")


REFUSED: list[tuple[Callable[[], bytes], str]] = [
    (zip_bomb, "file-bomb"),
    (two_hundred_megabytes_declared, "file-bomb"),
    (sixty_thousand_entries, "file-bomb"),
    (two_cells_at_the_ends_of_the_grid, "file-too-many-columns"),
    (the_same_two_cells_past_the_guard, "file-bomb"),
    (a_row_too_many, "file-too-many-rows"),
    (a_column_too_many, "file-too-many-columns"),
    (one_string_in_a_hundred_thousand_cells, "file-bomb"),
    (billion_laughs, "file-unreadable"),
    (an_entity_that_reads_a_file, "file-unreadable"),
    (a_macro, "file-macros"),
    (an_old_macro_sheet, "file-macros"),
    (truncated, "file-unreadable"),
    (sizes_that_lie, "file-unreadable"),
    (a_password, "file-encrypted"),
    (another_zip, "file-not-a-table"),
]


@pytest.mark.parametrize(("make", "key"), REFUSED, ids=[make.__name__ for make, _ in REFUSED])
async def test_a_hostile_workbook_is_refused_with_its_reason(make: Callable[[], bytes], key: str) -> None:
    with pytest.raises(BadFile) as refused:
        await read_sheet(make(), "三月发票.xlsx")
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"", "a.xlsx", "file-empty"),
        (b"a,b\n", "a.csv", "file-empty"),
        (b"\n \n", "a.csv", "file-not-a-table"),
        (b"only one column\n1\n", "a.csv", "file-not-a-table"),
        (bytes(200 * MIB), "a.xlsx", "file-too-large"),
        (b"<html><table>", "a.xlsx", "file-not-a-table"),
        (b"\x89PNG\0\0\0", "a.csv", "file-not-a-table"),
        (b"\x81\xff\xff,\xff", "a.csv", "file-encoding"),
        (b"\xff\xfea", "a.csv", "file-encoding"),
        (b"%PDF-1.7", "a.pdf", "file-wrong-type"),
        (b"\xd0\xcf\x11\xe0", "a.xls", "file-wrong-type"),
        (b"PK\x03\x04", "a.xlsm", "file-macros"),
        (b"PK\x03\x04", "a.xlsx", "file-unreadable"),
        (("a,b\n" + "1" * 200_000 + ",2\n").encode(), "a.csv", "file-unreadable"),
        (b"a,b\n" + b"1,2\n" * child.MAX_ROWS, "a.csv", "file-too-many-rows"),
        (b"a,b\n" + b"," * child.MAX_COLUMNS, "a.csv", "file-too-many-columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_no_table_is_refused_with_its_reason(data: bytes, name: str, key: str) -> None:
    with pytest.raises(BadFile) as refused:
        await read_sheet(data, name)
    assert refused.value.key == key


async def test_the_limit_is_told_with_the_refusal() -> None:
    with pytest.raises(BadFile) as refused:
        await read_sheet(a_row_too_many(), "a.xlsx")
    assert refused.value.facts == {"limit": 200_000}


async def test_formatting_at_the_ends_of_the_grid_is_no_attack() -> None:
    """Excel leaves empty formatted cells there when someone colours a whole column."""
    table = await read_sheet(raw(HONEST_ROWS + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'), "a.xlsx")
    assert [row.number for row in table.rows] == [2]


async def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    start, readers = asyncio.create_subprocess_exec, []

    async def noted(*given: Any, **more: Any) -> Process:
        readers.append(await start(*given, **more))
        return readers[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    monkeypatch.setattr(sheet, "WALL_SECONDS", 0.05)
    rows = b"1,2\n" * 190_000
    began = time.monotonic()
    with pytest.raises(BadFile) as refused:
        await read_sheet(b"a,b\n" + rows, "a.csv")
    assert refused.value.key == "file-took-too-long"
    assert time.monotonic() - began < 2
    [reader] = readers
    with pytest.raises(ChildProcessError):
        os.waitpid(reader.pid, os.WNOHANG)


async def test_a_reader_that_answers_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_MAX_ANSWER_BYTES", 50_000)
    with pytest.raises(BadFile) as refused:
        await read_sheet(b"a,b\n" + b"1,2\n" * 50_000, "a.csv")
    assert refused.value.key == "file-bomb"


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose program runs in the reader's place."""
    program = tmp_path / "child.py"
    monkeypatch.setattr(child, "__file__", str(program))
    return program


@pytest.mark.parametrize(
    ("program", "key"),
    [
        ("print('[[1')", "file-unreadable"),
        ('print(\'[[1, {"d": "2026-02-30"}]]\')', "file-unreadable"),
        ("print('[[1, 1e999999999999999999999]]')", "file-unreadable"),
        ("pass", "file-unreadable"),
        ("import os; os.abort()", "file-bomb"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "file-took-too-long"),
    ],
)
async def test_a_reader_gone_wrong_is_a_refusal_too(program: str, key: str, reader: Path) -> None:
    reader.write_text(program)
    with pytest.raises(BadFile) as refused:
        await read_sheet(b"a,b\n1,2\n", "a.csv")
    assert refused.value.key == key


async def test_the_reader_holds_none_of_our_secrets_and_files(
    reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZIXIN_SECRET_KEY", "secret")
    reader.write_text(
        "import json, os\n"
        "seen = [2, 'ZIXIN_SECRET_KEY' in os.environ, str(len(os.listdir('/proc/self/fd')))]\n"
        "print(json.dumps([[1, 'secret', 'files'], seen]))\n"
        "print('{\"rows\": 2}')"
    )
    table = await read_sheet(b"a,b\n1,2\n", "a.csv")
    assert table.rows[0].cells == (False, "4")  # the three standard streams and the listing itself
