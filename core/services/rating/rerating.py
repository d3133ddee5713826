"""Reviews that the clock opens, and those that it takes to the assessors' superiors (2.5, 2.6).

Nobody is written to here: everybody concerned reads it in the next digest, one message a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.queries.rating.rerating import ReratingDue, reviews_overstayed, still_due
from core.records.customer import Customer
from core.records.review import RatingReview
from core.services.desk import Command
from core.services.rating.review_steps import open_review
from core.services.work import Work


@dataclass(frozen=True)
class OpenReratings(Command):
    """Reviews for these customers, found due beforehand."""

    found: Sequence[ReratingDue]


def open_reratings(work: Work, command: OpenReratings) -> int:
    """Open them; whoever got a review or a grade meanwhile is left alone. Returns how many were opened."""
    due = still_due(work.session, command.found)
    for each in due:
        open_review(work, work.session.get_one(Customer, each.customer), each.cause, event=each.event)
    return len(due)


@dataclass(frozen=True)
class EscalateReview(Command):
    review: int
    day: date


def escalate_review(work: Work, command: EscalateReview) -> bool:
    """It has been open for too long: the assessors' superiors read it in the digest. False when it is not so any more."""
    if not reviews_overstayed(work.session, command.day, command.review):
        return False
    review = work.session.get_one(RatingReview, command.review)
    review.escalated_on = command.day
    work.record("review.escalated", f"review:{review.id}", number=review.number, due_on=review.due_on)
    return True
