"""Answering a tap on a card within the five seconds that WeCom gives.

It is the one moment at which a bot may change a card. The turn that the tap asks for takes milliseconds, so it is
waited for: the card then shows how things stand after it, and which button was tapped. If it takes long, the card shows
how things stand meanwhile. Either way what came of the tap is told by a message of its own.
"""

import asyncio
import logging

from bot.dialog.incoming import Incoming
from bot.dialog.render import Renderer
from bot.inbox import Inbox
from bot.wecom.cards import answered
from bot.wecom.frames import NoAnswer, NotSent
from bot.wecom.link import Link
from bot.wecom.tapped import TappedCards
from core.settings import Language
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
        self._cards = TappedCards(database, renderer, language)

    async def answer(self, tap: Incoming) -> None:
        """A courtesy: late or lost, it must not get in the way of the tap's work."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._inbox.caught_up(tap.conversation)
        except TimeoutError:
            log.info("%s takes long; its card is answered before its turn is done", tap.conversation)
        try:
            rendered = await self._cards.read(tap)
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
