"""The lifecycle of an activation (2.1): one person proposes a file of the company and a day, another confirms.

What is confirmed stays on record as it is: it goes out of force by the activation of another of its kind.
"""

from enum import StrEnum

from core.rules.lifecycles.lifecycle import Lifecycle, Move
from core.rules.permission import Permission


class Activated(StrEnum):
    """What two people put in force."""

    POLICY = "policy"
    TOLERANCES = "tolerances"
    """How far material may contradict itself (1.6); the company has one such file at a time, and this is its id."""


class ActivationState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    """In force from its day, until that of the next."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ActivationAction(StrEnum):
    CONFIRM = "confirm"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


_S, _A = ActivationState, ActivationAction

ACTIVATION: Lifecycle[ActivationState, ActivationAction] = Lifecycle(
    start=_S.PROPOSED,
    moves={
        (_S.PROPOSED, _A.CONFIRM): Move(_S.CONFIRMED, Permission.CONFIRM_POLICY),
        (_S.PROPOSED, _A.DECLINE): Move(_S.DECLINED, Permission.CONFIRM_POLICY),
        (_S.PROPOSED, _A.WITHDRAW): Move(_S.WITHDRAWN, Permission.PROPOSE_POLICY),
    },
)
