"""Rating a customer anew without a request (2.5, 2.6): opened, assessed, in force or closed.

The assessor confirms what the policy makes of today's facts; another grade is a matter of `core.services.rating.override`.
"""

from dataclasses import dataclass

from core.queries.rating.reviews import review_under_way
from core.rules.lifecycles.review_lifecycle import Cause, ReviewAction
from core.rules.policy.upkeep import RatingEvent
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.rating.review_steps import (
    assessed,
    move,
    open_review,
    settle,
    to_assess,
)
from core.services.work import Work
from core.texts.message import Button, Message, rows
from core.texts.wire import Named


@dataclass(frozen=True)
class OpenReview(Command):
    """An assessor sees a reason to rate a customer now."""

    customer: int
    why: str = ""


def start_review(work: Work, command: OpenReview) -> int:
    """Open a review, or find the one that is open. Returns its id."""
    customer = work.customer(command.customer)
    found = review_under_way(work.session, command.customer)
    review = found or open_review(work, customer, Cause.MANUAL, about=command.why)
    assert review.id is not None
    return review.id


@dataclass(frozen=True)
class RecordEvent(Command):
    """Something bad that somebody heard of a customer: a lawsuit, a frozen account, a plant that stands still (2.6)."""

    customer: int
    what: str


def record_event(work: Work, command: RecordEvent) -> int:
    """Keep it on record and have the customer rated anew; returns the id of the review. Without words refused."""
    customer = work.customer(command.customer)
    if not command.what:
        raise Refusal("reason-due")
    work.record("customer.negative_event", f"customer:{customer.id}", what=command.what)
    review = review_under_way(work.session, command.customer)
    if review is None:
        review = open_review(
            work, customer, Cause.EVENT, event=RatingEvent.NEGATIVE_EVENT, about=command.what
        )
    else:
        review.about = f"{review.about} / {command.what}" if review.about else command.what
        work.refresh(f"review:{review.id}")
    assert review.id is not None
    return review.id


@dataclass(frozen=True)
class ConfirmReview(Command):
    """The facts are right, and the grade is the policy's."""

    review: int
    version: int
    seen: str | None
    """The grade that the assessor saw; None: that there is none."""


def confirm_review(work: Work, command: ConfirmReview) -> str | None:
    """The grade of today's facts comes into force; returns it. One confirmation stands for every fact shown.

    Refused: whoever is not independent (2.10), a review that has moved on, facts that have changed since they were shown,
    and a customer of whom too little is known to be rated; one whom a gate bars loses the grade.
    """
    review, customer = to_assess(work, command.review)
    move(review, ReviewAction.CONFIRM, command.version)
    found = assessed(work, review, command.seen)
    review.assessor, review.grade = work.by.person, found.assessment.grade
    settle(work, review, customer, found)
    return review.grade


@dataclass(frozen=True)
class CloseReview(Command):
    review: int
    version: int
    why: str


def close_review(work: Work, command: CloseReview) -> None:
    """There is nothing to be rated: a mistake, a customer who buys no more. The grade stays as long as it holds."""
    review, _ = to_assess(work, command.review)
    if not command.why:
        raise Refusal("reason-due")
    if review.cause == Cause.APPEAL:
        raise Refusal("review-appeal-decided-only")
    move(review, ReviewAction.CLOSE, command.version)
    review.assessor, review.answer, review.ended_at = work.by.person, command.why, work.at
    work.record("review.closed", f"review:{review.id}", number=review.number, why=command.why)
    work.refresh(f"review:{review.id}")


@dataclass(frozen=True)
class AskForFacts(Command):
    """The assessor wants the file brought up to date; the salesperson answers for what is in it."""

    review: int
    unknown: tuple[str, ...]
    """Facts that nobody knows."""


def ask_for_facts(work: Work, command: AskForFacts) -> None:
    """The salesperson is asked, with what is missing by name."""
    review, customer = to_assess(work, command.review)
    if customer.owner is None:
        raise Refusal("review-no-owner", customer=customer.name)
    kinds = [work.office.vocabulary.find(key) for key in command.unknown]
    work.tell(
        customer.owner,
        Message(
            "review-facts-asked",
            {
                "customer": customer.name,
                "who": work.by.named,
                "unknown": [Named(kind.zh, kind.en) for kind in kinds if kind is not None] or "none",
            },
            rows(
                Button(f"survey:{customer.id}", "button-survey"),
                Button(f"statements:{customer.id}", "button-statements"),
            ),
        ),
        urgent=True,
    )
    work.record("review.facts_asked", f"review:{review.id}", unknown=list(command.unknown))
