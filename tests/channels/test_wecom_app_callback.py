"""What comes in at `/wecom/callback` (10.2): WeCom's own calls are stored once and answered, everything else is nothing."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.dialog.engine import Dialogs
from bot.flows import FLOWS
from bot.inbox import Inbox
from bot.wecom.app_codes import ResponseCodes
from bot.wecom.app_decode import CHANNEL, Tap, read
from bot.wecom.app_xml import MOST_BYTES
from bot.wecom.callback import BODY_SECONDS, PATH, STALE_SECONDS, Callback
from bot.wecom.crypto import Seals
from core.records.inbox import Update
from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from tests.support.town import Town
from tests.support.wecom.api_server import CALLBACK_TOKEN, CORP_ID, ENCODING_AES_KEY, FakeApp
from tests.support.wecom.app_people import Member
from tests.support.wecom.calling import Call
from tests.support.wecom.sealing import PUBLISHED_CORP, chained, seal

_INBOX, _OUTBOX = table_of(Update), table_of(OutboxMessage)


@dataclass
class Door:
    """The callback over a real inbox, and WeCom before it."""

    town: Town
    wecom: FakeApp
    inbox: Inbox
    marked: list[Tap]
    """The taps on cards that were told of."""

    @property
    def anna(self) -> Member:
        return self.wecom.member("AnNa.01")

    async def post(self, call: Call) -> int:
        return await self.wecom.caller.post(call)

    async def stored(self) -> list[tuple[str, str]]:
        """Conversation and key of everything that came in, once it is worked."""
        await self.inbox.idle()
        rows = await self.town.database.read(
            lambda session: session.execute(
                select(_INBOX.c.conversation, _INBOX.c.key).order_by(_INBOX.c.id)
            ).all()
        )
        return [(row.conversation, row.key) for row in rows]

    async def answers(self) -> int:
        """How many messages it brought."""
        await self.inbox.idle()
        return len(await self.town.database.read(lambda session: session.execute(select(_OUTBOX.c.id)).all()))


@pytest.fixture
async def door(town: Town) -> AsyncIterator[Door]:
    inbox = Inbox(
        town.database,
        Dialogs(town.desk, FLOWS),
        town.clock,
        {CHANNEL: read},
        town.followups.start,
        {},
    )
    seals = Seals(CALLBACK_TOKEN, ENCODING_AES_KEY, CORP_ID)
    marked: list[Tap] = []
    codes = ResponseCodes(town.database, town.clock)
    callback = Callback(seals, inbox, codes, town.clock, marked.append)
    app = web.Application()
    app.add_routes(callback.routes())
    async with TestServer(app) as server, FakeApp(town.clock) as wecom:
        wecom.caller.url = str(server.make_url(PATH))
        yield Door(town, wecom, inbox, marked)


class TestTheAddress:
    async def test_is_confirmed_with_the_bare_riddle(self, door: Door) -> None:
        sealed = seal(ENCODING_AES_KEY, b"1616140317555161061", CORP_ID)
        query = {**door.wecom.caller.signed(sealed), "echostr": sealed}
        assert await door.wecom.caller.get(query) == (200, b"1616140317555161061")

    async def test_is_confirmed_within_a_second(self, door: Door) -> None:
        sealed = seal(ENCODING_AES_KEY, b"7", CORP_ID)
        began = time.monotonic()
        await door.wecom.caller.get({**door.wecom.caller.signed(sealed), "echostr": sealed})
        assert time.monotonic() - began < 1

    @pytest.mark.parametrize("missing", ["msg_signature", "timestamp", "nonce", "echostr"])
    async def test_is_not_confirmed_to_who_leaves_something_out(self, door: Door, missing: str) -> None:
        sealed = seal(ENCODING_AES_KEY, b"7", CORP_ID)
        query = {**door.wecom.caller.signed(sealed), "echostr": sealed}
        del query[missing]
        assert await door.wecom.caller.get(query) == (400, b"")

    async def test_is_not_confirmed_to_who_does_not_know_the_token(self, door: Door) -> None:
        sealed = seal(ENCODING_AES_KEY, b"7", CORP_ID)
        query = {**door.wecom.caller.signed(sealed), "echostr": sealed, "msg_signature": "0" * 40}
        assert await door.wecom.caller.get(query) == (403, b"")


class TestAMessage:
    async def test_is_stored_raw_and_answered_with_nothing(self, door: Door) -> None:
        call = door.wecom.caller.call(door.anna.text_message("你好", 6_000_000_000_000_000_001))
        assert await door.post(call) == 200
        assert await door.stored() == [("wecom:AnNa.01", "app:6000000000000000001")]
        assert await door.answers() == 1

    async def test_is_answered_before_it_is_worked(self, door: Door) -> None:
        """The service waits five seconds; the desk may take longer."""
        held = asyncio.Event()
        worked = door.inbox._work

        async def slowly(number: int, file: object = None) -> None:
            await held.wait()
            await worked(number)

        door.inbox._work = slowly  # type: ignore[method-assign]
        assert await door.anna.says("你好") == 200
        held.set()
        assert await door.answers() == 1

    async def test_that_comes_twice_in_one_call_or_in_two_is_worked_once(self, door: Door) -> None:
        message = door.anna.text_message("你好", 1)
        first, second = door.wecom.caller.call(message), door.wecom.caller.call(message)
        assert [await door.post(call) for call in (first, first, second)] == [200, 200, 200]
        assert await door.answers() == 1

    async def test_that_comes_ten_times_at_once_is_worked_once(self, door: Door) -> None:
        call = door.wecom.caller.call(door.anna.text_message("你好", 1))
        assert await asyncio.gather(*(door.post(call) for _ in range(10))) == [200] * 10
        assert await door.answers() == 1

    async def test_with_a_nonce_seen_before_gets_200_and_is_not_stored(self, door: Door) -> None:
        """A repeated call may be the service's own: a refusal would lose it, and doing it again would double it."""
        first = door.wecom.caller.call(door.anna.text_message("一", 1))
        await door.post(first)
        await door.town.database.write(lambda session: session.execute(_INBOX.delete()))
        assert await door.post(first) == 200
        assert await door.stored() == []

    async def test_that_could_not_be_stored_is_taken_when_it_is_repeated(
        self, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put, failures = door.inbox.put, iter([True])

        async def failing(
            channel: str, updates: list[tuple[str, str, str]], beside: Callable[[Session], None] | None
        ) -> None:
            if next(failures, False):
                raise OperationalError("insert", {}, Exception("disk full"))
            await put(channel, updates, beside)

        monkeypatch.setattr(door.inbox, "put", failing)
        call = door.wecom.caller.call(door.anna.text_message("你好", 1))
        assert [await door.post(call), await door.post(call)] == [500, 200]
        assert await door.answers() == 1

    async def test_overtaken_by_a_later_one_is_worked_as_well(self, door: Door) -> None:
        early = door.wecom.caller.call(door.anna.text_message("一", 1))
        late = door.wecom.caller.call(door.anna.text_message("二", 2))
        assert [await door.post(late), await door.post(early)] == [200, 200]
        assert [key for _, key in await door.stored()] == ["app:2", "app:1"]

    async def test_of_wecom_that_cannot_be_read_is_kept_for_a_person_to_look_at(self, door: Door) -> None:
        for broken in (b"<xml><FromUserName>", b"\xff\xfe", b"<!DOCTYPE x><xml/>", b""):
            assert await door.post(door.wecom.caller.call(broken)) == 200
        assert [conversation for conversation, _ in await door.stored()] == ["wecom:unreadable"] * 4
        assert await door.answers() == 0


class TestEvents:
    async def test_two_of_the_same_second_are_two(self, door: Door) -> None:
        """The documents advise person and second as the key, which would swallow the second tap."""
        for key in ("/menu", "/help"):
            await door.anna.uses_menu(key)
        assert len(await door.stored()) == 2

    async def test_a_repeated_one_is_one(self, door: Door) -> None:
        event = door.anna.event("click", "<EventKey>/menu</EventKey>")
        for _ in range(3):
            await door.post(door.wecom.caller.call(event))
        assert len(await door.stored()) == 1

    async def test_a_tap_is_told_of_once_it_is_stored_and_its_code_is_kept(self, door: Door) -> None:
        event = door.anna.event(
            "template_card_event",
            "<EventKey>812.0</EventKey><TaskId>812-1-1</TaskId><ResponseCode>code-1</ResponseCode>",
        )
        await door.post(door.wecom.caller.call(event))
        [tap] = door.marked
        assert (tap.did.text, tap.did.message, tap.code) == ("812.0", "812-1-1", "code-1")
        assert await ResponseCodes(door.town.database, door.town.clock).take("812-1-1", spare=0) == "code-1"

    @pytest.mark.parametrize(
        "chosen",
        [
            "<OptionIds><OptionId>812.22</OptionId></OptionIds>",
            "<OptionIds><OptionId>812.22</OptionId><OptionId>812.3</OptionId></OptionIds>",
        ],
    )
    async def test_what_was_chosen_from_a_list_is_a_tap_as_well(self, door: Door, chosen: str) -> None:
        event = door.anna.event(
            "template_card_event",
            "<EventKey>choice</EventKey><TaskId>812-1-2</TaskId><ResponseCode>code-1</ResponseCode><SelectedItems>"
            f"<SelectedItem><QuestionKey>choice</QuestionKey>{chosen}</SelectedItem></SelectedItems>",
        )
        await door.post(door.wecom.caller.call(event))
        assert [tap.did.text for tap in door.marked] == ["812.22"]

    @pytest.mark.parametrize(
        "more",
        ["", "<EventKey>choice</EventKey>", "<EventKey>choice</EventKey><SelectedItems>x</SelectedItems>"],
    )
    async def test_a_tap_that_says_nothing_is_refused_in_the_chat_and_harms_nobody(
        self, door: Door, more: str
    ) -> None:
        await door.post(door.wecom.caller.call(door.anna.event("template_card_event", more)))
        assert len(await door.stored()) == 1
        assert door.marked == []
        assert await door.answers() == 1

    async def test_somebody_is_welcomed_on_entering_for_the_first_time_only(self, door: Door) -> None:
        for _ in range(3):
            await door.anna.enters()
            door.town.clock.set(door.town.clock.now() + timedelta(hours=1))
        assert await door.answers() == 1

    @pytest.mark.parametrize(
        "name", ["LOCATION", "view", "subscribe", "unsubscribe", "scancode_push", "nothing_yet"]
    )
    async def test_those_that_are_no_ones_business_are_taken_and_forgotten(
        self, door: Door, name: str
    ) -> None:
        assert await door.post(door.wecom.caller.call(door.anna.event(name))) == 200
        assert await door.stored() == []

    async def test_a_warning_that_the_app_will_be_switched_off_is_in_the_log(
        self, door: Door, caplog: pytest.LogCaptureFixture
    ) -> None:
        await door.post(door.wecom.caller.call(door.anna.event("inactive_alert")))
        assert "switch the app off" in caplog.text


class TestForgeries:
    async def refused(self, door: Door, call: Call, status: int) -> None:
        assert await door.post(call) == status
        assert await door.stored() == []

    async def test_a_wrong_signature(self, door: Door) -> None:
        call = door.wecom.caller.call(door.anna.text_message("x", 1))
        call.query["msg_signature"] = call.query["msg_signature"][::-1]
        await self.refused(door, call, 403)

    @pytest.mark.parametrize("part", ["timestamp", "nonce"])
    async def test_a_changed_parameter(self, door: Door, part: str) -> None:
        call = door.wecom.caller.call(door.anna.text_message("x", 1))
        call.query[part] = str(int(call.query[part]) + 1)
        await self.refused(door, call, 403)

    async def test_a_changed_message(self, door: Door) -> None:
        call = door.wecom.caller.call(door.anna.text_message("x", 1))
        other = door.wecom.caller.call(door.anna.text_message("y", 1))
        await self.refused(door, Call(call.query, other.body), 403)

    @pytest.mark.parametrize("missing", ["msg_signature", "timestamp", "nonce"])
    async def test_a_missing_parameter(self, door: Door, missing: str) -> None:
        call = door.wecom.caller.call(door.anna.text_message("x", 1))
        del call.query[missing]
        await self.refused(door, call, 400)

    @pytest.mark.parametrize("timestamp", ["", "soon", "-5", "1e9", "١٤٠٩٦٥٩٨١٣", "9" * 30])
    async def test_a_timestamp_that_is_none(self, door: Door, timestamp: str) -> None:
        call = door.wecom.caller.call(door.anna.text_message("x", 1))
        call.query["timestamp"] = timestamp
        await self.refused(door, call, 400)

    @pytest.mark.parametrize("age", [STALE_SECONDS + 2, 86_400, -STALE_SECONDS - 2])
    async def test_a_well_signed_call_of_another_time(
        self, door: Door, age: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        await self.refused(door, door.wecom.caller.call(door.anna.text_message("x", 1), age=age), 403)
        assert "clock" in caplog.text

    async def test_a_recorded_call_played_again_after_its_time(self, door: Door) -> None:
        call = door.wecom.caller.call(door.anna.text_message("x", 1))
        assert await door.post(call) == 200
        door.town.clock.set(door.town.clock.now() + timedelta(seconds=STALE_SECONDS + 5))
        assert await door.post(call) == 403
        assert await door.answers() == 1

    @pytest.mark.parametrize("receiver", ["", PUBLISHED_CORP, CORP_ID + "0"])
    async def test_a_message_for_another_company(self, door: Door, receiver: str) -> None:
        message = door.anna.text_message("x", 1)
        await self.refused(door, door.wecom.caller.call(message, receiver=receiver), 403)

    @pytest.mark.parametrize(
        "sealed",
        [
            "AAAA",
            "not base64!",
            chained(ENCODING_AES_KEY, b"\x00" * 64),
            chained(ENCODING_AES_KEY, b"\x21" * 64),
            chained(ENCODING_AES_KEY, b"r" * 16 + b"\xff" * 4 + b"x" * 12),
        ],
    )
    async def test_a_well_signed_ciphertext_that_holds_nothing(self, door: Door, sealed: str) -> None:
        body = f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode()
        await self.refused(door, Call(door.wecom.caller.signed(sealed), body), 403)

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{}",
            b"<xml/>",
            b"<xml><Encrypt></Encrypt></xml>",
            b"<xml><Encrypt><A>x</A></Encrypt></xml>",
            b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>",
            b"<xml><Encrypt>",
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>',
            (
                b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
                b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><xml><Encrypt>&c;</Encrypt></xml>'
            ),
            b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]><xml/>',
            b"<xml>" * 20_000,
        ],
    )
    async def test_a_body_that_is_no_callback(self, door: Door, body: bytes) -> None:
        query = door.wecom.caller.signed("x")
        assert await door.post(Call(query, body)) in (400, 413)
        assert await door.stored() == []

    async def test_a_body_of_32_megabytes_is_not_read(self, door: Door) -> None:
        call = door.wecom.caller.call(b"<xml/>")
        await self.refused(door, Call(call.query, b"x" * (32 * 1024 * 1024)), 413)

    async def test_a_body_that_does_not_say_how_long_it_is_is_cut_off(self, door: Door) -> None:
        read = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal read
            while read < 64 * MOST_BYTES:
                read += 8192
                yield b"x" * 8192
                await asyncio.sleep(0)

        session = door.wecom.caller._session
        assert session is not None
        query = door.wecom.caller.signed("x")
        async with session.post(door.wecom.caller.url, data=endless(), params=query) as answer:
            assert answer.status == 413

    async def test_a_body_that_dribbles_in_is_not_waited_for(
        self, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert BODY_SECONDS <= 5
        monkeypatch.setattr("bot.wecom.callback.BODY_SECONDS", 0.05)
        still = asyncio.Event()

        async def dribble() -> AsyncIterator[bytes]:
            yield b"<xml>"
            await still.wait()

        session = door.wecom.caller._session
        assert session is not None
        query = door.wecom.caller.signed("x")
        async with session.post(door.wecom.caller.url, data=dribble(), params=query) as answer:
            assert answer.status == 408
        still.set()

    async def test_nothing_secret_is_in_the_log(self, door: Door, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        call = door.wecom.caller.call(door.anna.text_message("x", 1))
        await door.post(Call({**call.query, "msg_signature": "0" * 40}, call.body))
        await door.post(call)
        assert CALLBACK_TOKEN not in caplog.text
        assert ENCODING_AES_KEY not in caplog.text
