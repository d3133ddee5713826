"""What the pictures of the chat show: decisions and figures as lengths and words (2.3, 8.1)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from bot.flows import explain
from core.queries.office import Office
from core.queries.policies.grade_names import grade_name
from core.rules.policy.conditions import Answer
from core.rules.policy.parameters import number
from core.rules.policy.policy import Policy
from core.rules.rating.rating import Item, Rating
from core.rules.receivables.aging import BUCKETS, Aging
from core.texts.message import Picture
from core.texts.wire import Label, Phrase


def of_rating(
    office: Office, policy: Policy, rating: Rating, title: str, changed: Sequence[Mapping[str, Any]] = ()
) -> Picture | None:
    """How the grade came about: how the points add up, or the list checked off; None where nothing was rated.

    What changed since the last rating, each with its `name` and its values `before` and `now`, stands above it.
    """
    if not rating.items:
        return None
    above = {"changed": [{key: each[key] for key in ("name", "before", "now")} for each in changed]}
    if rating.items[0].contribution is None and rating.score is None:
        return Picture("checklist", _checklist(office, policy, rating, title) | above)
    return Picture("waterfall", _waterfall(office, policy, rating, title) | above)


def of_aging(now: Aging, week_ago: Aging, on: date) -> Picture:
    """A bar for each age of what is owed, and how it stood a week ago."""
    ages = [("not-due", now.not_due, week_ago.not_due)]
    ages += [(key, now.buckets[key], week_ago.buckets[key]) for key in BUCKETS]
    return Picture(
        "aging",
        {
            "title": Label("picture-name-aging"),
            "total": now.outstanding,
            "on": on,
            "compared": Label("picture-week-ago"),
            "buckets": [
                {
                    "name": explain.age(key),
                    "amount": amount,
                    "size": amount.amount,
                    "before": before.amount,
                    "late": key != "not-due",
                }
                for key, amount, before in ages
            ],
        },
    )


def _checklist(office: Office, policy: Policy, rating: Rating, title: str) -> dict[str, Any]:
    listed = ((code, [item for item in rating.items if item.grade == code]) for code in policy.codes)
    return {
        "title": title,
        "grade": _grade(policy, rating),
        "sections": [_section(office, policy, code, items) for code, items in listed if items],
    }


def _section(office: Office, policy: Policy, grade: str, items: Sequence[Item]) -> dict[str, Any]:
    shown = [explain.item(office, policy, item) for item in items]
    return {
        "name": Phrase(
            "picture-against" if shown[0]["against"] else "picture-for", {"grade": grade_name(policy, grade)}
        ),
        "items": [
            {
                "mark": _mark(item, against=told["against"]),
                "name": told["title"],
                "article": item.article,
                "inputs": [each["told"] for each in told["inputs"]],
            }
            for item, told in zip(items, shown, strict=True)
        ],
    }


def _mark(item: Item, *, against: bool) -> str:
    """What a bad grade lists is good when it is not so."""
    if item.answer is Answer.UNKNOWN:
        return "unknown"
    return "good" if (item.answer is Answer.YES) is not against else "bad"


def _waterfall(office: Office, policy: Policy, rating: Rating, title: str) -> dict[str, Any]:
    groups = groupby(rating.items, key=lambda item: item.group)
    return {
        "title": title,
        "grade": _grade(policy, rating),
        "score": "" if rating.score is None else Phrase("rating-score", {"score": rating.score}),
        "cutoffs": list(_cutoffs(policy)),
        "groups": [
            {
                "name": explain.group(policy, rating, group),
                "items": [_bar(office, policy, item) for item in items],
            }
            for group, items in groups
        ],
        "gates": explain.gates(rating),
    }


def _bar(office: Office, policy: Policy, item: Item) -> dict[str, Any]:
    told = explain.item(office, policy, item)
    known = item.points is not None and not item.unanswered
    return {
        "name": told["title"],
        "inputs": [each["told_value"] for each in told["inputs"]],
        "note": _note(item) if known else Label("unknown"),
        "earned": item.contribution or Decimal(0),
        "weight": item.weight or Decimal(0),
        "known": known,
    }


def _note(item: Item) -> Any:
    """What it earned of what it could; of one that only modifies others by how much."""
    if not item.weight:
        return f"{item.contribution or Decimal(0):+.1f}"
    return Phrase("picture-points", {"earned": _short(item.contribution), "weight": _short(item.weight)})


def _short(points: Decimal | None) -> str:
    return f"{points or Decimal(0):.1f}"


def _cutoffs(policy: Policy) -> Iterable[dict[str, Any]]:
    for grade in policy.grades:
        least = number(grade.at_least, policy.values)
        if least is not None:
            yield {"grade": grade_name(policy, grade.code), "from": least}


def _grade(policy: Policy, rating: Rating) -> Any:
    grade = grade_name(policy, rating.grade)
    return Phrase("picture-grade", {"grade": grade}) if grade else Label("picture-no-grade")
