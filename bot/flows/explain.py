"""Policy decisions as facts for a card: reasons, criteria, ceilings, in the policy's own words."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from core.queries.office import Office
from core.queries.policies.activation import InForce
from core.queries.policies.grade_names import grade_name
from core.queries.rating.inputs import SIGNS, answered, scored, told_input, unit
from core.rules.limits.ceilings import Ceiling
from core.rules.limits.limit import Proposal
from core.rules.policy.conditions import Answer
from core.rules.policy.grades import GradeRule
from core.rules.policy.policy import Policy
from core.rules.policy.source import Text
from core.rules.precision import rounded
from core.rules.rating.rating import Input, Item, Lift, Rating
from core.texts.wire import Label, Named, Phrase


def _input(office: Office, found: Input) -> dict[str, Any]:
    kind = office.vocabulary.find(found.fact)
    return {"told": told_input(kind, found), "told_value": scored(kind, found)}


def _inputs(office: Office, found: Iterable[Input]) -> list[dict[str, Any]]:
    """Each told once: a criterion that asks for either of two answers reads the same fact twice."""
    told: list[dict[str, Any]] = []
    for each in found:
        facts = _input(office, each)
        if facts not in told:
            told.append(facts)
    return told


def item(office: Office, policy: Policy, found: Item) -> dict[str, Any]:
    """One criterion, or one indicator: its words, what came of it, and the inputs that made it."""
    listed = next((grade for grade in policy.grades if grade.code == found.grade), None)
    return {
        "title": named(found.title),
        "article": found.article,
        "listed": found.grade or "",
        "grade": grade_name(policy, found.grade),
        "against": listed is not None and listed.rule is GradeRule.ANY,
        "answer": found.answer or "",
        "inputs": _inputs(office, found.inputs),
        "telling": _inputs(office, (each for each in found.inputs if each.answer is found.answer)),
        "scored": found.contribution is not None,
        "points": found.points,
        "weight": found.weight,
        "contribution": found.contribution,
        "loss": rounded(found.loss, 1),
    }


def items(office: Office, policy: Policy, rating: Rating) -> list[dict[str, Any]]:
    """Every criterion or indicator, each with the heading that it stands under."""
    return [
        item(office, policy, found) | {"group": group(policy, rating, found.group)} for found in rating.items
    ]


def group(policy: Policy, rating: Rating, title: Text | None) -> Named | Label | Phrase:
    """The heading of a group of indicators; one that too little is known of for a score says so (2.3)."""
    if title is None:
        return Label("picture-review")
    for each in rating.not_rated:
        if each.share is not None and policy.words(each.of) == title:
            return Phrase("group-not-scored", {"group": named(title), "percent": percent(each.share)})
    return named(title)


def percent(share: Decimal) -> int:
    """A share of 1 in whole percents."""
    return int(share * 100)


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
        Phrase(
            f"obstacle-{each.reason}",
            {
                "of": _words(policy, each.of, unsure=each.of in unsure),
                "percent": percent(each.share or Decimal(0)),
            },
        )
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


def lift(office: Office, policy: Policy, found: Lift) -> dict[str, Any]:
    kind = office.vocabulary.find(found.fact)
    return {
        "name": Named(kind.zh, kind.en) if kind else found.fact,
        "sign": SIGNS[found.op],
        "threshold": answered(kind, found.threshold),
        "unit": unit(kind),
        "grade": grade_name(policy, found.grade),
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
    if bucket.endswith("+"):
        return Phrase("aging-over", {"days": str(int(bucket.removesuffix("+")) - 1)})
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
