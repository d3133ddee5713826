"""The policy library as people choose from it (2.1): what is there, what it needs, and how it stands."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.queries.office import Office
from core.queries.policies.activation import in_force, library_policy
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal
from core.texts.wire import Label, Named


@dataclass(frozen=True, slots=True)
class Shelved:
    """A policy as its newest file and the company's overlay have it."""

    policy: Policy
    in_force: bool
    """It rates today, as this very file."""

    @property
    def ready(self) -> bool:
        """It could be put in force: nothing is left to be set."""
        return not self.policy.unset

    @property
    def rates(self) -> bool:
        """It makes grades; a limit model makes limits alone, for policies that name it."""
        return bool(self.policy.grades)

    @property
    def standing(self) -> Label:
        """How it stands, in a word."""
        if not self.rates:
            return Label("policy-limit-model")
        return Label(
            "policy-in-force" if self.in_force else "policy-ready" if self.ready else "policy-not-ready"
        )


def shelf(session: Session, office: Office, on: date) -> tuple[Shelved, ...]:
    """Every policy that rates, by id, as it stands for a day."""
    current = in_force(session, office, on).checksum
    ids = sorted({policy.id for policy in office.library.policies if policy.grades})
    begun = (library_policy(office, each, on) for each in ids)
    return tuple(Shelved(policy, policy.checksum == current) for policy in begun if policy is not None)


def models(office: Office, on: date) -> tuple[Policy, ...]:
    """Every limit model, by id, as it stands for a day."""
    ids = sorted({model.id for model in office.library.limit_models})
    begun = (library_policy(office, each, on) for each in ids)
    return tuple(model for model in begun if model is not None)


def shelved(session: Session, office: Office, policy_id: str, on: date) -> Shelved:
    """One of them, or a limit model; `Refusal` where there is none of this id."""
    policy = library_policy(office, policy_id, on)
    if policy is None:
        raise Refusal("policy-not-in-force", policy=policy_id, on=on)
    return Shelved(policy, policy.checksum == in_force(session, office, on).checksum)


def notes_on(policy: Policy) -> list[Named]:
    """What the company has still to set, in the policy's own words."""
    notes = (policy.parameters[key].note for key in policy.unset)
    return [Named(note.zh, note.en) for note in notes]
