"""The survey that the policy needs, question by question, each answer with its source (1.3; B9 arts. 8-11)."""

from collections.abc import Callable, Container
from datetime import date
from functools import cache
from typing import Any

from bot.dialog import read
from bot.dialog.filling import Filling, as_page
from bot.dialog.form import Ask, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows.fact_questions import fact_question
from bot.flows.find import the_customer
from core.queries.customers.facts import known_unasked
from core.queries.customers.survey import survey_facts
from core.queries.rating.inputs import answered, unit
from core.rules.permission import Permission
from core.rules.policy.facts import FactKind
from core.rules.rating.reading import KnownValue, Reading
from core.rules.refusal import Refusal
from core.services.customers.survey import SOURCES, RecordSurvey, SurveyAnswer
from core.texts.message import Button, rows
from core.texts.wire import Label, Named


def survey(talk: Talk, filling: Filling, customer: str) -> None:
    """Ask what the policy needs to know and neither the statements nor the customer file say."""
    if not talk.may(Permission.EDIT_CUSTOMER):
        raise Refusal("not-allowed")
    the_customer(talk, int(customer))
    known = known_unasked(talk.session, talk.desk.office, int(customer), talk.today)
    if all(kind.key in known for kind in _asked(talk)):
        _nothing_to_ask(talk, customer)
        return
    filling.open(talk, "survey", customer)


def _nothing_to_ask(talk: Talk, customer: str) -> None:
    talk.say(
        "survey-all-known",
        rows(
            Button(f"credit:{customer}", "button-credit"),
            Button(f"rating:{customer}", "button-rating"),
            Button(f"statements:{customer}", "button-statements"),
            MENU,
        ),
        customer=the_customer(talk, int(customer)).name,
        known=_known(talk, customer),
    )


def source(talk: Talk, filling: Filling) -> None:
    """The next answers come from somewhere else."""
    if filling.is_open(talk, "survey"):
        filling.change(talk, "source")


def _asked(talk: Talk) -> tuple[FactKind, ...]:
    """What the policy in force has people asked for, and the one that is confirmed to follow it."""
    return talk.desk.office.vocabulary.asked_for(talk.needs)


def _asks(talk: Talk, subject: str) -> tuple[Ask, ...]:
    @cache
    def known() -> Container[str]:
        return known_unasked(talk.session, talk.desk.office, int(subject), talk.today).keys()

    def is_open(kind: FactKind) -> Callable[[Talk, Answers], bool]:
        return lambda _talk, _answers: kind.key not in known()

    return (
        Ask(
            "as_of",
            read.day(future=False),
            lambda talk, _a: [
                Choice(talk.today.isoformat(), "choice-today"),
                Choice(date(talk.today.year - 1, 12, 31).isoformat(), "choice-last-year-end"),
            ],
            facts=lambda talk, _a: {
                "customer": the_customer(talk, int(subject)).name,
                "known": _known(talk, subject),
            },
        ),
        Ask(
            "source",
            read.one_of(*SOURCES),
            lambda _t, _a: [Choice(s, f"source-{s}") for s in SOURCES],
            closed=True,
        ),
        *(fact_question(kind, is_open(kind)) for kind in _asked(talk)),
    )


def _known(talk: Talk, subject: str) -> list[dict[str, Any]]:
    """What nobody is asked because it is on file, by the day that it is of and where it is from."""
    found = known_unasked(talk.session, talk.desk.office, int(subject), talk.today)
    told: dict[tuple[date, str], list[dict[str, Any]]] = {}
    for kind in _asked(talk):
        if kind.key in found:
            fact = found[kind.key]
            told.setdefault((fact.as_of, fact.source), []).append(_known_fact(kind, fact.value))
    return [
        {"source": Label(f"source-{origin}"), "day": day, "facts": facts}
        for (day, origin), facts in sorted(told.items(), reverse=True)
    ]


def _known_fact(kind: FactKind, value: KnownValue) -> dict[str, Any]:
    """A fact as the statements say it; a ratio without a number says why."""
    if isinstance(value, Reading) and value.value is None:
        told: dict[str, Any] = {"value": Label(f"reading-{value.reason}"), "unit": ""}
    else:
        told = {"value": answered(kind, value), "unit": unit(kind)}
    return {"name": Named(kind.zh, kind.en), **told}


def _review(talk: Talk, subject: str, answers: Answers) -> None:
    kept = survey_facts(talk.session, int(subject))
    lines = []
    for kind in _answered(talk, answers):
        value, origin = answers[kind.key]
        lines.append(
            {
                "name": Named(kind.zh, kind.en),
                "value": _told(kind, value),
                "unit": unit(kind) if value is not None else "",
                "source": Label(f"source-{origin}"),
                "changed": kind.key in kept and kept[kind.key].value != value,
            }
        )
    talk.say(
        "survey-review",
        rows(
            Button("form.submit:survey", "button-sign-survey"),
            Button("form.change:survey", "button-change"),
            Button("form.later", "button-later"),
        )
        + as_page(SURVEY, subject),
        customer=the_customer(talk, int(subject)).name,
        as_of=answers["as_of"],
        lines=lines,
        known=_known(talk, subject),
        who=talk.me.named,
    )


def _answered(talk: Talk, answers: Answers) -> list[FactKind]:
    """What was answered, in the order of the questions; last what today's policy asks no more."""
    asked = (kind.key for kind in _asked(talk) if kind.key in answers)
    found = (talk.desk.office.vocabulary.find(key) for key in dict.fromkeys((*asked, *answers)))
    return [kind for kind in found if kind is not None]


def _told(kind: FactKind, value: Any) -> Any:
    return Label("choice-unknown") if value is None else answered(kind, value)


def _finish(talk: Talk, subject: str, answers: Answers) -> None:
    vocabulary = talk.desk.office.vocabulary
    given = tuple(
        SurveyAnswer(key, answer[0], answer[1])
        for key, answer in answers.items()
        if vocabulary.find(key) is not None
    )
    count = talk.do(RecordSurvey(int(subject), given, answers["as_of"]))
    talk.say(
        "survey-kept",
        rows(
            Button(f"credit:{subject}", "button-credit"), Button(f"rating:{subject}", "button-rating"), MENU
        ),
        customer=the_customer(talk, int(subject)).name,
        count=count,
    )


SURVEY = Form(name="survey", asks=_asks, finish=_finish, review=_review, long=True, of_customer=True)
