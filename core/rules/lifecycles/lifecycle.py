"""Lifecycles as tables: legality, buttons, the diagram in the docs and the exhaustive test read the same one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from core.rules.permission import Permission

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


class IllegalMove(Exception):
    """The thing is in a state from which this move is not open."""

    def __init__(self, state: StrEnum, action: StrEnum) -> None:
        super().__init__(f"{action} is not open from {state}")
        self.state = state
        self.action = action


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    to: S
    may: Permission


@dataclass(frozen=True)
class Lifecycle(Generic[S, A]):
    """States, moves and the permission that each move needs."""

    start: S
    moves: Mapping[tuple[S, A], Move[S]]

    def after(self, state: S, action: A) -> S:
        """The state that ``action`` leads to. Raises `IllegalMove` where the table has no such move."""
        try:
            return self.moves[state, action].to
        except KeyError:
            raise IllegalMove(state, action) from None

    def open_from(self, state: S, may: frozenset[Permission]) -> tuple[A, ...]:
        """The moves that someone with these permissions can make from ``state``."""
        return tuple(action for (at, action), move in self.moves.items() if at is state and move.may in may)

    def mermaid(self) -> str:
        """The diagram of ``docs/lifecycles.md``."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        lines += [f"    {at} --> {move.to}: {action}" for (at, action), move in self.moves.items()]
        return "\n".join(lines)


class RequestState(StrEnum):
    IN_APPROVAL = "in_approval"
    RETURNED = "returned"
    AWAITING_CAP = "awaiting_cap"
    """Every signature is there; the company's total of lines (B9 art. 23) is not set yet."""
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class RequestAction(StrEnum):
    SIGN = "sign"
    SIGN_LAST = "sign_last"
    SIGN_LAST_WITHOUT_CAP = "sign_last_without_cap"
    RETURN = "return"
    ANSWER = "answer"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    OPEN = "open"


_R, _D = RequestState, RequestAction

REQUEST: Lifecycle[RequestState, RequestAction] = Lifecycle(
    start=_R.IN_APPROVAL,
    moves={
        (_R.IN_APPROVAL, _D.SIGN): Move(_R.IN_APPROVAL, Permission.APPROVE),
        (_R.IN_APPROVAL, _D.SIGN_LAST): Move(_R.GRANTED, Permission.APPROVE),
        (_R.IN_APPROVAL, _D.SIGN_LAST_WITHOUT_CAP): Move(_R.AWAITING_CAP, Permission.APPROVE),
        (_R.IN_APPROVAL, _D.RETURN): Move(_R.RETURNED, Permission.APPROVE),
        (_R.IN_APPROVAL, _D.REJECT): Move(_R.REJECTED, Permission.APPROVE),
        (_R.IN_APPROVAL, _D.WITHDRAW): Move(_R.WITHDRAWN, Permission.REQUEST_CREDIT),
        (_R.RETURNED, _D.ANSWER): Move(_R.IN_APPROVAL, Permission.REQUEST_CREDIT),
        (_R.RETURNED, _D.WITHDRAW): Move(_R.WITHDRAWN, Permission.REQUEST_CREDIT),
        (_R.AWAITING_CAP, _D.WITHDRAW): Move(_R.WITHDRAWN, Permission.REQUEST_CREDIT),
        (_R.AWAITING_CAP, _D.OPEN): Move(_R.GRANTED, Permission.SET_COMPANY),
    },
)

UNDER_WAY = (RequestState.IN_APPROVAL, RequestState.RETURNED, RequestState.AWAITING_CAP)
"""The states of a request that is not over; a customer has one such at most."""


class LineState(StrEnum):
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class LineAction(StrEnum):
    SUSPEND = "suspend"
    BAR = "bar"
    """The customer's new grade may have no credit."""
    RESTORE = "restore"
    """It may again, and the line's last day is not over."""
    REPLACE = "replace"


LINE: Lifecycle[LineState, LineAction] = Lifecycle(
    start=LineState.OPEN,
    moves={
        (LineState.OPEN, LineAction.SUSPEND): Move(LineState.SUSPENDED, Permission.KEEP_TIME),
        (LineState.OPEN, LineAction.BAR): Move(LineState.SUSPENDED, Permission.RATE),
        (LineState.SUSPENDED, LineAction.RESTORE): Move(LineState.OPEN, Permission.RATE),
        (LineState.OPEN, LineAction.REPLACE): Move(LineState.CLOSED, Permission.APPROVE),
        (LineState.SUSPENDED, LineAction.REPLACE): Move(LineState.CLOSED, Permission.APPROVE),
    },
)
