"""Going on leave: a deputy signs meanwhile (3.3)."""

from datetime import timedelta

from sqlalchemy import select

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, BadAnswer, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows.start import menu
from core.queries.actor import named
from core.records.staff import Person
from core.records.tables import table_of
from core.services.staff import GoOnLeave
from core.texts.message import Button, rows

_PERSON = table_of(Person)


def _colleagues(talk: Talk, _answers: Answers) -> list[Choice]:
    me = talk.session.get_one(Person, talk.me.person)
    likely = [person for person in (me.deputy, me.reports_to) if person is not None]
    rows_ = talk.session.execute(
        select(_PERSON.c.id, _PERSON.c.name)
        .where(_PERSON.c.active, _PERSON.c.id != me.id)
        .order_by(_PERSON.c.id)
    ).all()
    ordered = sorted(rows_, key=lambda row: (row.id not in likely, row.id))
    return [Choice.named(str(row.id), row.name) for row in ordered[:10]]


def _deputy(typed: str, talk: Talk) -> int:
    names = {choice.value for choice in _colleagues(talk, {})}
    if typed not in names:
        raise BadAnswer("choose")
    return int(typed)


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
        Ask("until", read.day(), _until),
        Ask("deputy", _deputy, _colleagues),
    ),
    finish=_finish_leave,
)
