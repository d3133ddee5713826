"""Our side of WeCom as `bot.app` puts it together, for one crowd of salespeople, with the pacing switched off.

``python -m bench.bots.wecom_ours URL link|app FOLDER PEOPLE``; the database is made in FOLDER.
"""

import asyncio
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
from aiohttp import web

from bench.bots.ours import settle
from bench.office import office
from bot.delivery import Channel, Delivery
from bot.dialog.engine import Dialogs
from bot.dialog.render import Renderer
from bot.flows import FLOWS
from bot.flows.cards import CARDS
from bot.inbox import Inbox
from bot.lasting import Lasting
from bot.settled import settled
from bot.wecom import app_and_bot
from bot.wecom.api import AppApi, Credentials
from bot.wecom.app_channel import AppChannel
from bot.wecom.app_codes import ResponseCodes
from bot.wecom.app_taps import AppTaps
from bot.wecom.callback import PATH, Callback
from bot.wecom.channel import BotChannel
from bot.wecom.crypto import Seals
from bot.wecom.decode import CHANNEL
from bot.wecom.link import Link
from bot.wecom.pace import Pace
from bot.wecom.receive import Receiver
from bot.wecom.taps import Taps
from core.clock import SystemClock
from core.services.commands import open_desk
from core.storage.database import Database
from tests.support.wecom.api_server import AGENT_ID, CALLBACK_TOKEN, CORP_ID, ENCODING_AES_KEY, SECRET
from tests.support.wecom.link_server import BOT_ID
from tests.support.wecom.link_server import SECRET as BOT_SECRET

_NO_LIMIT = 1_000_000


async def main(url: str, door: str, folder: Path, crowd: int) -> None:
    path = folder / "zixin.db"
    settle(path, crowd, CHANNEL)
    clock = SystemClock()
    company = office(path, clock)
    language = company.settings.language
    renderer = Renderer(company, CARDS)
    pace = Pace(_NO_LIMIT, _NO_LIMIT)
    async with settled(), AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database(path))
        desk = open_desk(company)
        inbox = Inbox(
            database,
            Dialogs(desk, FLOWS),
            clock,
            {CHANNEL: app_and_bot.read},
            lambda _kind, _what: None,
            {},
        )
        channel: Channel
        if door == "link":
            link = Link(BOT_ID, BOT_SECRET, url)
            channel = bot = BotChannel(link, await stack.enter_async_context(aiohttp.ClientSession()), pace)
            taps = Taps(link, inbox, database, renderer, language)
            receiver = Receiver(inbox, bot, taps, Lasting(database, desk))
            receiving = asyncio.create_task(receiver.run(link))
            stack.callback(receiving.cancel)
            while not link.up:
                await asyncio.sleep(0.01)
            address = ""
        else:
            api = await stack.enter_async_context(AppApi(Credentials(CORP_ID, AGENT_ID, SECRET), url))
            codes = ResponseCodes(database, clock)
            channel = AppChannel(api, codes, pace)
            marks = AppTaps(api, codes, inbox, database, renderer, language)
            seals = Seals(CALLBACK_TOKEN, ENCODING_AES_KEY, CORP_ID)
            address = await _listen(Callback(seals, inbox, codes, clock, marks.mark))
        delivery = Delivery(database, renderer, clock, {CHANNEL: channel}, language)
        print(address, flush=True)
        await delivery.run()


async def _listen(callback: Callback) -> str:
    app = web.Application()
    app.add_routes(callback.routes())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))
