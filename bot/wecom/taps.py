"""Answering a tap on a card within the five seconds that WeCom gives.

It is the one moment at which a bot may change a card. The turn that the tap asks for takes milliseconds, so it is
waited for: the card then shows how things stand after it, and which button was tapped. If it takes long, the card shows
how things stand meanwhile. Either way what came of the tap is told by a message of its own.
"""

import asyncio
import logging

from sqlalchemy.orm import Session

from bot.dialog.incoming import Incoming
from bot.dialog.render import Renderer
from bot.dialog.rendered import Rendered
from bot.inbox import Inbox
from bot.wecom.cards import answered
from bot.wecom.frames import NoAnswer, NotSent
from bot.wecom.link import Link
from core.records.outbox import OutboxMessage
from core.records.staff import Person
from core.settings import Language, language_named
from core.storage.database import Database

PATIENCE_SECONDS = 2.5
"""Of the five, the rest is for the way there and back."""

log = logging.getLogger(__name__)


class Taps:
    def __init__(
        self, link: Link, inbox: Inbox, database: Database, renderer: Renderer, language: Language
    ) -> None:
        self._link = link
        self._inbox = inbox
        self._database = database
        self._renderer = renderer
        self._language = language

    async def answer(self, tap: Incoming) -> None:
        """A courtesy: late or lost, it must not get in the way of the tap's work."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._inbox.caught_up(tap.conversation)
        except TimeoutError:
            log.info("%s takes long; its card is answered before its turn is done", tap.conversation)
        try:
            rendered = await self._database.read(
                lambda session: self._words(session, tapped_row(session, tap))
            )
            card = answered(rendered, tap.text, tap.message) if rendered is not None else None
            if card is None:
                return
            changed = {"response_type": "update_template_card", "template_card": card}
            answer = await self._link.ask("aibot_respond_update_msg", changed, req_id=tap.tap_id)
            if answer.errcode != 0:
                log.warning("a tapped card was not changed: %s %s", answer.errcode, answer.errmsg)
        except (NotSent, NoAnswer) as error:
            log.info("a tapped card was not changed: %s", error)
        except Exception:
            log.exception("a tapped card was not changed")

    def _words(self, session: Session, row: OutboxMessage | None) -> Rendered | None:
        """The message, as it reads now."""
        if row is None:
            return None
        return self._renderer.render(session, row, reader_language(session, row, self._language))


def tapped_row(session: Session, tap: Incoming) -> OutboxMessage | None:
    """The message whose card was tapped; nothing of anybody else's."""
    number = tap.text.partition(".")[0] or tap.message.partition("-")[0]
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    row = session.get(OutboxMessage, int(number))
    return row if row is not None and row.conversation == tap.conversation else None


def reader_language(session: Session, row: OutboxMessage, otherwise: Language) -> Language:
    """The language in which the message's reader reads."""
    reader = session.get(Person, row.person) if row.person is not None else None
    return otherwise if reader is None else language_named(reader.language) or otherwise
