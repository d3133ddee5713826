"""Where a person can be reached: places are gained, lost, found again and taken away, and messages go along.

Plain bookkeeping inside somebody's transaction; who may ask for it is the business of the commands.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.queries.actor import named
from core.queries.people.approvers import people_of
from core.records.session import ChatSession
from core.records.staff import Binding, Person
from core.records.tables import table_of
from core.rules.permission import Role
from core.services import audit, tell
from core.storage.database import announce
from core.texts.message import Button, Message, rows
from core.texts.wire import Label

_BINDING, _SESSION = table_of(Binding), table_of(ChatSession)

STAFF = "staff"
"""Announced whenever people, their roles, languages or places change."""
_CHANNEL = "delivery"
"""Who acts, on the audit trail, when a channel says that somebody is reached no more."""


def bind(session: Session, person: int, channel: str, address: str, at: datetime) -> Binding:
    """Make a place in a channel a person's; it stops being anybody else's. Again is harmless, and forgets trouble."""
    found = _at(session, channel, address)
    if found is not None and found.person == person:
        found.trouble = ""
    else:
        if found is not None:
            release(session, [found])
        found = Binding(channel=channel, address=address, person=person, made_at=at, used_at=at)
        session.add(found)
        session.flush()
        tell.show_cards_to(session, person, f"{channel}:{address}")
    tell.readdress(session, person, f"{channel}:{address}")
    announce(session, STAFF)
    return found


def warn(session: Session, gained: Binding, places: Sequence[str], at: datetime) -> None:
    """Tell a person, in these conversations of theirs, of a place that they have gained.

    Was it not them, somebody has their invitation code: the button takes the place away again.
    """
    channel = {"channel": Label(f"channel-{gained.channel}")}
    undo = Button(f"places.leave:{gained.id}", "button-unbind", channel)
    message = Message("place-gained", channel, rows(undo))
    for place in places:
        tell.say(session, place, message, at=at, person=gained.person, urgent=True)


def release(session: Session, places: Sequence[Binding]) -> None:
    """Take places from their people, all at once: what waits there goes to a place that is left, and the cards that
    lie there show nothing any more.
    """
    conversations = [f"{place.channel}:{place.address}" for place in places]
    session.execute(delete(_BINDING).where(_BINDING.c.id.in_([place.id for place in places])))
    session.execute(delete(_SESSION).where(_SESSION.c.conversation.in_(conversations)))
    for place, conversation in zip(places, conversations, strict=True):
        tell.move_on(session, place.person, conversation)
        tell.show_cards_to(session, None, conversation)
    announce(session, STAFF)


def lose(session: Session, conversation: str, reason: str, at: datetime) -> None:
    """A channel says that nothing arrives in a conversation any more.

    Its person's messages go elsewhere until they are heard there again; the admin is told, once.
    """
    channel, _, address = conversation.partition(":")
    place = _at(session, channel, address)
    if place is None:
        tell.give_up(session, conversation, reason)
        return
    already_known = bool(place.trouble)
    session.execute(update(_BINDING).where(_BINDING.c.id == place.id).values(trouble=reason))
    moved_to = tell.move_on(session, place.person, conversation)
    if already_known:
        return
    audit.append(
        session,
        at=at,
        actor=_CHANNEL,
        action="staff.unreachable",
        subject=f"person:{place.person}",
        data={"channel": channel, "reason": reason},
    )
    elsewhere = moved_to.partition(":")[0]
    message = Message(
        "place-lost",
        {
            "name": named(session.get_one(Person, place.person)),
            "channel": Label(f"channel-{channel}"),
            "elsewhere": Label(f"channel-{elsewhere}") if elsewhere else "none",
            "reason": reason,
        },
    )
    for admin in people_of(session, Role.ADMIN):
        tell.tell(session, admin, message, at=at, urgent=True)


def regain(session: Session, conversation: str, at: datetime) -> None:
    """The person is heard in a conversation that was lost: messages go there again, those that waited first."""
    channel, _, address = conversation.partition(":")
    place = _at(session, channel, address)
    if place is None or not place.trouble:
        return
    session.execute(update(_BINDING).where(_BINDING.c.id == place.id).values(trouble="", used_at=at))
    tell.readdress(session, place.person, conversation)
    audit.append(
        session,
        at=at,
        actor=_CHANNEL,
        action="staff.reachable_again",
        subject=f"person:{place.person}",
        data={"channel": channel},
    )


def places(session: Session, person: int) -> list[Binding]:
    """A person's places, the one last used first."""
    found = select(Binding).where(_BINDING.c.person == person)
    return list(session.scalars(found.order_by(_BINDING.c.used_at.desc(), _BINDING.c.id)))


def person_at(session: Session, channel: str, address: str) -> int | None:
    """Who is behind a place; None where nobody is known there."""
    found = _at(session, channel, address)
    return found.person if found is not None else None


def _at(session: Session, channel: str, address: str) -> Binding | None:
    found = select(Binding).where(_BINDING.c.channel == channel, _BINDING.c.address == address)
    return session.scalars(found.execution_options(populate_existing=True)).one_or_none()
