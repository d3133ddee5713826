"""The inbox: told twice, out of order or late, poisoned, and with files that cannot be had."""

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from sqlite3 import connect
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot import inbox as inbox_module
from bot.dialog.incoming import Incoming
from bot.inbox import FETCH_TRIES, Fetch, Inbox
from bot.telegram.api import Api
from bot.telegram.channel import TelegramChannel
from core.files.sheet import MAX_FILE_BYTES
from core.records.inbox import Update, Upload
from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from core.rules.permission import Role
from core.services import tell
from core.services.people.staff import AddPerson
from core.storage.database import Database
from core.texts.message import Message
from tests.support.telegram import FakeTelegram
from tests.support.town import Town

_INBOX, _OUTBOX = table_of(Update), table_of(OutboxMessage)
CHANNEL = "telegram"


def body(**what: Any) -> str:
    return json.dumps({"kind": "text", **what}, ensure_ascii=False)


def decode(text: str, conversation: str) -> Incoming | None:
    raw = json.loads(text)
    if raw["kind"] == "nobody's business":
        return None
    return Incoming(channel=CHANNEL, address=conversation.partition(":")[2], sender="1", **raw)


class Dialogs:
    """Writes down what it is told, answers with an echo, and can be made to fail."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.trouble: Callable[[Incoming], None] = lambda incoming: None

    def turn(self, session: Session, incoming: Incoming, at: Any) -> list[tuple[str, int]]:
        self.trouble(incoming)
        self.heard.append((incoming.conversation, incoming.text or incoming.trouble or incoming.file_id))
        tell.say(session, incoming.conversation, Message("literal", {"text": incoming.text}), at=at)
        return []

    def heard_in(self, conversation: str) -> list[str]:
        return [text for where, text in self.heard if where == conversation]


class Mail:
    """What is in an inbox's database, and files to be fetched."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.dialogs = Dialogs()
        self.fetched = 0
        self.files: dict[str, bytes] = {}
        self.fetch: Fetch = self._fetch
        self.inbox = self.another()

    def another(self) -> Inbox:
        """An inbox over the same database: another process, or the same after a start."""
        dialogs: Any = self.dialogs
        return Inbox(
            self.town.database,
            dialogs,
            self.town.clock,
            {CHANNEL: decode},
            lambda *_: None,
            {CHANNEL: self.fetch},
        )

    async def comes(self, *updates: tuple[str, str, str]) -> None:
        await self.inbox.put(CHANNEL, updates)
        await self.inbox.idle()

    async def states(self) -> list[str]:
        return await self._ask(select(_INBOX.c.state).order_by(_INBOX.c.id))

    async def said(self) -> list[Message]:
        bodies = await self._ask(select(_OUTBOX.c.body).order_by(_OUTBOX.c.id))
        return [Message.from_text(one) for one in bodies]

    async def _ask(self, question: Any) -> list[Any]:
        return await self.town.database.read(lambda session: list(session.execute(question).scalars()))

    async def _fetch(self, file_id: str, limit: int) -> bytes:
        self.fetched += 1
        return self.files[file_id][:limit]


@pytest.fixture
def mail(town: Town) -> Mail:
    return Mail(town)


async def test_the_same_update_again_is_no_news(mail: Mail) -> None:
    update = ("7", "telegram:1", body(text="同意"))
    await mail.comes(update)
    await mail.comes(update)
    await mail.comes(update, update)
    assert mail.dialogs.heard == [("telegram:1", "同意")]
    assert await mail.states() == ["worked"]


async def test_an_update_told_again_an_hour_later_after_a_restart_is_no_news(mail: Mail) -> None:
    update = ("7", "telegram:1", body(text="同意"))
    await mail.comes(update)
    mail.town.passes(hours=1)
    restarted = mail.another()
    await restarted.sweep()
    await restarted.put(CHANNEL, [update])
    await restarted.idle()
    assert len(mail.dialogs.heard) == 1


async def test_updates_are_worked_in_the_order_in_which_they_were_stored(mail: Mail) -> None:
    """An update that Telegram tells late, with a lower number, is worked when it comes, and not left out."""
    await mail.comes(("9", "telegram:1", body(text="second")))
    await mail.comes(("8", "telegram:1", body(text="told late")))
    assert mail.dialogs.heard_in("telegram:1") == ["second", "told late"]


async def test_half_a_character_keeps_neither_its_message_nor_any_other_from_being_stored(mail: Mail) -> None:
    """A text that was cut inside an emoji: unstorable, it would be told again and again, and all behind it with it."""
    await mail.comes(("1", "telegram:1", body(text="好的\ud83d")), ("2", "telegram:2", body(text="同意")))
    assert sorted(mail.dialogs.heard) == [("telegram:1", "好的\ufffd"), ("telegram:2", "同意")]
    assert await mail.states() == ["worked", "worked"]


async def test_channels_number_their_updates_for_themselves(mail: Mail) -> None:
    await mail.comes(("7", "telegram:1", body(text="a")))
    elsewhere = mail.another()
    elsewhere._queue = lambda rows: None  # type: ignore[method-assign]
    await elsewhere.put("wecom", [("7", "wecom:1", body(text="a"))])
    await mail.inbox.sweep()
    await mail.inbox.idle()
    assert await mail.states() == ["worked", "waiting"]  # the other channel's own process works it


async def test_forty_conversations_side_by_side_keep_each_their_order(mail: Mail) -> None:
    updates = [
        (f"{line}-{person}", f"telegram:{person}", body(text=str(line)))
        for line in range(10)
        for person in range(40)
    ]
    batches = [updates[start : start + 16] for start in range(0, len(updates), 16)]
    await asyncio.gather(*(mail.inbox.put(CHANNEL, batch) for batch in batches))
    await mail.inbox.idle()
    for person in range(40):
        assert mail.dialogs.heard_in(f"telegram:{person}") == [str(line) for line in range(10)]
    assert set(await mail.states()) == {"worked"}


async def test_a_conversation_that_waits_for_a_file_holds_up_nobody_else(mail: Mail) -> None:
    arrives = asyncio.Event()

    async def slow(_file_id: str, _limit: int) -> bytes:
        await arrives.wait()
        return b"..."

    mail.fetch = slow
    mail.inbox = mail.another()
    await mail.inbox.put(CHANNEL, [("1", "telegram:1", body(kind="file", file_id="f1"))])
    await mail.inbox.put(CHANNEL, [("2", "telegram:1", body(text="after the file"))])
    await mail.inbox.put(CHANNEL, [("3", "telegram:2", body(text="meanwhile"))])
    async with asyncio.timeout(5):
        while not mail.dialogs.heard:
            await asyncio.sleep(0.01)
    assert mail.dialogs.heard == [("telegram:2", "meanwhile")]
    arrives.set()
    await mail.inbox.idle()
    assert [text for _, text in mail.dialogs.heard] == ["meanwhile", "upload:1", "after the file"]


async def test_a_poisonous_update_is_parked_with_an_apology_and_a_reference(
    mail: Mail, caplog: pytest.LogCaptureFixture
) -> None:
    def poison(incoming: Incoming) -> None:
        if incoming.text == "poison":
            raise ZeroDivisionError

    mail.dialogs.trouble = poison
    with caplog.at_level(logging.ERROR):
        await mail.comes(("1", "telegram:1", body(text="poison")), ("2", "telegram:1", body(text="and on")))
    assert await mail.states() == ["parked", "worked"]
    apology, echo = await mail.said()
    assert (apology.key, echo.facts["text"]) == ("trouble", "and on")
    assert apology.facts["reference"] in caplog.text
    assert "ZeroDivisionError" in caplog.text


async def test_what_a_poisonous_turn_had_begun_is_undone(mail: Mail) -> None:
    said_and_died = mail.dialogs.turn

    def turn(session: Session, incoming: Incoming, at: Any) -> list[tuple[str, int]]:
        said_and_died(session, incoming, at)
        raise ZeroDivisionError

    mail.dialogs.turn = turn  # type: ignore[method-assign]
    await mail.comes(("1", "telegram:1", body(text="half")))
    assert [message.key for message in await mail.said()] == ["trouble"]


async def test_an_update_that_cannot_be_read_is_parked_too(mail: Mail) -> None:
    await mail.comes(("1", "telegram:1", "{not json"), ("2", "telegram:1", body(text="and on")))
    assert await mail.states() == ["parked", "worked"]


async def test_what_is_nobodys_business_is_parked_without_a_word(mail: Mail) -> None:
    await mail.comes(("1", "telegram:-100", json.dumps({"kind": "nobody's business"})))
    assert await mail.states() == ["parked"]
    assert await mail.said() == []


async def test_a_parked_update_is_not_taken_up_again(mail: Mail) -> None:
    await mail.comes(("1", "telegram:1", "{not json"))
    restarted = mail.another()
    await restarted.sweep()
    await restarted.idle()
    assert len(await mail.said()) == 1


async def test_what_was_stored_and_not_worked_is_taken_up_after_a_start(mail: Mail) -> None:
    """Told and acknowledged, and then the process died: nobody will tell it again."""
    mail.inbox._queue = lambda rows: None  # type: ignore[method-assign]
    await mail.inbox.put(CHANNEL, [(str(n), "telegram:1", body(text=str(n))) for n in range(5)])
    assert mail.dialogs.heard == []
    restarted = mail.another()
    await restarted.sweep()
    await restarted.sweep()
    await restarted.idle()
    assert mail.dialogs.heard_in("telegram:1") == ["0", "1", "2", "3", "4"]


async def test_two_processes_that_find_the_same_update_work_it_once(mail: Mail) -> None:
    mail.inbox._queue = lambda rows: None  # type: ignore[method-assign]
    await mail.inbox.put(CHANNEL, [(str(n), f"telegram:{n}", body(text="once")) for n in range(20)])
    one = mail.another()
    async with Database(mail.town.database.path) as elsewhere:
        other = mail.another()
        other._database = elsewhere
        await asyncio.gather(one.sweep(), other.sweep())
        await asyncio.gather(one.idle(), other.idle())
    assert sorted(where for where, _ in mail.dialogs.heard) == sorted(f"telegram:{n}" for n in range(20))


async def test_while_the_database_cannot_take_an_update_those_behind_it_wait(
    mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is apologised to for a full disk: the update is worked when there is room, and in its order."""
    monkeypatch.setattr(inbox_module, "PAUSE_SECONDS", 0.01)
    failures = iter([OperationalError("insert", {}, OSError("disk is full"))] * 3)

    def full(incoming: Incoming) -> None:
        if incoming.text == "first" and (failure := next(failures, None)) is not None:
            asyncio.run_coroutine_threadsafe(
                mail.inbox.put(CHANNEL, [("3", "telegram:1", body(text="third"))]), loop
            )
            raise failure

    loop = asyncio.get_running_loop()
    mail.dialogs.trouble = full
    await mail.comes(("1", "telegram:1", body(text="first")), ("2", "telegram:1", body(text="second")))
    assert mail.dialogs.heard_in("telegram:1") == ["first", "second", "third"]
    assert set(await mail.states()) == {"worked"}


async def test_a_file_is_kept_before_its_turn_is_taken(mail: Mail) -> None:
    """Kept as its sender's: nobody else opens it (9.1)."""
    mail.files["f1"] = "单号,客户编码\n".encode()
    clerk = int(await mail.town.as_operator(AddPerson("财务李", (Role.FINANCE_MANAGER,), telegram="1")))
    await mail.comes(("1", "telegram:1", body(kind="file", file_id="f1", file_name="发票.csv")))
    [(_, kept)] = mail.dialogs.heard
    number = int(kept.removeprefix("upload:"))
    upload = await mail.town.database.read(lambda session: session.get_one(Upload, number))
    assert (upload.name, upload.content, upload.by) == ("发票.csv", mail.files["f1"], clerk)


async def test_a_file_that_cannot_be_fetched_is_told_and_the_conversation_goes_on(
    mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asyncio, "sleep", _at_once)
    await mail.comes(
        ("1", "telegram:1", body(kind="file", file_id="gone")), ("2", "telegram:1", body(text="so?"))
    )
    assert mail.fetched == FETCH_TRIES
    assert mail.dialogs.heard_in("telegram:1") == ["file-not-fetched", "so?"]
    assert await mail.states() == ["worked", "worked"]


async def test_a_file_larger_than_any_that_is_read_is_not_even_fetched(mail: Mail) -> None:
    await mail.comes(("1", "telegram:1", body(kind="file", file_id="f1", file_size=MAX_FILE_BYTES + 1)))
    assert mail.fetched == 0
    assert mail.dialogs.heard_in("telegram:1") == ["file-too-large"]


async def test_a_file_that_proves_too_large_as_it_is_fetched_is_told_so_and_not_asked_for_again(
    mail: Mail,
) -> None:
    """1.4: Telegram's own download, of a file whose size was understated."""
    async with FakeTelegram() as server, Api(server.token, server.base_url) as api:
        server.person("Anna").send_document("合同.pdf", bytes(MAX_FILE_BYTES + 1))
        [(file_id, file)] = server.world.files.items()
        server.world.files[file_id] = replace(file, stated_size=10)
        mail.fetch = TelegramChannel(api).fetch
        mail.inbox = mail.another()
        await mail.comes(("1", "telegram:1", body(kind="file", file_id=file_id, file_size=10)))
        assert mail.dialogs.heard_in("telegram:1") == ["file-too-large"]
        assert len(server.calls("getFile")) == 1


async def test_nothing_is_acknowledged_before_it_is_on_the_disk(mail: Mail) -> None:
    """`put` comes back only when another program could read the update."""
    for number in range(20):
        await mail.inbox.put(CHANNEL, [(str(number), "telegram:1", body(text="x"))])
        with closing(connect(mail.town.database.path)) as other:
            assert other.execute("select count(*) from inbox").fetchone() == (number + 1,)
    await mail.inbox.idle()


_sleep = asyncio.sleep


async def _at_once(_seconds: float) -> None:
    await _sleep(0)
