"""The program itself against a Bot API server: ``zixin run`` as a process, people with Telegram, nothing between.

3.1-3.4, 4.1, 5.1 as people live them; 10.1: it stops in good order, and killed it loses nothing.
"""

import asyncio
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from core.clock import SetClock
from core.queries.actor import OPERATOR, actor_of
from core.queries.office import Office
from core.rules.money import Money
from core.services.commands import open_desk
from core.services.credit.company import SetTotalOfLines
from core.services.people.staff import AddPerson, Invite, find_person
from core.settings import Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from tests.support.prepared import SAMPLE_POLICY, sample_library
from tests.support.process import LEASE_SECONDS, Program, program
from tests.support.telegram import FakeTelegram, Message, Person
from tests.support.town import SHANGHAI

BEGINS = datetime(2026, 3, 10, 10, 0, tzinfo=SHANGHAI)
CUSTOMER, NAME = "C0009", "上海衡屿电气有限公司"
SALES, FINANCE = "王小雨", "郑惠芳"
CHAIN = ("许文博", "沈雅琴", "赵明辉", "林静秋", "陈国梁", "周鸿远")
START_SECONDS = 60
"""A start takes two seconds; a machine that runs other tests beside it may need many more."""
ANSWER_SECONDS = 20.0
"""The same of an answer."""
_UNSENT = "select count(*) from outbox where channel = 'telegram' and state in ('waiting', 'edit')"


@dataclass
class Company:
    """The sample company, its staff on Telegram, and the program that serves them."""

    telegram: FakeTelegram
    folder: Path
    port: int
    people: dict[str, Person] = field(default_factory=dict)
    code: str = ""
    """An invitation for the salesperson."""

    @property
    def path(self) -> Path:
        return self.folder / "zixin.db"

    def runs(self, command: str = "run", *, imported: bool = True) -> AbstractAsyncContextManager[Program]:
        return program(
            command,
            environment=self.environment,
            log=self.folder / "log.txt",
            begins=BEGINS,
            imported=imported,
        )

    @property
    def environment(self) -> dict[str, str]:
        return {
            "ZIXIN_DATABASE_URL": f"sqlite+aiosqlite:///{self.path}",
            "ZIXIN_POLICY_DIR": str(SAMPLE_POLICY),
            "ZIXIN_TELEGRAM_TOKEN": self.telegram.token,
            "ZIXIN_TELEGRAM_BASE_URL": self.telegram.base_url,
            "ZIXIN_HTTP_PORT": str(self.port),
        }

    async def found(self, sample: Path) -> None:
        """Everybody but the salesperson is known by their Telegram number; the salesperson has a code."""
        shutil.copytree(sample, self.folder, dirs_exist_ok=True)
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{self.path}",
            policy_dir=SAMPLE_POLICY,
            _env_file=None,
        )
        office = Office(settings, sample_library(), SetClock(BEGINS), Vault(settings))
        desk = open_desk(office)
        async with Database(self.path) as database:
            for name in (FINANCE, *CHAIN):
                person = self.people[name] = self.telegram.person(name)
                await desk.run(database, AddPerson(name, _roles(name), telegram=person.address), OPERATOR)
            self.people[SALES] = self.telegram.person(SALES, started=False)
            self.code = await desk.run(database, Invite(SALES), OPERATOR)
            number = await database.read(lambda session: getattr(find_person(session, FINANCE), "id", 0))
            finance = await database.read(lambda session: actor_of(session, number))
            assert finance is not None
            await desk.run(database, SetTotalOfLines(Money.of(90_000_000)), finance)

    async def serves(self) -> None:
        """Until the program asks Telegram for updates."""
        polls = self.telegram.polls
        await self.telegram.world.until(
            lambda: self.telegram.polls > polls or None, START_SECONDS, "a question for updates"
        )

    async def comes_to(self, question: str, *answer: tuple[Any, ...], seconds: float = 15) -> None:
        """Until the database gives this answer."""
        async with asyncio.timeout(seconds):
            while self.rows(question) != list(answer):
                await asyncio.sleep(0.02)

    async def is_quiet(self) -> None:
        """Until nothing is left to be worked, imported or sent."""
        await self.comes_to("select count(*) from import_batch where state in ('opened', 'running')", (0,))
        await self.comes_to(_UNSENT, (0,))

    def rows(self, question: str, *given: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(question, given).fetchall()


def _roles(name: str) -> tuple[str, ...]:
    roles = (
        "finance_manager",
        "market_manager",
        "credit_controller",
        "marketing_vp",
        "cfo",
        "gm",
        "chairman",
    )
    return (roles[(FINANCE, *CHAIN).index(name)],)


@dataclass
class Chat:
    """What a person does in the chat, one thing after the other, each time reading all of the answer."""

    company: Company
    person: Person

    async def says(self, text: str) -> Message:
        return await self._answer(lambda: self.person.send_text(text))

    async def sends(self, name: str, content: bytes) -> Message:
        return await self._answer(lambda: self.person.send_document(name, content))

    async def taps(self, message: Message, what: int | str) -> Message:
        """The button of that place, or that carries this verb of a card."""
        return await self._answer(lambda: self.person.press_data(message, _data(message, what)))

    async def sees(self, what: str) -> Message:
        """The message that carries such a button, as soon as it is there."""

        def look() -> Message | None:
            return next((one for one in reversed(self.person.messages) if _has(one, what)), None)

        return await self.company.telegram.world.until(look, 10, f"a button {what} for {self.person.name}")

    async def _answer(self, act: Callable[[], object]) -> Message:
        """The last message that this brings."""
        read = len(self.person.messages)
        [(worked,)] = self.company.rows("select count(*) from inbox where state = 'worked'")
        act()
        await self.company.comes_to("select count(*) from inbox where state = 'worked'", (worked + 1,))
        await self.company.is_quiet()
        assert len(self.person.messages) > read, f"{self.person.name} got no answer"
        return self.person.messages[-1]


def _data(message: Message, what: int | str) -> str:
    if isinstance(what, int):
        return message.buttons[what].data
    return next(button.data for button in message.buttons if _verb(button.data) == what)


def _has(message: Message, verb: str) -> bool:
    return any(_verb(button.data) == verb for button in message.buttons)


def _verb(data: str) -> str:
    return data.partition(".")[2].split(":")[0]


@pytest.fixture
async def company(tmp_path: Path, sample_folder: Path, unused_tcp_port: int) -> AsyncIterator[Company]:
    async with FakeTelegram() as telegram:
        found = Company(telegram, tmp_path, unused_tcp_port)
        await found.found(sample_folder)
        yield found


async def test_from_an_invitation_to_a_credit_line_and_an_imported_file(company: Company) -> None:
    async with company.runs(imported=False) as running:
        await company.serves()
        wang, finance = (Chat(company, company.people[name]) for name in (SALES, FINANCE))
        await _comes_in(wang, company.code)
        await _asks_for_credit(wang)
        for name in CHAIN:
            approver = Chat(company, company.people[name])
            await approver.taps(await approver.sees("approve"), "approve")
        assert company.rows("select limit_minor, state from line where request = 1") == [(10_000_000, "open")]
        assert NAME in wang.person.messages[-1].text
        assert all(
            not _has(message, "approve") for name in CHAIN for message in company.people[name].messages
        )
        await _imports(company, finance)
        assert await running.stop() == 0
    assert "Traceback" not in running.log
    assert company.rows("select distinct state from inbox") == [("worked",)]
    assert company.rows("select distinct state from outbox where channel = 'telegram'") == [("sent",)]


async def _comes_in(wang: Chat, code: str) -> None:
    """9.5: a stranger is told nothing; the code lets them in, once."""
    stranger = await wang.says("/start")
    assert not stranger.buttons
    await wang.says(f"/start {code}")
    # What waited for the salesperson, the day's digest, comes in between: answers overtake it.
    await wang.says("/menu")
    await wang.company.telegram.world.until(
        lambda: any(SALES in message.text for message in wang.person.messages) or None, 10, "the menu"
    )
    await wang.says(f"{CUSTOMER} 能发5万吗")
    assert any(
        message.text.startswith(("✅", "⛔")) and NAME in message.text for message in wang.person.messages
    )


async def _asks_for_credit(wang: Chat) -> None:
    await wang.says("/credit")
    await wang.says(CUSTOMER)
    await wang.taps(await wang.says("10万"), 0)
    preview = await wang.says("旺季备货")
    assert NAME in preview.text
    card = await wang.taps(preview, 0)
    assert _has(card, "withdraw")


async def _imports(company: Company, finance: Chat) -> None:
    """5.1: the template comes as a file, goes back filled in, and is booked once confirmed."""
    how = await finance.says("/import")
    [(said,)] = company.rows("select body from outbox where external_id = ?", str(how.id))
    template = await finance.taps(how, re.findall(r"import-template:(\w+)", said).index("invoices"))
    assert template.file is not None
    assert template.file.name == "invoices.xlsx"
    preview = await finance.sends("三月.xlsx", _filled_in(template.file.content))
    await finance.taps(preview, 0)
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


async def test_everybody_is_offered_the_commands_of_their_roles_and_strangers_one(company: Company) -> None:
    """9.1: an approver has no command for imports, and whoever is nobody has only a beginning."""
    everybody = 3 + len((FINANCE, *CHAIN))
    async with company.runs("bot"):
        await company.serves()
        await company.telegram.wait_call("setMyCommands", count=everybody, seconds=START_SECONDS)
        await company.comes_to("select count(*) from command_menu", (everybody - 3,))
        menus = {
            chat: [entry["command"] for entry in menu]
            for chat, menu in company.telegram.world.commands.items()
        }
    assert menus[""] == menus["zh"] == menus["en"] == ["start"]
    assert "import" in menus[company.people[FINANCE].address]
    general_manager = menus[company.people["陈国梁"].address]
    assert "waiting" in general_manager
    assert not {"import", "credit", "staff"} & set(general_manager)


async def test_told_to_stop_it_finishes_what_it_has_and_the_next_goes_on(company: Company) -> None:
    finance = company.people[FINANCE]
    async with company.runs("bot") as running:
        await company.serves()
        await Chat(company, finance).says("/menu")
        company.telegram.faults.delay("sendMessage", seconds=0.5)
        update = finance.send_text("/overdue")
        await company.telegram.wait_confirmed(update)
        await company.telegram.wait_call("sendMessage", count=2)
        assert await running.stop() == 0
    assert "Traceback" not in running.log
    said = len(finance.messages)
    finance.send_text("/menu")
    async with company.runs("bot"):
        await company.serves()
        await finance.wait_message("", seconds=10)
        await company.telegram.world.until(
            lambda: len(finance.messages) > said or None, 10, "the next answer"
        )
    assert len(finance.messages) == said + 1  # the one that was on its way at the stop is not repeated


async def test_a_second_process_stands_by_and_takes_over_when_the_first_is_killed(company: Company) -> None:
    finance = Chat(company, company.people[FINANCE])
    async with company.runs("bot") as first:
        await company.serves()
        async with company.runs("bot") as second:
            await _says_in_log(second, "standing by")
            await finance.says("/menu")
            first.kill()
            await first.gone()
            killed = asyncio.get_running_loop().time()
            await finance.says("/aging")
            assert asyncio.get_running_loop().time() - killed < LEASE_SECONDS + ANSWER_SECONDS
            assert await second.stop() == 0
    [(fence,)] = company.rows("select fence from lease where name = 'bot'")
    assert fence == 2


async def test_a_process_that_stops_in_good_order_hands_over_at_once(company: Company) -> None:
    finance = Chat(company, company.people[FINANCE])
    async with company.runs("bot") as first:
        await company.serves()
        async with company.runs("bot") as second:
            await _says_in_log(second, "standing by")
            assert await first.stop() == 0
            await finance.says("/menu")
            assert await second.stop() == 0


async def _says_in_log(running: Program, words: str) -> None:
    async with asyncio.timeout(START_SECONDS):
        while words not in running.log:
            await asyncio.sleep(0.05)


async def test_killed_while_it_answers_many_it_answers_everybody_and_nobody_three_times(
    company: Company,
) -> None:
    people = [company.people[name] for name in (FINANCE, *CHAIN)]
    async with company.runs("bot") as running:
        await company.serves()
        for person in people:
            person.send_text("/menu")
        await company.telegram.wait_call("sendMessage", count=3, seconds=10)
        running.kill()
        await running.gone()
    async with company.runs("bot") as running:
        await company.serves()
        await company.comes_to("select count(*) from inbox where state = 'worked'", (len(people),))
        await company.is_quiet()
        assert await running.stop() == 0
    answers = [len(person.messages) for person in people]
    assert all(1 <= count <= 2 for count in answers), answers
    assert company.rows("select count(*) from outbox") == [(len(people),)]


async def test_the_program_as_it_is_answers_a_stranger_and_stops(company: Company) -> None:
    """Not with the clock, lease and pace of the tests: what ``zixin run`` is to whoever installs it."""
    passer_by = company.telegram.person("路人", language="en", started=False)
    async with program("run", environment=company.environment, log=company.folder / "log.txt") as running:
        await company.serves()
        passer_by.send_text("/start")
        await passer_by.wait_message("", seconds=10)
        assert await running.stop() == 0
    assert "Traceback" not in running.log


async def test_a_wrong_token_is_told_in_the_log(company: Company) -> None:
    environment = {**company.environment, "ZIXIN_TELEGRAM_TOKEN": "4242:this-is-not-the-token-of-any-bot"}
    async with program(
        "bot", environment=environment, log=company.folder / "log.txt", begins=BEGINS
    ) as running:
        await _says_in_log(running, "ZIXIN_TELEGRAM_TOKEN")
        assert await running.stop() == 0
    assert "this-is-not-the-token" not in running.log
