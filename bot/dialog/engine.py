"""From one incoming thing to one turn of the conversation, inside the transaction that marks it worked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from bot.dialog.filling import Filling
from bot.dialog.form import Form
from bot.dialog.incoming import Incoming
from bot.dialog.page_link import chat_link
from bot.dialog.refused import put_on_record
from bot.dialog.state import State
from bot.dialog.talk import MENU, Talk
from core.files.sheet import MAX_FILE_BYTES
from core.queries.actor import Actor, actor_of
from core.records.outbox import OutboxMessage
from core.records.session import ChatSession
from core.records.staff import Binding
from core.records.tables import table_of
from core.rules.refusal import Refusal
from core.services.desk import Desk
from core.services.people import reach
from core.storage.prepared import Prepared
from core.texts.message import Message

_SESSION = table_of(ChatSession)
_BINDING = table_of(Binding)
_OUTBOX = table_of(OutboxMessage)
_WHO = Prepared(
    select(_BINDING.c.id, _BINDING.c.person, _BINDING.c.used_at, _BINDING.c.trouble).where(
        _BINDING.c.channel == bindparam("channel"), _BINDING.c.address == bindparam("address")
    )
)
_HEARD = Prepared(update(_BINDING).where(_BINDING.c.id == bindparam("binding")), "used_at")
_OFFERED = Prepared(
    select(_OUTBOX.c.conversation, _OUTBOX.c.card, _OUTBOX.c.body).where(_OUTBOX.c.id == bindparam("number"))
)
_STANDS = Prepared(
    select(_SESSION.c.state, _SESSION.c.version).where(_SESSION.c.conversation == bindparam("there"))
)
_STAND = Prepared(
    update(_SESSION).where(_SESSION.c.conversation == bindparam("there")),
    *("state", "version", "person", "at"),
)
_FIRST = Prepared(insert(_SESSION), "conversation", "state", "version", "person", "at")

Verb = Callable[..., None]


@dataclass(frozen=True)
class Flows:
    """All that can be said to the bot, as tables: see `bot.flows`."""

    forms: Mapping[str, Form]
    verbs: Mapping[str, Verb]
    """What buttons do: ``verb:argument:argument`` calls ``verb(talk, filling, argument, argument)``."""
    card_verbs: Mapping[str, Mapping[str, int]]
    """The verbs that a live card of each kind carries, with how many numbers follow the subject; nothing else is
    taken from its buttons."""
    commands: Mapping[str, str]
    """Words that are a button in themselves: ``/overdue``, ``逾期``."""
    interrupts: Callable[[Talk, Filling, str], bool]
    """A text that is understood even in the middle of a form (“能发5万吗”); True when it was."""
    free_text: Callable[[Talk, Filling, str], None]
    file: Callable[[Talk, Filling], None]
    """A file that could be had; what could not is refused before."""
    stranger: Callable[[Talk, Filling], None]
    """Somebody whom nobody knows yet."""


class Dialogs:
    def __init__(self, desk: Desk, flows: Flows) -> None:
        self._desk = desk
        self._flows = flows
        self._filling = Filling(flows.forms)

    def turn(self, session: Session, incoming: Incoming, at: datetime) -> list[tuple[str, int]]:
        """Take one turn. Returns the work that is to be taken up after the commit."""
        if incoming.kind == "gone":
            reach.lose(session, incoming.conversation, "blocked", at)
            return []
        if incoming.kind == "back":
            reach.regain(session, incoming.conversation, at)
            return []
        actor = self._known(session, incoming, at)
        state, version = self._load(session, incoming.conversation)
        talk = Talk(session, self._desk, self._of_album(incoming, state), actor, state, at)
        try:
            if actor is None:
                self._flows.stranger(talk, self._filling)
            else:
                self._route(talk)
        except Refusal as refusal:
            put_on_record(talk, refusal)
            if not (incoming.album and state.told == refusal.key):  # ten pictures, one sentence
                talk.say(f"refusal-{refusal.key}", ((MENU,),), **refusal.facts)
            state.told = refusal.key if incoming.album else ""
        self._save(talk, version)
        return talk.followups

    @staticmethod
    def _of_album(incoming: Incoming, state: State) -> Incoming:
        """Files sent as one share the words that are written under one of them, as a rule the first."""
        if incoming.album != state.album:
            state.album, state.caption, state.told = incoming.album, "", ""
        if not incoming.album:
            return incoming
        state.caption = incoming.text or state.caption
        return replace(incoming, text=state.caption)

    def _route(self, talk: Talk) -> None:
        incoming = talk.incoming
        match incoming.kind:
            case "tap":
                self._tap(talk)
            case "file":
                if incoming.trouble:
                    raise Refusal(incoming.trouble, limit_mib=MAX_FILE_BYTES >> 20)
                self._flows.file(talk, self._filling)
            case "start":
                self._act(talk, "start")
            case "text":
                self._text(talk, incoming.text)
            case _:
                page = chat_link(self._desk.office.settings, incoming.channel)
                key = "not-understood-kind-page" if page else "not-understood-kind"
                talk.say(key, ((MENU,),), page=page)

    def _text(self, talk: Talk, typed: str) -> None:
        word = typed.strip().casefold()
        if word in self._flows.commands:
            self._act(talk, self._flows.commands[word])
        elif self._flows.interrupts(talk, self._filling, typed):
            return
        elif talk.state.form:
            self._filling.answer(talk, typed)
        else:
            self._flows.free_text(talk, self._filling, typed)

    def _tap(self, talk: Talk) -> None:
        """A button is named by the message that carries it, so only what was offered here can be tapped."""
        do = self._offered(talk, talk.incoming.text)
        if do is None:
            raise Refusal("button-forged")
        self._act(talk, do)

    def _offered(self, talk: Talk, data: str) -> str | None:
        """What a button does, if the message it names is in this conversation and carries it."""
        number, _, what = data.partition(".")
        if not number.isdecimal() or len(number) > 18:
            return None
        row = _OFFERED.first(talk.session, number=int(number))
        if row is None or row.conversation != talk.incoming.conversation:
            return None
        talk.message = int(number)
        if row.card:
            verb, _, rest = what.partition(":")
            kind, _, subject = row.card.partition(":")
            first, *further = rest.split(":")
            offered = first == subject and self._flows.card_verbs[kind].get(verb) == len(further)
            return what if offered and all(map(_is_number, further)) else None
        button = Message.from_text(row.body).button(int(what)) if what.isdecimal() and len(what) < 4 else None
        return button.do if button is not None else None

    def _act(self, talk: Talk, do: str) -> None:
        if do.startswith("answer:"):
            _, form, ask, value = do.split(":", 3)
            self._filling.tapped(talk, form, ask, value)
            return
        verb, *arguments = do.split(":")
        self._flows.verbs[verb](talk, self._filling, *arguments)

    def _known(self, session: Session, incoming: Incoming, at: datetime) -> Actor | None:
        """The person behind the conversation, noted as last heard here."""
        row = _WHO.first(session, channel=incoming.channel, address=incoming.address)
        if row is None or incoming.sender != incoming.address:
            return None
        actor = actor_of(session, row.person)
        if actor is not None and (at - row.used_at).total_seconds() > 60:
            _HEARD.run(session, binding=row.id, used_at=at)
        if row.trouble:
            reach.regain(session, incoming.conversation, at)
        return actor

    @staticmethod
    def _load(session: Session, conversation: str) -> tuple[State, int]:
        row = _STANDS.first(session, there=conversation)
        return (State.from_text(row.state), row.version) if row else (State(), 0)

    @staticmethod
    def _save(talk: Talk, version: int) -> None:
        values = {
            "state": talk.state.to_text(),
            "version": version + 1,
            "person": talk.actor.person if talk.actor else None,
            "at": talk.at,
        }
        conversation = talk.incoming.conversation
        if version:
            _STAND.run(talk.session, there=conversation, **values)
        else:
            _FIRST.run(talk.session, conversation=conversation, **values)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
