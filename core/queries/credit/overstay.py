"""Approvals that have waited too long at their step: to be nagged about, or passed on (3.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from core.clock import day_of
from core.queries.office import Office
from core.records.request import CreditRequest
from core.records.tables import table_of
from core.rules.calendar import working_time_between
from core.rules.lifecycles.request_lifecycle import RequestState

_REQUEST = table_of(CreditRequest)


@dataclass(frozen=True, slots=True)
class Overstay:
    """What is due for a waiting request by its chain's hours, and was not done at this step yet."""

    request: int
    nag: bool
    escalate: bool


def overstays(
    session: Session, office: Office, at: datetime, request: int | None = None
) -> tuple[Overstay, ...]:
    """The requests that have waited too long by a moment; ``request`` asks about this one only."""
    found = select(
        _REQUEST.c.id,
        _REQUEST.c.chain,
        _REQUEST.c.step_since,
        _REQUEST.c.nagged_at,
        _REQUEST.c.escalated_at,
    ).where(_REQUEST.c.state == RequestState.IN_APPROVAL)
    rows = session.execute(found if request is None else found.where(_REQUEST.c.id == request))
    on = day_of(at, office.settings.zone)
    judged = (_judged(office, on, at, row) for row in rows)
    return tuple(each for each in judged if each.nag or each.escalate)


def _judged(office: Office, on: date, at: datetime, request: Row[*tuple[Any, ...]]) -> Overstay:
    chain = office.library.chain_in_force(request.chain, on)
    since = request.step_since
    waited = working_time_between(since, at, chain.working_hours, office.settings.zone)
    return Overstay(
        request.id,
        nag=waited >= chain.nag_after and not _done(request.nagged_at, since),
        escalate=waited >= chain.escalate_after and not _done(request.escalated_at, since),
    )


def _done(moment: datetime | None, since: datetime) -> bool:
    """Done at this step, and not only at one before it."""
    return moment is not None and moment >= since
