"""Importing a file (5.1): a person opens it, sees what it would change, and confirms; the desk books it.

The person's part is three commands; what lies between is the desk's, in chunks, by whoever is running: see
`core.services.import_run`. Nothing is remembered but the batch, so an import goes on after any stop.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.files.columns import KindName
from core.files.tables import ImportRow, RowError
from core.records.customer import Customer
from core.records.import_batch import ImportBatch
from core.records.inbox import Upload
from core.records.tables import table_of
from core.rules.import_lifecycle import IMPORT, ImportAction, ImportState
from core.rules.lifecycle import IllegalMove
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services import tell
from core.services.customer import name_key
from core.services.desk import Command
from core.services.import_check import Checked, CustomerEntry, check
from core.services.ledger import InvoiceEntry, ReceiptEntry, record_invoices, record_receipts
from core.services.work import Work
from core.texts.message import Button, Buttons, Message, rows
from core.texts.wire import Label, dumps, facts_of

_BATCH = table_of(ImportBatch)
_CUSTOMER = table_of(Customer)
_UPLOAD = table_of(Upload)
ERRORS_SHOWN = 3

CHUNK_SECONDS = 0.015
"""No further portion joins a chunk that has taken so long; with its commit it holds the write lock under 50 ms."""
LEAST_PORTION, MOST_PORTION = 60, 250
"""Rows. No portion but the first is larger than all before it in its chunk, so that it takes no longer than they did."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would change."""

    kind: KindName
    readable: int
    """Rows that could be read, whether or not they go with the books."""
    new: int
    amount: Money | None
    """The sum of the new rows, credit notes below zero; None of customers."""
    unchanged: int
    errors: tuple[RowError, ...]
    """Every bad cell, by row."""
    ignored_columns: tuple[str, ...]

    @property
    def bad(self) -> int:
        """Rows with an error."""
        return len({error.row for error in self.errors})


@dataclass(frozen=True, slots=True)
class Booked:
    """What an import did, in rows."""

    added: int
    amount: Money
    unchanged: int
    refused: int


@dataclass(frozen=True)
class OpenImport(Command):
    """Import a stored file; without a kind its header tells which."""

    upload: int
    kind: KindName | None = None
    conversation: str = ""
    """Where to answer; empty when whoever asks waits for the result."""


def open_import(work: Work, command: OpenImport) -> int:
    """Returns the id of the batch, which the desk goes on to preview."""
    found = work.session.execute(select(_UPLOAD.c.sha256).where(_UPLOAD.c.id == command.upload)).first()
    if found is None:
        raise Refusal("import-unknown")
    batch = ImportBatch(
        kind=command.kind or "",
        upload=command.upload,
        conversation=command.conversation,
        by=work.by.person,
        at=work.at,
        added_minor=0,
    )
    work.session.add(batch)
    work.session.flush()
    assert batch.id is not None
    work.record("import.opened", _subject(batch), kind=batch.kind, file=found.sha256)
    return batch.id


@dataclass(frozen=True)
class PreviewImport(Command):
    """Note what the file would change, and tell."""

    batch: int
    preview: Preview


def preview_import(work: Work, command: PreviewImport) -> None:
    """The second of two desks that looked at the file at once has nothing to add."""
    batch = _batch(work, command.batch)
    if batch.state != ImportState.OPENED:
        return
    _move(batch, ImportAction.PREVIEW)
    preview = command.preview
    batch.kind = preview.kind
    batch.total = preview.readable
    facts = {
        "file": _name(work, batch),
        "kind": Label(f"import-kind-{preview.kind}"),
        "rows": preview.new + preview.unchanged + preview.bad,
        "new": preview.new,
        "amount": preview.amount,
        "unchanged": preview.unchanged,
        "bad": preview.bad,
        "errors": [_told(error) for error in preview.errors[:ERRORS_SHOWN]],
        "more": max(len(preview.errors) - ERRORS_SHOWN, 0),
        "ignored": list(preview.ignored_columns),
    }
    batch.report = dumps(facts)
    _answer(work, batch, Message("import-preview", facts, _choices(batch, preview)))


@dataclass(frozen=True)
class GiveUpImport(Command):
    """Note that the file cannot be read as a table of anything, and tell."""

    batch: int
    why: Refusal


def give_up_import(work: Work, command: GiveUpImport) -> None:
    """A file that cannot be read changes nothing; whoever sent it is told what is wrong with it."""
    batch = _batch(work, command.batch)
    if batch.state != ImportState.OPENED:
        return
    _move(batch, ImportAction.GIVE_UP)
    batch.finished_at = work.at
    why = command.why
    work.record("import.unreadable", _subject(batch), why=why.key, facts=dict(why.facts))
    _answer(work, batch, Message(f"refusal-{why.key}", why.facts))


@dataclass(frozen=True)
class ConfirmImport(Command):
    """Book what the preview showed."""

    batch: int
    all_or_nothing: bool = False


def confirm_import(work: Work, command: ConfirmImport) -> None:
    """Refuses a file that brings nothing new; with `all_or_nothing` also one that has any bad row."""
    batch = _own_batch(work, command.batch)
    _move(batch, ImportAction.CONFIRM)
    seen = facts_of(batch.report)
    if command.all_or_nothing and seen["bad"]:
        raise Refusal("import-has-bad-rows", bad=seen["bad"])
    if not seen["new"]:
        raise Refusal("import-nothing-new", unchanged=seen["unchanged"], bad=seen["bad"])
    work.record("import.confirmed", _subject(batch), kind=batch.kind, new=seen["new"], bad=seen["bad"])


@dataclass(frozen=True)
class CancelImport(Command):
    """Drop an import that was not confirmed."""

    batch: int


def cancel_import(work: Work, command: CancelImport) -> None:
    """Nothing of the file is booked; it may be sent again."""
    batch = _own_batch(work, command.batch)
    _move(batch, ImportAction.CANCEL)
    batch.finished_at = work.at
    work.record("import.cancelled", _subject(batch))


@dataclass(frozen=True)
class ImportChunk(Command):
    """Book rows of a confirmed file, as many as there is time for: those from `first` among its readable rows."""

    batch: int
    first: int
    rows: tuple[ImportRow, ...]


def import_chunk(work: Work, command: ImportChunk) -> int:
    """Returns the index at which the batch now stands.

    The rows are booked only when it stood at `first`: the second of two desks that book the same file at once
    finds that it does not, changes nothing, and goes on from there.
    """
    batch = _batch(work, command.batch)
    if batch.state == ImportState.DONE:
        return batch.next_row
    _move(batch, ImportAction.BOOK)
    if batch.next_row != command.first:
        return batch.next_row
    checked = Checked()
    done = 0
    until = time.monotonic() + CHUNK_SECONDS
    while not done or (done < len(command.rows) and time.monotonic() < until):
        portion = command.rows[done : done + min(max(done, LEAST_PORTION), MOST_PORTION)]
        checked.add(_book(work, _kind(batch), portion))
        done += len(portion)
    amount = checked.amount
    batch.next_row += done
    batch.added += len(checked.new)
    batch.added_minor += amount.minor
    batch.unchanged += checked.unchanged
    batch.refused += len(checked.misfits)
    if checked.new:
        numbers = [row.row for row in command.rows[:done]]
        work.record(
            "import.booked",
            _subject(batch),
            kind=batch.kind,
            by=batch.by,
            file=_sha256(work, batch),
            rows=[min(numbers), max(numbers)],
            added=len(checked.new),
            amount=amount,
        )
    return batch.next_row


@dataclass(frozen=True)
class FinishImport(Command):
    """Close an import whose last row is dealt with, and tell."""

    batch: int


def finish_import(work: Work, command: FinishImport) -> Booked:
    """Told once, however many desks come to the end of it."""
    batch = _batch(work, command.batch)
    booked = Booked(batch.added, Money(batch.added_minor), batch.unchanged, batch.refused)
    if batch.state == ImportState.DONE:
        return booked
    _move(batch, ImportAction.FINISH)
    batch.finished_at = work.at
    counts = {"added": booked.added, "unchanged": booked.unchanged, "refused": booked.refused}
    work.record(
        "import.finished",
        _subject(batch),
        kind=batch.kind,
        by=batch.by,
        file=_sha256(work, batch),
        amount=booked.amount,
        **counts,
    )
    facts = {
        "file": _name(work, batch),
        "kind": Label(f"import-kind-{batch.kind}"),
        "amount": None if batch.kind == "customers" else booked.amount,
        **counts,
    }
    _answer(work, batch, Message("import-done", facts))
    return booked


def unfinished(session: Session) -> tuple[int, ...]:
    """The imports that wait for the desk, the oldest first: to be taken up after a start."""
    waiting = (ImportState.OPENED, ImportState.RUNNING)
    return tuple(
        session.execute(
            select(_BATCH.c.id).where(_BATCH.c.state.in_(waiting)).order_by(_BATCH.c.id)
        ).scalars()
    )


def _book(work: Work, kind: KindName, some: Sequence[ImportRow]) -> Checked:
    checked = check(work.session, kind, some)
    entries: Sequence[Any] = checked.new
    match entries[:1]:
        case [InvoiceEntry()]:
            record_invoices(work.session, entries)
        case [ReceiptEntry()]:
            record_receipts(work.session, entries)
        case [CustomerEntry()]:
            work.session.execute(insert(_CUSTOMER), [_customer_values(work, entry) for entry in entries])
    return checked


def _customer_values(work: Work, entry: CustomerEntry) -> dict[str, Any]:
    row = entry.row
    return {
        "code": row.code,
        "name": row.name,
        "name_key": name_key(row.name),
        "uscc": row.uscc,
        "kind": row.kind,
        "region": row.region or "",
        "owner": entry.owner,
        "industry": row.industry or "",
        "size": row.size or "",
        "founded": row.founded,
        "registered_capital_minor": row.registered_capital.minor if row.registered_capital else None,
        "legal_representative": row.legal_representative or "",
        "address": row.address or "",
        "phone": row.phone or "",
        "scope": "",
        "bank_sealed": "",
        "opened_at": work.at,
    }


def _batch(work: Work, batch: int) -> ImportBatch:
    found = work.session.get(ImportBatch, batch, with_for_update=True)
    if found is None:
        raise Refusal("import-unknown")
    return found


def _own_batch(work: Work, batch: int) -> ImportBatch:
    """What one person has looked at, another does not confirm."""
    found = _batch(work, batch)
    if found.by != work.by.person:
        raise Refusal("import-unknown")
    return found


def _move(batch: ImportBatch, action: ImportAction) -> None:
    try:
        batch.state = IMPORT.after(ImportState(batch.state), action)
    except IllegalMove as error:
        raise Refusal("import-not-waiting", state=Label(f"import-state-{error.state}")) from error


def _kind(batch: ImportBatch) -> KindName:
    kind: Any = batch.kind
    return kind  # type: ignore[no-any-return]


def _name(work: Work, batch: ImportBatch) -> str:
    return str(work.session.execute(select(_UPLOAD.c.name).where(_UPLOAD.c.id == batch.upload)).scalar_one())


def _sha256(work: Work, batch: ImportBatch) -> str:
    return str(
        work.session.execute(select(_UPLOAD.c.sha256).where(_UPLOAD.c.id == batch.upload)).scalar_one()
    )


def _subject(batch: ImportBatch) -> str:
    return f"import:{batch.id}"


def _told(error: RowError) -> dict[str, Any]:
    return {
        "row": error.row,
        "header": error.header or error.column,
        "value": error.value,
        "key": error.key,
        "facts": dict(error.facts),
    }


def _choices(batch: ImportBatch, preview: Preview) -> Buttons:
    confirm = Button(f"import-confirm:{batch.id}", "button-import-confirm", {"new": preview.new})
    drop = Button(f"import-cancel:{batch.id}", "button-import-cancel", {"bad": preview.bad})
    return rows(*([confirm] if preview.new else []), drop)


def _answer(work: Work, batch: ImportBatch, message: Message) -> None:
    if batch.conversation:
        tell.say(work.session, batch.conversation, message, at=work.at, person=batch.by, urgent=True)
