"""The yearly list of customers of the best grade that may be published (2.11; B1 六): off unless two people turned it on."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.queries.office import Office
from core.queries.policies.activation import active_policy
from core.queries.rating.register import Registered, register
from core.records.company import CompanyFact
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal
from core.texts.wire import facts_of

PUBLICATION = "publication"
"""The key of the company's setting."""


@dataclass(frozen=True, slots=True)
class PublicationSetting:
    """Who asked for the list to be published, and who confirmed; both are needed."""

    proposed_by: int | None = None
    confirmed_by: int | None = None

    @property
    def on(self) -> bool:
        return self.confirmed_by is not None


def publication_setting(session: Session) -> PublicationSetting:
    """The setting as it is; off before anybody asked."""
    kept = session.get(CompanyFact, PUBLICATION)
    return PublicationSetting(**facts_of(kept.value)) if kept is not None else PublicationSetting()


def publication_allowed(policy: Policy) -> bool:
    """Whether the policy lets grades be published at all."""
    return policy.upkeep.publication is not None and policy.upkeep.publication.allowed


def publication_list(session: Session, office: Office, on: date) -> tuple[Registered, ...]:
    """The customers who have the best grade of the policy in force, still good on a day; of no other a word is said.

    Refused unless the policy allows it and two people of the company have turned it on.
    """
    policy = active_policy(session, office, on)
    if not publication_allowed(policy):
        raise Refusal("publication-not-allowed", policy=policy.id)
    if not publication_setting(session).on:
        raise Refusal("publication-off")
    best = policy.codes[0]
    return tuple(
        each
        for each in register(session, on)
        if each.grade == best and each.policy == policy.id and not each.expired
    )
