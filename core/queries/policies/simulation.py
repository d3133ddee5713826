"""A draft policy over all customers beside the one in force (2.9): who would move and why, and what lines would lose.

Facts are those of the day asked about, as they stood then; so a draft can be tried on any day that has passed. Nothing is
stored, and nobody's grade changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from core.clock import end_of
from core.queries.customers.facts import facts_of_many, values_of
from core.queries.ledger.exposure import exposures_on
from core.queries.ledger.open_items import INVOICE, RECEIPT, portions
from core.queries.office import Office
from core.records.customer import Customer
from core.records.line import CreditLine
from core.records.tables import table_of
from core.rules.judging.migration import CrossTable, Migration, cross_table, migration
from core.rules.judging.trial import Trial, Verdict
from core.rules.limits.limit import LimitFacts
from core.rules.limits.limit_from_facts import limit_facts
from core.rules.money import Money, total
from core.rules.policy.policy import Policy
from core.rules.rating.reading import KnownFacts

_CUSTOMER, _LINE = table_of(Customer), table_of(CreditLine)


@dataclass(frozen=True, slots=True)
class Case:
    """A customer whom the draft would treat otherwise."""

    code: str
    name: str
    exposure: Money
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Placed:
    """A customer with its grade under each of the two; None is none."""

    code: str
    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Simulation:
    """What would be otherwise under the draft."""

    on: date
    current: Policy
    draft: Policy
    table: CrossTable
    """From grade to grade; of two schemes, letters side by side and no more."""
    cases: tuple[Case, ...]
    """Who would move, or whose line would lose; by code."""
    lines: Money
    """All lines on the day, together."""
    everybody: tuple[Placed, ...] = ()
    """Who was rated by both; by code. Between two schemes this is who stands where."""

    @property
    def customers(self) -> int:
        """How many were rated by both."""
        return self.table.total

    @property
    def migration(self) -> Migration | None:
        """Better and worse; None between two schemes, which cannot be compared."""
        return migration(self.table) if self.table.comparable else None

    @property
    def shrinking(self) -> tuple[Case, ...]:
        """Whose line would be smaller."""
        return tuple(each for each in self.cases if each.verdict.line and not each.verdict.line.ends)

    @property
    def ending(self) -> tuple[Case, ...]:
        """Whose line would end."""
        return tuple(each for each in self.cases if each.verdict.line and each.verdict.line.ends)

    @property
    def lost(self) -> Money:
        """By how much all lines together would be smaller."""
        effects = [each.verdict.line for each in self.cases if each.verdict.line]
        return total(effect.limit - effect.proposed for effect in effects)

    @property
    def exposure_affected(self) -> Money:
        """What the customers owe whose lines would shrink or end."""
        return total(each.exposure for each in (*self.shrinking, *self.ending))


def simulate(session: Session, office: Office, current: Policy, draft: Policy, on: date) -> Simulation:
    """Rate everybody by both, on facts as they stood on a day. It reads all customers: a question for a reader."""
    trial = Trial(current, draft)
    granted = _lines_on(session, on)
    owed = exposures_on(session, on)
    everybody: list[Placed] = []
    cases: list[Case] = []
    for some in portions(customers_on(session, office, on)):
        known = facts_of_many(session, office, [customer for customer, _, _ in some], on)
        for customer, code, name in some:
            facts, line = values_of(known[customer]), granted.get(customer)
            verdict = trial.verdict(facts, _asked_anew(line, facts) if line is not None else None)
            everybody.append(Placed(code, name, verdict.before, verdict.after))
            if verdict.line or verdict.differing:
                cases.append(Case(code, name, owed.get(customer, Money.zero()), verdict))
    return Simulation(
        on=on,
        current=current,
        draft=draft,
        table=cross_table(((each.before, each.after) for each in everybody), *trial.schemes),
        cases=tuple(cases),
        lines=total(Money(line.limit_minor, line.currency) for line in granted.values()),
        everybody=tuple(everybody),
    )


def customers_on(session: Session, office: Office, on: date) -> list[tuple[int, str, str]]:
    """Customers that were there on a day (id, code, name), by code: their file was open, or the books know them by then.

    The books may reach further back than the file, which is opened when they are taken over.
    """
    was_there = or_(
        _CUSTOMER.c.opened_at < end_of(on, office.settings.zone),
        exists().where(INVOICE.c.customer == _CUSTOMER.c.id, INVOICE.c.issued <= on),
        exists().where(RECEIPT.c.customer == _CUSTOMER.c.id, RECEIPT.c.received <= on),
    )
    found = session.execute(
        select(_CUSTOMER.c.id, _CUSTOMER.c.code, _CUSTOMER.c.name)
        .where(_CUSTOMER.c.kind == "customer", was_there)
        .order_by(_CUSTOMER.c.code)
    )
    return [(row.id, row.code, row.name) for row in found]


def _lines_on(session: Session, on: date) -> Mapping[int, CreditLine]:
    """The line of each customer on a day: the newest that had begun, where it had not ended."""
    begun = session.scalars(select(CreditLine).where(_LINE.c.starts <= on).order_by(_LINE.c.id))
    newest = {line.customer: line for line in begun}
    return {customer: line for customer, line in newest.items() if line.ends >= on}


def _asked_anew(line: CreditLine, facts: KnownFacts) -> LimitFacts:
    """The line as if it were asked for anew."""
    return limit_facts(
        facts,
        grade=None,
        kind=line.kind,
        asked=Money(line.limit_minor, line.currency),
        had_credit=True,
        collateral=Money(line.collateral_minor, line.currency) if line.collateral_minor is not None else None,
    )
