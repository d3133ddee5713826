"""Importing a file (5.1): a person opens it, sees what it would change, and confirms; the desk books it.

The person's part is three commands; what lies between is the desk's, by whoever is running: see
`core.services.imports.import_run`, and `core.services.imports.import_booking` for what it books. Nothing is remembered but the batch, so an import goes on after any stop.
"""

from dataclasses import dataclass
from typing import Any

from core.files.columns import KindName
from core.files.tables import RowError
from core.records.import_batch import ImportBatch
from core.rules.lifecycles.import_lifecycle import ImportAction, ImportState
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.imports.import_batch import batch_of, move, own_batch, subject
from core.services.uploads import answer, name_of, own_sha256
from core.services.work import Work
from core.texts.message import Button, Buttons, Message, rows
from core.texts.wire import Label, dumps, facts_of

ERRORS_SHOWN = 3


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


@dataclass(frozen=True)
class OpenImport(Command):
    """Import a file of one's own that is stored; without a kind its header tells which."""

    upload: int
    kind: KindName | None = None
    conversation: str = ""
    """Where to answer; empty when whoever asks waits for the result."""


def open_import(work: Work, command: OpenImport) -> int:
    """Returns the id of the batch, which the desk goes on to preview."""
    sha256 = own_sha256(work.session, command.upload, work.by.person)
    if sha256 is None:
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
    work.record("import.opened", subject(batch), kind=batch.kind, file=sha256)
    return batch.id


@dataclass(frozen=True)
class PreviewImport(Command):
    """Note what the file would change, and tell."""

    batch: int
    preview: Preview


def preview_import(work: Work, command: PreviewImport) -> None:
    """The second of two desks that looked at the file at once has nothing to add."""
    batch = batch_of(work, command.batch)
    if batch.state != ImportState.OPENED:
        return
    move(batch, ImportAction.PREVIEW)
    preview = command.preview
    batch.kind = preview.kind
    batch.total = preview.readable
    facts = {
        "file": name_of(work.session, batch),
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
    answer(work, batch, Message("import-preview", facts, _choices(batch, preview)))


@dataclass(frozen=True)
class GiveUpImport(Command):
    """Note that the file cannot be read as a table of anything, and tell."""

    batch: int
    why: Refusal


def give_up_import(work: Work, command: GiveUpImport) -> None:
    """A file that cannot be read changes nothing; whoever sent it is told what is wrong with it."""
    batch = batch_of(work, command.batch)
    if batch.state != ImportState.OPENED:
        return
    move(batch, ImportAction.GIVE_UP)
    batch.finished_at = work.at
    why = command.why
    work.record("import.unreadable", subject(batch), why=why.key, facts=dict(why.facts))
    again = Button("import", "button-import")
    answer(work, batch, Message(f"refusal-{why.key}", why.facts, ((again,),)))


@dataclass(frozen=True)
class ConfirmImport(Command):
    """Book what the preview showed."""

    batch: int
    all_or_nothing: bool = False


def confirm_import(work: Work, command: ConfirmImport) -> None:
    """Refuses a file that brings nothing new; with `all_or_nothing` also one that has any bad row."""
    batch = own_batch(work, command.batch)
    move(batch, ImportAction.CONFIRM)
    seen = facts_of(batch.report)
    if command.all_or_nothing and seen["bad"]:
        raise Refusal("import-has-bad-rows", bad=seen["bad"])
    if not seen["new"]:
        raise Refusal("import-nothing-new", unchanged=seen["unchanged"], bad=seen["bad"])
    work.record("import.confirmed", subject(batch), kind=batch.kind, new=seen["new"], bad=seen["bad"])


@dataclass(frozen=True)
class CancelImport(Command):
    """Drop an import that was not confirmed."""

    batch: int


def cancel_import(work: Work, command: CancelImport) -> None:
    """Nothing of the file is booked; it may be sent again."""
    batch = own_batch(work, command.batch)
    move(batch, ImportAction.CANCEL)
    batch.finished_at = work.at
    work.record("import.cancelled", subject(batch))


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
    marked = Button(f"import-marked:{batch.id}", "button-import-marked")
    return rows(*([confirm] if preview.new else []), drop, *([marked] if preview.bad else []))
