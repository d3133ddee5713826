"""An approver's decision (3.4): approve, approve less, return with a question, reject with a reason.

A decision names the request and the version that was seen, never the card: a second tap, an old card or another
device meets the state as it is now.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.queries.credit.lines import live_line, total_cap, total_granted
from core.queries.office import Office
from core.queries.people.approvers import Seat, consents, people_of, seats
from core.queries.policies.grade_names import grade_in_force
from core.records.customer import Customer
from core.records.request import CreditRequest, Signature
from core.rules.credit.approval import Verdict, standing
from core.rules.lifecycles.request_lifecycle import RequestAction, RequestState
from core.rules.money import Money
from core.rules.permission import FINANCE_STAFF, Permission, roles_with
from core.rules.refusal import Refusal
from core.services.credit.line import open_line
from core.services.credit.request_steps import call_approvers, move
from core.services.desk import Command
from core.services.work import Work
from core.texts.message import Button, Message, rows
from core.texts.wire import Label


@dataclass(frozen=True)
class Decide(Command):
    """An approver's verdict on a request as they saw it."""

    request: int
    version: int
    verdict: Verdict
    amount: Money | None = None
    """For `APPROVE_LESS`: what is approved instead."""
    reason: str = ""
    """The reason of a rejection or a smaller amount; the question of a return."""


def decide(work: Work, command: Decide) -> str:
    """Sign, return or reject. Returns the state that the request is in afterwards.

    Refused: not the person's turn, the person's own request, signed already, a version that has moved on, an
    amount outside its bounds, no reason where one is due (art. 42 among them), no room under the cap (art. 23).
    """
    request = work.session.get(CreditRequest, command.request)
    if request is None:
        raise Refusal("request-not-yours")
    work.customer(request.customer)
    role = role_to_sign(work.session, work.office, request, command.version, work.by.person, work.today)
    granted = _granted(work, request, command)
    work.session.add(
        Signature(
            request=command.request,
            version=request.version,
            step=request.step,
            role=role,
            person=work.by.person or 0,
            verdict=command.verdict,
            granted_minor=granted.minor,
            reason=command.reason,
            at=work.at,
        )
    )
    work.session.flush()
    work.record(
        f"request.{command.verdict}",
        f"request:{request.id}",
        role=role,
        step=request.step,
        granted=granted,
        reason=command.reason,
        version=command.version,
    )
    if command.verdict is Verdict.RETURN:
        _return(work, request, command)
    elif command.verdict is Verdict.REJECT:
        move(request, RequestAction.REJECT, command.version)
        _end(work, request, command.reason)
    else:
        _sign(work, request, command, granted)
    work.refresh(f"request:{request.id}")
    return request.state


def role_to_sign(
    session: Session, office: Office, request: CreditRequest, version: int, person: int | None, on: date
) -> str:
    """The role that a person fills by deciding now. Raises `Refusal`, which says how it stands, where there is none."""
    if request.requester == person:
        raise Refusal("own-request")
    if request.state != RequestState.IN_APPROVAL or request.version != version:
        raise Refusal("request-moved-on", number=request.number, state=request.state)
    open_seats = seats(session, office.chain_of(request, on), request, on)
    mine = next((seat for seat in open_seats if person in seat.people), None)
    standing_in = next((seat for seat in open_seats if person in seat.stand_ins), None)
    seat: Seat | None = mine or standing_in
    if seat is None:
        signed = consents(session, request.id or 0, request.currency)
        key = "signed-already" if person in {s.person for s in signed} else "not-your-turn"
        raise Refusal(key, number=request.number, roles=[Label(f"role-{one.role}") for one in open_seats])
    return seat.role


def _granted(work: Work, request: CreditRequest, command: Decide) -> Money:
    """What the decision leaves of the amount, within its bounds and with the reasons that are due."""
    current = Money(request.granted_minor, request.currency)
    if command.verdict is Verdict.RETURN:
        if not command.reason:
            raise Refusal("question-needed")
        return current
    if command.verdict is Verdict.REJECT:
        if not command.reason:
            raise Refusal("reason-due")
        return Money.zero(request.currency)
    amount = current
    if command.verdict is Verdict.APPROVE_LESS:
        if command.amount is None or not Money.zero(request.currency) < command.amount < current:
            raise Refusal("less-is-not-less", current=current)
        amount = command.amount
    if reason_due(work.session, request, amount, command.verdict) and not command.reason:
        raise Refusal("reason-due")
    return amount


def reason_due(session: Session, request: CreditRequest, amount: Money, verdict: Verdict) -> bool:
    """Is a consent to this amount to be given a reason? Above the old line (art. 42), above the proposal, or less."""
    line = live_line(session, request.customer)
    raised = line is not None and amount.minor > line.limit_minor
    return raised or verdict is Verdict.APPROVE_LESS or amount.minor > request.proposed_minor


def _return(work: Work, request: CreditRequest, command: Decide) -> None:
    move(request, RequestAction.RETURN, command.version)
    request.question = command.reason
    work.tell(
        request.requester,
        Message(
            "request-returned",
            {"number": request.number, "who": work.by.named, "question": command.reason},
            rows(
                Button(f"request.answer:{request.id}", "button-answer"),
                Button(f"request:{request.id}", "button-see"),
            ),
        ),
        urgent=True,
    )


def _sign(work: Work, request: CreditRequest, command: Decide, granted: Money) -> None:
    """Consent: on to the next seat, or, with the last one, the line opens or waits for the cap.

    Whoever signs beside others at the same step, and for the same amount, changes nothing of what these have
    before them: their cards stay good.
    """
    assert request.id is not None
    less = granted.minor != request.granted_minor
    request.granted_minor = granted.minor
    chain = work.office.chain_of(request, work.today)
    stands = standing(chain, consents(work.session, request.id, request.currency))
    if stands.step == request.step and not less:
        return
    if stands.step is not None:
        move(request, RequestAction.SIGN, command.version)
        if stands.step != request.step:
            request.step, request.step_since = stands.step, work.at
            request.nagged_at = request.escalated_at = None
        call_approvers(work, request)
        return
    room = room_under_cap(work, request)
    if room is None:
        move(request, RequestAction.SIGN_LAST_WITHOUT_CAP, command.version)
        for person in people_of(work.session, *roles_with(Permission.SET_COMPANY)):
            work.tell(
                person,
                Message(
                    "cap-needed",
                    {"number": request.number, "year": str(work.today.year)},
                    rows(Button("cap", "button-set-cap")),
                ),
                key=f"cap-needed:{request.id}:{person}",
                urgent=True,
            )
        return
    if request.granted_minor > room.minor:
        raise Refusal("above-cap", granted=Money(request.granted_minor, request.currency), room=room)
    move(request, RequestAction.SIGN_LAST, command.version)
    open_line(work, request)
    _end(work, request, command.reason)


def room_under_cap(work: Work, request: CreditRequest) -> Money | None:
    """What the company's total of lines leaves for this customer (art. 23); None while nobody knows the total."""
    cap = total_cap(work.session, work.today)
    return None if cap is None else cap - total_granted(work.session, work.today, besides=request.customer)


def _end(work: Work, request: CreditRequest, reason: str) -> None:
    request.ended_at = work.at
    tell_outcome(work, request, reason)


def tell_outcome(work: Work, request: CreditRequest, reason: str) -> None:
    """The requester and finance are told the outcome with its reason (A8)."""
    customer = work.session.get_one(Customer, request.customer)
    granted = request.state == RequestState.GRANTED
    message = Message(
        "outcome-granted" if granted else "outcome-rejected",
        {
            "number": request.number,
            "customer": customer.name,
            "amount": Money(request.granted_minor, request.currency),
            "term": request.term_days,
            "grade": grade_in_force(work.office.library, customer),
            "reason": reason,
            "who": work.by.named,
        },
        rows(Button(f"request:{request.id}", "button-see")),
    )
    told = {request.requester, *people_of(work.session, *FINANCE_STAFF)}
    for person in sorted(told - {work.by.person}):
        work.tell(person, message, key=f"outcome:{request.id}:{person}", urgent=person == request.requester)
