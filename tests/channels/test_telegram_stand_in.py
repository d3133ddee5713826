"""The stand-in is faithful: a stock bot of the library works with it, and what Telegram refuses it refuses."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from tests.support.telegram import FakeTelegram, Person
from tests.support.telegram.webhook import SECRET_HEADER

Json = dict[str, Any]


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
def anna(telegram: FakeTelegram) -> Person:
    return telegram.person("Anna")


async def ask(telegram: FakeTelegram, method: str, *, token: str = "", **params: Any) -> tuple[int, Json]:
    """A bare call, as any client in any language makes it."""
    url = f"{telegram.base_url}/bot{token or telegram.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
        return answer.status, await answer.json()


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    button = InlineKeyboardButton("Again", callback_data="again")
    await update.message.reply_text(
        f"echo {update.message.text}", reply_markup=InlineKeyboardMarkup([[button]])
    )


async def again(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("done")
    await update.callback_query.edit_message_text("pressed")


async def give_back(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    content = bytes(await file.download_as_bytearray())
    await update.message.reply_document(content[::-1], filename="back.bin", caption=f"{len(content)} bytes")


@asynccontextmanager
async def stock_bot(telegram: FakeTelegram) -> AsyncIterator[None]:
    """The library as it comes: its own transport, updater and queue."""
    builder = Application.builder().token(telegram.token).request(HTTPXRequest())
    builder = builder.base_url(f"{telegram.base_url}/bot").base_file_url(f"{telegram.base_url}/file/bot")
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(MessageHandler(filters.Document.ALL, give_back))
    application.add_handler(CallbackQueryHandler(again))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        await application.start()
        yield
        await application.updater.stop()
        await application.stop()


async def test_a_stock_bot_of_the_library_echoes_edits_and_handles_files(telegram: FakeTelegram) -> None:
    anna, bo = telegram.person("Anna"), telegram.person("Bo")
    async with stock_bot(telegram):
        anna.send_text("hello")
        bo.send_text("/start")
        card = await anna.wait_message("echo hello")
        await bo.wait_message("echo /start")
        tap = anna.press(card, "Again")
        assert await anna.wait_answer(tap) == "done"
        await anna.wait_edit(card, "pressed")
        assert card.labels == []
        bo.send_document("a.bin", b"\x00\x01\x02")
        returned = await bo.wait_message("3 bytes")
        assert returned.file is not None
        assert returned.file.content == b"\x02\x01\x00"
        await telegram.wait_confirmed(bo.block())
        await anna.no_message(seconds=0.05)


async def test_a_second_poller_sends_the_first_away(telegram: FakeTelegram, anna: Person) -> None:
    first = asyncio.create_task(ask(telegram, "getUpdates", timeout=20))
    await telegram.wait_call("getUpdates")
    second = asyncio.create_task(ask(telegram, "getUpdates", timeout=20))
    status, body = await first
    assert (status, body["error_code"]) == (409, 409)
    anna.send_text("to whoever is left")
    status, body = await second
    assert (status, len(body["result"])) == (200, 1)


async def test_an_update_stays_until_an_offset_confirms_it(telegram: FakeTelegram, anna: Person) -> None:
    first, second, third = (anna.send_text(text) for text in "abc")
    for _ in range(2):
        assert [u["update_id"] for u in await updates(telegram, limit=2)] == [first, second]
    assert [u["update_id"] for u in await updates(telegram, offset=second)] == [second, third]
    assert telegram.world.updates.confirmed == {first}
    assert [u["update_id"] for u in await updates(telegram, offset=-1)] == [third]
    assert telegram.world.updates.confirmed == {first, second}


async def test_updates_grow_old_taps_within_minutes(telegram: FakeTelegram, anna: Person) -> None:
    await ask(telegram, "sendMessage", chat_id=anna.id, text="card", reply_markup=keyboard("ok"))
    text = anna.send_text("slow")
    anna.press(anna.messages[0], "ok")
    telegram.world.pass_time(151)
    assert [u["update_id"] for u in await updates(telegram)] == [text]
    telegram.world.pass_time(86_400)
    assert await updates(telegram) == []


async def test_kinds_that_were_not_asked_for_do_not_come(telegram: FakeTelegram, anna: Person) -> None:
    await updates(telegram, allowed_updates=["callback_query"])
    anna.send_text("unheard")
    assert await updates(telegram) == []


@pytest.mark.parametrize(
    ("text", "parse_mode", "refusal"),
    [
        ("x" * 4097, "", "message is too long"),
        ("<b>" + "x" * 4096 + "</b>", "HTML", None),
        (" \n ", "", "message text is empty"),
        ("<b></b>", "HTML", "message text is empty"),
        ("a < b", "HTML", "can't parse entities: Unsupported start tag"),
        ("<甲>", "HTML", "can't parse entities: Unsupported start tag"),
        ("<b>a", "HTML", "can't parse entities: Can't find end tag corresponding to start tag"),
        ("<b>a</i>", "HTML", "can't parse entities: Unmatched end tag"),
        ("a</b>", "HTML", "can't parse entities: Unexpected end tag"),
        ("<br>", "HTML", "can't parse entities: Unsupported start tag"),
        ("a & b > c", "HTML", None),
    ],
)
async def test_texts_are_read_as_strictly_as_telegram_does(
    telegram: FakeTelegram, anna: Person, text: str, parse_mode: str, refusal: str | None
) -> None:
    status, body = await ask(telegram, "sendMessage", chat_id=anna.id, text=text, parse_mode=parse_mode)
    if refusal is None:
        assert status == 200
    else:
        assert status == 400
        assert body["description"].startswith(f"Bad Request: {refusal}")
        assert anna.messages == []


async def test_a_caption_is_shorter(telegram: FakeTelegram, anna: Person) -> None:
    anna.send_document("a.pdf", b"%PDF")
    (file_id,) = telegram.world.files
    assert (await ask(telegram, "sendDocument", chat_id=anna.id, document=file_id, caption="x" * 1024))[
        0
    ] == 200
    status, body = await ask(telegram, "sendDocument", chat_id=anna.id, document=file_id, caption="x" * 1025)
    assert (status, body["description"]) == (400, "Bad Request: message caption is too long")


@pytest.mark.parametrize(("data", "status"), [("x" * 64, 200), ("x" * 65, 400), ("批" * 22, 400), ("", 400)])
async def test_button_data_is_1_to_64_bytes(
    telegram: FakeTelegram, anna: Person, data: str, status: int
) -> None:
    answer = await ask(telegram, "sendMessage", chat_id=anna.id, text="card", reply_markup=keyboard(data))
    assert answer[0] == status


async def test_a_tap_can_be_answered_once_and_in_time(telegram: FakeTelegram, anna: Person) -> None:
    await ask(telegram, "sendMessage", chat_id=anna.id, text="card", reply_markup=keyboard("ok"))
    prompt, late = anna.press(anna.messages[0], "ok"), anna.press(anna.messages[0], "ok")
    assert (await ask(telegram, "answerCallbackQuery", callback_query_id=prompt.id))[0] == 200
    telegram.world.pass_time(151)
    for tap_id in (prompt.id, late.id, "unknown"):
        status, body = await ask(telegram, "answerCallbackQuery", callback_query_id=tap_id)
        assert status == 400
        assert "query is too old" in body["description"]


async def test_unknown_methods_and_tokens_are_told_apart(telegram: FakeTelegram) -> None:
    assert (await ask(telegram, "sendMiracle"))[0] == 404
    assert (await ask(telegram, "getMe", token="4242:another-token-that-is-well-formed"))[0] == 401
    assert (await ask(telegram, "getMe", token="nonsense"))[0] == 404
    assert (await ask(telegram, "GETME"))[0] == 200


async def test_every_copy_of_a_message_is_counted(telegram: FakeTelegram, anna: Person) -> None:
    telegram.faults.drop_after("sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await ask(telegram, "sendMessage", chat_id=anna.id, text="limit 5万")
    await ask(telegram, "sendMessage", chat_id=anna.id, text="limit 5万")
    assert anna.copies("limit 5万") == 2


async def test_a_message_waited_for_is_not_found_twice(telegram: FakeTelegram, anna: Person) -> None:
    await ask(telegram, "sendMessage", chat_id=anna.id, text="one")
    await anna.wait_message("one")
    with pytest.raises(AssertionError, match="not within"):
        await anna.wait_message("one", seconds=0.05)
    await ask(telegram, "sendMessage", chat_id=anna.id, text="two")
    with pytest.raises(AssertionError, match="two"):
        await anna.no_message(seconds=0)


async def test_a_fault_for_one_chat_leaves_the_others_alone(telegram: FakeTelegram, anna: Person) -> None:
    bo = telegram.person("Bo")
    telegram.faults.throttle("sendMessage", seconds=3, chat=anna.address)
    assert (await ask(telegram, "sendMessage", chat_id=str(bo.id), text="hello"))[0] == 200
    status, body = await ask(telegram, "sendMessage", chat_id=str(anna.id), text="hello")
    assert (status, body["parameters"]) == (429, {"retry_after": 3})


async def test_a_webhook_gets_updates_in_order_with_its_secret_until_it_takes_them(
    telegram: FakeTelegram, anna: Person
) -> None:
    taken: list[Json] = []
    answers = [503, 500, 200, 200]

    async def take(request: web.Request) -> web.Response:
        assert request.headers[SECRET_HEADER] == "s3cret"
        assert request.headers["Content-Type"] == "application/json"
        status = answers.pop(0)
        if status == 200:
            taken.append(await request.json())
        return web.Response(status=status, headers={"Retry-After": "0"} if status == 503 else {})

    async with listening(take) as url:
        await ask(telegram, "setWebhook", url=url, secret_token="s3cret")
        first, second = anna.send_text("one"), anna.send_text("two")
        await telegram.wait_confirmed(second)
        assert (await ask(telegram, "getUpdates"))[0] == 409
        await ask(telegram, "deleteWebhook")
    assert [update["update_id"] for update in taken] == [first, second]
    assert await updates(telegram) == []


async def test_it_runs_as_a_process_of_its_own_with_people_at_hand() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.telegram", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        ready = json.loads(await asyncio.wait_for(process.stdout.readline(), 20))
        base_url, token = ready["ZIXIN_TELEGRAM_BASE_URL"], ready["ZIXIN_TELEGRAM_TOKEN"]
        async with aiohttp.ClientSession(base_url) as session:

            async def call(method: str, path: str, **body: Any) -> Any:
                async with session.request(method, path, json=body) as answer:
                    return await answer.json()

            anna = (await call("POST", "/people", name="Anna"))["id"]
            await call(
                "POST",
                f"/bot{token}/sendMessage",
                chat_id=str(anna),
                text="card",
                reply_markup=keyboard("yes"),
            )
            (message,) = await call("GET", f"/people/{anna}/messages")
            assert (message["text"], message["buttons"]) == ("card", ["ok"])
            text = (await call("POST", f"/people/{anna}/text", text="hello"))["update_id"]
            tap = (await call("POST", f"/people/{anna}/press", label="ok"))["tap_id"]
            told = (await call("POST", f"/bot{token}/getUpdates"))["result"]
            assert [told[0]["update_id"], told[1]["callback_query"]["id"]] == [text, tap]
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def listening(handler: Any) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/telegram/webhook", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/webhook"
    finally:
        await runner.cleanup()


async def updates(telegram: FakeTelegram, **params: Any) -> list[Json]:
    status, body = await ask(telegram, "getUpdates", **params)
    assert status == 200
    found: list[Json] = body["result"]
    return found


def keyboard(data: str) -> str:
    return json.dumps({"inline_keyboard": [[{"text": "ok", "callback_data": data}]]})
