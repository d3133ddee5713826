"""People: who they are, how they come in, and where they are reached (9.1, 9.5)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.queries.actor import Actor
from core.records.staff import Holding, Invitation, Person
from core.records.tables import table_of
from core.rules.permission import Permission, Role
from core.rules.refusal import Refusal
from core.services import tell
from core.services.calling import call_all_who_can_decide
from core.services.desk import Command
from core.services.people import reach
from core.services.work import Work
from core.settings import Language
from core.storage.database import announce

_PERSON, _HOLDING, _INVITATION = table_of(Person), table_of(Holding), table_of(Invitation)

INVITATION_DAYS = 7
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 10


def stranger(conversation: str) -> Actor:
    """Somebody whom nobody knows yet; all they can do is show an invitation."""
    return Actor(f"stranger:{conversation}", None, "", "", "", frozenset(), frozenset({Permission.ENTER}))


@dataclass(frozen=True)
class AddPerson(Command):
    name: str
    roles: tuple[str, ...]
    english_name: str = ""
    region: str = ""
    reports_to: str = ""
    deputy: str = ""
    telegram: str = ""
    """Telegram's number of the person."""
    wecom: str = ""
    """The person's user id in WeCom."""


def add_person(work: Work, command: AddPerson) -> int:
    """A new member of staff, or further roles and places for one who is known by this name.

    What waits for one of the roles, or for a deputy or superior named here, is shown to them.
    """
    unknown = [role for role in command.roles if role not in set(Role)]
    if unknown or not command.roles:
        raise Refusal("role-unknown", role=", ".join(unknown), known=", ".join(Role))
    person = find_person(work.session, command.name)
    if person is None:
        person = Person(name=command.name, english_name=command.english_name, region=command.region)
        work.session.add(person)
    person.english_name = command.english_name or person.english_name
    person.region = command.region or person.region
    if command.reports_to:
        person.reports_to = person_named(work.session, command.reports_to).id
    if command.deputy:
        person.deputy = person_named(work.session, command.deputy).id
    work.session.flush()
    assert person.id is not None
    held = set(work.session.scalars(select(_HOLDING.c.role).where(_HOLDING.c.person == person.id)))
    work.session.add_all(Holding(person=person.id, role=role) for role in command.roles if role not in held)
    before = tell.places_of(work.session, person.id)
    for channel, address in (("telegram", command.telegram), ("wecom", command.wecom)):
        if address:
            gained = reach.bind(work.session, person.id, channel, address, work.at)
            if f"{channel}:{address}" not in before:
                reach.warn(work.session, gained, before, work.at)
    announce(work.session, reach.STAFF)
    call_all_who_can_decide(work)
    work.record(
        "staff.added",
        f"person:{person.id}",
        name=command.name,
        roles=list(command.roles),
        region=person.region,
        telegram=command.telegram,
        wecom=command.wecom,
    )
    return person.id


@dataclass(frozen=True)
class Invite(Command):
    name: str


def invite(work: Work, command: Invite) -> str:
    """A code for ``name`` that binds one conversation, once, within a week. Only its hash is kept."""
    person = person_named(work.session, command.name)
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    work.session.add(
        Invitation(
            code_hash=_hash(code), person=person.id or 0, expires_at=work.at + timedelta(days=INVITATION_DAYS)
        )
    )
    work.record("staff.invited", f"person:{person.id}")
    return code


@dataclass(frozen=True)
class Enter(Command):
    """Show an invitation code in a conversation."""

    channel: str
    address: str
    code: str


def enter(work: Work, command: Enter) -> int:
    """Bind the conversation to the person whom the code was made for. Returns the person's id.

    Without an ``address`` it is the person's own id: the browser's conversations are named by their person. Where they
    can be reached already they are told at once: the code may have been stolen.
    """
    invitation = work.session.scalars(
        select(Invitation).where(_INVITATION.c.code_hash == _hash(command.code.strip().upper()))
    ).one_or_none()
    if invitation is None or invitation.used_at is not None or invitation.expires_at < work.at:
        raise Refusal("code-unknown")
    person = work.session.get_one(Person, invitation.person)
    if not person.active:
        raise Refusal("code-unknown")
    invitation.used_at = work.at
    address = command.address or str(invitation.person)
    before = tell.places_of(work.session, invitation.person)
    gained = reach.bind(work.session, invitation.person, command.channel, address, work.at)
    # All browsers of a person share a conversation: that it is known does not make the one that comes in theirs.
    if not command.address or f"{command.channel}:{address}" not in before:
        reach.warn(work.session, gained, before, work.at)
    work.record(
        "staff.entered", f"person:{invitation.person}", channel=command.channel, address=command.address
    )
    return invitation.person


@dataclass(frozen=True)
class BeReachable(Command):
    """The person who asks can be reached at this place from now on; again is harmless."""

    channel: str
    address: str


def be_reachable(work: Work, command: BeReachable) -> None:
    """For a channel that has made sure who it is by its own means: the browser's pass."""
    assert work.by.person is not None
    reach.bind(work.session, work.by.person, command.channel, command.address, work.at)
    work.record("staff.reachable", f"person:{work.by.person}", channel=command.channel)


@dataclass(frozen=True)
class ShutOut(Command):
    """Somebody has left, or lost the phone: every conversation of theirs is cut off at once."""

    name: str
    leaves: bool = False


def shut_out(work: Work, command: ShutOut) -> None:
    """Every place goes, and with them the browser's passes; so do open invitations. What waits to be told waits on."""
    person = person_named(work.session, command.name)
    assert person.id is not None
    reach.release(work.session, reach.places(work.session, person.id))
    work.session.execute(
        delete(_INVITATION).where(_INVITATION.c.person == person.id, _INVITATION.c.used_at.is_(None))
    )
    if command.leaves:
        person.active = False
    work.record("staff.shut_out", f"person:{person.id}", leaves=command.leaves)


@dataclass(frozen=True)
class ChooseLanguage(Command):
    language: Language


def choose_language(work: Work, command: ChooseLanguage) -> None:
    """From now on everything is told in it, what waits in the outbox too."""
    person = work.session.get_one(Person, work.by.person)
    person.language = command.language
    announce(work.session, reach.STAFF)
    work.record("staff.language", f"person:{person.id}", language=command.language)


@dataclass(frozen=True)
class GoOnLeave(Command):
    """Away until a day; the deputy signs meanwhile, what waits already too. ``until`` before today: back again."""

    until: date
    deputy: int | None = None


def go_on_leave(work: Work, command: GoOnLeave) -> None:
    """Refused: a deputy who has left, or is the person."""
    person = work.session.get_one(Person, work.by.person)
    if command.deputy is not None:
        deputy = work.session.get(Person, command.deputy)
        if deputy is None or not deputy.active or deputy.id == person.id:
            raise Refusal("deputy-not-possible")
        person.deputy = deputy.id
    back = command.until < work.today
    person.away_from, person.away_until = (None, None) if back else (work.today, command.until)
    call_all_who_can_decide(work)
    work.record("staff.leave", f"person:{person.id}", until=command.until, deputy=person.deputy)


def person_named(session: Session, name: str) -> Person:
    """The person of this name, Chinese or English; a refusal where there is none."""
    found = find_person(session, name)
    if found is None:
        raise Refusal("person-unknown", name=name)
    return found


def find_person(session: Session, name: str) -> Person | None:
    return session.scalars(
        select(Person)
        .where((_PERSON.c.name == name) | (_PERSON.c.english_name == name))
        .order_by(_PERSON.c.id)
    ).first()


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
