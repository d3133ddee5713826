"""Another grade than the policy's (2.7): within its bounds, with words, approved by a second person, counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.queries.credit.consider import Rated, rated
from core.queries.credit.line_effect import line_effect
from core.queries.customers.facts import values_of
from core.queries.policies.activation import active_policy
from core.queries.policies.grade_names import grade_name
from core.queries.rating.reviews import approvers_of
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.review import RatingReview
from core.rules.lifecycles.review_lifecycle import ReviewAction
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal
from core.rules.reviews.rerating import open_to_override, override_of
from core.services.desk import Command
from core.services.rating.review_steps import Assessed, assessed, move, settle, the_review, to_assess
from core.services.work import Work
from core.texts.message import Button, Message, rows
from core.texts.wire import Label


@dataclass(frozen=True)
class OverrideGrade(Command):
    """The assessor holds another grade for right."""

    review: int
    version: int
    seen: str | None
    """The policy's grade that the assessor saw."""
    grade: str
    why: str


def override_grade(work: Work, command: OverrideGrade) -> None:
    """Put the other grade before those who can approve it; until then the old one holds.

    Refused: without words, outside the policy's bounds or above what a veto, cap or finding leaves, by whoever is not
    independent, and when nobody else could approve it.
    """
    review, customer = to_assess(work, command.review)
    if not command.why:
        raise Refusal("reason-due")
    move(review, ReviewAction.OVERRIDE, command.version)
    found = assessed(work, review, command.seen)
    allowed = open_to_override(found.rated.policy, found.rated.rating)
    if command.grade not in allowed:
        policy = found.rated.policy
        names = [grade_name(policy, code) for code in allowed]
        raise Refusal(
            "override-out-of-bounds", grade=grade_name(policy, command.grade), allowed=names or "none"
        )
    review.assessor, review.grade, review.reason = work.by.person, command.grade, command.why
    review.answer, review.decided_by = "", None
    if not call_second_people(work, found.rated.policy, review, customer):
        roles = override_of(found.rated.policy).approvers
        raise Refusal("override-nobody", roles=[Label(f"role-{role}") for role in roles])
    work.record(
        "review.overridden",
        f"review:{review.id}",
        number=review.number,
        by_policy=found.rated.rating.grade,
        grade=command.grade,
        why=command.why,
    )
    work.refresh(f"review:{review.id}")


def call_second_people(work: Work, policy: Policy, review: RatingReview, customer: Customer) -> Sequence[int]:
    """The card goes to everyone who can approve the other grade now and has not got it for that; who they all are."""
    approvers = approvers_of(work.session, policy, review, customer, work.today)
    work.put_card(approvers, f"review:{review.id}", f"override:{review.id}:{review.version}")
    return approvers


@dataclass(frozen=True)
class ApproveOverride(Command):
    review: int
    version: int


def approve_override(work: Work, command: ApproveOverride) -> None:
    """The second person's consent: the other grade comes into force.

    Refused: who assessed or sells, who is none of the policy's approvers and stands in for none on leave, and when facts or policy have changed so that
    the policy makes something else of it by now: the assessor looks again.
    """
    review, customer = _to_approve(work, command.review)
    move(review, ReviewAction.APPROVE, command.version)
    found = _unchanged(work, review)
    found.assessment.grade = review.grade
    review.decided_by = work.by.person
    settle(work, review, customer, found)


@dataclass(frozen=True)
class ReturnOverride(Command):
    review: int
    version: int
    why: str


def return_override(work: Work, command: ReturnOverride) -> None:
    """The second person does not approve; the assessor is told why and looks again."""
    review, customer = _to_approve(work, command.review)
    if not command.why:
        raise Refusal("reason-due")
    move(review, ReviewAction.RETURN, command.version)
    review.answer, review.decided_by = command.why, work.by.person
    work.record("review.returned", f"review:{review.id}", number=review.number, why=command.why)
    work.refresh(f"review:{review.id}")
    assert review.assessor is not None
    work.tell(
        review.assessor,
        Message(
            "override-returned",
            {
                "customer": customer.name,
                "who": work.by.named,
                "reason": command.why,
                "grade": grade_name(active_policy(work.session, work.office, work.today), review.grade),
            },
            rows(Button(f"review:{review.id}", "button-review-see")),
        ),
        urgent=True,
    )


def _to_approve(work: Work, number: int) -> tuple[RatingReview, Customer]:
    review, customer = the_review(work, number)
    policy = active_policy(work.session, work.office, work.today)
    if review.assessor == work.by.person:
        raise Refusal("override-own")
    if work.by.person not in approvers_of(work.session, policy, review, customer, work.today):
        roles = override_of(policy).approvers
        raise Refusal("override-not-yours", roles=[Label(f"role-{role}") for role in roles])
    return review, customer


def _unchanged(work: Work, review: RatingReview) -> Assessed:
    """What was proposed, as long as the policy still makes of today's facts what it made of those then."""
    assessment = work.session.get_one(Assessment, review.assessment)
    now: Rated = rated(work.session, work.office, review.customer, work.today)
    same = now.policy.checksum == assessment.policy_checksum and now.rating.grade == assessment.grade
    if not same or review.grade not in open_to_override(now.policy, now.rating):
        raise Refusal("review-facts-changed", number=review.number)
    values = values_of(now.facts)
    effect = line_effect(work.session, now.policy, review.customer, review.grade, values, work.today)
    return Assessed(now, effect, assessment)
