"""The bot's side put together: inbox, dialogs, delivery and the channels, owned by one process at a time."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import web
from sqlalchemy.exc import DatabaseError

from bot.delivery import Channel, Delivery
from bot.dialog.engine import Dialogs
from bot.dialog.form_page import FormPages
from bot.dialog.page_link import FORMS
from bot.dialog.render import Renderer
from bot.doorkeeper import Doorkeeper
from bot.flows import FLOWS
from bot.flows.cards import CARDS
from bot.followup import Followups
from bot.holder import is_gone, this_process
from bot.inbox import Decode, Fetch, Inbox
from bot.lasting import Lasting
from bot.listening import listen
from bot.settled import settled
from bot.telegram import channel as telegram
from bot.telegram.decode import CHANNEL
from bot.telegram.serve import TelegramBot
from bot.web.app import web_app
from bot.web.channel import WebChannel
from bot.web.decode import decode as decode_web
from bot.web.forms.app import forms_app
from bot.web.ports import Ports
from bot.wecom.ways import WeCom
from core.clock import day_of
from core.rules.permission import Role
from core.services.desk import Desk
from core.services.lease import LEASE as TERM
from core.services.lease import RENEW_SECONDS, acquire, release
from core.services.stumbles import Part
from core.storage.database import Database
from core.storage.upgrade import newest, revision
from core.texts.catalog import use_zone

log = logging.getLogger(__name__)

LEASE = "bot"
STANDBY_SECONDS = 2.0
SWEEP_SECONDS = 5.0
"""Between two looks for updates that another process took in."""


async def run_bot(database: Database, desk: Desk, stop: asyncio.Event) -> None:
    """Serve until ``stop``. While another process owns the channels, stand by and take over when it is gone."""
    holder = this_process()
    clock = desk.office.clock
    use_zone(desk.office.settings.zone)
    waiting_told = False
    while not stop.is_set():
        fence = await database.write(lambda session: acquire(session, LEASE, holder, clock.now(), is_gone))
        if fence is None:
            if not waiting_told:
                log.info("another process owns the channels; standing by")
                waiting_told = True
            await _pause(stop, STANDBY_SECONDS)
            continue
        lost = asyncio.Event()
        keeper = asyncio.create_task(_keep_lease(database, desk, holder, lost))
        try:
            async with settled(), serving(database, desk):
                await _either(stop, lost)
        finally:
            keeper.cancel()
            await database.write(lambda session: release(session, LEASE, holder, clock.now()))
        if lost.is_set():
            log.warning("the lease on the channels was lost; standing by")


@asynccontextmanager
async def serving(database: Database, desk: Desk) -> AsyncIterator["Serving"]:
    """Everything that talks to people, running while the context lasts."""
    settings = desk.office.settings
    clock = desk.office.clock
    async with AsyncExitStack() as stack:
        channels: dict[str, Channel] = {}
        decoders: dict[str, Decode] = {}
        fetchers: dict[str, Fetch] = {}
        telegram_bot: TelegramBot | None = None
        if settings.telegram_token is not None:
            telegram_bot = await stack.enter_async_context(TelegramBot(settings))
            channels[CHANNEL] = telegram_bot.channel
            fetchers[CHANNEL] = telegram_bot.channel.fetch
            decoders[CHANNEL] = telegram.read
        wecom = await stack.enter_async_context(WeCom(database, desk))
        if wecom.channel is not None:
            channels[wecom.name] = wecom.channel
            fetchers[wecom.name] = wecom.channel.fetch
            decoders[wecom.name] = wecom.read
        browser = WebChannel()
        channels[browser.name] = browser
        decoders[browser.name] = decode_web
        renderer = Renderer(desk.office, CARDS)
        followups = Followups(database, desk)
        inbox = Inbox(database, Dialogs(desk, FLOWS), clock, decoders, followups.start, fetchers)
        delivery = Delivery(database, renderer, clock, channels, settings.language)
        server = web_app(
            Ports(
                settings=settings,
                database=database,
                clock=clock,
                channel=browser,
                intake=inbox,
                words=renderer,
                doorkeeper=Doorkeeper(database, desk),
                signers=[Role(role) for step in _steps(desk) for role in step],
                secret=desk.office.vault.key,
                ready=partial(_ready, database),
                user_of=wecom.user_of,
            )
        )
        server.add_routes(wecom.routes(inbox, renderer))
        pages = FormPages(desk, FLOWS.forms)
        server.add_subapp(FORMS, forms_app(database, desk, pages, followups.start, wecom.user_of))
        if telegram_bot is not None:
            server.add_routes(telegram_bot.routes(inbox))
        running = Serving(inbox, delivery, followups)
        lasting = Lasting(database, desk)
        tasks = [
            asyncio.create_task(lasting.run(Part.DELIVERY, delivery.run), name="delivery"),
            asyncio.create_task(lasting.run(Part.INBOX, partial(_sweep, inbox)), name="sweep"),
        ]
        stack.push_async_callback(_cancel, tasks)
        stack.push_async_callback(followups.close)
        await followups.resume()
        await inbox.sweep()
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await listen(runner, settings.http_host, settings.http_port)
        if telegram_bot is not None:
            telegram_bot.start(inbox, database, lasting)
            stack.push_async_callback(telegram_bot.stop)
        wecom.start(inbox, renderer, lasting)
        yield running


@dataclass(frozen=True, slots=True)
class Serving:
    """The running parts, for those who wait for them."""

    inbox: Inbox
    delivery: Delivery
    followups: Followups


async def _sweep(inbox: Inbox) -> None:
    """Now and then look for updates that were stored and not queued: what another process took in."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            await inbox.sweep()
        except DatabaseError:
            log.exception("the inbox could not be swept")


async def _keep_lease(database: Database, desk: Desk, holder: str, lost: asyncio.Event) -> None:
    """Renew the lease for as long as that can be done; once it may have run out, somebody else may have it."""
    clock = desk.office.clock
    until = clock.now() + TERM
    while clock.now() < until:
        await asyncio.sleep(RENEW_SECONDS)
        now = clock.now()
        try:
            if await database.write(partial(acquire, name=LEASE, holder=holder, at=now)) is None:
                break
            until = now + TERM
        except Exception:
            # Whatever it is: a keeper that ended here without a word would leave the channels to two processes.
            log.exception("the lease on the channels could not be renewed")
    lost.set()


async def _either(*events: asyncio.Event) -> None:
    """Wait for the first of some events."""
    tasks = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _cancel(tasks)


async def _cancel(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


async def _ready(database: Database) -> bool:
    """Can a request be served: the database answers, and is of this version."""
    return await database.read(revision) == newest()


def _steps(desk: Desk) -> list[tuple[str, ...]]:
    today = day_of(desk.office.clock.now(), desk.office.settings.zone)
    return [step.roles for step in desk.office.chain(today).steps]
