"""The digest: everything that one person has to know this morning, in one message (6.1, 8.2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.actor import actor_of
from core.queries.credit.lines import total_cap, total_granted
from core.queries.digests.news import (
    Climbed,
    Ending,
    Head,
    audit_head,
    came_up,
    climbed,
    endings,
    suspensions,
)
from core.queries.office import Office
from core.queries.past_runs import last_report_of
from core.queries.people.approvers import waiting_for
from core.queries.people.roster import Roster, roster
from core.queries.policies.activation import active_policy
from core.queries.rating.reviews import (
    approvers_of,
    escalated_since,
    superiors_of,
    under_review,
    waits_for,
)
from core.records.request import CreditRequest
from core.records.tables import table_of
from core.rules.calendar import known_until, working_time_between
from core.rules.lifecycles.request_lifecycle import RequestState
from core.rules.lifecycles.review_lifecycle import ReviewState
from core.rules.money import Money, total
from core.rules.permission import Role
from core.rules.reviews.rerating import rerating_of

_REQUEST = table_of(CreditRequest)

FINANCE = (Role.CREDIT_CONTROLLER, Role.FINANCE_MANAGER, Role.CFO)
CALENDAR_NOTICE_DAYS = (60, 30, 7, 0)
"""So many days before the known holidays run out the admin is told; a new release of the calendar is needed then."""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Invoices on a rung of a role in which nobody minds them."""

    role: str
    invoices: int
    amount: Money


@dataclass
class Digest:
    """What goes to one person. The totals, the calendar and the audit head keep a digest company, not more."""

    overdue: list[Climbed] = field(default_factory=list)
    upcoming: list[Climbed] = field(default_factory=list)
    waiting: list[timedelta] = field(default_factory=list)
    """For each request that the person can sign now, the working time that its step has been open."""
    endings: list[Ending] = field(default_factory=list)
    suspensions: list[Ending] = field(default_factory=list)
    vacancies: list[Vacancy] = field(default_factory=list)
    reviews: int = 0
    """Reviews that the person can assess or approve."""
    late_reviews: int = 0
    """Those that went past their day, told to the assessors' superiors."""
    differences: int = 0
    calendar_ends: date | None = None
    granted: Money | None = None
    cap: Money | None = None
    head: Head | None = None

    @property
    def items(self) -> int:
        """How many things there are to look at."""
        return (
            sum(row.invoices for row in (*self.overdue, *self.upcoming))
            + len(self.waiting)
            + len(self.endings)
            + len(self.suspensions)
            + len(self.vacancies)
            + self.reviews
            + self.late_reviews
            + (self.differences > 0)
            + (self.calendar_ends is not None)
        )


def digests(
    session: Session, office: Office, since: date | None, on: date, at: datetime
) -> dict[int, Digest]:
    """The digest of everybody who has anything to be told, by person.

    ``since`` is the day of the last digest, None before the first; ``at`` the moment by which waits are counted.
    """
    people = roster(session)
    found: dict[int, Digest] = defaultdict(Digest)
    _chase(session, office, people, since, on, found)
    _wait(session, office, on, at, found)
    _end(session, office, people, since, on, found)
    _rate_anew(session, office, people, since, on, found)
    _keep_house(session, people, since, on, found)
    _round_off(session, people, on, found)
    return dict(found)


def _chase(
    session: Session,
    office: Office,
    people: Roster,
    since: date | None,
    on: date,
    found: dict[int, Digest],
) -> None:
    """Climbed invoices to the roles of their rung; where nobody holds the role, the admin hears of it."""
    untold: dict[str, list[Climbed]] = defaultdict(list)
    for row in climbed(session, office.reminders(on).ladder, since, on):
        for role in row.roles:
            minding = people.minding(role, row.owner, row.region)
            for person in minding:
                (found[person].overdue if row.overdue else found[person].upcoming).append(row)
            if not minding:
                untold[role].append(row)
    for role, rows in untold.items():
        vacancy = Vacancy(role, sum(row.invoices for row in rows), total(row.amount for row in rows))
        for admin in people.holding(Role.ADMIN):
            found[admin].vacancies.append(vacancy)


def _wait(session: Session, office: Office, on: date, at: datetime, found: dict[int, Digest]) -> None:
    """Waiting requests to whoever can sign them now (3.3)."""
    for request in session.scalars(
        select(CreditRequest).where(_REQUEST.c.state == RequestState.IN_APPROVAL).order_by(_REQUEST.c.id)
    ):
        chain = office.library.chain_in_force(request.chain, on)
        waited = working_time_between(request.step_since, at, chain.working_hours, office.settings.zone)
        for person in waiting_for(session, chain, request, on):
            found[person].waiting.append(waited)


def _end(
    session: Session,
    office: Office,
    people: Roster,
    since: date | None,
    on: date,
    found: dict[int, Digest],
) -> None:
    """What ends or has ended to the customer's owner and the credit controllers (2.5, 3.7)."""
    controllers = people.holding(Role.CREDIT_CONTROLLER)

    def told_to(ending: Ending) -> Iterable[int]:
        return dict.fromkeys((*people.minding(Role.SALES, ending.owner, ""), *controllers))

    reminder_days = active_policy(session, office, on).validity.reminder_days
    for ending in endings(session, reminder_days, since, on):
        for person in told_to(ending):
            found[person].endings.append(ending)
    for ending in suspensions(session, since, on):
        for person in told_to(ending):
            found[person].suspensions.append(ending)


def _rate_anew(
    session: Session, office: Office, people: Roster, since: date | None, on: date, found: dict[int, Digest]
) -> None:
    """Reviews to whoever may assess or approve them; those past their day to the assessors' superiors, once (2.5)."""
    policy = active_policy(session, office, on)
    waiting = [*under_review(session)]
    involved = [
        *people.holding(*rerating_of(policy).assessors),
        *(
            person
            for review, customer in waiting
            if review.state == ReviewState.PROPOSED
            for person in approvers_of(session, policy, review, customer, on)
        ),
    ]
    for person in dict.fromkeys(involved) if waiting else ():
        actor = actor_of(session, person)
        mine = [each for each in waiting if actor and waits_for(session, policy, actor, *each, on)]
        if mine:
            found[person].reviews = len(mine)
    late = [review for review, _ in waiting if escalated_since(review, since, on)]
    assessors = people.holding(*rerating_of(policy).assessors)
    for superior in superiors_of(session, assessors) if late else ():
        found[superior].late_reviews = len(late)


def _keep_house(
    session: Session, people: Roster, since: date | None, on: date, found: dict[int, Digest]
) -> None:
    """Differences to the admin and the CFO, the calendar's end to the admin, the audit head to the auditors."""
    differences = int(last_report_of(session, "reconcile", on).get("done", {}).get("differences", 0))
    if differences:
        for person in people.holding(Role.ADMIN, Role.CFO):
            found[person].differences = differences
    if came_up(known_until(), CALENDAR_NOTICE_DAYS, since, on):
        for person in people.holding(Role.ADMIN):
            found[person].calendar_ends = known_until()
    for person in people.holding(Role.AUDITOR):
        found[person].head = audit_head(session)


def _round_off(session: Session, people: Roster, on: date, found: dict[int, Digest]) -> None:
    """Finance that is written to anyway sees the total of lines under its cap (B9 art. 23) and the audit head."""
    told = [found[person] for person in people.holding(*FINANCE) if person in found]
    if not told:
        return
    granted, cap, head = total_granted(session, on), total_cap(session, on), audit_head(session)
    for digest in told:
        digest.granted, digest.cap, digest.head = granted, cap, head
