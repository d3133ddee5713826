"""Saying something to somebody: a row in the outbox, in the transaction of what it tells of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, insert, select, update
from sqlalchemy.orm import Session

from core.records.outbox import OutboxMessage
from core.records.staff import Binding
from core.records.tables import table_of
from core.storage.database import announce
from core.storage.prepared import Prepared
from core.texts.message import Message

_OUTBOX = table_of(OutboxMessage)
_BINDING = table_of(Binding)
_REACHED = _BINDING.c.trouble == ""
_PLACES = Prepared(
    select(_BINDING.c.channel, _BINDING.c.address)
    .where(_BINDING.c.person == bindparam("person"), _REACHED)
    .order_by(_BINDING.c.used_at.desc(), _BINDING.c.id)
)
_PLACES_OF_MANY = (
    select(_BINDING.c.person, _BINDING.c.channel, _BINDING.c.address)
    .where(_BINDING.c.person.in_(bindparam("people", expanding=True)), _REACHED)
    .order_by(_BINDING.c.used_at, _BINDING.c.id.desc())
)
_TOLD = select(_OUTBOX.c.key).where(_OUTBOX.c.key.in_(bindparam("keys", expanding=True)))
_ADD = Prepared(insert(_OUTBOX), *(one.key for one in _OUTBOX.c if one.key not in {"id", "not_before"}))


def touch(at: datetime) -> int:
    """The moment as the count that readers of a conversation page by."""
    return int(at.timestamp() * 1_000_000)


def say(
    session: Session,
    conversation: str,
    message: Message | None,
    *,
    at: datetime,
    person: int | None = None,
    card: str | None = None,
    key: str | None = None,
    urgent: bool = False,
) -> None:
    """Put a message, or the card of a subject, into a conversation (``channel:address``)."""
    _put(session, [_row(conversation, message, at, person=person, card=card, key=key, urgent=urgent)])


def _row(conversation: str, message: Message | None, at: datetime, **about: Any) -> dict[str, Any]:
    return {
        "channel": conversation.partition(":")[0],
        "conversation": conversation,
        "body": message.to_text() if message is not None else "",
        "state": "waiting" if conversation else "nowhere",
        "attempts": 0,
        "parts_done": 0,
        "external_id": "",
        "trouble": "",
        "created_at": at,
        "touched": touch(at),
        **about,
    }


def _put(session: Session, rows: list[dict[str, Any]]) -> None:
    _ADD.run_each(session, rows)
    for channel in {row["channel"] for row in rows} - {""}:
        announce(session, channel)


def places_of(session: Session, person: int) -> list[str]:
    """The conversations in which a person can be reached, the one last used first."""
    return [f"{row.channel}:{row.address}" for row in _PLACES.rows(session, person=person)]


def tell(
    session: Session,
    person: int,
    message: Message | None,
    *,
    at: datetime,
    card: str | None = None,
    key: str | None = None,
    urgent: bool = False,
) -> bool:
    """Tell a person on the channel last used; what is ``urgent``, on every channel of theirs.

    With a ``key`` it is told once: False when it was told before.
    """
    if key is not None and session.execute(_TOLD, {"keys": [key]}).first():
        return False
    places = places_of(session, person) or [""]
    if not urgent:
        del places[1:]
    rows = [
        # The key is one row's: it says that the person was told, wherever.
        _row(place, message, at, person=person, card=card, key=None if copy else key, urgent=urgent)
        for copy, place in enumerate(places)
    ]
    _put(session, rows)
    return True


def tell_each(session: Session, messages: Mapping[int, Message], topic: str, *, at: datetime) -> int:
    """Tell many people, each their own message, once for a topic. Returns how many had not been told before."""
    keys = {person: f"{topic}:{person}" for person in messages}
    told = set(session.scalars(_TOLD, {"keys": list(keys.values())}))
    places = _last_used_by(session, messages)
    rows = [
        _row(places.get(person, ""), message, at, person=person, card=None, key=keys[person], urgent=False)
        for person, message in messages.items()
        if keys[person] not in told
    ]
    if rows:
        _put(session, rows)
    return len(rows)


def _last_used_by(session: Session, people: Iterable[int]) -> dict[int, str]:
    """The conversation last used by each of many; who can be reached nowhere is left out."""
    rows = session.execute(_PLACES_OF_MANY, {"people": list(people)})
    return {row.person: f"{row.channel}:{row.address}" for row in rows}


def refresh_cards(session: Session, card: str, *, at: datetime) -> None:
    """Every copy of a card is brought up to date: edited where it was sent, not repeated.

    A copy on its way just now is marked as well, so that the sender edits it right after.
    """
    copies = session.execute(
        update(_OUTBOX)
        .where(_OUTBOX.c.card == card, _OUTBOX.c.state.in_(("sent", "edit", "waiting")))
        .values(
            state=case((_OUTBOX.c.state == "sent", "edit"), else_=_OUTBOX.c.state),
            touched=touch(at),
            not_before=None,
        )
        .returning(_OUTBOX.c.channel)
    ).scalars()
    for channel in set(copies):
        announce(session, channel)


def take_back_cards(session: Session, kind: str, message: Message, *, before: datetime, at: datetime) -> int:
    """Cards of a kind that were put into a chat before a moment are this message from now on, edited where they lie.

    Returns how many. Where a channel gives sent messages no name there is nothing to edit; a browser reads anew.
    """
    taken = session.execute(
        update(_OUTBOX)
        .where(_OUTBOX.c.card > f"{kind}:", _OUTBOX.c.card < f"{kind};", _OUTBOX.c.created_at < before)
        .values(
            card=None,
            body=message.to_text(),
            state=case(
                ((_OUTBOX.c.state == "sent") & (_OUTBOX.c.external_id != ""), "edit"), else_=_OUTBOX.c.state
            ),
            touched=touch(at),
            not_before=None,
        )
        .returning(_OUTBOX.c.channel)
    ).scalars()
    channels = list(taken)
    for channel in set(channels) - {""}:
        announce(session, channel)
    return len(channels)


def readdress(session: Session, person: int, conversation: str) -> None:
    """What waited for a person without a channel goes to the first one they have."""
    channel = conversation.partition(":")[0]
    session.execute(
        update(_OUTBOX)
        .where(_OUTBOX.c.state == "nowhere", _OUTBOX.c.person == person)
        .values(state="waiting", channel=channel, conversation=conversation)
    )
    announce(session, channel)


def move_on(session: Session, person: int, conversation: str) -> str:
    """What waits for a person in a conversation goes to the place last used of those left, and that is returned.

    What lies there already, as urgent messages do, is not put there twice. Without a place left it waits for one.
    """
    place = next((one for one in places_of(session, person) if one != conversation), "")
    waiting = session.execute(
        select(_OUTBOX.c.id, _OUTBOX.c.created_at, _OUTBOX.c.body, _OUTBOX.c.card).where(
            _OUTBOX.c.conversation == conversation, _OUTBOX.c.person == person, _OUTBOX.c.state == "waiting"
        )
    ).all()
    there = set()
    if place and waiting:
        since = min(row.created_at for row in waiting)
        there = {
            (row.created_at, row.body, row.card)
            for row in session.execute(
                select(_OUTBOX.c.created_at, _OUTBOX.c.body, _OUTBOX.c.card).where(
                    _OUTBOX.c.conversation == place, _OUTBOX.c.created_at >= since
                )
            )
        }
    twice = [row.id for row in waiting if (row.created_at, row.body, row.card) in there]
    going = [row.id for row in waiting if row.id not in set(twice)]
    session.execute(update(_OUTBOX).where(_OUTBOX.c.id.in_(twice)).values(state="closed", conversation=""))
    _move(session, going, place)
    return place


def _move(session: Session, numbers: Sequence[int], place: str) -> None:
    """Put messages that wait into another conversation, or none."""
    channel = place.partition(":")[0]
    session.execute(
        update(_OUTBOX)
        .where(_OUTBOX.c.id.in_(numbers))
        .values(
            state="waiting" if place else "nowhere",
            channel=channel,
            conversation=place,
            attempts=0,
            parts_done=0,
            not_before=None,
        )
    )
    if place:
        announce(session, channel)


def pass_on(session: Session, number: int, served: Collection[str]) -> bool:
    """A message that nobody sees where it is goes to the place last used of the others, in a channel that is served.

    False where it stays: what is urgent lies in every place anyway, or answers what was said in this one.
    """
    row = session.execute(
        select(_OUTBOX.c.person, _OUTBOX.c.conversation).where(
            _OUTBOX.c.id == number,
            _OUTBOX.c.state == "waiting",
            _OUTBOX.c.urgent.is_(False),
            _OUTBOX.c.person.is_not(None),
        )
    ).first()
    if row is None:
        return False
    for place in places_of(session, row.person):
        if place != row.conversation and place.partition(":")[0] in served:
            _move(session, [number], place)
            return True
    return False


def show_cards_to(session: Session, person: int | None, conversation: str) -> None:
    """The cards that lie in a conversation are shown as this person may see them from now on; to nobody: blank."""
    session.execute(
        update(_OUTBOX)
        .where(
            _OUTBOX.c.conversation == conversation,
            _OUTBOX.c.card.is_not(None),
            _OUTBOX.c.state.in_(("sent", "edit")),
        )
        .values(state="edit", person=person, not_before=None)
    )
    announce(session, conversation.partition(":")[0])


def give_up(session: Session, conversation: str, reason: str) -> None:
    """What waits for nobody whom we know is never to arrive."""
    session.execute(
        update(_OUTBOX)
        .where(_OUTBOX.c.conversation == conversation, _OUTBOX.c.state == "waiting")
        .values(state="failed", trouble=reason)
    )
