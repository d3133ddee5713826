"""The steps that every review goes through, whatever its cause: opened, moved, assessed, settled."""

from dataclasses import dataclass
from datetime import timedelta

from core.queries.credit.consider import Rated, rated, unset_parameters
from core.queries.credit.line_effect import LineEffect, line_effect
from core.queries.customers.facts import values_of
from core.queries.people.approvers import people_of
from core.queries.policies.activation import active_policy
from core.queries.policies.grade_names import GradeName, grade_name, grade_of_entry
from core.queries.rating.reviews import bar_to_assess, last_entry, review_under_way
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.review import RatingReview
from core.records.tables import table_of
from core.rules.lifecycles.line_lifecycle import LINE, LineAction, LineState
from core.rules.lifecycles.review_lifecycle import REVIEW, Cause, ReviewAction
from core.rules.permission import FINANCE_STAFF
from core.rules.refusal import Refusal
from core.rules.reviews.rerating import barred, rerating_of
from core.services.rating.assessments import keep_assessment
from core.services.rating.grade import put_in_force
from core.services.steps import next_number, take_step
from core.services.work import Work
from core.texts.message import Button, Message, rows
from core.texts.wire import Label, Named

_REVIEW = table_of(RatingReview)
_REASONS = 2


@dataclass(frozen=True)
class Assessed:
    """A customer assessed on today's facts, and kept."""

    rated: Rated
    effect: LineEffect
    assessment: Assessment


def open_review(
    work: Work,
    customer: Customer,
    cause: Cause,
    *,
    event: str = "",
    about: str = "",
    evidence: int | None = None,
) -> RatingReview:
    """Put a review before the assessors, to be done within the days that the policy gives; a due one by the grade's end."""
    assert customer.id is not None
    days = rerating_of(active_policy(work.session, work.office, work.today)).escalate_days
    due = work.today + timedelta(days=days)
    if cause is Cause.DUE and customer.rated_until is not None:
        due = max(customer.rated_until, work.today)
    review = RatingReview(
        number=next_number(work, _REVIEW, "RR"),
        customer=customer.id,
        cause=cause,
        event=event,
        about=about,
        evidence=evidence,
        opened_by=work.by.person,
        opened_on=work.today,
        opened_at=work.at,
        due_on=due,
    )
    work.session.add(review)
    work.session.flush()
    work.record(
        "review.opened",
        f"review:{review.id}",
        number=review.number,
        customer=customer.id,
        cause=cause,
        event=event,
        about=about,
        due_on=due,
    )
    return review


def refresh_review(work: Work, customer: int) -> None:
    """The card of a customer's review follows what has become known."""
    review = review_under_way(work.session, customer)
    if review is not None:
        work.refresh(f"review:{review.id}")


def the_review(work: Work, number: int) -> tuple[RatingReview, Customer]:
    """A review of a customer that the actor may see."""
    review = work.session.get(RatingReview, number)
    if review is None:
        raise Refusal("review-unknown")
    return review, work.customer(review.customer)


def to_assess(work: Work, number: int) -> tuple[RatingReview, Customer]:
    """The review, for somebody who may assess it; whoever may not is told why (2.10)."""
    review, customer = the_review(work, number)
    policy = active_policy(work.session, work.office, work.today)
    barred = bar_to_assess(work.by, policy, review, customer)
    if barred is not None:
        raise Refusal("review-not-independent", why=Label(f"assess-{barred}"), customer=customer.name)
    return review, customer


def move(review: RatingReview, action: ReviewAction, seen: int) -> None:
    """One step of the lifecycle, on the version that the person saw; otherwise a sentence on how it stands."""
    if not take_step(review, REVIEW, action, seen):
        raise Refusal("review-moved-on", number=review.number, state=Label(f"review-state-{review.state}"))


def assessed(work: Work, review: RatingReview, seen: str | None) -> Assessed:
    """Rate the customer on today's facts and keep the assessment.

    Refused when the grade is not the one that the assessor saw, and when there is none for want of facts.
    """
    found = rated(work.session, work.office, review.customer, work.today)
    if found.rating.unset:
        raise Refusal("policy-unset", parameters=unset_parameters(found))
    if found.rating.grade != seen:
        raise Refusal("review-facts-changed", number=review.number)
    if found.rating.grade is None and not barred(found.rating):
        raise Refusal("review-not-ratable", number=review.number)
    values = values_of(found.facts)
    effect = line_effect(work.session, found.policy, review.customer, found.rating.grade, values, work.today)
    assessment = keep_assessment(work, review.customer, found, effect.limit_facts, effect.proposal)
    review.assessment = assessment.id
    return Assessed(found, effect, assessment)


def settle(work: Work, review: RatingReview, customer: Customer, found: Assessed) -> None:
    """The review's grade comes into force with what it does to the line, and everyone concerned is told."""
    former = last_entry(work.session, review.customer)
    review.ended_at = work.at
    entry = put_in_force(
        work,
        customer,
        found.assessment,
        review.assessor,
        review=review,
    )
    line = _settle_line(work, found.effect)
    work.record(
        "review.in_force",
        f"review:{review.id}",
        number=review.number,
        customer=customer.id,
        grade=entry.grade,
        by_policy=entry.by_policy,
        formerly=former.grade if former is not None else None,
        policy=entry.policy,
        until=entry.until,
        line=line,
        confirmed=sorted(found.rated.facts),
    )
    work.refresh(f"review:{review.id}")
    _tell_outcome(work, review, customer, found, grade_of_entry(work.office.library, former))


def _settle_line(work: Work, effect: LineEffect) -> str:
    """What was done to the line: ``bar``, ``restore`` or nothing."""
    if effect.line is None or not (effect.suspends or effect.restores):
        return ""
    action = LineAction.BAR if effect.suspends else LineAction.RESTORE
    effect.line.state = LINE.after(LineState(effect.line.state), action)
    word = "suspended" if effect.suspends else "restored"
    work.record(f"line.{word}", f"line:{effect.line.id}", customer=effect.line.customer)
    return str(action)


def _tell_outcome(
    work: Work, review: RatingReview, customer: Customer, found: Assessed, former: GradeName
) -> None:
    """Sales, finance and whoever approved are told; of an objection in words that can be sent on (2.8)."""
    facts = {
        "customer": customer.name,
        "number": review.number,
        "cause": Label(f"review-cause-{review.cause}"),
        "grade": grade_name(found.rated.policy, review.grade),
        "former": former,
        "until": customer.rated_until,
        "overridden": review.grade != found.rated.rating.grade,
        "reason": review.reason,
        "reasons": [
            Named(item.title.zh, item.title.en) for item in found.rated.rating.main_reasons(_REASONS)
        ],
        "suspended": found.effect.suspends,
        "restored": found.effect.restores,
        "run_down": found.effect.run_down,
        "who": work.by.named,
    }
    see = rows(Button(f"review:{review.id}", "button-review-see"))
    finance = people_of(work.session, *FINANCE_STAFF)
    for person in sorted({*finance, review.assessor or 0, review.decided_by or 0} - {0, work.by.person}):
        work.tell(person, Message("review-outcome", facts, see), key=f"review-outcome:{review.id}:{person}")
    owner = review.opened_by if review.cause == Cause.APPEAL else customer.owner
    if owner is not None:
        key = "appeal-outcome" if review.cause == Cause.APPEAL else "review-outcome"
        work.tell(
            owner, Message(key, facts, see), key=f"review-outcome:{review.id}:{owner}:sales", urgent=True
        )
