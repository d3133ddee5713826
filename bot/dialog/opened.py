"""A form as it lies open, wherever that is: in one of its person's conversations, or put away as a draft."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from bot.dialog.incoming import Incoming
from bot.dialog.state import State
from bot.dialog.talk import Talk
from core.queries.actor import Actor, actor_of
from core.records.session import ChatSession, Draft
from core.records.staff import Binding
from core.records.tables import table_of
from core.services.desk import Desk
from core.texts.message import Message
from core.texts.wire import dumps, facts_of

_BINDING, _SESSION, _DRAFT = table_of(Binding), table_of(ChatSession), table_of(Draft)
_WHO = select(_BINDING.c.person, _BINDING.c.made_at).where(
    _BINDING.c.channel == bindparam("channel"), _BINDING.c.address == bindparam("address")
)
_PLACES = (
    select(_BINDING.c.channel, _BINDING.c.address)
    .where(_BINDING.c.person == bindparam("person"))
    .order_by(_BINDING.c.id)
)
_STATE = select(_SESSION.c.state).where(_SESSION.c.conversation == bindparam("there"))
_STAND = (
    update(_SESSION)
    .where(_SESSION.c.conversation == bindparam("there"))
    .values(state=bindparam("stands"), version=_SESSION.c.version + 1, at=bindparam("now"))
)


class NotKnown(Exception):
    """The conversation is nobody's (any more), or somebody else's than when the page was opened."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Which form somebody opens as a page, and who that is: proven as the person of a conversation, at a moment."""

    conversation: str
    since: int
    """Unix time, whole seconds."""
    form: str
    subject: str


@dataclass
class PageTalk(Talk):
    """A turn taken on a page: what a flow says is held back, to be shown there first."""

    said: list[Message] = field(default_factory=list)

    def speak(self, message: Message) -> None:
        self.said.append(message)

    def say_in_chat(self) -> None:
        """Let the conversation have what was held back."""
        for message in self.said:
            super().speak(message)


@dataclass(frozen=True)
class Opened:
    talk: PageTalk
    draft: Draft | None
    """Where the answers are kept; None: in the conversation's state."""
    nowhere: bool = False
    """It was sent off, or thrown away."""

    def save(self) -> None:
        """Keep the answers where they were found; sent off, they are gone from there."""
        talk = self.talk
        if self.nowhere:
            return
        if self.draft is None:
            there = talk.incoming.conversation
            talk.session.execute(_STAND, {"there": there, "stands": talk.state.to_text(), "now": talk.at})
        elif talk.state.form:
            self.draft.answers, self.draft.at = dumps(talk.state.answers), talk.at


def find(session: Session, desk: Desk, visit: Visit, at: datetime) -> Opened:
    """The form of a visit, wherever it is. Raises `NotKnown`."""
    actor = _actor(session, visit)
    assert actor.person is not None
    for conversation in _conversations(session, actor.person, visit.conversation):
        text = session.execute(_STATE, {"there": conversation}).scalar()
        state = State.from_text(text) if text is not None else State()
        if (state.form, state.subject) == (visit.form, visit.subject):
            return Opened(_talk(session, desk, conversation, actor, state, at), None)
    draft = session.scalars(
        select(Draft).where(
            _DRAFT.c.person == actor.person, _DRAFT.c.form == visit.form, _DRAFT.c.subject == visit.subject
        )
    ).first()
    if draft is None:
        return Opened(_talk(session, desk, visit.conversation, actor, State(), at), None, nowhere=True)
    state = State(form=visit.form, subject=visit.subject, answers=dict(facts_of(draft.answers)))
    return Opened(_talk(session, desk, visit.conversation, actor, state, at), draft)


def _actor(session: Session, visit: Visit) -> Actor:
    """Who was let in, unless the conversation has been taken from them since, or given to them anew."""
    channel, _, address = visit.conversation.partition(":")
    row = session.execute(_WHO, {"channel": channel, "address": address}).first()
    # A visit tells whole seconds, so that of the very second counts.
    if row is None or visit.since + 1 <= row.made_at.timestamp():
        raise NotKnown
    actor = actor_of(session, row.person)
    if actor is None:
        raise NotKnown
    return actor


def _conversations(session: Session, person: int, first: str) -> Iterator[str]:
    yield first
    for row in session.execute(_PLACES, {"person": person}):
        if (conversation := f"{row.channel}:{row.address}") != first:
            yield conversation


def _talk(
    session: Session, desk: Desk, conversation: str, actor: Actor, state: State, at: datetime
) -> PageTalk:
    channel, _, address = conversation.partition(":")
    incoming = Incoming(channel, address, address, "page")
    return PageTalk(session, desk, incoming, actor, state, at)
