"""A grade comes into force: on the customer's file, and as a line of the register (2.11; B9 art. 18)."""

from sqlalchemy import select

from core.queries.policies.activation import active_policy
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.request import CreditRequest
from core.records.review import GradeEntry, RatingReview
from core.records.tables import table_of
from core.rules.lifecycles.review_lifecycle import REVIEW, UNDER_REVIEW, Cause, ReviewAction, ReviewState
from core.rules.limits.limit_rules import KEY_CUSTOMER
from core.rules.policy.policy import Policy
from core.rules.reviews.rerating import last_day, months_of
from core.services.work import Work
from core.texts.wire import facts_of

_REVIEW = table_of(RatingReview)


def put_in_force(
    work: Work,
    customer: Customer,
    assessment: Assessment,
    assessor: int | None,
    *,
    request: CreditRequest | None = None,
    review: RatingReview | None = None,
) -> GradeEntry:
    """The grade of an assessment holds from today, as long as the policy says of it; without a grade there is none."""
    assert customer.id is not None
    inputs, result = facts_of(assessment.inputs), facts_of(assessment.result)
    key_customer = inputs["facts"].get(KEY_CUSTOMER) is True
    months = months_of(_policy_of(work, assessment), assessment.grade, key_customer=key_customer)
    until = None if assessment.grade is None else last_day(work.today, months)
    entry = GradeEntry(
        customer=customer.id,
        grade=assessment.grade,
        by_policy=result["grade"],
        policy=assessment.policy,
        policy_version=assessment.policy_version,
        assessment=assessment.id,
        request=request.id if request is not None else None,
        review=review.id if review is not None else None,
        assessor=assessor,
        approver=review.decided_by if review is not None else None,
        since=work.today,
        until=until,
        at=work.at,
    )
    work.session.add(entry)
    customer.grade, customer.rated_by_policy = assessment.grade, assessment.policy
    customer.rated_on, customer.rated_until = work.today, until
    work.session.flush()
    return entry


def _policy_of(work: Work, assessment: Assessment) -> Policy:
    """The policy that an assessment was made under; the one in force where its file is gone."""
    made_by = work.office.library.policy_of(assessment.policy_checksum)
    return made_by or active_policy(work.session, work.office, work.today)


def supersede_review(work: Work, customer: Customer) -> None:
    """A granted request has rated the customer: a review that was open is over, but for an objection."""
    review = work.session.scalars(
        select(RatingReview).where(
            _REVIEW.c.customer == customer.id,
            _REVIEW.c.state.in_(UNDER_REVIEW),
            _REVIEW.c.cause != Cause.APPEAL,
        )
    ).one_or_none()
    if review is None:
        return
    review.state = REVIEW.after(ReviewState(review.state), ReviewAction.SUPERSEDE)
    review.version += 1
    review.ended_at = work.at
    work.record("review.superseded", f"review:{review.id}", number=review.number)
    work.refresh(f"review:{review.id}")
