"""The lifecycle of an import (5.1): a person opens, confirms or drops it; the desk reads and books the rows."""

from enum import StrEnum

from core.rules.lifecycles.lifecycle import Lifecycle, Move
from core.rules.permission import Permission


class ImportState(StrEnum):
    OPENED = "opened"
    """The file is stored and not looked at yet."""
    PREVIEWED = "previewed"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    UNREADABLE = "unreadable"


class ImportAction(StrEnum):
    PREVIEW = "preview"
    GIVE_UP = "give_up"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    BOOK = "book"
    FINISH = "finish"


_S, _A = ImportState, ImportAction

IMPORT: Lifecycle[ImportState, ImportAction] = Lifecycle(
    start=_S.OPENED,
    moves={
        (_S.OPENED, _A.PREVIEW): Move(_S.PREVIEWED, Permission.KEEP_TIME),
        (_S.OPENED, _A.GIVE_UP): Move(_S.UNREADABLE, Permission.KEEP_TIME),
        (_S.PREVIEWED, _A.CONFIRM): Move(_S.RUNNING, Permission.IMPORT),
        (_S.PREVIEWED, _A.CANCEL): Move(_S.CANCELLED, Permission.IMPORT),
        (_S.RUNNING, _A.BOOK): Move(_S.RUNNING, Permission.KEEP_TIME),
        (_S.RUNNING, _A.FINISH): Move(_S.DONE, Permission.KEEP_TIME),
    },
)
