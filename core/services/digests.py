"""Telling the digests: one message per person and day, in the shortest form that says what to do (6.1)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.queries.digests.digest import Digest
from core.queries.digests.news import Climbed, Ending
from core.rules.money import total
from core.services.desk import Command
from core.services.work import Work
from core.texts.message import Button, Message, rows
from core.texts.wire import Label

MOST_NAMED = 5
"""Customers named in each group; the rest are counted, and one tap away."""


@dataclass(frozen=True)
class TellDigests(Command):
    day: date
    messages: Mapping[int, Message]
    """For each person what `message_of` made beforehand: nothing is worked out while others wait to write."""


def tell_digests(work: Work, command: TellDigests) -> int:
    """Say it, to each once a day; returns to how many who had not had the day's digest already."""
    return work.tell_each(command.messages, f"digest:{command.day}")


def message_of(digest: Digest, day: date) -> Message:
    """The digest as facts for the card ``digest``, with a button for each thing that can be gone through."""
    buttons = []
    if digest.overdue or digest.upcoming:
        buttons.append(Button("overdue", "digest-see-overdue"))
    if digest.waiting:
        buttons.append(Button("waiting", "digest-see-waiting"))
    if digest.reviews:
        buttons.append(Button("reviews", "digest-see-reviews"))
    return Message("digest", _facts(digest, day), rows(*buttons))


def _facts(digest: Digest, day: date) -> dict[str, Any]:
    return {
        "on": day,
        "items": digest.items,
        "overdue": _chased(digest.overdue),
        "upcoming": _chased(digest.upcoming),
        "waiting": len(digest.waiting),
        "longest_hours": max(digest.waiting, default=timedelta()) // timedelta(hours=1),
        "endings": _ending(digest.endings, day),
        "suspensions": _ending(digest.suspensions, day),
        "vacancies": [
            {"role": Label(f"role-{vacancy.role}"), "invoices": vacancy.invoices, "amount": vacancy.amount}
            for vacancy in digest.vacancies
        ],
        "reviews": digest.reviews,
        "late_reviews": digest.late_reviews,
        "differences": digest.differences,
        "calendar_ends": digest.calendar_ends,
        "granted": digest.granted,
        "cap": digest.cap,
        "head": {"seq": digest.head.seq, "hash": digest.head.hash} if digest.head else None,
    }


def _chased(climbed: list[Climbed]) -> dict[str, Any] | None:
    """By customer, the largest amount first; None when there is nothing."""
    by_customer: dict[str, list[Climbed]] = defaultdict(list)
    for row in climbed:
        by_customer[row.name].append(row)
    if not by_customer:
        return None
    owed = {name: total(row.amount for row in found) for name, found in by_customer.items()}
    largest_first = sorted(owed, key=lambda name: (-owed[name].minor, name))
    return {
        "invoices": sum(row.invoices for row in climbed),
        "amount": total(owed.values()),
        "customers": [
            {
                "name": name,
                "amount": owed[name],
                "late": max(row.days for row in by_customer[name]),
            }
            for name in largest_first[:MOST_NAMED]
        ],
        "more": len(largest_first[MOST_NAMED:]),
    }


def _ending(endings: list[Ending], day: date) -> dict[str, Any] | None:
    """The soonest first; None when there is nothing."""
    if not endings:
        return None
    return {
        "count": len(endings),
        "named": [
            {
                "name": ending.name,
                "what": Label(f"digest-{ending.what}"),
                "last_day": ending.last_day,
                "left": (ending.last_day - day).days,
            }
            for ending in endings[:MOST_NAMED]
        ],
        "more": len(endings[MOST_NAMED:]),
    }
