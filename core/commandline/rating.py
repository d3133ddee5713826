"""Rating a file of facts from the command line: nothing is stored."""

from pathlib import Path
from typing import Any

import click

from core.clock import day_of
from core.commandline.command import as_json, command
from core.commandline.policy_named import policy_named
from core.commandline.rating_text import Telling, limit_lines, rating_lines
from core.commandline.running import office_of, show
from core.commandline.worded import Command
from core.policies.facts_file import GivenFact, read_facts_file
from core.queries.office import POLICY
from core.rules.limits.ceilings import Ceiling
from core.rules.limits.limit_from_facts import LimitFound, limit_found
from core.rules.limits.limit_rules import CreditKind
from core.rules.money import NotAnAmount, parse_amount
from core.rules.policy.policy import Policy
from core.rules.rating.assess import lifts
from core.rules.rating.assess import rate as rate_facts
from core.rules.rating.rating import Item, Lift, Rating
from core.rules.refusal import Refusal
from core.settings import Settings


@click.command(cls=Command)
@click.option("--policy", default=POLICY, show_default=True)
@click.option("--facts", type=click.Path(exists=True, path_type=Path), required=True)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in CreditKind]),
    default=CreditKind.LONG_TERM.value,
    show_default=True,
)
@click.option("--asked")
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
    raised = lifts(found, known)
    text = _text(Telling(settings, office.vocabulary, given), found, rating, limit, raised)
    show(as_json, _data(found, rating, limit, given, raised), text)


def _data(
    policy: Policy,
    rating: Rating,
    limit: LimitFound,
    given: dict[str, GivenFact],
    raised: tuple[Lift, ...],
) -> dict[str, Any]:
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
        "lifts": [
            {
                "fact": each.fact,
                "value": each.value,
                "op": each.op,
                "threshold": each.threshold,
                "grade": each.grade,
            }
            for each in raised
        ],
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
        "group_english": item.group.en if item.group else None,
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


def _text(
    telling: Telling, policy: Policy, rating: Rating, limit: LimitFound, raised: tuple[Lift, ...]
) -> str:
    """The same for people, a line for each thing."""
    of_grade = () if policy.method is None else rating_lines(telling, policy, rating, raised)
    return "\n".join((*of_grade, *limit_lines(telling, policy, limit)))
