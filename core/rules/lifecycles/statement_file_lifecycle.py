"""The lifecycle of a file of statements (1.5): a person sends it, the desk reads it, the person keeps or drops it."""

from enum import StrEnum

from core.rules.lifecycles.lifecycle import Lifecycle, Move
from core.rules.permission import Permission


class StatementFileState(StrEnum):
    OPENED = "opened"
    """The file is stored and not looked at yet."""
    READ = "read"
    KEPT = "kept"
    DROPPED = "dropped"
    UNREADABLE = "unreadable"


class StatementFileAction(StrEnum):
    READ = "read"
    GIVE_UP = "give_up"
    KEEP = "keep"
    DROP = "drop"


_S, _A = StatementFileState, StatementFileAction

STATEMENT_FILE: Lifecycle[StatementFileState, StatementFileAction] = Lifecycle(
    start=_S.OPENED,
    moves={
        (_S.OPENED, _A.READ): Move(_S.READ, Permission.KEEP_TIME),
        (_S.OPENED, _A.GIVE_UP): Move(_S.UNREADABLE, Permission.KEEP_TIME),
        (_S.READ, _A.KEEP): Move(_S.KEPT, Permission.EDIT_CUSTOMER),
        (_S.READ, _A.DROP): Move(_S.DROPPED, Permission.EDIT_CUSTOMER),
    },
)
