"""Going on leave: a deputy signs meanwhile (3.3)."""

from datetime import date, timedelta

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, BadAnswer, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows.start import menu
from core.queries.actor import named
from core.queries.people.approvers import people_of
from core.records.staff import Person
from core.rules.permission import Permission, roles_with
from core.services.people.staff import GoOnLeave
from core.texts.message import Button, rows

_SIGNING = roles_with(Permission.APPROVE)
_OFFERED = 10


def _colleagues(talk: Talk, _answers: Answers) -> list[Choice]:
    """Those who may approve at all, the deputy and the superior first."""
    me = talk.session.get_one(Person, talk.me.person)
    likely = {person for person in (me.deputy, me.reports_to) if person is not None}
    signers = set(people_of(talk.session, *_SIGNING)) - {me.id}
    ordered = sorted(signers, key=lambda person: (person not in likely, person))[:_OFFERED]
    return [
        Choice(str(person), "literal", {"text": named(talk.session.get_one(Person, person))})
        for person in ordered
    ]


def _deputy(typed: str, talk: Talk) -> int:
    names = {choice.value for choice in _colleagues(talk, {})}
    if typed not in names:
        raise BadAnswer("choose")
    return int(typed)


def _last_day(typed: str, talk: Talk) -> date:
    day: date = read.day()(typed, talk)
    if day < talk.today:
        raise BadAnswer("day-gone", day=day)
    return day


def _until(talk: Talk, _answers: Answers) -> list[Choice]:
    days = [talk.today + timedelta(days=count) for count in (1, 3, 7, 14)]
    return [Choice.named(day.isoformat(), day.isoformat()) for day in days]


def _finish_leave(talk: Talk, _subject: str, answers: Answers) -> None:
    talk.do(GoOnLeave(until=answers["until"], deputy=answers["deputy"]))
    deputy = talk.session.get_one(Person, answers["deputy"])
    talk.say(
        "leave-noted",
        rows(Button("leave.back", "button-leave-back"), MENU),
        until=answers["until"],
        deputy=named(deputy),
    )


def leave(talk: Talk, filling: Filling) -> None:
    filling.open(talk, "leave")


def back(talk: Talk, filling: Filling) -> None:
    talk.do(GoOnLeave(until=talk.today - timedelta(days=1)))
    talk.say("leave-over")
    menu(talk, filling)


LEAVE = Form(
    name="leave",
    asks=lambda _talk, _subject: (
        Ask("until", _last_day, _until),
        Ask("deputy", _deputy, _colleagues),
    ),
    finish=_finish_leave,
)
