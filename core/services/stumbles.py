"""A bug that stops a part of the program: it begins again by itself, and the admin is told where the log has it."""

import logging
from dataclasses import dataclass
from enum import StrEnum

from core.queries.actor import CLOCK
from core.queries.people.approvers import people_of
from core.rules.permission import Role
from core.services.desk import Command, Desk
from core.services.work import Work
from core.storage.database import Database
from core.texts.message import Message
from core.texts.wire import Label

log = logging.getLogger(__name__)


class Part(StrEnum):
    """What runs for as long as the program does."""

    DELIVERY = "delivery"
    INBOX = "inbox"
    FILES = "files"
    TELEGRAM = "telegram"
    TELEGRAM_MENUS = "telegram-menus"
    WECOM = "wecom"
    WECOM_MENU = "wecom-menu"
    WORKER = "worker"


@dataclass(frozen=True)
class ReportStumble(Command):
    """A bug has stopped a part of the program; it begins again by itself."""

    part: Part
    reference: str
    """Under which the trace stands in the log."""


def report_stumble(work: Work, command: ReportStumble) -> int:
    """Alarm every admin, once a day for each part, however often it stumbles; returns how many were told."""
    message = Message(
        "part-stumbled", {"part": Label(f"part-{command.part}"), "reference": command.reference}
    )
    told = sum(
        work.tell(admin, message, key=f"stumbled:{command.part}:{work.today}:{admin}", urgent=True)
        for admin in people_of(work.session, Role.ADMIN)
    )
    if told:
        work.record("part.stumbled", f"part:{command.part}", reference=command.reference)
    return told


async def raise_alarm(database: Database, desk: Desk, part: Part, reference: str) -> None:
    """Report a stumble; whatever keeps it from being told is logged, and keeps nothing from beginning again."""
    try:
        await desk.run(database, ReportStumble(part, reference), CLOCK)
    except Exception:
        log.exception("nobody could be told of %s", reference)
