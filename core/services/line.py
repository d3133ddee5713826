"""Opening a line with the last signature (3.7)."""

from datetime import date, timedelta

from core.queries.activation import active_policy
from core.queries.consider import live_line
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.line import CreditLine
from core.records.request import CreditRequest
from core.rules.calendar import add_months
from core.rules.lifecycle import LINE, LineAction, LineState
from core.rules.limit_rules import CreditKind
from core.rules.money import Money
from core.rules.policy import Policy
from core.services.work import Work


def open_line(work: Work, request: CreditRequest) -> CreditLine:
    """The grade comes into force with the line (art. 18); an older line is replaced by the new one.

    A long-term line ends with the rating, a temporary one after its term.
    """
    session = work.session
    customer = session.get_one(Customer, request.customer)
    assessment = session.get_one(Assessment, request.assessment)
    old = live_line(session, request.customer)
    if old is not None:
        old.state = LINE.after(LineState(old.state), LineAction.REPLACE)
        session.flush()
    customer.grade, customer.rated_by_policy = assessment.grade, assessment.policy
    customer.rated_on = work.today
    customer.rated_until = _last_day(work.today, _policy_of(work, assessment).validity.months)
    ends = customer.rated_until
    if request.kind == CreditKind.TEMPORARY:
        ends = min(ends, work.today + timedelta(days=request.term_days))
    line = CreditLine(
        customer=request.customer,
        kind=request.kind,
        currency=request.currency,
        limit_minor=request.granted_minor,
        term_days=request.term_days,
        starts=work.today,
        ends=ends,
        request=request.id,
        collateral_minor=request.collateral_minor,
        opened_at=work.at,
    )
    session.add(line)
    session.flush()
    work.record(
        "line.opened",
        f"line:{line.id}",
        customer=customer.id,
        request=request.id,
        limit=Money(line.limit_minor, line.currency),
        term_days=line.term_days,
        starts=line.starts,
        ends=line.ends,
        grade=customer.grade,
        replaces=old.id if old is not None else None,
    )
    return line


def _policy_of(work: Work, assessment: Assessment) -> Policy:
    """The policy that the request was made under; the one in force where its file is gone."""
    made_by = work.office.library.policy_of(assessment.policy_checksum)
    return made_by or active_policy(work.session, work.office, work.today)


def _last_day(start: date, months: int) -> date:
    """A rating of 2026-03-10 for twelve months holds up to and with 2027-03-09."""
    return add_months(start, months) - timedelta(days=1)
