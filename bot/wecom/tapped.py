"""Cards that were tapped, as they read now: those that are tapped at once are read at once."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot import outbox
from bot.dialog.incoming import Incoming
from bot.dialog.render import Renderer
from bot.dialog.rendered import Rendered
from bot.gathering import Gathering
from core.settings import Language, language_named
from core.storage.database import Database


class TappedCards:
    def __init__(self, database: Database, renderer: Renderer, otherwise: Language) -> None:
        """``otherwise``: the language for whoever has not chosen one."""
        self._database = database
        self._renderer = renderer
        self._otherwise = otherwise
        self._reading: Gathering[Incoming, Rendered | None] = Gathering(self._read_all)

    async def read(self, tap: Incoming) -> Rendered | None:
        """The message whose card was tapped, in its reader's language; nothing of anybody else's. What it sent along is
        not drawn again.
        """
        return await self._reading.ask(tap)

    async def _read_all(self, taps: Sequence[Incoming]) -> list[Rendered | Exception | None]:
        return await self._database.read(lambda session: [self._try_to_read(session, tap) for tap in taps])

    def _try_to_read(self, session: Session, tap: Incoming) -> Rendered | Exception | None:
        try:
            return self._as_it_reads(session, tap)
        except Exception as error:  # of one card, and no matter of the others
            return error

    def _as_it_reads(self, session: Session, tap: Incoming) -> Rendered | None:
        number = tap.text.partition(".")[0] or tap.message.partition("-")[0]
        if not (number.isascii() and number.isdecimal() and len(number) < 19):
            return None
        row = outbox.said(session, tap.conversation, int(number))
        if row is None:
            return None
        language = language_named(row.language) or self._otherwise
        return self._renderer.render(session, row, language, attach=False)
