"""A file with mistakes comes back marked, is mended and sent again (5.1)."""

import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.exc import OperationalError

from bot import followup
from core.services.imports.imports import OpenImport
from tests.support.town import Town

FINANCE = "沈雅琴"
HEADER = "单号,客户编码,开票日,金额"


async def test_a_file_with_bad_rows_comes_back_with_the_bad_cells_marked(company: Town) -> None:
    finance = company.people[FINANCE]
    lines = [HEADER, "X-1,C0001,2026-03-02,100", "X-2,C9999,2026-03-02,100", "X-3,C0001,2026-02-30,100"]
    *_, preview = await finance.sends_file("三月发票.csv", "\n".join(lines).encode())
    assert "2 行有问题" in preview

    await finance.taps("下载标注好的文件", preview)
    await company.followups.idle()
    *_, answer = await finance.reads()

    assert answer.file == "三月发票.marked.xlsx"
    page = load_workbook(BytesIO(await finance.opens(answer))).active
    rows = list(page.iter_rows(values_only=True))
    assert rows[0] == (*HEADER.split(","), "问题")
    assert rows[1][4] is None
    assert rows[2][4].startswith("客户编码：")
    assert rows[3][4].startswith("开票日：")
    assert page["B3"].fill.fgColor.rgb == page["C4"].fill.fgColor.rgb == "FFFFC7CE"
    assert page["B2"].fill.fgColor.rgb != "FFFFC7CE"


async def test_the_marked_file_sent_back_unchanged_says_the_same_again(company: Town) -> None:
    finance = company.people[FINANCE]
    await finance.sends_file("发票.csv", f"{HEADER}\nX-1,C0001,2026-03-02,一百\n".encode())
    await finance.taps("下载标注好的文件")
    await company.followups.idle()
    *_, answer = await finance.reads()

    *_, again = await finance.sends_file(answer.file, await finance.opens(answer))

    assert "1 行有问题" in again
    assert "「金额」" in again
    assert "问题" in again.text.split("不认识")[-1]


async def test_a_file_without_mistakes_has_no_copy_to_ask_for(company: Town) -> None:
    finance = company.people[FINANCE]

    *_, preview = await finance.sends_file("发票.csv", f"{HEADER}\nX-1,C0001,2026-03-02,100\n".encode())

    assert "下载标注好的文件" not in preview.buttons


async def test_nobody_is_given_the_copy_of_another_one_s_file(company: Town) -> None:
    finance, controller = company.people[FINANCE], company.people["林静秋"]
    *_, preview = await finance.sends_file("发票.csv", f"{HEADER}\nX-1,C9999,2026-03-02,100\n".encode())

    told = await controller.taps_data(preview.button("下载标注好的文件"))
    await company.followups.idle()

    assert not any(message.file for message in [*told, *await controller.reads()])


# a bug behind the turn


async def broken(*_: Any) -> None:
    raise ZeroDivisionError


async def test_a_copy_that_cannot_be_made_is_told_with_a_number_and_can_be_asked_for_again(
    company: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    finance = company.people[FINANCE]
    *_, preview = await finance.sends_file("发票.csv", f"{HEADER}\nX-1,C9999,2026-03-02,100\n".encode())
    with monkeypatch.context() as for_once:
        for_once.setitem(followup._TAKE_UP, followup.MARKED_COPY, broken)
        await finance.taps("下载标注好的文件", preview)
        await company.followups.idle()

    *_, apology = await finance.reads()
    assert "请再点一次" in apology
    [reference] = re.findall(r"<code>(\w+)</code>", apology.text)
    assert f"reference {reference}; it can be asked for once more" in caplog.text

    await finance.taps("下载标注好的文件", preview)
    await company.followups.idle()
    assert (await finance.reads())[-1].file == "发票.marked.xlsx"


async def test_an_import_that_stops_is_told_once_and_goes_on_at_a_later_start(
    company: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is left with “one moment, please”."""
    finance = company.people[FINANCE]
    with monkeypatch.context() as for_once:
        for_once.setitem(followup._TAKE_UP, followup.IMPORT, broken)
        *_, apology = await finance.sends_file("发票.csv", f"{HEADER}\nX-1,C0001,2026-03-02,100\n".encode())
        assert "下次启动时接着做" in apology
        await company.followups.resume()
        await company.followups.idle()
        assert await finance.reads() == []

    await company.followups.resume()
    await company.followups.idle()
    [preview] = await finance.reads()
    assert "发票.csv" in preview


async def test_a_database_that_cannot_be_read_at_the_start_is_asked_again_for_what_was_left(
    company: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """5.1: an import goes on after any stop, whatever state the next start finds the disk in."""
    finance = company.people[FINANCE]
    monkeypatch.setattr(followup, "AGAIN_SECONDS", 0.01)
    upload = await company.keep_file("发票.csv", f"{HEADER}\nX-1,C0001,2026-03-02,100\n".encode(), finance.id)
    await finance.does(OpenImport(upload, conversation=finance.conversation))
    read, failures = company.database.read, 2

    async def fails_at_first(work: Any) -> Any:
        nonlocal failures
        if failures:
            failures -= 1
            raise OperationalError("select", {}, OSError("disk I/O error"))
        return await read(work)

    monkeypatch.setattr(company.database, "read", fails_at_first)
    await company.followups.resume()
    await company.followups.idle()

    assert "发票.csv" in (await finance.reads())[-1]
    assert caplog.text.count("could not be read; trying again") == 2
