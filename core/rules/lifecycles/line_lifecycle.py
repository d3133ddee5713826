"""The lifecycle of a credit line (2.5, 3.7): open from the last signature, suspended when it ends, closed by the next one."""

from enum import StrEnum

from core.rules.lifecycles.lifecycle import Lifecycle, Move
from core.rules.permission import Permission


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


_S, _A = LineState, LineAction

LINE: Lifecycle[LineState, LineAction] = Lifecycle(
    start=_S.OPEN,
    moves={
        (_S.OPEN, _A.SUSPEND): Move(_S.SUSPENDED, Permission.KEEP_TIME),
        (_S.OPEN, _A.BAR): Move(_S.SUSPENDED, Permission.RATE),
        (_S.SUSPENDED, _A.RESTORE): Move(_S.OPEN, Permission.RATE),
        (_S.OPEN, _A.REPLACE): Move(_S.CLOSED, Permission.APPROVE),
        (_S.SUSPENDED, _A.REPLACE): Move(_S.CLOSED, Permission.APPROVE),
    },
)
