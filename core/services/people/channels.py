"""Trouble with what the bot runs on: a channel that only a person can free, a part of it that fails."""

from dataclasses import dataclass
from enum import StrEnum

from core.queries.people.approvers import people_of
from core.rules.permission import Role
from core.services.desk import Command
from core.services.work import Work
from core.texts.message import Message
from core.texts.wire import Label


@dataclass(frozen=True)
class ReportTakenOver(Command):
    """Another program has connected as our bot: here the channel is deaf and dumb until it is started again."""

    channel: str


def report_taken_over(work: Work, command: ReportTakenOver) -> int:
    """Alarm every admin; returns how many there are."""
    admins = people_of(work.session, Role.ADMIN)
    message = Message("channel-taken-over", {"channel": Label(f"channel-{command.channel}")})
    for admin in admins:
        work.tell(admin, message, urgent=True)
    work.record("channel.taken_over", f"channel:{command.channel}")
    return len(admins)


class Part(StrEnum):
    """What runs for as long as the bot does."""

    DELIVERY = "delivery"
    INBOX = "inbox"
    FILES = "files"
    TELEGRAM = "telegram"
    TELEGRAM_MENUS = "telegram-menus"
    WECOM = "wecom"
    WECOM_MENU = "wecom-menu"


@dataclass(frozen=True)
class ReportStumble(Command):
    """A bug has stopped a part of the bot; it has begun again by itself."""

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
