"""A rating and a limit as lines for the terminal: the grade, what held it, every item with its inputs, every ceiling."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.commandline.policy_text import named
from core.commandline.running import told
from core.policies.facts_file import GivenFact
from core.queries.policies.grade_names import grade_name
from core.queries.policies.page import gate_effect
from core.queries.rating.inputs import SIGNS, answered, scored, shown, told_input, unit
from core.rules.limits.ceilings import Ceiling
from core.rules.limits.limit_from_facts import LimitFound
from core.rules.policy.conditions import Answer, Comparison
from core.rules.policy.facts import Vocabulary
from core.rules.policy.policy import Policy
from core.rules.precision import rounded
from core.rules.rating.rating import Item, Lift, NotRated, Rating
from core.settings import Settings
from core.texts import catalog
from core.texts.wire import Label, Named, Phrase

_NOTHING = Decimal(0)
_POINTS = 1


@dataclass(frozen=True)
class Telling:
    """What the words are taken from: the reader's language, the vocabulary, the facts as they were given."""

    settings: Settings
    vocabulary: Vocabulary
    given: Mapping[str, GivenFact]

    def line(self, key: str, **facts: Any) -> str:
        return told(self.settings, key, **facts)

    def name(self, fact: str) -> Named | str:
        kind = self.vocabulary.find(fact)
        return fact if kind is None else Named(kind.zh, kind.en)

    def names(self, facts: Iterable[str]) -> str:
        return self.joined(self.name(fact) for fact in facts)

    def joined(self, each: Iterable[Any]) -> str:
        """Told one after the other; what has commas of its own is kept apart."""
        language = self.settings.language
        parts = dict.fromkeys(catalog.shown(language, one) for one in each)
        return catalog.shown(language, Label("list-semicolon")).join(parts)


def rating_lines(telling: Telling, policy: Policy, rating: Rating, lifts: Iterable[Lift]) -> Iterator[str]:
    """The grade or why there is none, gates, every criterion or indicator, and what would lift it."""
    key = "facts-rated" if rating.ratable else "facts-not-rated"
    score = "" if rating.score is None else Phrase("rating-score", {"score": rating.score})
    yield telling.line(key, policy=named(policy.title), grade=grade_name(policy, rating.grade), score=score)
    if rating.rests_on_little:
        yield telling.line("rating-little-known", percent=int(rating.completeness * 100))
    yield telling.line(
        "facts-completeness", percent=int(rating.completeness * 100), missing=len(rating.unknown)
    )
    for obstacle in rating.not_rated:
        percent = int((obstacle.share or _NOTHING) * 100)
        yield telling.line(f"obstacle-{obstacle.reason}", of=_of(policy, obstacle), percent=percent)
    if rating.capped_from is not None and rating.ratable:
        yield telling.line("facts-held", grade=grade_name(policy, rating.capped_from))
    if rating.conflict:
        yield telling.line("credit-conflict")
    for each in rating.gates:
        gate = each.gate
        title = gate.key if gate.title is None else named(gate.title)
        effect, unsure = gate_effect(policy, gate), int(each.answer is Answer.UNKNOWN)
        yield telling.line("facts-gate", title=title, article=gate.article, effect=effect, unsure=unsure)
    for item in rating.items:
        yield _criterion(telling, policy, item) if item.answer is not None else _indicator(telling, item)
    for lift in lifts:
        yield telling.line("facts-lift", change=_change(telling, lift), grade=grade_name(policy, lift.grade))
    if rating.unknown:
        yield telling.line("facts-unknown", names=telling.names(rating.unknown))


def _change(telling: Telling, lift: Lift) -> Phrase:
    kind = telling.vocabulary.find(lift.fact)
    facts = {"name": telling.name(lift.fact), "threshold": answered(kind, lift.threshold)}
    if lift.op is Comparison.IS:
        return Phrase("lift-answer", facts)
    return Phrase("lift", facts | {"sign": SIGNS[lift.op], "unit": unit(kind)})


def limit_lines(telling: Telling, policy: Policy, limit: LimitFound) -> Iterator[str]:
    """Every ceiling with what made it, and the limit; else why it cannot be made."""
    for ceiling in limit.ceilings:
        yield _ceiling(telling, ceiling)
    for each in limit.refusals:
        yield telling.line("facts-no-credit", why=Label(f"noground-{each.key}"), article=each.article)
    if limit.unknown:
        yield telling.line("facts-limit-needs", names=telling.names(limit.unknown))
    elif limit.limit is not None and not limit.refusals:
        yield telling.line("facts-limit", limit=limit.limit, days=limit.term_days or 0)
    elif not limit.ceilings and not limit.refusals and policy.grades_without_limit:
        yield telling.line("policy-limit-open")


def _ceiling(telling: Telling, ceiling: Ceiling) -> str:
    name = Label(f"ceiling-{ceiling.name}") if ceiling.title is None else named(ceiling.title)
    inputs = (
        Phrase("input-is", {"name": telling.name(fact), "value": shown(value), "unit": ""})
        for fact, value in ceiling.inputs.items()
        if telling.vocabulary.find(fact) is not None
    )
    return telling.line(
        "facts-ceiling",
        name=name,
        article=ceiling.article,
        amount=shown(ceiling.amount),
        binds=int(ceiling.binds),
        inputs=_beside(telling, inputs),
    )


def _criterion(telling: Telling, policy: Policy, item: Item) -> str:
    inputs = (told_input(telling.vocabulary.find(each.fact), each) for each in item.inputs)
    return telling.line(
        "facts-criterion",
        title=named(item.title),
        grade=grade_name(policy, item.grade),
        answer=Label(f"answered-{item.answer}"),
        article=item.article,
        inputs=_beside(telling, (*inputs, *_sources(telling, item))),
    )


def _indicator(telling: Telling, item: Item) -> str:
    facts = {"title": named(item.title), "article": item.article}
    if item.unanswered:
        return telling.line("facts-indicator-unknown", **facts)
    values = [scored(telling.vocabulary.find(each.fact), each) for each in item.inputs]
    bands = [] if item.band is None else [Phrase("facts-band", {"band": item.band})]
    return telling.line(
        "facts-indicator",
        **facts,
        points="–" if item.points is None else item.points,
        weight=rounded(item.weight or _NOTHING, _POINTS),
        contribution=rounded(item.contribution or _NOTHING, _POINTS),
        inputs=_beside(telling, (*values, *bands, *_sources(telling, item))),
    )


def _sources(telling: Telling, item: Item) -> Iterator[Any]:
    """Where the facts are from and of which day, as the file says."""
    for each in item.inputs:
        fact = telling.given.get(each.fact)
        if fact is not None and (fact.source or fact.as_of):
            yield Phrase("facts-source", {"source": fact.source or "", "day": fact.as_of or ""})


def _beside(telling: Telling, each: Iterable[Any]) -> str:
    """What stands behind a line, with a colon before it; nothing where there is nothing."""
    joined = telling.joined(each)
    return (
        catalog.shown(telling.settings.language, Phrase("facts-beside", {"facts": joined})) if joined else ""
    )


def _of(policy: Policy, obstacle: NotRated) -> Named | str:
    """What an obstacle is of, in the policy's words where it has any."""
    words = policy.words(obstacle.of)
    return obstacle.of if words is None else named(words)
