"""Opening a line with the last signature (3.7)."""

from datetime import timedelta

from sqlalchemy import select

from core.queries.credit.lines import live_line
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.line import CreditLine
from core.records.request import CreditRequest, Signature
from core.records.tables import table_of
from core.rules.credit.approval import Verdict
from core.rules.lifecycles.line_lifecycle import LINE, LineAction, LineState
from core.rules.limits.limit_rules import CreditKind
from core.rules.money import Money
from core.rules.permission import FINANCE_STAFF
from core.services.rating.grade import put_in_force, supersede_review
from core.services.work import Work

_SIGNATURE = table_of(Signature)


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
    entry = put_in_force(work, customer, assessment, _assessor(work, request), request=request)
    supersede_review(work, customer)
    assert entry.until is not None
    ends = entry.until
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


def _assessor(work: Work, request: CreditRequest) -> int | None:
    """Who signed the request for finance: nobody who sells has assessed anybody (2.10)."""
    return work.session.execute(
        select(_SIGNATURE.c.person)
        .where(_SIGNATURE.c.request == request.id, _SIGNATURE.c.role.in_(FINANCE_STAFF))
        .where(_SIGNATURE.c.verdict.in_((Verdict.APPROVE, Verdict.APPROVE_LESS)))
        .order_by(_SIGNATURE.c.id)
        .limit(1)
    ).scalar()
