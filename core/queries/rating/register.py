"""The register of grades (2.11): who has which on a day, by which policy, since when, and who assessed; and overrides (2.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.queries.actor import named
from core.queries.office import Office
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.review import GradeEntry
from core.records.staff import Person
from core.records.tables import table_of
from core.rules.policy.policy import Policy
from core.texts.wire import Named

_ASSESSMENT, _CUSTOMER, _ENTRY = table_of(Assessment), table_of(Customer), table_of(GradeEntry)


@dataclass(frozen=True, slots=True)
class Registered:
    """One customer of the register."""

    code: str
    name: str
    grade: str
    by_policy: str | None
    """What the policy alone made of it."""
    policy: str
    version: str
    since: date
    until: date
    assessor: Named | None
    """None where a request was granted before anybody was named."""
    expired: bool

    @property
    def overridden(self) -> bool:
        """People put another grade in the place of the policy's."""
        return self.by_policy is not None and self.by_policy != self.grade


@dataclass(frozen=True, slots=True)
class OverridesBy:
    """How often one assessor put another grade in the place of the policy's."""

    assessor: Named | None
    ratings: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class OverrideReport:
    """Ratings that came into force within a time, and how many of them were overridden."""

    begin: date
    end: date
    people: tuple[OverridesBy, ...]

    @property
    def ratings(self) -> int:
        return sum(each.ratings for each in self.people)

    @property
    def up(self) -> int:
        return sum(each.up for each in self.people)

    @property
    def down(self) -> int:
        return sum(each.down for each in self.people)

    @property
    def percent(self) -> int | None:
        """The share that was overridden, rounded down; None of nothing."""
        return (self.up + self.down) * 100 // self.ratings if self.ratings else None


def register(session: Session, on: date) -> tuple[Registered, ...]:
    """Every customer with the grade that came into force last by a day, by code; who lost theirs is not in it."""
    last = select(func.max(_ENTRY.c.id)).where(_ENTRY.c.since <= on).group_by(_ENTRY.c.customer)
    rows = session.execute(
        select(GradeEntry, _CUSTOMER.c.code, _CUSTOMER.c.name, Person)
        .join(Customer, _CUSTOMER.c.id == _ENTRY.c.customer)
        .outerjoin(Person, table_of(Person).c.id == _ENTRY.c.assessor)
        .where(_ENTRY.c.id.in_(last), _ENTRY.c.grade.is_not(None), _ENTRY.c.until.is_not(None))
        .order_by(_CUSTOMER.c.code)
    )
    return tuple(
        Registered(
            code=code,
            name=name,
            grade=entry.grade,
            by_policy=entry.by_policy,
            policy=entry.policy,
            version=entry.policy_version,
            since=entry.since,
            until=entry.until,
            assessor=named(person) if person is not None else None,
            expired=entry.until < on,
        )
        for entry, code, name, person in rows
    )


def override_report(session: Session, office: Office, begin: date, end: date) -> OverrideReport:
    """The ratings from one day up to another, both included, by assessor; a grade that was lost is none."""
    rows = session.execute(
        select(GradeEntry, _ASSESSMENT.c.policy_checksum, Person)
        .outerjoin(Assessment, _ASSESSMENT.c.id == _ENTRY.c.assessment)
        .outerjoin(Person, table_of(Person).c.id == _ENTRY.c.assessor)
        .where(_ENTRY.c.since.between(begin, end), _ENTRY.c.grade.is_not(None))
        .order_by(_ENTRY.c.id)
    )
    counted: dict[int, list[int]] = {}
    names: dict[int, Named | None] = {}
    for entry, checksum, person in rows:
        who = entry.assessor or 0
        names[who] = named(person) if person is not None else None
        tally = counted.setdefault(who, [0, 0, 0])
        tally[0] += 1
        way = _way(office.library.policy_of(checksum) if checksum else None, entry)
        if way:
            tally[1 if way > 0 else 2] += 1
    people = (OverridesBy(names[who], *tally) for who, tally in counted.items())
    return OverrideReport(begin, end, tuple(sorted(people, key=lambda each: -(each.up + each.down))))


def _way(policy: Policy | None, entry: GradeEntry) -> int:
    """How many grades better than the policy's; below zero worse, zero the same or no longer known."""
    if policy is None or entry.by_policy == entry.grade:
        return 0
    codes: Sequence[str] = policy.codes
    if entry.grade not in codes or entry.by_policy not in codes:
        return 0
    return codes.index(entry.by_policy) - codes.index(entry.grade)
