"""The main walk over the WeCom bot (10.2): 3.1–3.4, 4.1, 5.1 and 9.5 as members live them, with nothing between."""

import os
import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from core.queries.actor import OPERATOR, actor_of
from core.rules.money import Money
from core.services.credit.company import SetTotalOfLines
from core.services.people.staff import Invite, find_person
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.served import ROLES, USERIDS, Chat, Served, quick, served_company
from tests.support.wecom.shown import Shown

CUSTOMER, NAME = "C0009", "上海衡屿电气有限公司"
SALES, FINANCE, *CHAIN = ROLES
GOLDEN = Path(__file__).with_name("golden") / "wecom-bot.zh_CN.txt"


@pytest.fixture
async def company(
    tmp_path: Path, sample_folder: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Served]:
    quick(monkeypatch)
    async with (
        FakeWeCom(most_a_minute=1000) as wecom,
        served_company(tmp_path, sample_folder, wecom, unused_tcp_port) as served,
    ):
        yield served


@pytest.mark.golden
async def test_from_an_invitation_to_a_credit_line_and_an_imported_file(company: Served) -> None:
    known = await company.knows(FINANCE, *CHAIN)
    code = await company.desk.run(company.database, Invite(SALES), OPERATOR)
    await _sets_total_of_lines(company)
    async with company.runs():
        wang = company.chat(company.wecom.member(USERIDS[SALES], wrote=False), SALES)
        await _comes_in(wang, code)
        await _asks_for_credit(wang)
        for name in CHAIN:
            await _signs(company.chat(known[name], name))
        assert company.rows("select limit_minor, state from line where request = 1") == [(10_000_000, "open")]
        outcome = await wang.member.wait_message("¥100,000")
        assert NAME in outcome.text
        wang.reads()
        await _imports(company, company.chat(known[FINANCE], FINANCE))
    assert company.rows("select distinct state from inbox") == [("worked",)]
    assert company.rows("select distinct state from outbox where channel = 'wecom'") == [("sent",)]

    said = "\n".join(company.transcript) + "\n"
    if os.environ.get("ZIXIN_GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(said, "utf-8")
    assert said == GOLDEN.read_text("utf-8")


async def _sets_total_of_lines(company: Served) -> None:
    number = await company.database.read(lambda session: getattr(find_person(session, FINANCE), "id", 0))
    finance = await company.database.read(lambda session: actor_of(session, number))
    assert finance is not None
    await company.desk.run(company.database, SetTotalOfLines(Money.of(90_000_000)), finance)


async def _comes_in(wang: Chat, code: str) -> None:
    """9.5: entering, a stranger is asked for a code and told nothing else; the code lets them in."""
    welcome = await wang.enters()
    assert "邀请码" in welcome.text
    assert not welcome.buttons
    await wang.says(code, told_as="（邀请码）")
    await wang.says("菜单")
    assert NAME in (await wang.says(f"{CUSTOMER} 能发5万吗")).text


async def _asks_for_credit(wang: Chat) -> None:
    await wang.says("申请授信")
    await wang.says(CUSTOMER)
    preview = await _reviewed(wang)
    card = await wang.taps("提交", preview)
    assert any("撤回" in label for label in card.buttons)


async def _reviewed(wang: Chat) -> Shown:
    kinds = await wang.says("10万")
    await wang.taps(next(iter(kinds.buttons)), kinds)
    return await wang.says("旺季备货")


async def _signs(approver: Chat) -> None:
    """3.4: two taps at most, and the card shows that it is decided."""
    card = await approver.member.wait_button("同意 ¥")
    approver.reads()
    await approver.taps("同意 ¥", card)
    assert not any(label.startswith("同意") for label in approver.member.changes[0].buttons)


async def _imports(company: Served, finance: Chat) -> None:
    """5.1: the template comes as a file, goes back filled in, and is booked once confirmed."""
    await finance.says("/import")
    await finance.taps("发票")
    template = next(one for one in reversed(finance.member.messages) if one.kind == "file")
    assert template.name == "invoices.xlsx"
    preview = await finance.sends_file("三月.xlsx", _filled_in(template.content))
    await finance.taps(next(label for label in preview.buttons if re.match("导入|确认", label)), preview)
    booked = company.rows("select number, amount_minor from invoice where number like 'T-%' order by number")
    assert booked == [("T-1", 12_345_00), ("T-2", 6_789_00)]


def _filled_in(template: bytes) -> bytes:
    book = openpyxl.load_workbook(BytesIO(template))
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    for line, (number, amount) in enumerate((("T-1", 12_345), ("T-2", 6_789)), 2):
        values = {"单号": number, "客户编码": CUSTOMER, "开票日": "2026-03-09", "金额": amount}
        for column, name in enumerate(header, 1):
            sheet.cell(line, column, values.get(str(name)))
    filled = BytesIO()
    book.save(filled)
    return filled.getvalue()
