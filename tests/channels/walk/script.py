"""The main job from end to end, as one script for whatever channel its people use (10.6).

A customer's file with survey and statements (1.1-1.6), the ledger (5.1), a request and its approval up the chain
(3.1-3.4), the line and what may ship (3.7, 4.1), an overdue invoice and its payment (5.2, 6.1), and a year later
the rating that is due (2.5).
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Protocol

import xlsxwriter

from core.settings import Language
from tests.channels.walk.english import ENGLISH
from tests.files.statement_books import three_statements
from tests.support.wecom.served import ROLES

SALES, FINANCE, *CHAIN = ROLES
CONTROLLER = CHAIN[1]
FIRM, CODE = "宁波甬岭泵业有限公司", "C0041"
FILE = (
    "[建客户档案", FIRM, "91330201MA7YQ31E2J", "陈芳 13800571234", "[跳过", "宁波市鄞州区甬岭路18号", "[跳过", "李建国",
    "500万", "2015-06-01", "[跳过", "[跳过", "[制造", "[中型", "[华东", "[保存档案",
)  # fmt: skip
SURVEY = (
    "[资信调查", "[今天", "[客户提供", "是", "是", "0", "否", "60万", "30万", "70万", "50万", "50", "1.18", "0", "0",
    "否", "否", "否", "否", "否", "否", "否", "[签名提交",
)  # fmt: skip
REQUEST = (
    "甬岭",
    "[申请授信",
    "10万",
    "[长期",
    "12万",
    "厂房，已登记",
    "老客户，想赊一部分",
    "[按 ¥100,000 提交",
)
MONTHS = ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02")


class Walker(Protocol):
    """Somebody in a chat: each act is done, and all of the answer read. Buttons are named by how they begin."""

    name: str

    async def comes_in(self, code: str) -> None: ...
    async def says(self, text: str) -> Any: ...
    async def taps(self, label: str) -> Any: ...
    async def sees(self, label: str) -> Any: ...
    async def sends_file(self, name: str, content: bytes) -> Any: ...
    def reads(self) -> None: ...


class Door(Protocol):
    """The company at one channel."""

    language: Language

    @property
    def transcript(self) -> list[str]:
        """What was said so far, by everybody."""

    async def newcomer(self, name: str) -> tuple[Walker, str]:
        """Somebody on the staff list whom the channel does not know yet, and their invitation code."""

    async def knows(self, name: str) -> Walker:
        """Somebody who has come in."""

    async def at_papers(self, who: Walker) -> Walker:
        """The same person where files can be sent."""

    async def comes(self, moment: str) -> None:
        """It is this moment, and the worker has done what is due."""

    def rows(self, question: str) -> list[tuple[Any, ...]]: ...


async def walk(door: Door) -> None:
    """Everything, by everybody. What the company has on its books is checked on the way, what people read is the golden's."""
    known = {name: await door.knows(name) for name in (FINANCE, *CHAIN)}
    wang, code = await door.newcomer(SALES)
    await wang.comes_in(code)
    await _opens_customer(door, wang)
    await _hands_in_statements(door, wang)
    books = await door.at_papers(known[FINANCE])
    await _imports(door, books, "发票.xlsx", _invoices())
    await _imports(door, books, "收款.xlsx", _receipts())
    await _asks_for_credit(door, wang)
    for name in CHAIN:
        await known[name].sees(_word(door, "同意 ¥100,000"))
        await _does(door, known[name], "[同意 ¥100,000")
    assert door.rows("select limit_minor, state from line where request = 1") == [(10_000_000, "open")]
    wang.reads()
    known[FINANCE].reads()
    await _does(door, wang, "甬岭 能发3万吗", "甬岭 能发5万吗")

    await door.comes("2026-03-27T09:00")
    for who in (wang, known[FINANCE]):
        who.reads()
    await _does(door, wang, "[看逾期清单", "甬岭 能发3万吗")
    await _imports(
        door, books, "回款.xlsx", _book(_RECEIPTS, ("R-2026-03", CODE, "2026-03-27", 60_000, "Y-2026-03"))
    )
    await _does(door, wang, "甬岭 能发3万吗")

    await door.comes("2027-02-10T09:00")
    for who in (wang, known[CONTROLLER]):
        who.reads()
    await _does(door, known[CONTROLLER], "甬岭", "[复评")
    due = f"select state from review where customer = (select id from customer where code = '{CODE}')"
    assert door.rows(due) != []


async def _opens_customer(door: Door, wang: Walker) -> None:
    await _does(door, wang, *FILE)
    assert door.rows(f"select name from customer where code = '{CODE}'") == [(FIRM,)]
    await _does(door, wang, *SURVEY)


async def _hands_in_statements(door: Door, wang: Walker) -> None:
    """Where the channel hands over no files, it says where to send them; put away here, the form is taken up there."""
    ways = ("甬岭", "[财务报表", "[发 Excel 报表")
    await _does(door, wang, *ways, "[客户提供")
    papers = await door.at_papers(wang)
    if papers is not wang:
        await _does(door, wang, "[先存着")
        await _does(door, papers, *ways)
    await papers.sends_file("2025报表.xlsx", three_statements("单位：万元", 1e-4, FIRM))
    await _does(door, papers, "[存（已审计）")
    assert len(door.rows("select id from statement where customer = 41")) == 2


async def _asks_for_credit(door: Door, wang: Walker) -> None:
    await _does(door, wang, *REQUEST)
    assert door.rows("select asked_minor, state from request") == [(10_000_000, "in_approval")]


async def _imports(door: Door, finance: Walker, name: str, content: bytes) -> None:
    before = door.rows("select count(*) from import_batch where state = 'done'")
    await finance.sends_file(name, content)
    await _does(door, finance, "[导入")
    assert door.rows("select count(*) from import_batch where state = 'done'") != before


async def _does(door: Door, who: Walker, *acts: str) -> None:
    """Each in turn: what begins with ``[`` is tapped, all else is typed."""
    for act in acts:
        if act.startswith("["):
            await who.taps(_word(door, act[1:]))
        else:
            await who.says(_word(door, act))


def _word(door: Door, chinese: str) -> str:
    """How somebody says it who reads the door's language; a name or a number is the same in both."""
    return chinese if door.language == "zh_CN" else ENGLISH.get(chinese, chinese)


_INVOICES = ("单号", "客户编码", "开票日", "金额", "到期日")
_RECEIPTS = ("单号", "客户编码", "收款日", "金额", "核销发票")


def _invoices() -> bytes:
    """Six months paid at once, and one that is on credit."""
    paid = [(f"Y-{month}", CODE, f"{month}-05", 120_000, f"{month}-05") for month in MONTHS]
    return _book(_INVOICES, *paid, ("Y-2026-03", CODE, "2026-03-10", 60_000, "2026-03-25"))


def _receipts() -> bytes:
    return _book(_RECEIPTS, *((f"R-{month}", CODE, f"{month}-05", 120_000, f"Y-{month}") for month in MONTHS))


def _book(*rows: Sequence[str | int]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        for line, cells in enumerate(rows):
            page.write_row(line, 0, cells)
    return file.getvalue()
