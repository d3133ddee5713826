"""Facts as questions: how each kind is asked and read (1.3). What a question takes, the desk takes."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from bot.dialog import read
from bot.dialog.form import Ask, BadAnswer, Choice, Reader
from bot.dialog.state import Answers
from bot.dialog.talk import Talk
from bot.dialog.write import as_typed
from core.rules.money import Money
from core.rules.policy.facts import FactKind, FactType
from core.services.customers.survey import fact_range
from core.texts.message import Button
from core.texts.wire import Label, Named

UNKNOWN = "unknown"
"""The button “问不到”: asked, and not to be had. It never counts as good."""
_WIDEST = Decimal(10) ** 12


def fact_question(kind: FactKind, when: Callable[[Talk, Answers], bool]) -> Ask:
    """The question of a fact; its answer is kept with its source."""
    return Ask(
        kind.key,
        _with_source(fact_reader(kind)),
        lambda _talk, _answers: _offer(kind),
        when=when,
        facts=lambda _talk, answers: _facts(kind, answers),
        text="ask-survey-question",
        across=4,
        beside=(Button("survey.source", "button-change-source"),),
        closed=kind.kind in {FactType.YES_NO, FactType.CHOICE},
        needs=("source",),
        keyboard=_keyboard(kind),
        write=partial(_typed, kind),
    )


def fact_reader(kind: FactKind) -> Reader:
    """Reads a fact's value, in its range: out of it, it is told at the question what the desk would tell at the end."""
    reader = _reader(kind)

    def taken(typed: str, talk: Talk) -> Any:
        value = reader(typed, talk)
        if not kind.covers(value):
            raise BadAnswer("fact-range", **fact_range(kind))
        return value

    return taken


def _reader(kind: FactKind) -> Reader:
    match kind.kind:
        case FactType.YES_NO:
            return _yes_no
        case FactType.COUNT:
            return _count(kind)
        case FactType.MONEY:
            return _signed_money
        case FactType.DATE:
            return read.day(future=False)
        case FactType.CHOICE:
            return _chosen(kind)
        case FactType.PERCENT:
            return _percent
        case _:
            return read.number(-_WIDEST, _WIDEST)


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


def _count(kind: FactKind) -> Reader:
    """A whole number; below zero only where the fact's own range begins there."""
    number = read.number(-_WIDEST, _WIDEST)

    def reader(typed: str, talk: Talk) -> int:
        value = number(typed, talk)
        if value != value.to_integral_value() or (value < 0 and kind.low is None):
            raise BadAnswer("count")
        return int(value)

    return reader


def _percent(typed: str, talk: Talk) -> Decimal:
    """A percentage; a number below one without its sign is 65 % to one person and 0.65 % to another."""
    value: Decimal = read.number(-_WIDEST, _WIDEST)(typed, talk)
    if 0 < abs(value) < 1 and not read.clean(typed).endswith(("%", "％")):
        large = f"{(value * 100).normalize():f}"
        raise BadAnswer("fraction-or-percent", large=large, small=f"{value:f}")
    return value


def _signed_money(typed: str, talk: Talk) -> Money:
    """An amount that may be a loss: -30万, (30万) or 亏损30万."""
    line = read.clean(typed)
    loss = line.startswith(("-", "−", "亏", "(", "（"))
    try:
        amount = read.amount(line.lstrip("-−亏损(（ ").rstrip(")） "), talk)
    except BadAnswer as bad:
        if bad.key != "amount-zero":
            raise
        return Money.zero()
    return -amount if loss else amount


def _chosen(kind: FactKind) -> Reader:
    """One of the fact's answers, by its button or typed in either language."""
    by_name = {name: choice.value for choice in kind.choices for name in (choice.value, choice.zh, choice.en)}

    def reader(typed: str, _talk: Talk) -> str:
        if typed not in by_name:
            raise BadAnswer("choose")
        return by_name[typed]

    return reader


def _keyboard(kind: FactKind) -> Literal["", "numeric", "decimal"]:
    """Keys for numbers, where no answer is below zero: a phone has no minus among them."""
    if kind.low is None or kind.low < 0:
        return ""
    match kind.kind:
        case FactType.COUNT:
            return "numeric"
        case FactType.NUMBER:
            return "decimal"
        case _:
            return ""


def _offer(kind: FactKind) -> list[Choice]:
    choices = [Choice("yes", "choice-yes"), Choice("no", "choice-no")] if kind.kind is FactType.YES_NO else []
    if kind.kind is FactType.CHOICE:
        choices = [
            Choice(choice.value, "literal", {"text": Named(choice.zh, choice.en)}) for choice in kind.choices
        ]
    if kind.kind is FactType.COUNT:
        choices = [Choice.named(str(count), str(count)) for count in range(3) if kind.covers(count)]
    return [*choices, Choice(UNKNOWN, "choice-unknown")]


def _facts(kind: FactKind, answers: Answers) -> dict[str, Any]:
    assert kind.question is not None
    given = answers.get(kind.key)
    source = given[1] if given else answers.get("source", "own_records")
    return {
        "question": Named(kind.question.zh, kind.question.en),
        "short": Named(kind.zh, kind.en),
        "unit": kind.unit,
        "source": Label(f"source-{source}"),
    }


def _typed(kind: FactKind, answer: Any, answers: Answers) -> str:
    """The value alone: its source was given once for many."""
    value, _ = answer
    if value is None:
        return UNKNOWN
    sign = "%" if kind.kind is FactType.PERCENT and abs(value) < 1 else ""
    return as_typed(value, answers) + sign
