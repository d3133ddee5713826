"""The steps that every request goes through, whoever acts on it: found, moved, put before the approvers."""

from collections.abc import Iterable

from core.queries.people.approvers import waiting_for
from core.records.request import CreditRequest
from core.rules.lifecycles.request_lifecycle import REQUEST, RequestAction
from core.rules.refusal import Refusal
from core.services.steps import take_step
from core.services.work import Work


def own_request(work: Work, number: int) -> CreditRequest:
    """The request, for whoever made it."""
    request = work.session.get(CreditRequest, number)
    if request is None or request.requester != work.by.person:
        raise Refusal("request-not-yours")
    return request


def move(request: CreditRequest, action: RequestAction, seen: int) -> None:
    """One step of the lifecycle, on the version that the person saw; otherwise a sentence on how it stands."""
    if not take_step(request, REQUEST, action, seen):
        raise Refusal("request-moved-on", number=request.number, state=request.state)


def call_approvers(work: Work, request: CreditRequest) -> None:
    """The card goes to everyone who can sign now and has not got it at this step yet."""
    chain = work.office.chain_of(request, work.today)
    put_before(work, request, waiting_for(work.session, chain, request, work.today))


def put_before(work: Work, request: CreditRequest, people: Iterable[int]) -> None:
    """The card goes to each of these, once a step."""
    work.put_card(people, f"request:{request.id}", f"card:{request.id}:{request.step}")
