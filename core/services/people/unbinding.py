"""Taking a person out of a channel: by themselves, or by an admin (9.1)."""

from dataclasses import dataclass

from core.records.staff import Binding
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.people import reach
from core.services.people.staff import person_named
from core.services.work import Work
from core.texts.wire import Label


@dataclass(frozen=True)
class Unbind(Command):
    """An admin takes the places of a person in one channel away, or in all; what waits there goes to those left."""

    name: str
    channel: str = ""
    """``telegram``, ``wecom``, ``web``; empty for all."""


def unbind(work: Work, command: Unbind) -> int:
    """Returns how many places were taken. Refused: nobody of this name, no place there."""
    person = person_named(work.session, command.name)
    assert person.id is not None
    found = [
        place for place in reach.places(work.session, person.id) if command.channel in {"", place.channel}
    ]
    if not found:
        raise Refusal("place-none", name=command.name)
    reach.release(work.session, found)
    work.record("staff.unbound", f"person:{person.id}", channels=sorted({place.channel for place in found}))
    return len(found)


@dataclass(frozen=True)
class LeavePlace(Command):
    """A person gives up a place of their own: a phone that goes to somebody else."""

    place: int


def leave_place(work: Work, command: LeavePlace) -> Label:
    """Returns the name of the channel. Refused: not a place of the person who asks."""
    place = work.session.get(Binding, command.place)
    if place is None or place.person != work.by.person:
        raise Refusal("place-not-yours")
    reach.release(work.session, [place])
    work.record("staff.unbound", f"person:{place.person}", channels=[place.channel])
    return Label(f"channel-{place.channel}")
