"""What the browser chat needs from the rest of the bot."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from bot.dialog.rendered import Rendered
from bot.web.channel import WebChannel
from core.clock import Clock
from core.records.outbox import OutboxMessage
from core.rules.permission import Role
from core.settings import Language, Settings
from core.storage.database import Database


class Intake(Protocol):
    """The durable inbox of every channel."""

    async def put(self, channel: str, updates: Sequence[tuple[str, str, str]]) -> None:
        """Store raw updates (key, conversation, body); returns after the commit. One seen before is no news."""
        ...


class Words(Protocol):
    """Gives an outbox row its final words, as its subject stands right now."""

    def render(
        self, session: Session, row: OutboxMessage, language: Language, *, attach: bool = True
    ) -> Rendered: ...


class Doorkeeper(Protocol):
    """Lets people in, through the desk: every one of these is a change of the staff's records."""

    async def welcome(self, person: int) -> None:
        """Note that the person can be reached at ``web:<person>``. Again is harmless."""
        ...

    async def admit(self, code: str) -> int:
        """Use up an invitation code, and the person it was for can be reached here. Raises `Refusal`."""
        ...

    async def speak(self, person: int, language: Language) -> None:
        """The person reads this language from now on, in every channel."""
        ...


@dataclass(frozen=True)
class Ports:
    settings: Settings
    database: Database
    clock: Clock
    channel: WebChannel
    intake: Intake
    words: Words
    doorkeeper: Doorkeeper
    signers: Sequence[Role]
    """The roles of the approval chain, in its order: how the first screen of the demo groups people."""
    secret: bytes
    """The company's key; passes are signed with one derived from it."""
    ready: Callable[[], Awaitable[bool]]
    """Can a request be served: does the database answer, and is it of this version?"""
    user_of: Callable[[str], Awaitable[str]] | None = None
    """Who came with a code of WeCom's; None without its app, which alone can tell."""
