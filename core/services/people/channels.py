"""Trouble with a channel that only a person can end."""

from dataclasses import dataclass

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
