"""Which tolerances are in force on a day (1.6): what two people have said, like a policy (2.1)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.policies.findings.tolerances_file import OwnTolerances, shipped_tolerances
from core.policies.library import Library
from core.queries.policies.activation import InForce, activated
from core.rules.lifecycles.activation_lifecycle import Activated
from core.rules.refusal import Refusal
from core.rules.statements.contradictions import Tolerances


def active_tolerances(session: Session, library: Library, on: date) -> Tolerances:
    """How far material may contradict itself on a day: by the last activation, before the first the shipped ones.

    Raises `Refusal` when the file that was confirmed is gone or says something else by now: neither that nor the shipped
    ones are what two people said.
    """
    active = activated(session, Activated.TOLERANCES, on)
    if active is None:
        return shipped_tolerances()
    own = library.tolerances_of(active.checksum)
    if own is None:
        raise Refusal("tolerances-file-gone", version=active.version)
    return own.tolerances


@dataclass(frozen=True, slots=True)
class ShelvedTolerances:
    """The tolerances in force, and the company's newest file beside them."""

    in_force: InForce | None
    """None: the shipped ones."""
    tolerances: Tolerances | None
    """Those in force; None where the file that was confirmed is gone or says something else."""
    newest: OwnTolerances | None
    """The company's newest file where it is not the one in force."""
    to_come: InForce | None
    """That file where it is confirmed for a later day."""


def shelved_tolerances(session: Session, library: Library, on: date) -> ShelvedTolerances:
    """How the tolerances stand on a day."""
    active, last = (activated(session, Activated.TOLERANCES, day) for day in (on, date.max))
    newest = library.own_tolerances[-1] if library.own_tolerances else None
    if newest is not None and active is not None and newest.checksum == active.checksum:
        newest = None
    confirmed = newest is not None and last is not None and last.checksum == newest.checksum
    try:
        allow = active_tolerances(session, library, on)
    except Refusal:
        allow = None
    return ShelvedTolerances(active, allow, newest, last if confirmed else None)
