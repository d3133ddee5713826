"""Keeping an assessment: policy, inputs and result, so that it replays to the same (2.4)."""

from dataclasses import fields

from core.queries.credit.consider import Rated
from core.queries.customers.facts import values_of
from core.records.assessment import Assessment
from core.rules.limits.limit import LimitFacts, Proposal
from core.rules.rating.outcome import outcome
from core.services.work import Work
from core.texts.wire import dumps


def keep_assessment(
    work: Work, customer: int, rated: Rated, limit_facts: LimitFacts, proposal: Proposal
) -> Assessment:
    """The rating of a customer with everything that it was made from; its grade is the policy's own."""
    assessment = Assessment(
        customer=customer,
        policy=rated.policy.id,
        policy_version=rated.policy.version,
        policy_checksum=rated.policy.checksum,
        inputs=dumps(
            {
                "facts": values_of(rated.facts),
                "sources": {key: [fact.source, fact.as_of, fact.by] for key, fact in rated.facts.items()},
                "limit": {field.name: getattr(limit_facts, field.name) for field in fields(LimitFacts)},
            }
        ),
        result=dumps(outcome(rated.rating, proposal)),
        grade=rated.rating.grade,
        by=work.by.person,
        at=work.at,
    )
    work.session.add(assessment)
    work.session.flush()
    return assessment
