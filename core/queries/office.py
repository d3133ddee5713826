"""The company's office: settings, policies, clock and vault, as every unit of work finds them."""

from dataclasses import dataclass
from datetime import date

from core.clock import Clock
from core.policies.library import Library
from core.records.request import CreditRequest
from core.rules.credit.approval import Chain
from core.rules.policy.facts import Vocabulary
from core.rules.policy.policy import Policy
from core.rules.receivables.ladder import Reminders
from core.settings import Settings
from core.storage.secrets import Vault

POLICY, CHAIN = "b9-abc", "b9-chain"


@dataclass(frozen=True)
class Office:
    """What every unit of work shares."""

    settings: Settings
    library: Library
    clock: Clock
    vault: Vault

    def policy(self, on: date) -> Policy:
        """The rating and limit policy in force on a day."""
        return self.library.policy_in_force(POLICY, on)

    def chain(self, on: date) -> Chain:
        return self.library.chain_in_force(CHAIN, on)

    def chain_of(self, request: CreditRequest, on: date) -> Chain:
        """The chain that a request was sent on; the one in force where its file is gone."""
        return self.library.chain_of(request.chain, request.chain_version) or self.chain(on)

    def reminders(self, on: date) -> Reminders:
        return self.library.reminders_in_force(on)

    @property
    def vocabulary(self) -> Vocabulary:
        return self.library.vocabulary
