"""Rating a file of facts from the command line: nothing is stored."""

from pathlib import Path
from typing import Any

import click

from core.clock import day_of
from core.commandline.policy_named import policy_named
from core.commandline.running import as_json, command, office_of, show, told
from core.policies.facts_file import GivenFact, read_facts_file
from core.queries.office import POLICY
from core.rules.limits.ceilings import Ceiling
from core.rules.limits.limit_from_facts import LimitFound, limit_found
from core.rules.limits.limit_rules import CreditKind
from core.rules.money import NotAnAmount, parse_amount
from core.rules.policy.policy import Policy
from core.rules.policy.source import Text
from core.rules.rating.assess import rate as rate_facts
from core.rules.rating.rating import Item, NotRated, Rating
from core.rules.refusal import Refusal
from core.settings import Settings
from core.texts.wire import Label, Named


@click.command()
@click.option(
    "--policy", default=POLICY, show_default=True, help="A policy or limit model, by its id or its file."
)
@click.option("--facts", type=click.Path(exists=True, path_type=Path), required=True, help="A JSON file.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in CreditKind]),
    default=CreditKind.LONG_TERM.value,
    show_default=True,
)
@click.option("--asked", help="The amount asked for; the lowest ceiling is the limit without it.")
@as_json
@command
def rate(settings: Settings, policy: str, facts: Path, kind: str, asked: str | None, as_json: bool) -> None:
    """Rate a set of facts without storing anything."""
    office = office_of(settings)
    today = day_of(office.clock.now(), settings.zone)
    found = policy_named(office, policy, today)
    given = read_facts_file(facts, office.vocabulary, today)
    known = {key: fact.value for key, fact in given.items()}
    try:
        amount = None if asked is None else parse_amount(asked)
    except NotAnAmount as error:
        raise Refusal(f"amount-{error.reason.replace('_', '-')}", typed=asked) from None
    rating = rate_facts(found, known)
    limit = limit_found(found, rating.grade, known, kind=CreditKind(kind), asked=amount)
    show(as_json, _data(found, rating, limit, given), _text(settings, found, rating, limit))


def _data(policy: Policy, rating: Rating, limit: LimitFound, given: dict[str, GivenFact]) -> dict[str, Any]:
    return {
        "policy": policy.id,
        "version": policy.version,
        "checksum": policy.checksum,
        "grade": rating.grade,
        "ratable": rating.ratable,
        "score": rating.score,
        "scored_grade": rating.scored_grade,
        "completeness": rating.completeness,
        "conflict": rating.conflict,
        "reasons": [item.key for item in rating.reasons],
        "unset": list(rating.unset or policy.unset),
        "unknown": list(rating.unknown),
        "not_rated": [
            {"reason": each.reason, "of": each.of, "share": each.share} for each in rating.not_rated
        ],
        "gates": [
            {
                "name": each.gate.key,
                "article": each.gate.article,
                "effect": each.gate.effect,
                "grade": each.gate.grade,
                "answer": each.answer,
            }
            for each in rating.gates
        ],
        "limit": limit.limit,
        "term_days": limit.term_days,
        "ceilings": [_ceiling(each) for each in limit.ceilings],
        "refusals": [
            {"reason": each.key, "article": each.article, "opens": each.opens} for each in limit.refusals
        ],
        "limit_needs": list(limit.unknown),
        "items": [_item(each, given) for each in rating.items],
    }


def _ceiling(each: Ceiling) -> dict[str, Any]:
    return {
        "name": each.name,
        "article": each.article,
        "amount": each.amount,
        "binds": each.binds,
        "hard": each.hard,
        "inputs": dict(each.inputs),
    }


def _item(item: Item, given: dict[str, GivenFact]) -> dict[str, Any]:
    """A criterion has a grade and an answer, an indicator points of 100, a weight and its part in the score."""
    facts = {one.fact: one.value for one in item.inputs}
    return {
        "name": item.key,
        "title": item.title.zh,
        "english": item.title.en,
        "article": item.article,
        "group": item.group.zh if item.group else None,
        "grade": item.grade,
        "answer": item.answer,
        "value": facts if item.contribution is None else next(iter(facts.values()), None),
        "band": item.band,
        "points": item.points,
        "weight": item.weight,
        "contribution": item.contribution,
        "flags": list(item.flags),
        "sources": {
            fact: {"source": given[fact].source, "as_of": given[fact].as_of}
            for fact in facts
            if fact in given and (given[fact].source or given[fact].as_of)
        },
    }


def _text(settings: Settings, policy: Policy, rating: Rating, limit: LimitFound) -> str:
    """The same for people, a line for each thing."""
    lines = [] if policy.method is None else _rated(settings, policy, rating)
    for ceiling in limit.ceilings:
        name = Label(f"ceiling-{ceiling.name}") if ceiling.title is None else _named(ceiling.title)
        amount = Label("unknown") if ceiling.amount is None else ceiling.amount
        lines.append(told(settings, "facts-ceiling", name=name, amount=amount, binds=int(ceiling.binds)))
    lines += [told(settings, "facts-no-credit", why=Label(f"noground-{each.key}")) for each in limit.refusals]
    if limit.limit is not None and not limit.refusals:
        lines.append(told(settings, "facts-limit", limit=limit.limit, days=limit.term_days or 0))
    return "\n".join(lines)


def _rated(settings: Settings, policy: Policy, rating: Rating) -> list[str]:
    key = "facts-rated" if rating.ratable else "facts-not-rated"
    score = "" if rating.score is None else rating.score
    lines = [told(settings, key, policy=_named(policy.title), grade=rating.grade or "", score=score)]
    for obstacle in rating.not_rated:
        lines.append(told(settings, f"obstacle-{obstacle.reason}", of=_of(policy, obstacle)))
    for gate in rating.gates:
        lines.append(told(settings, "facts-gate", title=_named(gate.gate.title), article=gate.gate.article))
    return [*lines, *(_line(settings, item) for item in rating.items)]


def _of(policy: Policy, obstacle: NotRated) -> Any:
    """What an obstacle is of, in the policy's words where it has any."""
    words = policy.words(obstacle.of)
    return obstacle.of if words is None else _named(words)


def _line(settings: Settings, item: Item) -> str:
    title = _named(item.title)
    if item.answer is not None:
        answer = Label(f"answered-{item.answer}")
        return told(
            settings,
            "facts-criterion",
            title=title,
            grade=item.grade or "",
            answer=answer,
            article=item.article,
        )
    if all(each.value is None for each in item.inputs):
        return told(settings, "facts-indicator-unknown", title=title, article=item.article)
    points: Any = Label("unknown") if item.points is None else item.points
    return told(
        settings,
        "facts-indicator",
        title=title,
        points=points,
        weight=item.weight or 0,
        contribution=item.contribution or 0,
        article=item.article,
    )


def _named(words: Text | None) -> Named:
    return Named("", "") if words is None else Named(words.zh, words.en)
