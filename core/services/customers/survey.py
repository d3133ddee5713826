"""The survey: facts with their source, their day and the person who answers for them (1.3, 1.4; B9 arts. 9-11)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import insert, update

from core.records.survey import Fact
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.policy.facts import FactKind, FactType, FactValue
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.rating.review_steps import refresh_review
from core.services.work import Work
from core.texts.wire import Named, dumps

_FACT = table_of(Fact)
SOURCES = ("customer", "bank", "authority", "visit", "own_records", "agency", "statements")
"""The channels of B9 art. 8."""


@dataclass(frozen=True)
class SurveyAnswer:
    """One answer with its source; ``value`` is None for “asked, and not to be had”."""

    key: str
    value: FactValue
    source: str


@dataclass(frozen=True)
class RecordSurvey(Command):
    """Answers to the policy's questions. ``as_of`` is the day that the facts are of."""

    customer: int
    answers: tuple[SurveyAnswer, ...]
    as_of: date


def record_survey(work: Work, command: RecordSurvey) -> int:
    """Keep each answer as the current one; what it replaces stays on record. Returns how many changed."""
    customer = work.customer(command.customer)
    if work.by.person is None:
        raise Refusal("not-allowed")
    if command.as_of > work.today:
        raise Refusal("as-of-future", day=command.as_of)
    for answer in command.answers:
        _check(work, answer)
    if not command.answers:
        return 0
    work.session.execute(
        update(_FACT)
        .where(
            _FACT.c.customer == customer.id,
            _FACT.c.key.in_([answer.key for answer in command.answers]),
            _FACT.c.current,
        )
        .values(current=False)
    )
    work.session.execute(
        insert(_FACT),
        [
            {
                "customer": customer.id,
                "key": answer.key,
                "value": dumps(answer.value),
                "source": answer.source,
                "as_of": command.as_of,
                "by": work.by.person,
                "at": work.at,
                "known_on": work.today,
                "current": True,
            }
            for answer in command.answers
        ],
    )
    work.record(
        "survey.recorded",
        f"customer:{customer.id}",
        as_of=command.as_of,
        answers=[[a.key, a.value, a.source] for a in command.answers],
    )
    refresh_review(work, command.customer)
    return len(command.answers)


def _check(work: Work, answer: SurveyAnswer) -> None:
    """Of the kind and in the range that the vocabulary says; asked of people, not counted by the desk."""
    kind = work.office.vocabulary.find(answer.key)
    if kind is None or kind.source != "survey":
        raise Refusal("fact-unknown", fact=answer.key)
    if answer.source not in SOURCES:
        raise Refusal("source-unknown", source=answer.source)
    refuse_unfit(kind, answer.value)


def refuse_unfit(kind: FactKind, value: FactValue) -> None:
    """`Refusal` for a value that is not of the fact's kind, or out of its range."""
    if not kind.suits(value):
        raise Refusal("fact-kind", fact=Named(kind.zh, kind.en))
    if not kind.covers(value):
        raise Refusal("fact-range", **fact_range(kind))


def fact_range(kind: FactKind) -> dict[str, Named | Decimal | Money | None]:
    """A fact with the ends of its range, in its own unit, to tell by."""
    return {
        "fact": Named(kind.zh, kind.en),
        "low": _in_unit(kind, kind.low),
        "high": _in_unit(kind, kind.high),
    }


def _in_unit(kind: FactKind, end: Decimal | None) -> Decimal | Money | None:
    return Money.of(end) if end is not None and kind.kind is FactType.MONEY else end
