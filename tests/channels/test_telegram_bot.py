"""The main walk over Telegram (10.2, 10.6): 3.1–3.4, 4.1, 5.1 and 9.5 as people read it, in both languages."""

import os
import re
from io import BytesIO
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from core.queries.actor import OPERATOR, actor_of
from core.rules.money import Money
from core.services.credit.company import SetTotalOfLines
from core.services.people.staff import Invite, find_person
from core.settings import Language
from tests.support.telegram.served import Chat, Served, served_over_telegram, verb_of
from tests.support.wecom.served import ROLES

CUSTOMER, NAME = "C0009", "上海衡屿电气有限公司"
SALES, FINANCE, *CHAIN = ROLES
ASKED: dict[Language, str] = {"zh_CN": f"{CUSTOMER} 能发5万吗", "en": f"can we ship 50k to {CUSTOMER}"}
REASON: dict[Language, str] = {"zh_CN": "旺季备货", "en": "stock for the season"}


@pytest.mark.golden
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_from_an_invitation_to_a_credit_line_and_an_imported_file(
    tmp_path: Path,
    sample_folder: Path,
    unused_tcp_port: int,
    monkeypatch: pytest.MonkeyPatch,
    language: Language,
) -> None:
    async with served_over_telegram(
        tmp_path, sample_folder, unused_tcp_port, language, monkeypatch
    ) as company:
        await _walk(company, language)
        said = "\n".join(company.transcript) + "\n"
    golden = Path(__file__).with_name("golden") / f"telegram.{language}.txt"
    if os.environ.get("ZIXIN_GOLDEN") == "write":
        golden.write_text(said, "utf-8")
    assert said == golden.read_text("utf-8")


async def _walk(company: Served, language: Language) -> None:
    finance, *chain = [await company.knows(name) for name in (FINANCE, *CHAIN)]
    code = await company.desk.run(company.database, Invite(SALES), OPERATOR)
    await _sets_total_of_lines(company)
    wang = Chat(company, company.telegram.person(SALES, started=False))
    async with company.runs():
        await _comes_in(wang, code)
        assert NAME in (await wang.says(ASKED[language])).text
        await _asks_for_credit(wang, REASON[language])
        for approver in chain:
            card = await approver.sees("approve")
            await approver.taps(card, "approve")
            assert not any(verb_of(button.data) == "approve" for button in card.buttons)
        assert company.rows("select limit_minor, state from line where request = 1") == [(10_000_000, "open")]
        wang.reads()
        await _imports(finance)
    assert company.rows("select distinct state from inbox") == [("worked",)]
    assert company.rows("select distinct state from outbox where channel = 'telegram'") == [("sent",)]


async def _sets_total_of_lines(company: Served) -> None:
    number = await company.database.read(lambda session: getattr(find_person(session, FINANCE), "id", 0))
    finance = await company.database.read(lambda session: actor_of(session, number))
    assert finance is not None
    await company.desk.run(company.database, SetTotalOfLines(Money.of(90_000_000)), finance)


async def _comes_in(wang: Chat, code: str) -> None:
    """9.5: a stranger is asked for a code and told nothing else; the code lets them in."""
    assert not (await wang.says("/start")).buttons
    assert (await wang.says(f"/start {code}", told_as="/start ……")).buttons


async def _asks_for_credit(wang: Chat, reason: str) -> None:
    await wang.says("/credit")
    await wang.says(CUSTOMER)
    await wang.taps(await wang.says("10万"), 0)
    card = await wang.taps(await wang.says(reason), 0)
    assert any(verb_of(button.data) == "withdraw" for button in card.buttons)


async def _imports(finance: Chat) -> None:
    """5.1: the template comes as a file, goes back filled in, and is booked once confirmed."""
    how = await finance.says("/import")
    [(said,)] = finance.served.rows("select body from outbox where external_id = ?", str(how.id))
    template = await finance.taps(how, re.findall(r"import-template:(\w+)", said).index("invoices"))
    assert template.file is not None
    assert template.file.name == "invoices.xlsx"
    await finance.taps(await finance.sends_file("三月.xlsx", _filled_in(template.file.content)), 0)
    booked = "select number, amount_minor from invoice where number like 'T-%' order by number"
    assert finance.served.rows(booked) == [("T-1", 12_345_00), ("T-2", 6_789_00)]


def _filled_in(template: bytes) -> bytes:
    book = openpyxl.load_workbook(BytesIO(template))
    sheet = book.worksheets[0]
    columns = {"number": 1, "customer": 2, "issued": 3, "amount": 4}
    for line, (number, amount) in enumerate((("T-1", 12_345), ("T-2", 6_789)), 2):
        values = {"number": number, "customer": CUSTOMER, "issued": "2026-03-09", "amount": amount}
        for name, column in columns.items():
            sheet.cell(line, column, values[name])
    filled = BytesIO()
    book.save(filled)
    return filled.getvalue()
