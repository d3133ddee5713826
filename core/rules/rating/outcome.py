"""What a decision came to, as it is stored beside its inputs: enough to tell on replay what differs, by name."""

from collections.abc import Mapping
from typing import Any

from core.rules.limits.limit import Proposal
from core.rules.policy.facts import FactValue
from core.rules.rating.rating import Item, Rating

Outcome = Mapping[str, Any]


def outcome(rating: Rating, proposal: Proposal) -> Outcome:
    """What `rating_outcome` says, with limit, term and every ceiling."""
    return {
        **rating_outcome(rating),
        "limit": proposal.limit,
        "term_days": proposal.term_days,
        "ceilings": {ceiling.name: ceiling.amount for ceiling in proposal.ceilings},
        "refusals": [reason.key for reason in proposal.refusals],
    }


def rating_outcome(rating: Rating) -> Outcome:
    """Grade, score, every item's part in it, and gates: plain values only."""
    return {
        "grade": rating.grade,
        "score": rating.score,
        "scored_grade": rating.scored_grade,
        "gates": [each.gate.key for each in rating.gates],
        "reasons": [item.key for item in rating.reasons],
        "not_rated": [[each.reason, each.of] for each in rating.not_rated],
        "items": {item.key: _came_to(item) for item in rating.items},
    }


def kept_outcome(rating: Rating) -> Outcome:
    """What is kept of a grade that decides nothing: as `rating_outcome`, of each item its answer or points alone.

    What an item contributed, and the reasons, follow from the points of all and the policy.
    """
    return {
        "grade": rating.grade,
        "score": rating.score,
        "scored_grade": rating.scored_grade,
        "gates": [each.gate.key for each in rating.gates],
        "not_rated": [[each.reason, each.of] for each in rating.not_rated],
        "items": {
            item.key: str(item.answer) if item.answer is not None else item.points for item in rating.items
        },
    }


def differences(stored: Outcome, found: Outcome) -> tuple[str, ...]:
    """What differs, by name (``score``, ``items.debt_ratio``); of what was not stored then nothing is said."""
    names: list[str] = []
    for key, value in stored.items():
        now = found.get(key)
        if isinstance(value, Mapping) and isinstance(now, Mapping):
            inner = dict.fromkeys((*value, *now))
            names += [f"{key}.{each}" for each in inner if value.get(each) != now.get(each)]
        elif value != now:
            names.append(key)
    return tuple(names)


def _came_to(item: Item) -> list[FactValue]:
    """A criterion's answer, or an indicator's points and contribution."""
    return [None if item.answer is None else str(item.answer), item.points, item.contribution]
