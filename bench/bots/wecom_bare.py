"""The least that can answer in WeCom, which nobody would run: it decodes, echoes, knows no error, and stores nothing.

``python -m bench.bots.wecom_bare URL link|app``: over websockets, or as an aiohttp server that WeCom calls. A text is
answered with a card, a tap with a change of that card and a new one, as ours does it.
"""

import asyncio
import json
import sys
from collections.abc import Coroutine
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web
from websockets.asyncio.client import connect

from bench.bots.wecom_cards import card, new_card
from bot.wecom.app_xml import read_xml, text_of
from bot.wecom.crypto import Seals
from tests.support.wecom.api_server import AGENT_ID, CALLBACK_TOKEN, CORP_ID, ENCODING_AES_KEY, SECRET
from tests.support.wecom.link_server import BOT_ID
from tests.support.wecom.link_server import SECRET as BOT_SECRET

_NUMBERS = count(1)


class Tasks:
    """Answers under way."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def over_link(url: str) -> None:
    tasks, asked = Tasks(), dict[str, asyncio.Future[None]]()
    async with connect(url, ping_interval=None) as connection:

        async def ask(cmd: str, req_id: str, body: dict[str, Any]) -> None:
            asked[req_id] = asyncio.get_running_loop().create_future()
            await connection.send(json.dumps({"cmd": cmd, "headers": {"req_id": req_id}, "body": body}))
            await asked.pop(req_id)

        async def answer(frame: dict[str, Any]) -> None:
            body = frame["body"]
            new = {"chatid": body["from"]["userid"], "chat_type": 1, **new_card()}
            work = [ask("aibot_send_msg", f"ask-{next(_NUMBERS)}", new)]
            if body["msgtype"] == "event":
                task_id = body["event"]["template_card_event"]["task_id"]
                changed = {
                    "response_type": "update_template_card",
                    "template_card": {**card(), "task_id": task_id},
                }
                work.append(ask("aibot_respond_update_msg", frame["headers"]["req_id"], changed))
            await asyncio.gather(*work)

        tasks.start(ask("aibot_subscribe", "subscribe", {"bot_id": BOT_ID, "secret": BOT_SECRET}))
        print("", flush=True)
        async for text in connection:
            frame = json.loads(text)
            if "cmd" in frame:
                tasks.start(answer(frame))
            elif (waiting := asked.get(frame["headers"]["req_id"])) is not None:
                waiting.set_result(None)


async def over_app(url: str) -> None:
    seals, tasks = Seals(CALLBACK_TOKEN, ENCODING_AES_KEY, CORP_ID), Tasks()
    async with aiohttp.ClientSession() as session:
        query = {"corpid": CORP_ID, "corpsecret": SECRET}
        async with session.get(f"{url}/cgi-bin/gettoken", params=query) as found:
            token = (await found.json())["access_token"]

        async def ask(method: str, body: dict[str, Any]) -> None:
            address = f"{url}/cgi-bin/{method}"
            async with session.post(address, params={"access_token": token}, json=body) as answer:
                await answer.read()

        async def respond(message: bytes) -> None:
            fields = read_xml(message)
            user = text_of(fields, "FromUserName")
            work = [ask("message/send", {"touser": user, "agentid": AGENT_ID, **new_card()})]
            if code := text_of(fields, "ResponseCode"):
                changed = {"userids": [user], "agentid": AGENT_ID, "response_code": code}
                work.append(ask("message/update_template_card", {**changed, "template_card": card()}))
            await asyncio.gather(*work)

        async def take(request: web.Request) -> web.Response:
            sealed = text_of(read_xml(await request.read()), "Encrypt")
            given = [request.query[name] for name in ("msg_signature", "timestamp", "nonce")]
            seals.check(given[0], given[1], given[2], sealed)
            tasks.start(respond(seals.open(sealed)))
            return web.Response()

        app = web.Application()
        app.router.add_post("/wecom/callback", take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print(f"http://127.0.0.1:{runner.addresses[0][1]}/wecom/callback", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run((over_link if sys.argv[2] == "link" else over_app)(sys.argv[1]))
