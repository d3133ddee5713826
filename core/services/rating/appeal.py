"""The customer objects to its grade through sales (2.8; B5 三3.4): somebody else rates it again."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.queries.policies.activation import active_policy
from core.queries.rating.objection import objected_to
from core.queries.rating.reviews import assessors_of, review_under_way
from core.records.customer import Customer
from core.records.review import RatingReview
from core.rules.lifecycles.review_lifecycle import Cause, ReviewAction, ReviewState
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.rating.review_steps import move, open_review, the_review
from core.services.uploads import own_sha256
from core.services.work import Work


@dataclass(frozen=True)
class FileAppeal(Command):
    """What the customer says against its grade, with a file where it has one."""

    customer: int
    words: str
    evidence: int | None = None


def file_appeal(work: Work, command: FileAppeal) -> int:
    """Open a review that neither the salesperson nor the former assessor decides; returns its id.

    Refused: of another's customer, without words, without a grade, after the policy's days, of a grade that an objection
    has led to already, while another grade waits to be approved, and when nobody else could assess.
    """
    customer = work.customer(command.customer)
    if customer.owner != work.by.person:
        raise Refusal("appeal-not-owner", customer=customer.name)
    if not command.words:
        raise Refusal("reason-due")
    entry = objected_to(work.session, work.office, customer, work.today)
    review = review_under_way(work.session, command.customer)
    if review is not None and (review.cause == Cause.APPEAL or review.state == ReviewState.PROPOSED):
        raise Refusal("appeal-under-way", number=review.number)
    if review is None:
        review = open_review(work, customer, Cause.APPEAL)
    review.cause, review.about, review.opened_by = Cause.APPEAL, command.words, work.by.person
    review.evidence = _kept_file(work, command.evidence)
    review.former_assessor = entry.assessor
    policy = active_policy(work.session, work.office, work.today)
    if not call_assessors(work, policy, review, customer):
        raise Refusal("appeal-nobody", customer=customer.name)
    work.record(
        "review.appealed",
        f"review:{review.id}",
        number=review.number,
        customer=customer.id,
        grade=entry.grade,
        words=command.words,
        evidence=review.evidence,
    )
    work.refresh(f"review:{review.id}")
    assert review.id is not None
    return review.id


def call_assessors(work: Work, policy: Policy, review: RatingReview, customer: Customer) -> Sequence[int]:
    """The card goes to everyone who may assess the objection and has not got it yet; who they all are."""
    assessors = assessors_of(work.session, policy, review, customer)
    work.put_card(assessors, f"review:{review.id}", f"appeal:{review.id}")
    return assessors


@dataclass(frozen=True)
class WithdrawAppeal(Command):
    review: int
    version: int


def withdraw_appeal(work: Work, command: WithdrawAppeal) -> None:
    """The customer no longer objects: the grade stays. Only who brought the objection takes it back."""
    review, _ = the_review(work, command.review)
    if review.cause != Cause.APPEAL or review.opened_by != work.by.person:
        raise Refusal("appeal-not-yours", number=review.number)
    move(review, ReviewAction.WITHDRAW, command.version)
    review.ended_at = work.at
    work.record("review.withdrawn", f"review:{review.id}", number=review.number)
    work.refresh(f"review:{review.id}")


def _kept_file(work: Work, upload: int | None) -> int | None:
    """A file of one's own that was sent; None where none was, or it is not there."""
    if upload is None or own_sha256(work.session, upload, work.by.person) is None:
        return None
    return upload
