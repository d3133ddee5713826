"""Who becomes able to decide something that waits is shown it at once, as if it had just come up (3.3, 2.7, 2.8, 2.1).

Somebody goes on leave, and a deputy signs meanwhile; somebody comes, or takes another role. Each gets a card once, so
that to ask again is harmless. Reviews that nobody objected for come up in the digest, then as before.
"""

from sqlalchemy import or_, select

from core.queries.policies.activation import active_policy, open_activation
from core.records.customer import Customer
from core.records.request import CreditRequest
from core.records.review import RatingReview
from core.records.tables import table_of
from core.rules.lifecycles.request_lifecycle import RequestState
from core.rules.lifecycles.review_lifecycle import UNDER_REVIEW, Cause, ReviewState
from core.services.credit.request_steps import call_approvers
from core.services.policies.activation import call_confirmers
from core.services.rating.appeal import call_assessors
from core.services.rating.override import call_second_people
from core.services.work import Work

_REQUEST, _REVIEW, _CUSTOMER = table_of(CreditRequest), table_of(RatingReview), table_of(Customer)


def call_all_who_can_decide(work: Work) -> None:
    """Requests, grades other than the policy's, objections and activations go to everyone who can decide them by now."""
    work.session.flush()
    for request in work.session.scalars(
        select(CreditRequest).where(_REQUEST.c.state == RequestState.IN_APPROVAL).order_by(_REQUEST.c.id)
    ):
        call_approvers(work, request)
    decided_by_few = work.session.execute(
        select(RatingReview, Customer)
        .join(Customer, _CUSTOMER.c.id == _REVIEW.c.customer)
        .where(
            _REVIEW.c.state.in_(UNDER_REVIEW),
            or_(_REVIEW.c.state == ReviewState.PROPOSED, _REVIEW.c.cause == Cause.APPEAL),
        )
        .order_by(_REVIEW.c.id)
    ).all()
    if decided_by_few:
        policy = active_policy(work.session, work.office, work.today)
        for review, customer in decided_by_few:
            call = call_second_people if review.state == ReviewState.PROPOSED else call_assessors
            call(work, policy, review, customer)
    activation = open_activation(work.session)
    if activation is not None:
        call_confirmers(work, activation)
