"""Tolerances that counted by lying there, before two people were asked: an upgrade changes no doubt by itself (1.6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.policies.findings.tolerances_file import OwnTolerances
from core.queries.actor import CLOCK
from core.queries.people.approvers import people_of
from core.records.activation import PolicyActivation
from core.records.company import CompanyFact
from core.rules.lifecycles.activation_lifecycle import Activated, ActivationState
from core.rules.permission import Role
from core.services.desk import Command, Desk
from core.services.work import Work
from core.storage.database import Database
from core.texts.message import Button, Message, rows

MARK = "tolerances_before_activation"
"""What the upgrade leaves with a company that was at work by then, until this is done."""


@dataclass(frozen=True)
class EnterFormerTolerances(Command):
    """Those that were in force before the upgrade stay so, each from its day; those of a later day want two people."""


def enter_former_tolerances(work: Work, command: EnterFormerTolerances) -> int:  # noqa: ARG001 -- it says all by its name
    """Enter them as activated, once, and tell the admins. Returns how many there were."""
    mark = work.session.get(CompanyFact, MARK)
    if mark is None:
        return 0
    work.session.delete(mark)
    every = work.office.library.own_tolerances
    former = [own for own in every if own.in_force_from <= work.today]
    for own in former:
        _enter(work, own)
    if every:
        _tell(work, former, [own for own in every if own not in former])
    return len(former)


def _enter(work: Work, own: OwnTolerances) -> None:
    activation = PolicyActivation(
        kind=Activated.TOLERANCES,
        policy=Activated.TOLERANCES,
        version=own.version,
        checksum=own.checksum,
        from_day=own.in_force_from,
        state=ActivationState.CONFIRMED,
        proposed_at=work.at,
        decided_at=work.at,
    )
    work.session.add(activation)
    work.session.flush()
    work.record(
        "tolerances.entered",
        f"activation:{activation.id}",
        version=own.version,
        checksum=own.checksum,
        from_day=own.in_force_from,
    )


def _tell(work: Work, former: Sequence[OwnTolerances], later: Sequence[OwnTolerances]) -> None:
    message = Message(
        "tolerances-entered",
        {
            "former": len(former),
            "in_force": [own.version for own in former],
            "later": len(later),
            "coming": [own.version for own in later],
        },
        rows(Button("tolerances", "button-tolerances")),
    )
    for admin in people_of(work.session, Role.ADMIN):
        work.tell(admin, message)


async def carry_over(database: Database, desk: Desk) -> None:
    """Right after the database was opened, before anybody is rated."""
    if await database.read(_is_marked):
        await desk.run(database, EnterFormerTolerances(), CLOCK)


def _is_marked(session: Session) -> bool:
    return session.get(CompanyFact, MARK) is not None
