"""The lifecycle of a rating review (复评, 2.5-2.8): a grade made anew without a request for credit.

The assessor confirms what the policy makes of the facts, or proposes another grade, which somebody else approves.
"""

from enum import StrEnum

from core.rules.lifecycles.lifecycle import Lifecycle, Move
from core.rules.permission import Permission


class Cause(StrEnum):
    """Why a customer is rated again."""

    DUE = "due"
    """The rating comes to its end (2.5)."""
    EVENT = "event"
    """Something happened before that (2.6)."""
    APPEAL = "appeal"
    """The customer objects (2.8)."""
    MANUAL = "manual"
    """An assessor sees a reason."""


class ReviewState(StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"
    """With another grade than the policy's; it waits for the second person."""
    RETURNED = "returned"
    """The second person did not approve; the assessor looks again."""
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


class ReviewAction(StrEnum):
    CONFIRM = "confirm"
    OVERRIDE = "override"
    APPROVE = "approve"
    RETURN = "return"
    CLOSE = "close"
    """The assessor ends it: there is nothing to be rated."""
    WITHDRAW = "withdraw"
    """The customer no longer objects."""
    SUPERSEDE = "supersede"
    """A request that was granted has rated the customer meanwhile."""


_S, _A = ReviewState, ReviewAction

REVIEW: Lifecycle[ReviewState, ReviewAction] = Lifecycle(
    start=_S.OPEN,
    moves={
        (_S.OPEN, _A.CONFIRM): Move(_S.IN_FORCE, Permission.RATE),
        (_S.OPEN, _A.OVERRIDE): Move(_S.PROPOSED, Permission.RATE),
        (_S.OPEN, _A.CLOSE): Move(_S.WITHDRAWN, Permission.RATE),
        (_S.OPEN, _A.WITHDRAW): Move(_S.WITHDRAWN, Permission.REQUEST_CREDIT),
        (_S.OPEN, _A.SUPERSEDE): Move(_S.WITHDRAWN, Permission.APPROVE),
        (_S.PROPOSED, _A.APPROVE): Move(_S.IN_FORCE, Permission.APPROVE),
        (_S.PROPOSED, _A.RETURN): Move(_S.RETURNED, Permission.APPROVE),
        (_S.PROPOSED, _A.WITHDRAW): Move(_S.WITHDRAWN, Permission.REQUEST_CREDIT),
        (_S.PROPOSED, _A.SUPERSEDE): Move(_S.WITHDRAWN, Permission.APPROVE),
        (_S.RETURNED, _A.CONFIRM): Move(_S.IN_FORCE, Permission.RATE),
        (_S.RETURNED, _A.OVERRIDE): Move(_S.PROPOSED, Permission.RATE),
        (_S.RETURNED, _A.CLOSE): Move(_S.WITHDRAWN, Permission.RATE),
        (_S.RETURNED, _A.WITHDRAW): Move(_S.WITHDRAWN, Permission.REQUEST_CREDIT),
        (_S.RETURNED, _A.SUPERSEDE): Move(_S.WITHDRAWN, Permission.APPROVE),
    },
)

UNDER_REVIEW = (ReviewState.OPEN, ReviewState.PROPOSED, ReviewState.RETURNED)
"""The states of a review that is not over; a customer has one such at most."""
