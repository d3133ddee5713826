"""What a page sends goes the way of every channel: into the durable inbox, and only then is it answered."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.web.channel import NAME
from bot.web.history import inbox_key, newest
from bot.web.ports import Ports
from bot.web.visitor import Visitor
from core.records.inbox import Update
from core.records.tables import table_of
from core.services import uploads
from core.settings import Language

_INBOX = table_of(Update)


class Post:
    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    async def start(self, conversation: str, key: str, language: Language) -> None:
        """Open the conversation of somebody who never spoke here; one under way is taken up where it stands."""
        seen = await self._ports.database.read(lambda session: newest(session, conversation))
        if seen.inbox == 0:
            await self._put(conversation, key, {"kind": "start", "language": language})

    async def say(self, visitor: Visitor, key: str, text: str) -> None:
        await self._put(
            visitor.conversation, key, {"kind": "text", "text": text, "language": visitor.language}
        )

    async def tap(self, visitor: Visitor, key: str, data: str, label: str, message: str) -> None:
        """``label`` is what the button read when it was tapped: shown to the tapper alone, and trusted for no more."""
        await self._put(
            visitor.conversation,
            key,
            {
                "kind": "tap",
                "data": data,
                "label": label,
                "message": message,
                "language": visitor.language,
            },
        )

    async def file(self, visitor: Visitor, key: str, name: str, content: bytes) -> None:
        """Keep a file, then tell of it. Sent again under the same key, it is kept once."""
        known = inbox_key(visitor.conversation, key)
        at = self._ports.clock.now()

        def keep(session: Session) -> int | None:
            repeated = select(_INBOX.c.id).where(_INBOX.c.channel == NAME, _INBOX.c.key == known)
            if session.execute(repeated).first() is not None:
                return None
            return uploads.keep(session, name, content, at=at, by=visitor.who.id).id

        upload = await self._ports.database.write(keep)
        if upload is None:
            return
        await self._put(
            visitor.conversation,
            key,
            {
                "kind": "file",
                "upload": upload,
                "name": name,
                "size": len(content),
                "language": visitor.language,
            },
        )

    async def _put(self, conversation: str, key: str, body: dict[str, object]) -> None:
        await self._ports.intake.put(
            NAME, [(inbox_key(conversation, key), conversation, json.dumps(body, ensure_ascii=False))]
        )
