"""Both ways into WeCom as one channel: the bot converses, the app reaches those who never wrote to it."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.dialog.incoming import Incoming
from bot.dialog.outcome import Later, Outcome, Unreachable, Unsure
from bot.dialog.rendered import Rendered
from bot.fetched import FetchedFile
from bot.wecom import app_decode, decode
from bot.wecom.app_channel import OURS, AppChannel
from bot.wecom.app_decode import CHANNEL, MEDIA
from bot.wecom.channel import BotChannel
from core.records.inbox import Update
from core.records.tables import table_of
from core.storage.database import Database

MOST_BEGUN = 500
"""Messages of which some parts went and the rest is to follow. Many never follow: taken back, given up, gone another way."""

_INBOX = table_of(Update)
_HEARD = (
    select(_INBOX.c.key)
    .where(_INBOX.c.conversation == bindparam("there"))
    .order_by(_INBOX.c.id.desc())
    .limit(1)
)


class AppAndBot:
    """A member is one conversation, whichever way they write; they are answered the way they wrote last."""

    name: str = CHANNEL

    def __init__(self, app: AppChannel, bot: BotChannel, database: Database) -> None:
        self._app = app
        self._bot = bot
        self._database = database
        self._begun: dict[str, AppChannel | BotChannel] = {}
        """Which way the first parts of a message went: only there is the rest a rest. Forgotten, it is told whole again."""

    def wait_for(self, address: str) -> float:
        """Zero as soon as one way is free: each keeps its own limits as it sends."""
        return min(self._app.wait_for(address), self._bot.wait_for(address))

    async def send(self, address: str, rendered: Rendered, *, skip_parts: int) -> Outcome:
        way = self._begun.pop(rendered.name, None) if skip_parts else None
        if way is None:
            way = self._bot if await self._wrote_to_bot(address) else self._app
            skip_parts = (
                0  # each cuts a text in its own way, and what went the other way is better told twice
            )
        outcome = await way.send(address, rendered, skip_parts=skip_parts)
        if isinstance(outcome, Unreachable) and way is self._bot:
            way = self._app
            outcome = await way.send(address, rendered, skip_parts=0)
        if isinstance(outcome, Later | Unsure) and outcome.parts_done:
            self._begun[rendered.name] = way
            if len(self._begun) > MOST_BEGUN:
                del self._begun[next(iter(self._begun))]
        return outcome

    async def edit(self, address: str, external_id: str, rendered: Rendered) -> Outcome:
        sender = self._app if external_id.startswith(OURS) else self._bot
        return await sender.edit(address, external_id, rendered)

    async def fetch(self, file_id: str, limit_bytes: int) -> bytes | FetchedFile:
        if file_id.startswith(MEDIA):
            return await self._app.fetch(file_id, limit_bytes)
        return await self._bot.fetch(file_id, limit_bytes)

    async def _wrote_to_bot(self, address: str) -> bool:
        """Was the bot what the member last wrote to? The keys of the inbox tell the ways apart."""

        def ask(session: Session) -> str:
            return str(session.scalar(_HEARD, {"there": f"{CHANNEL}:{address}"}) or "")

        return (await self._database.read(ask)).startswith("bot:")


def read(body: str, conversation: str) -> Incoming | None:
    """A stored callback of either: the app's are XML, the bot's JSON."""
    from_app = body.startswith("<")
    return app_decode.read(body, conversation) if from_app else decode.read(body, conversation)
