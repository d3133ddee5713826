"""What finance decides for the whole company: the total of lines (B9 art. 23)."""

from dataclasses import dataclass

from sqlalchemy import select

from core.queries.credit.lines import cap_key
from core.records.company import CompanyFact
from core.records.request import CreditRequest
from core.records.tables import table_of
from core.rules.lifecycles.request_lifecycle import RequestAction, RequestState
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.credit.decide import room_under_cap, tell_outcome
from core.services.credit.line import open_line
from core.services.credit.request_steps import move
from core.services.desk import Command
from core.services.work import Work
from core.texts.wire import dumps

_REQUEST = table_of(CreditRequest)


@dataclass(frozen=True)
class SetTotalOfLines(Command):
    """What all lines of this year may come to: in principle last year's closing receivables."""

    amount: Money


def set_total_of_lines(work: Work, command: SetTotalOfLines) -> tuple[int, int]:
    """Set it, and open the granted lines that waited for it, oldest first, as far as they fit.

    Returns how many were opened and how many still wait for room.
    """
    if command.amount.minor <= 0:
        raise Refusal("amount-zero", typed=str(command.amount.amount))
    key = cap_key(work.today.year)
    kept = work.session.get(CompanyFact, key)
    old = kept.value if kept is not None else None
    if kept is None:
        kept = CompanyFact(key=key, value="", at=work.at)
        work.session.add(kept)
    kept.value, kept.by, kept.at = dumps(command.amount), work.by.person, work.at
    work.session.flush()
    work.record("company.total_of_lines", key, old=old, new=command.amount)
    waiting = work.session.scalars(
        select(CreditRequest).where(_REQUEST.c.state == RequestState.AWAITING_CAP).order_by(_REQUEST.c.id)
    ).all()
    opened = 0
    for request in waiting:
        room = room_under_cap(work, request)
        if room is None or request.granted_minor > room.minor:
            continue
        move(request, RequestAction.OPEN, request.version)
        open_line(work, request)
        request.ended_at = work.at
        tell_outcome(work, request, "")
        work.refresh(f"request:{request.id}")
        opened += 1
    return opened, len(waiting) - opened
