"""Policy decisions as facts for a card: reasons, criteria, ceilings, in the policy's own words."""

from collections.abc import Iterable
from typing import Any

from core.queries.office import Office
from core.rules.conditions import Comparison
from core.rules.facts import FactKind, FactValue
from core.rules.limit import Ceiling, Proposal
from core.rules.policy import Policy
from core.rules.rating import Input, Item, Lift, Rating
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


def _input(office: Office, found: Input) -> dict[str, Any]:
    kind = office.vocabulary.find(found.fact)
    return {
        "name": Named(kind.zh, kind.en) if kind else found.fact,
        "value": shown(found.value),
        "sign": _SIGNS[found.op],
        "threshold": shown(found.threshold),
        "unit": unit(kind),
        "answer": found.answer.value,
    }


def item(office: Office, policy: Policy, found: Item) -> dict[str, Any]:
    """One criterion: its words, its answer, and the inputs that made it."""
    title = policy.criterion(found.criterion).title
    return {
        "title": Named(title.zh, title.en),
        "article": found.article,
        "grade": found.grade,
        "answer": found.answer.value,
        "inputs": [_input(office, each) for each in found.inputs],
        "telling": [_input(office, each) for each in found.inputs if each.answer is found.answer],
    }


def reasons(office: Office, policy: Policy, rating: Rating, count: int = 2) -> list[dict[str, Any]]:
    return [item(office, policy, found) for found in rating.main_reasons(count)]


def lift(office: Office, found: Lift) -> dict[str, Any]:
    kind = office.vocabulary.find(found.fact)
    return {
        "name": Named(kind.zh, kind.en) if kind else found.fact,
        "sign": _SIGNS[found.op],
        "threshold": shown(found.threshold),
        "unit": unit(kind),
        "grade": found.grade,
    }


def ceilings(found: Iterable[Ceiling]) -> list[dict[str, Any]]:
    return [
        {
            "name": Label(f"ceiling-{ceiling.name}"),
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
