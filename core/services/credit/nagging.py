"""Waiting approvals: the approvers are nagged, then the deputy or superior is called in (3.3).

Neither moves the request's version: a decision made on the card as it was stays good.
"""

from dataclasses import dataclass
from datetime import timedelta

from core.queries.credit.overstay import overstays
from core.queries.people.approvers import people_of, seats, waiting_for
from core.records.customer import Customer
from core.records.request import CreditRequest
from core.rules.calendar import working_time_between
from core.rules.credit.approval import Chain
from core.rules.money import Money
from core.rules.permission import Role
from core.services.credit.request_steps import put_before
from core.services.desk import Command
from core.services.work import Work
from core.texts.message import Button, Message


@dataclass(frozen=True)
class NagApprovers(Command):
    """A request has waited for the chain's hours of nagging."""

    request: int


@dataclass(frozen=True)
class EscalateRequest(Command):
    """A request has waited for the chain's hours of escalation."""

    request: int


def nag_approvers(work: Work, command: NagApprovers) -> bool:
    """Remind everybody who can sign now, once a step. False when it is not due, or not any more."""
    if not any(found.nag for found in overstays(work.session, work.office, work.at, command.request)):
        return False
    request = work.session.get_one(CreditRequest, command.request)
    chain = work.office.chain_of(request, work.today)
    people = waiting_for(work.session, chain, request, work.today)
    request.nagged_at = work.at
    for person in people:
        work.tell(
            person,
            _message(work, "approval-nag", request, chain),
            key=f"nag:{request.id}:{request.version}:{person}",
            urgent=True,
        )
    work.record("request.nagged", f"request:{request.id}", step=request.step, people=list(people))
    return True


def escalate_request(work: Work, command: EscalateRequest) -> bool:
    """Call in the deputy, or failing that the superior, of each approver who let it wait, once a step.

    Where there is neither, the admin is told. False when it is not due, or not any more.
    """
    if not any(found.escalate for found in overstays(work.session, work.office, work.at, command.request)):
        return False
    request = work.session.get_one(CreditRequest, command.request)
    chain = work.office.chain_of(request, work.today)
    # From here on the stand-ins of everybody whose signature is waited for can sign, and are therefore found.
    request.escalated_at = work.at
    open_seats = seats(work.session, chain, request, work.today)
    called = tuple(dict.fromkeys(person for seat in open_seats for person in seat.stand_ins))
    for person in called:
        work.tell(
            person,
            _message(work, "approval-escalated", request, chain),
            key=f"escalated:{request.id}:{request.version}:{person}",
            urgent=True,
        )
    put_before(work, request, called)
    if not called:
        for admin in people_of(work.session, Role.ADMIN):
            work.tell(
                admin,
                _message(work, "approval-stuck", request, chain),
                key=f"stuck:{request.id}:{request.version}:{admin}",
                urgent=True,
            )
    work.record("request.escalated", f"request:{request.id}", step=request.step, called=list(called))
    work.refresh(f"request:{request.id}")
    return True


def _message(work: Work, key: str, request: CreditRequest, chain: Chain) -> Message:
    zone = work.office.settings.zone
    waited = working_time_between(request.step_since, work.at, chain.working_hours, zone)
    return Message(
        key,
        {
            "number": request.number,
            "customer": work.session.get_one(Customer, request.customer).name,
            "amount": Money(request.granted_minor, request.currency),
            "hours": waited // timedelta(hours=1),
        },
        ((Button("waiting", "digest-see-waiting"),),),
    )
