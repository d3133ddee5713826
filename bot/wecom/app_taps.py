"""Marking a card as tapped, with the code that the tap itself brought along.

The tap's turn is waited for: the card then shows how things stand after it, and which button was tapped. So a question
that is answered shows the answer, and an old card is up to date once it has been tapped. Where the turn has changed the card
and delivery was first with the code, that has been done already.
"""

import asyncio
import logging

from bot.dialog.incoming import Incoming
from bot.dialog.render import Renderer
from bot.inbox import Inbox
from bot.wecom.api import AppApi
from bot.wecom.app_codes import ResponseCodes
from bot.wecom.app_decode import Tap
from bot.wecom.app_errors import Declined, NoAnswer, NotDone
from bot.wecom.cards import answered, closed
from bot.wecom.tapped import TappedCards
from core.settings import Language
from core.storage.database import Database

PATIENCE_SECONDS = 30.0
"""For the tap's turn: whoever still waits by then has seen the answer come first."""

log = logging.getLogger(__name__)


class AppTaps:
    def __init__(
        self,
        api: AppApi,
        codes: ResponseCodes,
        inbox: Inbox,
        database: Database,
        renderer: Renderer,
        language: Language,
    ) -> None:
        self._api = api
        self._codes = codes
        self._inbox = inbox
        self._cards = TappedCards(database, renderer, language)
        self._marking: set[asyncio.Task[None]] = set()

    def mark(self, tap: Tap) -> None:
        """Begin to mark the tapped card. A courtesy: lost, it must not get in the way of the tap's work."""
        task = asyncio.create_task(self._mark(tap.did, tap.code))
        self._marking.add(task)
        task.add_done_callback(self._marking.discard)

    async def close(self) -> None:
        for task in self._marking:
            task.cancel()
        await asyncio.gather(*self._marking, return_exceptions=True)

    async def _mark(self, tap: Incoming, code: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._inbox.caught_up(tap.conversation)
            rendered = await self._cards.read(tap)
            if rendered is None or not await self._codes.use(code):
                return
            card = dict(answered(rendered, tap.text, tap.message) or closed(rendered))
            card.pop("task_id", None)
            await self._api.update_card(tap.address, code, card)
        except (NotDone, NoAnswer, Declined) as error:
            log.info("a tapped card was not marked: %s", error)
        except TimeoutError:
            log.info("%s takes long; its card is not marked", tap.conversation)
        except Exception:
            log.exception("a tapped card was not marked")
