"""What a grade does to the line that a customer has (2.5, 3.7, 3.10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.queries.credit.lines import live_line
from core.records.line import CreditLine
from core.rules.lifecycles.line_lifecycle import LineState
from core.rules.limits.limit import LimitFacts, Proposal, propose
from core.rules.limits.limit_from_facts import HAD_CREDIT, limit_facts
from core.rules.money import Money
from core.rules.policy.policy import Policy
from core.rules.rating.reading import KnownValue


@dataclass(frozen=True, slots=True)
class LineEffect:
    """A line beside what the grade allows today."""

    line: CreditLine | None
    limit_facts: LimitFacts
    proposal: Proposal
    suspends: bool
    """The grade may have no credit."""
    restores: bool
    """The line was suspended, its last day is not over, and the grade may have credit."""

    @property
    def run_down(self) -> Money | None:
        """What a line in use is above what the grade allows (B9 art. 32); None where it is not, or nobody can say."""
        if self.line is None or self.proposal.ceiling is None or self.proposal.refusals:
            return None
        if self.suspends or (self.line.state == LineState.SUSPENDED and not self.restores):
            return None
        limit = Money(self.line.limit_minor, self.line.currency)
        return limit - self.proposal.ceiling if limit > self.proposal.ceiling else None


def line_effect(
    session: Session,
    policy: Policy,
    customer: int,
    grade: str | None,
    facts: Mapping[str, KnownValue],
    on: date,
) -> LineEffect:
    """What becomes of the customer's line under this grade, by the facts of the day: read, not done."""
    line = live_line(session, customer)
    asked = Money(line.limit_minor, line.currency) if line is not None else Money.zero()
    pledged = line.collateral_minor if line is not None else None
    collateral = Money(pledged, asked.currency) if pledged is not None else None
    kind = line.kind if line is not None else "long_term"
    given = limit_facts(
        facts,
        grade=grade,
        kind=kind,
        asked=asked,
        had_credit=facts.get(HAD_CREDIT) is True,
        collateral=collateral,
    )
    credit = grade is not None and grade not in policy.grades_without_credit
    return LineEffect(
        line=line,
        limit_facts=given,
        proposal=propose(policy, given, facts),
        suspends=line is not None and line.state == LineState.OPEN and not credit,
        restores=line is not None and line.state == LineState.SUSPENDED and credit and line.ends >= on,
    )
