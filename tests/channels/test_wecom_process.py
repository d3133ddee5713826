"""The program itself over the WeCom bot (10.2): ``zixin bot`` as a process, with only BotID and Secret."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.process import LEASE_SECONDS, Program, program
from tests.support.town import SAMPLE_POLICY
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.members import Member
from tests.support.wecom.served import BEGINS, ROLES, Served, served_company

START_SECONDS = 60.0


@dataclass
class Company:
    """The sample company, everybody known by their user id, and the program that serves them."""

    served: Served
    people: dict[str, Member]
    port: int
    since: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def wecom(self) -> FakeWeCom:
        return self.served.wecom

    @property
    def environment(self) -> dict[str, str]:
        return {
            "ZIXIN_DATABASE_URL": f"sqlite+aiosqlite:///{self.served.folder / 'zixin.db'}",
            "ZIXIN_POLICY_DIR": str(SAMPLE_POLICY),
            "ZIXIN_WECOM_BOT_ID": self.wecom.bot_id,
            "ZIXIN_WECOM_BOT_SECRET": self.wecom.secret,
            "ZIXIN_WECOM_WS_URL": self.wecom.ws_url,
            "ZIXIN_HTTP_PORT": str(self.port),
        }

    def runs(self, *, imported: bool = True, **changed: str) -> AbstractAsyncContextManager[Program]:
        """The clocks of several agree, or one would take the other's lease for an old one."""
        environment = {**self.environment, **changed}
        now = BEGINS + (datetime.now(UTC) - self.since)
        log = self.served.folder / "log.txt"
        return program("bot", environment=environment, log=log, begins=now, imported=imported)


@pytest.fixture
async def company(tmp_path: Path, sample_folder: Path, unused_tcp_port: int) -> AsyncIterator[Company]:
    async with (
        FakeWeCom() as wecom,
        served_company(tmp_path, sample_folder, wecom, unused_tcp_port) as served,
    ):
        yield Company(served, await served.knows(*ROLES), unused_tcp_port)


async def asks_for_the_menu(company: Company, name: str) -> None:
    member = company.people[name]
    said = len(member.messages)
    await member.says("菜单")
    await company.wecom.until(lambda: len(member.messages) > said or None, "the menu", 20.0)


async def says_in_log(running: Program, words: str) -> None:
    async with asyncio.timeout(START_SECONDS):
        while words not in running.log:
            await asyncio.sleep(0.05)


async def test_it_serves_with_nothing_but_an_id_and_a_secret_and_stops_in_good_order(
    company: Company,
) -> None:
    async with company.runs(imported=False) as running:
        await company.wecom.serves(1)
        await asks_for_the_menu(company, "王小雨")
        assert await running.stop() == 0
    assert "Traceback" not in running.log
    assert company.wecom.secret not in running.log


async def test_a_second_process_stands_by_and_takes_over_when_the_first_is_killed(company: Company) -> None:
    """One connection for each bot: the lease keeps two of ours from kicking each other."""
    async with company.runs() as first:
        await company.wecom.serves(1)
        async with company.runs() as second:
            await says_in_log(second, "standing by")
            await asks_for_the_menu(company, "郑惠芳")
            assert company.wecom.subscribed == 1
            first.kill()
            await first.gone()
            await company.wecom.serves(2)
            await asks_for_the_menu(company, "郑惠芳")
            assert await second.stop() == 0
    assert company.wecom.kicked <= 1
    assert company.served.rows("select count(*) from outbox where body like '%taken-over%'") == [(0,)]


async def test_a_process_that_slept_through_its_lease_leaves_the_bot_to_the_other(
    company: Company, unused_tcp_port_factory: Callable[[], int]
) -> None:
    """The kick that it finds when it wakes is by one of ours: there is no alarm, and no fight."""
    async with company.runs() as first:
        await company.wecom.serves(1)
        # On the same machine, and yet not in the way of its page.
        async with company.runs(ZIXIN_HTTP_PORT=str(unused_tcp_port_factory())) as second:
            await says_in_log(second, "standing by")
            first.sleep()
            await company.wecom.serves(2)
            first.wake()
            await says_in_log(first, "was lost; standing by")
            await asks_for_the_menu(company, "郑惠芳")
            await asyncio.sleep(LEASE_SECONDS * 2)
            assert (company.wecom.subscribed, company.wecom.kicked) == (2, 1)
            assert await first.stop() == 0
            assert await second.stop() == 0
    assert company.served.rows("select count(*) from outbox where body like '%taken-over%'") == [(0,)]


async def test_killed_while_it_answers_many_nobody_is_left_without_an_answer_or_told_three_times(
    company: Company,
) -> None:
    async with company.runs() as running:
        await company.wecom.serves(1)
        for member in company.people.values():
            await member.says("菜单")
        await company.served.comes_to("select count(*) from inbox", (len(company.people),))
        running.kill()
        await running.gone()
    async with company.runs() as running:
        await company.wecom.serves(2)
        await company.served.is_quiet()
        assert await running.stop() == 0
    answers = [len(member.messages) for member in company.people.values()]
    assert answers == [1] * len(answers), "a card that had arrived is not shown again"


async def test_a_wrong_secret_is_told_in_the_log(company: Company) -> None:
    async with company.runs(ZIXIN_WECOM_BOT_SECRET="another-secret") as running:
        await says_in_log(running, "ZIXIN_WECOM_BOT_SECRET")
        assert await running.stop() == 0
    assert "another-secret" not in running.log
