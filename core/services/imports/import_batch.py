"""What the commands of an import share: its batch, and the steps that it takes (5.1)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.records.import_batch import ImportBatch
from core.records.tables import table_of
from core.rules.lifecycles.import_lifecycle import IMPORT, ImportAction, ImportState
from core.rules.lifecycles.lifecycle import IllegalMove
from core.rules.refusal import Refusal
from core.services.work import Work
from core.texts.wire import Label

_BATCH = table_of(ImportBatch)


def batch_of(work: Work, batch: int) -> ImportBatch:
    """The batch, to be changed. Refuses one that there is not."""
    found = work.session.get(ImportBatch, batch, with_for_update=True)
    if found is None:
        raise Refusal("import-unknown")
    return found


def own_batch(work: Work, batch: int) -> ImportBatch:
    """The batch for whoever opened it: what one person has looked at, another does not confirm."""
    found = batch_of(work, batch)
    if found.by != work.by.person:
        raise Refusal("import-unknown")
    return found


def unfinished(session: Session) -> tuple[int, ...]:
    """The imports that wait for the desk, the oldest first: to be taken up after a start."""
    waiting = (ImportState.OPENED, ImportState.RUNNING)
    return tuple(
        session.execute(
            select(_BATCH.c.id).where(_BATCH.c.state.in_(waiting)).order_by(_BATCH.c.id)
        ).scalars()
    )


def move(batch: ImportBatch, action: ImportAction) -> None:
    """Take a step of the lifecycle; refuses one that is not to be taken now."""
    try:
        batch.state = IMPORT.after(ImportState(batch.state), action)
    except IllegalMove as error:
        raise Refusal("import-not-waiting", state=Label(f"import-state-{error.state}")) from error


def subject(batch: ImportBatch) -> str:
    """The import as the audit trail names it."""
    return f"import:{batch.id}"
