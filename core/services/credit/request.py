"""Asking for credit: submit, answer a question, withdraw (3.1, 3.3). One request carries grade and line."""

from dataclasses import dataclass

from sqlalchemy import select

from core.queries.credit.consider import Considered, consider, unset_parameters
from core.records.request import CreditRequest, Signature
from core.records.tables import table_of
from core.rules.credit.approval import Verdict
from core.rules.lifecycles.request_lifecycle import UNDER_WAY, RequestAction
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.credit.request_steps import call_approvers, move, own_request
from core.services.desk import Command
from core.services.rating.assessments import keep_assessment
from core.services.steps import next_number
from core.services.work import Work
from core.texts.message import Message
from core.texts.wire import Label

_REQUEST = table_of(CreditRequest)
_SIGNATURE = table_of(Signature)
CONTRACT_TERM = 0
"""The days of a policy that says nothing of a term: the contract does."""


@dataclass(frozen=True)
class SubmitRequest(Command):
    """Ask for a line of this kind and amount, pledged or not; the grade comes with it."""

    customer: int
    kind: str
    """A `CreditKind`: long-term or temporary."""
    asked: Money
    reason: str
    collateral: Money | None = None
    collateral_note: str = ""


def submit_request(work: Work, command: SubmitRequest) -> int:
    """Put the request before the first of the chain. The requester signs for the facts and decides nothing.

    Refused: with no ground for a line (arts. 25-27), above a hard ceiling, above the proposal without a reason,
    while another request of the customer is open, or when a seat of the chain cannot be filled. Returns the id.
    """
    customer = work.customer(command.customer)
    assert work.by.person is not None
    for amount in (command.asked, command.collateral):
        if amount is not None and amount.minor <= 0:
            raise Refusal("amount-zero", typed=str(amount.amount))
    other = work.session.execute(
        select(_REQUEST.c.number).where(_REQUEST.c.customer == customer.id, _REQUEST.c.state.in_(UNDER_WAY))
    ).first()
    if other is not None:
        raise Refusal("request-open-already", number=other.number, customer=customer.name)
    considered = consider(
        work.session,
        work.office,
        customer,
        requester=work.by.person,
        kind=command.kind,
        asked=command.asked,
        collateral=command.collateral,
        on=work.today,
    )
    _refuse_hopeless(considered, command)
    request = _store(work, command, considered)
    work.record(
        "request.submitted",
        f"request:{request.id}",
        number=request.number,
        customer=customer.id,
        kind=command.kind,
        asked=command.asked,
        proposed=considered.proposal.limit,
        grade=considered.rated.rating.grade,
        reason=command.reason,
        collateral=command.collateral,
    )
    call_approvers(work, request)
    assert request.id is not None
    return request.id


def _refuse_hopeless(considered: Considered, command: SubmitRequest) -> None:
    proposal = considered.proposal
    if considered.rated.rating.unset:
        raise Refusal("policy-unset", parameters=unset_parameters(considered.rated))
    if proposal.refusals:
        first = proposal.refusals[0]
        raise Refusal("no-ground", why=first.key, article=first.article)
    if proposal.hard_ceiling is not None and command.asked > proposal.hard_ceiling:
        raise Refusal("above-hard-ceiling", asked=command.asked, ceiling=proposal.hard_ceiling)
    above = proposal.ceiling is not None and command.asked > proposal.ceiling
    if (above or proposal.only_when_necessary) and not command.reason:
        raise Refusal("reason-needed", ceiling=proposal.ceiling)
    if considered.vacant:
        raise Refusal("chain-vacant", roles=[Label(f"role-{role}") for role in considered.vacant])


def _store(work: Work, command: SubmitRequest, considered: Considered) -> CreditRequest:
    rated, proposal = considered.rated, considered.proposal
    assessment = keep_assessment(work, command.customer, rated, considered.limit_facts, proposal)
    assert assessment.id is not None
    assert work.by.person is not None
    hard = proposal.hard_ceiling
    if hard is None:
        hard = max(proposal.ceiling or command.asked, command.asked)
    request = CreditRequest(
        number=next_number(work, _REQUEST, "REQ"),
        customer=command.customer,
        requester=work.by.person,
        kind=command.kind,
        asked_minor=command.asked.minor,
        proposed_minor=proposal.limit.minor,
        ceiling_minor=hard.minor,
        granted_minor=command.asked.minor,
        term_days=proposal.term_days or CONTRACT_TERM,
        reason=command.reason,
        collateral_minor=command.collateral.minor if command.collateral else None,
        collateral_note=command.collateral_note,
        assessment=assessment.id,
        chain=considered.chain.id,
        chain_version=considered.chain.source.version,
        step_since=work.at,
        submitted_at=work.at,
    )
    work.session.add(request)
    work.session.flush()
    return request


@dataclass(frozen=True)
class AnswerQuestion(Command):
    """Answer what an approver asked when returning the request."""

    request: int
    version: int
    answer: str


def answer_question(work: Work, command: AnswerQuestion) -> None:
    """The requester answers what an approver asked; the request goes on where it was returned."""
    request = own_request(work, command.request)
    move(request, RequestAction.ANSWER, command.version)
    request.reason = f"{request.reason} / {command.answer}" if request.reason else command.answer
    request.step_since = work.at
    request.nagged_at = request.escalated_at = None
    work.record("request.answered", f"request:{request.id}", question=request.question, answer=command.answer)
    work.refresh(f"request:{request.id}")
    asker = _who_returned(work, request)
    if asker is not None:
        work.tell(
            asker,
            Message(
                "question-answered",
                {"number": request.number, "question": request.question, "answer": command.answer},
            ),
            urgent=True,
        )
        work.put_card([asker], f"request:{request.id}")
    call_approvers(work, request)


def _who_returned(work: Work, request: CreditRequest) -> int | None:
    return work.session.execute(
        select(_SIGNATURE.c.person)
        .where(_SIGNATURE.c.request == request.id, _SIGNATURE.c.verdict == Verdict.RETURN)
        .order_by(_SIGNATURE.c.id.desc())
        .limit(1)
    ).scalar()


@dataclass(frozen=True)
class Withdraw(Command):
    """Take back a request that nobody has decided to the end."""

    request: int
    version: int


def withdraw(work: Work, command: Withdraw) -> None:
    """The requester takes the request back; whoever had a card sees it."""
    request = own_request(work, command.request)
    move(request, RequestAction.WITHDRAW, command.version)
    request.ended_at = work.at
    work.record("request.withdrawn", f"request:{request.id}")
    work.refresh(f"request:{request.id}")
