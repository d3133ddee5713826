"""The one door for change: permission, savepoint, audit and outbox happen here, once.

The caller owns the transaction. A refusal undoes what the command did, is written to the audit trail, and is
raised to the caller, whose own work (the conversation) stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from sqlalchemy.orm import Session

from core.queries.actor import Actor
from core.queries.office import Office
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services import audit
from core.services.work import Work
from core.storage.database import Database


class Command:
    """Something to be done. Subclasses are frozen dataclasses whose fields are what it takes."""


@dataclass(frozen=True, slots=True)
class Handled:
    """How a command is handled, and the permission without which it is not."""

    handler: Callable[[Work, Any], Any]
    may: Permission


class Desk:
    def __init__(self, office: Office, commands: Mapping[type[Command], Handled]) -> None:
        self.office = office
        self._commands = commands

    def do(self, session: Session, command: Command, by: Actor) -> Any:
        """Do ``command`` for ``by`` inside the caller's transaction.

        Raises `Refusal` when the actor may not, or the rules say no; it is on record then, and nothing changed.
        """
        handled = self._commands[type(command)]
        work = Work(session, by, self.office.clock.now(), self.office)
        savepoint = session.begin_nested()
        try:
            if not by.may(handled.may):
                raise Refusal("not-allowed")
            result = handled.handler(work, command)
            session.flush()
        except Refusal as refusal:
            savepoint.rollback()
            audit.append(
                session,
                at=work.at,
                actor=by.ref,
                action="refused",
                subject=type(command).__name__,
                data={"why": refusal.key, "facts": dict(refusal.facts), "command": _told(command)},
            )
            refusal.on_record = True
            raise
        except BaseException:
            savepoint.rollback()
            raise
        savepoint.commit()
        return result

    async def run(self, database: Database, command: Command, by: Actor) -> Any:
        """`do` in a transaction of its own. A refusal is on record before it is raised."""

        def unit(session: Session) -> tuple[Any, Refusal | None]:
            try:
                return self.do(session, command, by), None
            except Refusal as refusal:
                return None, refusal

        result, refusal = await database.write(unit)
        if refusal is not None:
            raise refusal
        return result


_SECRET = {"code", "bank_account"}


def _told(command: Command) -> dict[str, str]:
    """The command as the audit trail tells it: short, and without what must stay secret."""
    return {
        field.name: "…" if field.name in _SECRET else str(getattr(command, field.name))[:200]
        for field in fields(cast("Any", command))
    }
