"""Policy decisions as facts for a card: reasons, criteria, ceilings, in the policy's own words."""

from collections.abc import Iterable
from typing import Any

from core.queries.office import Office
from core.queries.policies.activation import InForce
from core.rules.limits.ceilings import Ceiling
from core.rules.limits.limit import Proposal
from core.rules.policy.conditions import Answer, Comparison
from core.rules.policy.facts import FactKind, FactValue
from core.rules.policy.grades import GradeRule
from core.rules.policy.policy import Policy
from core.rules.policy.source import Text
from core.rules.precision import rounded
from core.rules.rating.rating import Input, Item, Lift, Rating
from core.rules.rating.reading import KnownValue, plain
from core.texts.wire import Label, Named, Phrase

_SIGNS = {
    Comparison.AT_LEAST: "≥",
    Comparison.MORE_THAN: ">",
    Comparison.AT_MOST: "≤",
    Comparison.LESS_THAN: "<",
    Comparison.IS: "=",
}


_OPPOSITE = {
    Comparison.AT_LEAST: Comparison.LESS_THAN,
    Comparison.LESS_THAN: Comparison.AT_LEAST,
    Comparison.AT_MOST: Comparison.MORE_THAN,
    Comparison.MORE_THAN: Comparison.AT_MOST,
}


def unit(kind: FactKind | None) -> str:
    """The sign that is told behind a value; amounts and counts bring their own words."""
    return "%" if kind is not None and kind.unit == "%" else ""


def shown(value: FactValue) -> Any:
    """A fact's value as a card tells it: yes and no as words, unknown as unknown."""
    if isinstance(value, bool):
        return Label("choice-yes" if value else "choice-no")
    return Label("unknown") if value is None else value


def answered(kind: FactKind | None, known: KnownValue) -> Any:
    """The same for a fact of the vocabulary: the answer of a choice in its own words, experts' sheets counted."""
    value = plain(known)
    if isinstance(value, tuple):
        return len(value)
    if kind is not None and isinstance(value, str):
        words = next((choice for choice in kind.choices if choice.value == value), None)
        return shown(value) if words is None else Named(words.zh, words.en)
    return shown(value)


def valued(kind: FactKind | None, known: KnownValue) -> Phrase:
    """A value with its sign; the unknown has none."""
    sign = unit(kind) if plain(known) is not None else ""
    return Phrase("input-value", {"value": answered(kind, known), "unit": sign})


def _input(office: Office, found: Input) -> dict[str, Any]:
    kind = office.vocabulary.find(found.fact)
    name = Named(kind.zh, kind.en) if kind else found.fact
    value, sign = answered(kind, found.value), unit(kind) if found.value is not None else ""
    return {
        "told": _told(kind, found, name, value, sign),
        "told_value": valued(kind, found.value),
    }


def _inputs(office: Office, found: Iterable[Input]) -> list[dict[str, Any]]:
    """Each told once: a criterion that asks for either of two answers reads the same fact twice."""
    told: list[dict[str, Any]] = []
    for each in found:
        facts = _input(office, each)
        if facts not in told:
            told.append(facts)
    return told


def _told(kind: FactKind | None, found: Input, name: Any, value: Any, sign: str) -> Phrase:
    """A fact in its own words; one that was compared also tells with what, the way that it came out."""
    if found.op in (None, Comparison.IS) or found.answer is Answer.UNKNOWN:
        return Phrase("input-is", {"name": name, "value": value, "unit": sign})
    assert found.op is not None
    facts = {
        "name": name,
        "value": value,
        "unit": sign,
        "threshold": answered(kind, found.threshold),
        "sign": _SIGNS[found.op if found.answer is Answer.YES else _OPPOSITE[found.op]],
    }
    return Phrase("input-compared", facts)


def item(office: Office, policy: Policy, found: Item) -> dict[str, Any]:
    """One criterion, or one indicator: its words, what came of it, and the inputs that made it."""
    listed = next((grade for grade in policy.grades if grade.code == found.grade), None)
    return {
        "title": named(found.title),
        "article": found.article,
        "grade": found.grade or "",
        "against": listed is not None and listed.rule is GradeRule.ANY,
        "answer": found.answer or "",
        "inputs": _inputs(office, found.inputs),
        "telling": _inputs(office, (each for each in found.inputs if each.answer is found.answer)),
        "scored": found.contribution is not None,
        "group": named(found.group) if found.group else "",
        "points": found.points,
        "weight": found.weight,
        "contribution": found.contribution,
        "loss": rounded(found.loss, 1),
    }


def policy_title(office: Office, active: InForce) -> Named | str:
    """The name of a policy; its id where its file is gone."""
    policy = office.library.policy_of(active.checksum)
    return active.policy if policy is None else named(policy.title)


def named(words: Text) -> Named:
    """A policy's own words."""
    return Named(words.zh, words.en)


def reasons(office: Office, policy: Policy, rating: Rating, count: int = 2) -> list[dict[str, Any]]:
    return [item(office, policy, found) for found in rating.main_reasons(count)]


def obstacles(policy: Policy, rating: Rating) -> list[Phrase]:
    """Why there is no grade, but for what the company has to set, which is told in words of its own."""
    unsure = {each.gate.key for each in rating.gates if each.answer is Answer.UNKNOWN}
    return [
        Phrase(f"obstacle-{each.reason}", {"of": _words(policy, each.of, unsure=each.of in unsure)})
        for each in rating.not_rated
        if each.reason != "unset"
    ]


def _words(policy: Policy, key: str, *, unsure: bool) -> Named | Phrase | str:
    """In the policy's words where it has any."""
    found = policy.words(key)
    return key if found is None else _held(found, unsure=unsure)


def gates(rating: Rating) -> list[Named | Phrase]:
    """The gates that hold, in the policy's words."""
    return [
        _held(each.gate.title, unsure=each.answer is Answer.UNKNOWN)
        for each in rating.gates
        if each.gate.title is not None
    ]


def _held(title: Text, *, unsure: bool) -> Named | Phrase:
    """A gate that holds only because nobody knows better is not told as a finding."""
    return Phrase("gate-unsure", {"gate": named(title)}) if unsure else named(title)


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
            "name": named(ceiling.title) if ceiling.title else Label(f"ceiling-{ceiling.name}"),
            "amount": ceiling.amount,
            "binds": ceiling.binds,
            "article": ceiling.article,
        }
        for ceiling in found
    ]


def age(bucket: str) -> Label | Phrase:
    """An age of receivables: ``not-due``, ``1-30`` ... in words."""
    if bucket == "not-due":
        return Label("aging-not-due")
    return Phrase("aging-days", {"days": bucket.replace("-", "–")})


def refusals(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {
            "why": Label(f"noground-{reason.key}"),
            "opens": Label(f"opens-{reason.opens}") if reason.opens else "",
            "article": reason.article,
        }
        for reason in proposal.refusals
    ]
