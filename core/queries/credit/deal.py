"""The deal check asked about a customer as the books stand (4.1). It changes nothing."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.queries.credit.lines import live_line
from core.queries.ledger.exposure import exposure
from core.queries.ledger.overdue import overdue_items
from core.queries.office import Office
from core.queries.policies.activation import active_policy, grading_policy
from core.queries.policies.grade_names import grade_in_force
from core.records.customer import Customer
from core.rules.credit.release import DealFacts, Line, Release, check
from core.rules.money import Money


def deal_check(session: Session, office: Office, customer: Customer, amount: Money, on: date) -> Release:
    """May ``amount`` go out to the customer on credit on a day; if not, every reason and what would change it."""
    assert customer.id is not None
    line = live_line(session, customer.id)
    policy = active_policy(session, office, on)
    graded_by = grading_policy(office, customer, policy, on)
    facts = DealFacts(
        on=on,
        amount=amount,
        exposure=exposure(session, customer.id),
        line=Line(Money(line.limit_minor, line.currency), line.starts, line.ends, line.state, line.term_days)
        if line is not None
        else None,
        overdue=tuple(item.item for item in overdue_items(session, customer.id, on)),
        # A letter that no policy of the library explains says nothing.
        grade=customer.grade if graded_by is not None else None,
        rated_until=customer.rated_until,
        graded_by=graded_by,
    )
    return check(facts, policy)


def holds_told(office: Office, customer: Customer, release: Release) -> list[dict[str, Any]]:
    """What a deal of the customer is held for, as facts for its card: the grade by its name."""
    names = {"grade": grade_in_force(office.library, customer)}
    return [{"reason": hold.reason, "article": hold.article, **hold.facts, **names} for hold in release.holds]
