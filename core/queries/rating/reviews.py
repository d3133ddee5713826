"""Rating reviews as they stand: who may assess, what changed, what the grade would be (2.5-2.8, 2.10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.actor import Actor
from core.queries.credit.consider import Rated, rated
from core.queries.credit.line_effect import LineEffect, line_effect
from core.queries.customers.facts import values_of
from core.queries.office import Office
from core.queries.people.approvers import is_away, people_of, stand_in
from core.queries.policies.activation import active_policy
from core.queries.rating.expert_sheets import marked
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.review import GradeEntry, RatingReview, ReviewSheet
from core.records.staff import Person
from core.records.tables import table_of
from core.rules.lifecycles.review_lifecycle import UNDER_REVIEW, Cause, ReviewState
from core.rules.permission import Permission
from core.rules.policy.policy import Policy
from core.rules.rating.reading import KnownValue
from core.rules.reviews.comparing import Compared, compared
from core.rules.reviews.independence import Bar, bar
from core.rules.reviews.rerating import open_to_override, override_of, rerating_of
from core.texts.wire import facts_of

_REVIEW, _ENTRY, _SHEET = table_of(RatingReview), table_of(GradeEntry), table_of(ReviewSheet)
_CUSTOMER = table_of(Customer)
_ASSESSABLE = (ReviewState.OPEN, ReviewState.RETURNED)
_DECIDED = (ReviewState.PROPOSED, ReviewState.IN_FORCE)


@dataclass(frozen=True)
class ReviewView:
    """A review for whoever assesses, approves or waits for it; the grade is the one of today's facts."""

    review: RatingReview
    customer: Customer
    entry: GradeEntry | None
    """The grade that it is about; None before the first."""
    rated: Rated
    compared: Compared
    before: Mapping[str, KnownValue]
    grade: str | None
    """What would come, or came, into force."""
    options: tuple[str, ...]
    """The grades that people may put in the place of the policy's."""
    effect: LineEffect
    sheets: Sequence[ReviewSheet]
    asks_experts: bool
    """The policy in force, or one confirmed to follow it, wants the sheets of several experts (B11)."""


def review_view(session: Session, office: Office, number: int, on: date) -> ReviewView | None:
    """Everything that the card of a review shows; None where there is none."""
    review = session.get(RatingReview, number)
    if review is None:
        return None
    found = rated(session, office, review.customer, on)
    grade = review.grade if review.state in _DECIDED else found.rating.grade
    entry = last_entry(session, review.customer, besides=review.id)
    before = known_before(session, entry)
    now = values_of(found.facts)
    return ReviewView(
        review=review,
        customer=session.get_one(Customer, review.customer),
        entry=entry,
        rated=found,
        compared=compared(found.policy.fact_keys, before, now),
        before=before,
        grade=grade,
        options=open_to_override(found.policy, found.rating),
        effect=line_effect(session, found.policy, review.customer, grade, now, on),
        sheets=sheets_of(session, review),
        asks_experts=bool(marked(session, office, on)),
    )


def last_entry(session: Session, customer: int, *, besides: int | None = None) -> GradeEntry | None:
    """The grade that a customer has, or had last; `besides` the one that a review made itself."""
    asked = select(GradeEntry).where(_ENTRY.c.customer == customer)
    if besides is not None:
        asked = asked.where(_ENTRY.c.review.is_distinct_from(besides))
    return session.scalars(asked.order_by(_ENTRY.c.id.desc()).limit(1)).one_or_none()


def known_before(session: Session, entry: GradeEntry | None) -> Mapping[str, KnownValue]:
    """The facts that a grade was made on; none where nothing is kept of them."""
    if entry is None or entry.assessment is None:
        return {}
    kept: Mapping[str, KnownValue] = facts_of(session.get_one(Assessment, entry.assessment).inputs)["facts"]
    return kept


def review_under_way(session: Session, customer: int) -> RatingReview | None:
    """The review of a customer that is not over; there is one at most."""
    return session.scalars(
        select(RatingReview).where(_REVIEW.c.customer == customer, _REVIEW.c.state.in_(UNDER_REVIEW))
    ).one_or_none()


def sheets_of(session: Session, review: RatingReview) -> Sequence[ReviewSheet]:
    """The experts that were asked, with what those who answered gave."""
    asked = select(ReviewSheet).where(_SHEET.c.review == review.id).order_by(_SHEET.c.id)
    return session.scalars(asked).all()


def bar_to_assess(actor: Actor, policy: Policy, review: RatingReview, customer: Customer) -> Bar | None:
    """What keeps somebody from assessing this review (2.10); None where nothing does."""
    if not actor.may(Permission.RATE) or not actor.sees(customer):
        return Bar.NOT_ASSESSOR
    return bar(
        actor.person,
        actor.roles,
        assessors=rerating_of(policy).assessors,
        sellers=sellers_of(review, customer),
        former=review.former_assessor,
    )


def sellers_of(review: RatingReview, customer: Customer) -> tuple[int | None, ...]:
    """Who sells to the customer, and who brought its objection: they are no assessors."""
    return (customer.owner, review.opened_by if review.cause == Cause.APPEAL else None)


def approvers_of(
    session: Session, policy: Policy, review: RatingReview, customer: Customer, on: date
) -> list[int]:
    """Who may approve another grade than the policy's on a day: a second person of the policy's roles, never who sells (2.7).

    For whoever of them is on leave also who stands in, as for requests (3.3). Nobody stands in for who is barred.
    """
    out = {review.assessor, *sellers_of(review, customer)}
    own = [each for each in people_of(session, *override_of(policy).approvers) if each not in out]
    absent = [each for each in own if is_away(session.get_one(Person, each), on)]
    others = [stand_in(session, each, customer, on) for each in absent]
    return list(dict.fromkeys(each for each in (*own, *others) if each is not None and each not in out))


def under_review(session: Session) -> Sequence[tuple[RatingReview, Customer]]:
    """Every review that is not over, with its customer, the most urgent first."""
    rows = session.execute(
        select(RatingReview, Customer)
        .join(Customer, _CUSTOMER.c.id == _REVIEW.c.customer)
        .where(_REVIEW.c.state.in_(UNDER_REVIEW))
        .order_by(_REVIEW.c.due_on, _REVIEW.c.id)
    )
    return [(review, customer) for review, customer in rows]


def reviews_for(session: Session, office: Office, actor: Actor, on: date) -> list[RatingReview]:
    """The reviews that wait for this person, as assessor or as second person, the most urgent first."""
    policy = active_policy(session, office, on)
    return [each[0] for each in under_review(session) if waits_for(session, policy, actor, *each, on)]


def waits_for(
    session: Session, policy: Policy, actor: Actor, review: RatingReview, customer: Customer, on: date
) -> bool:
    """Whether a review waits for somebody on a day: to be assessed or, with another grade than the policy's, to be approved."""
    if review.state in _ASSESSABLE:
        return bar_to_assess(actor, policy, review, customer) is None
    return actor.person in approvers_of(session, policy, review, customer, on)


def escalated_since(review: RatingReview, since: date | None, on: date) -> bool:
    """Whether a review went to the superiors after one day, up to another."""
    return review.escalated_on is not None and (since or date.min) < review.escalated_on <= on


def assessors_of(session: Session, policy: Policy, review: RatingReview, customer: Customer) -> list[int]:
    """Everybody who may assess a review, by role and independence."""
    out = {*sellers_of(review, customer), review.former_assessor}
    return [each for each in people_of(session, *rerating_of(policy).assessors) if each not in out]


def superiors_of(session: Session, people: Sequence[int]) -> tuple[int, ...]:
    """The superiors of these people, once each."""
    found = (session.get_one(Person, each).reports_to for each in people)
    return tuple(dict.fromkeys(each for each in found if each is not None))
