"""The sample company with people in three places, and what each minute of its day brings."""

import asyncio
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from inspect import isawaitable
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.wecom.callback import PATH as CALLBACK
from core.queries.actor import OPERATOR, actor_of
from core.queries.office import Office
from core.rules.money import Money
from core.services.commands import open_desk
from core.services.credit.company import SetTotalOfLines
from core.services.desk import Desk
from core.services.people.staff import AddPerson, find_person
from core.settings import Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from tests.reliability.soak.faults import Fault
from tests.reliability.soak.people import Approver, Hand, InApp, OnTelegram, Seller, Talker, WithBot
from tests.reliability.soak.program import Clocks, Program, jumping
from tests.reliability.soak.seen import Seen
from tests.support.prepared import SAMPLE_POLICY, sample_library
from tests.support.telegram import FakeTelegram
from tests.support.wecom.api_server import FakeApp
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.served import ROLES, USERIDS

APPROVERS_A_MINUTE = 2
MINUTE = 60
_LOOKS = 30
"""At how things stand, in a stride, while something is still to be done; the clock moves on at each."""
_LOOK_SECONDS = 0.02
_MOMENT_SECONDS = 0.03
_REST_STRIDES = 60
_TO_DO = (
    "select exists (select 1 from inbox where state = 'waiting')"
    " or exists (select 1 from outbox where state in ('waiting', 'edit'))"
)
_CUSTOMERS = (
    "select customer.code from customer join person on person.id = customer.owner where person.name = ?"
    " order by customer.code != 'C0009', customer.code limit 8"
)
"""Of a seller; first the one who may have credit without more ado."""
_COLLEAGUE, _FINANCE = "李泽", "郑惠芳"


class Company:
    """``live`` it minute by minute, then let it ``rest``."""

    program: Program
    stride = MINUTE
    """Seconds from one thing that goes wrong to the next."""

    def __init__(
        self,
        path: Path,
        clocks: Clocks,
        services: tuple[FakeTelegram, FakeWeCom, FakeApp],
        chance: random.Random,
    ) -> None:
        self._path = path
        self._clocks = clocks
        self.telegram, self.bot, self.app = services
        self._chance = chance
        self._sellers: list[Talker] = []
        self._approvers: list[Talker] = []
        self.seen = Seen()
        self.struck: Counter[Fault] = Counter()
        self.called = 0
        """Calls of WeCom that were acknowledged."""
        self.last_frame: dict[str, Any] | None = None
        """What a member of the bot did last."""

    async def starts(self) -> None:
        """The program serves, and the bot is connected."""
        before = self.bot.subscribed
        await self.program.start()
        await self.bot.serves(before + 1)

    def joins(self, talker: Talker) -> None:
        (self._sellers if isinstance(talker, Seller) else self._approvers).append(talker)

    async def live(self, fault: Fault) -> None:
        """A minute, or another stride, in which this goes wrong."""
        self.struck[fault] += 1
        await _done(fault.before(self))
        approvers = self._chance.sample(self._approvers, APPROVERS_A_MINUTE)
        acting = [one.acts() for one in (*self._sellers, *approvers)]
        await asyncio.sleep(self._chance.uniform(0, _MOMENT_SECONDS))
        await _done(fault.after(self))
        outcomes = await asyncio.gather(*acting)
        self.called += outcomes.count(200)
        self.last_frame = next((one for one in outcomes if isinstance(one, dict)), self.last_frame)
        await self._goes_by()
        self.bot.silent = False

    async def rest(self) -> None:
        """Nothing goes wrong any more, until all is worked and sent. Raises AssertionError if that does not come."""
        self.app.heals()
        for _ in range(_REST_STRIDES):
            if await self._goes_by():
                return
        left = self.rows("select conversation, state, trouble from outbox where state in ('waiting', 'edit')")
        raise AssertionError(f"it does not come to rest: {left[:5]}")

    async def _goes_by(self) -> bool:
        """A stride, in small steps for as long as there is something to do; whether all of it was done."""
        quiet = False
        for _ in range(_LOOKS):
            await asyncio.sleep(0 if quiet else _LOOK_SECONDS)
            quiet = quiet or self._is_quiet()
            self._jump(self.stride / _LOOKS)
        self.seen.looks(self.telegram, self.bot, self.app)
        return quiet

    def rows(self, question: str, given: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._path)) as connection:
            return connection.execute(question, given).fetchall()

    def _jump(self, seconds: float) -> None:
        self._clocks.jump(seconds)
        for service in (self.telegram.world, self.bot, self.app):
            service.pass_time(seconds)

    def _is_quiet(self) -> bool:
        """Nothing is left to be heard, worked or sent."""
        [(to_do,)] = self.rows(_TO_DO)
        return not to_do and not self.telegram.world.updates.pending()


async def _done(doing: Awaitable[object] | None) -> None:
    if isawaitable(doing):
        await doing


@asynccontextmanager
async def company(folder: Path, sample: Path, port: int, seed: int) -> AsyncIterator[Company]:
    """The sample company, served in three places, everybody of the chain known in one of them."""
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    path, clocks = folder / "zixin.db", Clocks()
    async with (
        FakeTelegram() as telegram,
        FakeWeCom(subscriptions_a_minute=1_000) as bot,
        FakeApp(clocks.company) as app,
    ):
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{path}",
            policy_dir=SAMPLE_POLICY,
            telegram_token=SecretStr(telegram.token),
            telegram_base_url=telegram.base_url,
            wecom_bot_id=bot.bot_id,
            wecom_bot_secret=SecretStr(bot.secret),
            wecom_ws_url=bot.ws_url,
            http_port=port,
            _env_file=None,
            **app.settings,
        )
        app.caller.url = f"http://127.0.0.1:{port}{CALLBACK}"
        office = Office(settings, sample_library(), clocks.company, Vault(settings))
        found = Company(path, clocks, (telegram, bot, app), random.Random(seed))
        with jumping(clocks):
            found.program = Program(open_desk(office), path)
            await _joins_everybody(found, path, open_desk(office), seed)
            await found.starts()
            try:
                yield found
            finally:
                await found.program.kill()


async def _joins_everybody(company: Company, path: Path, desk: Desk, seed: int) -> None:
    """Each in the next of the three places."""
    async with Database(path) as database:
        for place, (name, roles) in enumerate({**ROLES, _COLLEAGUE: ("sales",)}.items()):
            userid = USERIDS.get(name, f"Member{place}")
            hand: Hand
            if place % 3 == 0:
                person = company.telegram.person(name)
                hand, known = OnTelegram(person), AddPerson(name, roles, telegram=person.address)
            else:
                known = AddPerson(name, roles, wecom=userid)
                hand = (
                    WithBot(company.bot.member(userid))
                    if place % 3 == 1
                    else InApp(company.app.member(userid))
                )
            await desk.run(database, known, OPERATOR)
            chance = random.Random(f"{seed} {name}")
            customers = company.rows(_CUSTOMERS, [name])
            seller = roles == ("sales",)
            company.joins(
                Seller(hand, chance, [code for (code,) in customers]) if seller else Approver(hand, chance)
            )
        number = await database.read(lambda session: getattr(find_person(session, _FINANCE), "id", 0))
        finance = await database.read(lambda session: actor_of(session, number))
        assert finance is not None
        await desk.run(database, SetTotalOfLines(Money.of(90_000_000)), finance)
