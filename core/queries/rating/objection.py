"""Which grade a customer may object to (2.8): asked before anybody writes a word, and again when it is filed."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from core.queries.office import Office
from core.queries.policies.activation import active_policy
from core.queries.rating.reviews import last_entry
from core.records.customer import Customer
from core.records.review import GradeEntry, RatingReview
from core.rules.lifecycles.review_lifecycle import Cause
from core.rules.refusal import Refusal
from core.rules.reviews.rerating import appeal_of


def objected_to(session: Session, office: Office, customer: Customer, today: date) -> GradeEntry:
    """The grade in force.

    Refused: without a grade, after the policy's days, of a grade that an objection has led to already.
    """
    assert customer.id is not None
    entry = last_entry(session, customer.id)
    if customer.grade is None or entry is None:
        raise Refusal("appeal-no-grade", customer=customer.name)
    days = appeal_of(active_policy(session, office, today)).days
    last = entry.since + timedelta(days=days)
    if today > last:
        raise Refusal("appeal-too-late", customer=customer.name, since=entry.since, days=days, last_day=last)
    made_by = session.get(RatingReview, entry.review) if entry.review is not None else None
    if made_by is not None and made_by.cause == Cause.APPEAL:
        raise Refusal("appeal-decided", customer=customer.name, number=made_by.number)
    return entry
