"""Where an approval stands in its chain, and whether different people can fill it (3.3, 3.4)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core.rules.calendar import Hours
from core.rules.money import Money
from core.rules.policy.source import Source


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an approval chain: roles that sign side by side."""

    roles: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Who approves, in which order, and when a waiting approval is nagged about and passed on (3.3)."""

    source: Source
    steps: tuple[Step, ...]
    nag_after: timedelta
    """Working time, as is `escalate_after`."""
    escalate_after: timedelta
    working_hours: Hours

    @property
    def id(self) -> str:
        """The chain's id, which a request carries."""
        return self.source.id


class Verdict(StrEnum):
    """What an approver can say."""

    APPROVE = "approve"
    APPROVE_LESS = "approve_less"
    RETURN = "return"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Signature:
    """A role's consent at a step of the chain, by a person, to at most an amount."""

    step: int
    role: str
    person: int
    granted: Money


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a chain is signed: `step` counts from 0 and is None when all is signed."""

    step: int | None
    waiting: tuple[str, ...]
    """The roles still to sign at this step, in any order."""
    granted: Money | None
    """The lowest amount signed for; None when nobody has signed."""


def standing(chain: Chain, signatures: Sequence[Signature]) -> Standing:
    """The first step with a signature missing. Later steps do not count before their turn."""
    granted = min((signature.granted for signature in signatures), default=None)
    for index, step in enumerate(chain.steps):
        signed = {signature.role for signature in signatures if signature.step == index}
        waiting = tuple(role for role in step.roles if role not in signed)
        if waiting:
            return Standing(index, waiting, granted)
    return Standing(None, (), granted)


def vacancies(chain: Chain, holders: Mapping[str, Collection[int]], requester: int) -> tuple[str, ...]:
    """The roles that cannot be filled when every signature is another person's and none the requester's.

    Four eyes counts people, not roles. The most signatures that can be filled are; a person who holds two
    roles moves to the other one where that helps.
    """
    seats = [(index, role) for index, step in enumerate(chain.steps) for role in step.roles]
    seat_of: dict[int, tuple[int, str]] = {}

    def seated(seat: tuple[int, str], asked: set[int]) -> bool:
        for person in sorted(set(holders.get(seat[1], ())) - {requester}):
            if person in asked:
                continue
            asked.add(person)
            if person not in seat_of or seated(seat_of[person], asked):
                seat_of[person] = seat
                return True
        return False

    return tuple(seat[1] for seat in seats if not seated(seat, set()))
