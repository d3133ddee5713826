"""The survey that the policy needs, question by question, each answer with its source (1.3; B9 arts. 8-11)."""

from datetime import date
from decimal import Decimal
from typing import Any

from bot.dialog import read
from bot.dialog.filling import Filling, as_page
from bot.dialog.form import Ask, BadAnswer, Choice, Form, Reader
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.dialog.write import as_typed
from bot.flows import explain
from bot.flows.find import the_customer
from core.queries.customers.facts import survey_facts
from core.rules.money import Money
from core.rules.permission import Permission
from core.rules.policy.facts import FactKind, FactType
from core.rules.refusal import Refusal
from core.services.customers.survey import SOURCES, RecordSurvey, SurveyAnswer
from core.texts.message import Button, rows
from core.texts.wire import Label, Named

UNKNOWN = "unknown"
"""The button “问不到”: asked, and not to be had. It never counts as good."""
_WIDEST = Decimal(10) ** 12


def survey(talk: Talk, filling: Filling, customer: str) -> None:
    if not talk.may(Permission.EDIT_CUSTOMER):
        raise Refusal("not-allowed")
    the_customer(talk, int(customer))
    filling.open(talk, "survey", customer)


def source(talk: Talk, filling: Filling) -> None:
    """The next answers come from somewhere else."""
    if filling.is_open(talk, "survey"):
        filling.change(talk, "source")


def _with_source(reader: Reader) -> Reader:
    """An answer is kept together with the source that was chosen when it was given."""

    def taken(typed: str, talk: Talk) -> list[Any]:
        value = None if typed == UNKNOWN else reader(typed, talk)
        return [value, talk.state.answers["source"]]

    return taken


def _yes_no(typed: str, _talk: Talk) -> bool:
    if typed not in {"yes", "no"}:
        raise BadAnswer("choose")
    return typed == "yes"


def _signed_money(typed: str, _talk: Talk) -> Money:
    """An amount that may be a loss: -30万, (30万) or 亏损30万."""
    line = read.clean(typed)
    loss = line.startswith(("-", "−", "亏", "(", "（"))
    bare = line.lstrip("-−亏损(（ ").rstrip(")） ")
    if not bare.strip("0.元"):
        return Money.zero()
    amount = read.amount(bare, _talk)
    return -amount if loss else amount


def _chosen(kind: FactKind) -> Reader:
    """One of the fact's answers, by its button or typed in either language."""
    by_name = {name: choice.value for choice in kind.choices for name in (choice.value, choice.zh, choice.en)}

    def reader(typed: str, _talk: Talk) -> str:
        if typed not in by_name:
            raise BadAnswer("choose")
        return by_name[typed]

    return reader


def _reader(kind: FactKind) -> Reader:
    low = kind.low if kind.low is not None else -_WIDEST
    high = kind.high if kind.high is not None else _WIDEST
    match kind.kind:
        case FactType.YES_NO:
            return _yes_no
        case FactType.COUNT:
            return read.whole(int(low), int(min(high, Decimal(10**6))))
        case FactType.MONEY:
            return _signed_money
        case FactType.DATE:
            return read.day(future=False)
        case FactType.CHOICE:
            return _chosen(kind)
        case _:
            return read.number(low, high)


def _offer(kind: FactKind) -> list[Choice]:
    choices = [Choice("yes", "choice-yes"), Choice("no", "choice-no")] if kind.kind is FactType.YES_NO else []
    if kind.kind is FactType.CHOICE:
        choices = [
            Choice(choice.value, "literal", {"text": Named(choice.zh, choice.en)}) for choice in kind.choices
        ]
    if kind.kind is FactType.COUNT:
        choices = [Choice.named(str(count), str(count)) for count in range(3)]
    return [*choices, Choice(UNKNOWN, "choice-unknown")]


def _facts(kind: FactKind, answers: Answers) -> dict[str, Any]:
    assert kind.question is not None
    given = answers.get(kind.key)
    source = given[1] if given else answers.get("source", "own_records")
    return {
        "question": Named(kind.question.zh, kind.question.en),
        "unit": kind.unit,
        "source": Label(f"source-{source}"),
    }


def _typed(answer: Any, answers: Answers) -> str:
    """The value alone: its source was given once for many."""
    value, _ = answer
    return UNKNOWN if value is None else as_typed(value, answers)


def _question(kind: FactKind) -> Ask:
    return Ask(
        kind.key,
        _with_source(_reader(kind)),
        lambda _talk, _answers: _offer(kind),
        facts=lambda _talk, answers: _facts(kind, answers) | {"short": Named(kind.zh, kind.en)},
        text="ask-survey-question",
        across=4,
        beside=(Button("survey.source", "button-change-source"),),
        closed=kind.kind in {FactType.YES_NO, FactType.CHOICE},
        needs=("source",),
        write=_typed,
    )


def _asks(talk: Talk, _subject: str) -> tuple[Ask, ...]:
    office = talk.desk.office
    asked = office.vocabulary.asked_for(talk.policy.needs)
    return (
        Ask(
            "as_of",
            read.day(future=False),
            lambda talk, _a: [
                Choice(talk.today.isoformat(), "choice-today"),
                Choice(date(talk.today.year - 1, 12, 31).isoformat(), "choice-last-year-end"),
            ],
            facts=lambda talk, _a: {"customer": the_customer(talk, int(talk.state.subject)).name},
        ),
        Ask(
            "source",
            read.one_of(*SOURCES),
            lambda _t, _a: [Choice(s, f"source-{s}") for s in SOURCES],
            closed=True,
        ),
        *(_question(kind) for kind in asked),
    )


def _review(talk: Talk, subject: str, answers: Answers) -> None:
    vocabulary = talk.desk.office.vocabulary
    kept = survey_facts(talk.session, int(subject))
    lines = []
    for key, answer in answers.items():
        kind = vocabulary.find(key)
        if kind is None:
            continue
        value, origin = answer
        lines.append(
            {
                "name": Named(kind.zh, kind.en),
                "value": _told(kind, value),
                "unit": explain.unit(kind) if value is not None else "",
                "source": Label(f"source-{origin}"),
                "changed": key in kept and kept[key].value != value,
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
        who=talk.me.named,
    )


def _told(kind: FactKind, value: Any) -> Any:
    return Label("choice-unknown") if value is None else explain.answered(kind, value)


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


SURVEY = Form(name="survey", asks=_asks, finish=_finish, review=_review, long=True)
