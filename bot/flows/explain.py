"""Policy decisions as facts for a card: reasons, criteria, ceilings, in the policy's own words."""

from collections.abc import Iterable
from typing import Any

from core.queries.office import Office
from core.rules.ceilings import Ceiling
from core.rules.conditions import Comparison
from core.rules.facts import FactKind, FactValue
from core.rules.grades import GradeRule
from core.rules.limit import Proposal
from core.rules.policy import Policy
from core.rules.rating import Input, Item, Lift, Rating
from core.rules.source import Text
from core.texts.wire import Label, Named

_SIGNS = {
    Comparison.AT_LEAST: "≥",
    Comparison.MORE_THAN: ">",
    Comparison.AT_MOST: "≤",
    Comparison.LESS_THAN: "<",
    Comparison.IS: "=",
}


def unit(kind: FactKind | None) -> str:
    """The sign that is told behind a value; amounts and counts bring their own words."""
    return "%" if kind is not None and kind.unit == "%" else ""


def shown(value: FactValue) -> Any:
    """A fact's value as a card tells it: yes and no as words, unknown as unknown."""
    if isinstance(value, bool):
        return Label("choice-yes" if value else "choice-no")
    return Label("unknown") if value is None else value


def answered(kind: FactKind | None, value: FactValue) -> Any:
    """The same for a fact of the vocabulary: the answer of a choice in its own words, experts' sheets counted."""
    if isinstance(value, tuple):
        return len(value)
    if kind is not None and isinstance(value, str):
        words = next((choice for choice in kind.choices if choice.value == value), None)
        return shown(value) if words is None else Named(words.zh, words.en)
    return shown(value)


def _input(office: Office, found: Input) -> dict[str, Any]:
    kind = office.vocabulary.find(found.fact)
    return {
        "name": Named(kind.zh, kind.en) if kind else found.fact,
        "value": answered(kind, found.value),
        "sign": _SIGNS[found.op] if found.op else "",
        "threshold": answered(kind, found.threshold),
        "unit": unit(kind),
        "answer": found.answer or "",
    }


def item(office: Office, policy: Policy, found: Item) -> dict[str, Any]:
    """One criterion, or one indicator: its words, what came of it, and the inputs that made it."""
    listed = next((grade for grade in policy.grades if grade.code == found.grade), None)
    return {
        "title": _named(found.title),
        "article": found.article,
        "grade": found.grade or "",
        "against": listed is not None and listed.rule is GradeRule.ANY,
        "answer": found.answer or "",
        "inputs": [_input(office, each) for each in found.inputs],
        "telling": [_input(office, each) for each in found.inputs if each.answer is found.answer],
        "scored": found.contribution is not None,
        "group": _named(found.group) if found.group else "",
        "points": found.points,
        "weight": found.weight,
        "contribution": found.contribution,
        "loss": found.loss,
    }


def _named(words: Text) -> Named:
    return Named(words.zh, words.en)


def reasons(office: Office, policy: Policy, rating: Rating, count: int = 2) -> list[dict[str, Any]]:
    return [item(office, policy, found) for found in rating.main_reasons(count)]


def lift(office: Office, found: Lift) -> dict[str, Any]:
    kind = office.vocabulary.find(found.fact)
    return {
        "name": Named(kind.zh, kind.en) if kind else found.fact,
        "sign": _SIGNS[found.op],
        "threshold": answered(kind, found.threshold),
        "unit": unit(kind),
        "grade": found.grade,
    }


def ceilings(found: Iterable[Ceiling]) -> list[dict[str, Any]]:
    return [
        {
            "name": _named(ceiling.title) if ceiling.title else Label(f"ceiling-{ceiling.name}"),
            "amount": ceiling.amount,
            "binds": ceiling.binds,
            "article": ceiling.article,
        }
        for ceiling in found
    ]


def refusals(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {
            "why": Label(f"noground-{reason.key}"),
            "opens": Label(f"opens-{reason.opens}") if reason.opens else "",
            "article": reason.article,
        }
        for reason in proposal.refusals
    ]
