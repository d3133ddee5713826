"""The command menu beside the input field: each person's own, in their language, kept to their roles (9.1, 10.1)."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from telegram import Bot, BotCommandScopeChat, MenuButtonCommands
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram.commands import Commands, menus_of_strangers, names_for, worded
from bot.telegram.decode import CHANNEL
from bot.telegram.poll import backoff_seconds
from core.records.session import CommandMenu
from core.records.staff import Binding, Holding, Person
from core.records.tables import table_of
from core.rules.permission import Role, permissions_of
from core.services.people.reach import STAFF
from core.settings import Language, language_named
from core.storage.database import Database

LOOK_SECONDS = 10.0
"""A change that another process made to the staff is seen within this."""
BETWEEN_CALLS_SECONDS = 0.05

_BINDING, _HOLDING, _PERSON = table_of(Binding), table_of(Holding), table_of(Person)
_MENU = table_of(CommandMenu)
_PREFIX = f"{CHANNEL}:"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Change:
    """A chat whose menu is to be set, or taken away where nobody is behind it any more."""

    chat: str
    menu: str
    commands: Commands
    heard: datetime | None


class CommandMenus:
    """Brings the menu of every chat in line with its person; what is set where is kept in the database."""

    def __init__(self, bot: Bot, database: Database, language: Language) -> None:
        self._bot = bot
        self._database = database
        self._language = language
        self._refused: dict[str, datetime | None] = {}
        """Chats that Telegram knows nothing of yet, and when their person was last heard."""
        self._wake = asyncio.Event()
        database.on_commit(self._on_commit)

    def _on_commit(self, announced: frozenset[str]) -> None:
        if STAFF in announced:
            self._wake.set()

    async def run(self) -> None:
        """Until cancelled."""
        failures = 0
        offered = False
        while True:
            self._wake.clear()
            try:
                if not offered:
                    await offer_to_strangers(self._bot, menus_of_strangers(), default="zh")
                    offered = True
                await self.bring_up_to_date()
                failures = 0
            except TelegramError as error:
                failures += 1
                log.warning("the command menu could not be set: %s: %s", type(error).__name__, error)
                await asyncio.sleep(backoff_seconds(failures))
                continue
            except Exception:
                log.exception("the command menus could not be brought up to date")
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()

    async def bring_up_to_date(self) -> int:
        """Set what has changed; returns how many menus that were. Errors: ``telegram.error.TelegramError``."""
        changed = 0
        for change in await self._database.read(self._changes):
            if change.heard is not None and self._refused.get(change.chat) == change.heard:
                continue
            try:
                await self._apply(change)
            except (BadRequest, Forbidden):
                # Nobody tapped Start yet, or the bot is blocked: asked again when the person was heard.
                self._refused[change.chat] = change.heard
                if change.commands:
                    continue
            changed += 1
            await self._database.write(partial(_note, change=change))
            await asyncio.sleep(BETWEEN_CALLS_SECONDS)
        return changed

    async def _apply(self, change: _Change) -> None:
        scope = BotCommandScopeChat(int(change.chat))
        if change.commands:
            await self._bot.set_my_commands(change.commands, scope=scope)
        else:
            await self._bot.delete_my_commands(scope=scope)

    def _changes(self, session: Session) -> list[_Change]:
        """The chats whose menu is not the one that their person should see."""
        rows = session.execute(
            select(_MENU.c.conversation, _MENU.c.menu).where(_MENU.c.conversation.startswith(_PREFIX))
        )
        there = {row.conversation.removeprefix(_PREFIX): row.menu for row in rows}
        changes = []
        for chat, (heard, language, roles) in self._people(session).items():
            names = names_for(permissions_of(frozenset(roles)))
            menu = f"{language}:{','.join(names)}"
            if there.pop(chat, None) != menu:
                changes.append(_Change(chat, menu, worded(names, language), heard))
        return [*changes, *(_Change(chat, "", (), None) for chat in there)]

    def _people(self, session: Session) -> dict[str, tuple[datetime, Language, set[Role]]]:
        """Of every chat that is an active person's: when they were last heard, their language, their roles."""
        rows = session.execute(
            select(_BINDING.c.address, _BINDING.c.used_at, _PERSON.c.language, _HOLDING.c.role)
            .join(_PERSON, _PERSON.c.id == _BINDING.c.person)
            .outerjoin(_HOLDING, _HOLDING.c.person == _PERSON.c.id)
            .where(_BINDING.c.channel == CHANNEL, _PERSON.c.active)
        )
        people: dict[str, tuple[datetime, Language, set[Role]]] = {}
        for row in rows:
            language = language_named(row.language) or self._language
            roles = people.setdefault(row.address, (row.used_at, language, set()))[2]
            if row.role is not None:
                roles.add(Role(row.role))
        return people


async def offer_to_strangers(bot: Bot, menus: Mapping[str, Commands], *, default: str) -> None:
    """Set the menu of whoever has none of their own, by language code; people with any other see the default one.

    Errors: ``telegram.error.TelegramError``.
    """
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    await bot.set_my_commands(menus[default])
    for language, commands in menus.items():
        await bot.set_my_commands(commands, language_code=language)


def _note(session: Session, change: _Change) -> None:
    conversation = f"{_PREFIX}{change.chat}"
    session.execute(delete(_MENU).where(_MENU.c.conversation == conversation))
    if change.menu:
        session.add(CommandMenu(conversation=conversation, menu=change.menu))
