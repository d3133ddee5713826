"""What a crash may repeat: of each conversation the one message that was under way, and never a decision (10.1).

See docs/decisions/0019-what-a-crash-may-repeat.md.
"""

import asyncio
import os
import shutil
import signal
import time
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.delivery import IN_FLIGHT, Delivery
from bot.dialog.engine import Dialogs
from bot.dialog.outcome import Delivered, Outcome
from bot.dialog.render import Renderer
from bot.dialog.rendered import Rendered
from bot.flows import FLOWS
from bot.flows.cards import CARDS
from bot.inbox import Inbox
from bot.telegram.channel import read, rows_of
from bot.telegram.decode import CHANNEL
from core.records.request import CreditRequest, Signature
from core.rules.money import Money
from core.services import tell
from core.services.credit.request import SubmitRequest
from core.services.people.staff import BeReachable
from core.texts.message import Message
from tests.reliability.journal import Journal, Shown
from tests.scenarios.story import CHAIN, SALESPERSON, customer_of
from tests.support.town import Town, a_town

APPROVER = 4001
READERS = range(5001, 5001 + 2 * IN_FLIGHT)
WORDS = ("第一条", "第二条", "第三条")


class Chats:
    """A channel whose chats are the journal: what arrived stays arrived, whatever becomes of the sender."""

    name = CHANNEL

    def __init__(self, journal: Journal, life: int, *, answers: bool) -> None:
        """Without ``answers`` everything arrives, and the sender does not learn of it."""
        self._journal = journal
        self._life = life
        self._answers = answers
        self._numbers = count(journal.count("sent") + 1)

    def wait_for(self, _address: str) -> float:
        return 0.0

    async def send(self, address: str, rendered: Rendered, *, skip_parts: int) -> Outcome:
        number = str(next(self._numbers))
        data = [button.data for row in rendered.buttons for button in row]
        self._journal.add("sent", id=number, to=address, life=self._life, html=rendered.html, buttons=data)
        if not self._answers:
            await asyncio.Event().wait()
        return Delivered(number)

    async def edit(self, _address: str, external_id: str, _rendered: Rendered) -> Outcome:
        return Delivered(external_id)


def delivery(town: Town, chats: Chats) -> Delivery:
    renderer = Renderer(town.desk.office, CARDS)
    return Delivery(town.database, renderer, town.clock, {CHANNEL: chats}, "zh_CN")


async def much_is_said(folder: Path) -> None:
    """An approver is asked for a decision, and twice as many people as are sent to at once are told three things."""
    async with a_town(folder) as town:
        wang, manager = await town.meets(SALESPERSON), await town.meets(CHAIN["market_manager"])
        await manager.does(BeReachable(CHANNEL, str(APPROVER)))
        customer = (await customer_of(town, "上海衡屿")).id or 0
        await wang.does(SubmitRequest(customer, "long_term", Money.of(100_000), "旺季备货"))
        at = town.clock.now()

        def say_it_all(session: Session) -> None:
            for words in WORDS:
                for reader in READERS:
                    tell.say(session, f"{CHANNEL}:{reader}", Message("literal", {"text": words}), at=at)

        await town.database.write(say_it_all)


async def lives(folder: Path, journal: Journal, life: int, *, answers: bool) -> None:
    """Deliver what there is; without answers that takes for ever."""
    async with a_town(folder) as town:
        sender = delivery(town, Chats(journal, life, answers=answers))
        await (sender.drain() if answers else sender.run())


def is_killed_with_all_hands_full(folder: Path, journal: Journal) -> None:
    """A process of its own sends, learns of nothing, and is killed."""
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(lives(folder, journal, 1, answers=False))
        finally:
            os._exit(70)
    give_up = time.monotonic() + 20
    while journal.count("sent") < IN_FLIGHT and time.monotonic() < give_up:
        time.sleep(0.02)
    time.sleep(0.2)  # for one more than there may be
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


@pytest.fixture(scope="module")
def crashed(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Journal]:
    """Killed with sixteen conversations under way, and started anew until everything is told."""
    folder = tmp_path_factory.mktemp("crashed")
    shutil.copytree(sample_folder, folder, dirs_exist_ok=True)
    journal = Journal(folder / "journal")
    asyncio.run(much_is_said(folder))
    is_killed_with_all_hands_full(folder, journal)
    asyncio.run(lives(folder, journal, 2, answers=True))
    return folder, journal


def read_by(journal: Journal, person: int) -> list[Shown]:
    return [one for one in journal.chats().values() if one.to == str(person)]


def test_sixteen_were_under_way_one_in_each_conversation(crashed: tuple[Path, Journal]) -> None:
    _, journal = crashed
    under_way = Counter(one.to for one in journal.chats().values() if one.life == 1)
    assert len(under_way) == under_way.total() == IN_FLIGHT == 16
    assert under_way[str(APPROVER)] == 1, "decisions are asked for first"


def test_each_person_reads_everything_in_order_and_at_most_one_message_twice(
    crashed: tuple[Path, Journal],
) -> None:
    _, journal = crashed
    twice = 0
    for person in READERS:
        first, *more = [one.now for one in read_by(journal, person)]
        repeated = more[0] == first
        assert [first, *more[repeated:]] == list(WORDS)
        twice += repeated
    assert twice == IN_FLIGHT - 1, "and the approver, who reads one card twice"
    assert len(read_by(journal, APPROVER)) == 2


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["the first copy first", "the second copy first"])
def test_of_a_card_that_came_twice_either_copy_decides_and_both_together_once(
    crashed: tuple[Path, Journal], tmp_path: Path, order: tuple[int, int]
) -> None:
    folder, journal = crashed
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    copies = read_by(journal, APPROVER)
    assert copies[0].arrived == copies[1].arrived

    async def decides() -> list[tuple[int, str]]:
        """How many have signed, and how the request stands, after each tap."""
        async with a_town(tmp_path) as town:
            inbox = Inbox(
                town.database, Dialogs(town.desk, FLOWS), town.clock, {CHANNEL: read}, lambda *_: None, {}
            )
            stands = []
            for number, copy in enumerate(order):
                await inbox.put(CHANNEL, rows_of([tap(number, copies[copy])]))
                await inbox.idle()
                stands.append(
                    await town.database.read(
                        lambda session: (
                            len(session.scalars(select(Signature)).all()),
                            session.scalars(select(CreditRequest)).one().state,
                        )
                    )
                )
            return stands

    first, second = asyncio.run(decides())
    assert first[0] == 1
    assert second == first


def tap(number: int, card: Shown) -> dict[str, Any]:
    """The consent on a card, as Telegram tells it."""
    [data] = [data for data in card.buttons if data.partition(".")[2].startswith("approve:")]
    person = {"id": APPROVER, "is_bot": False, "first_name": "许文博"}
    message = {
        "message_id": int(card.id),
        "date": 1_773_100_000,
        "chat": {"id": APPROVER, "type": "private"},
        "from": {"id": 4242, "is_bot": True, "first_name": "Zixin"},
    }
    query = {"id": f"tap{number}", "from": person, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": 700_000_001 + number, "callback_query": query}
