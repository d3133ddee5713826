"""How the grades of a policy did against what happened (2.9): customers as rated on one day, followed to another.

Where the policy has rated people, its stored assessments are held to account; for a draft everybody is rated backwards, on
facts as they stood on the day. A customer who was beyond the days already when the time began is left out and counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from sqlalchemy import ColumnElement, FromClause, and_, func, select
from sqlalchemy.orm import Session

from core.clock import end_of
from core.queries.customers.facts import facts_of_many, values_of
from core.queries.ledger.open_items import portions
from core.queries.office import Office
from core.queries.policies.aftermath import aftermath
from core.queries.policies.simulation import customers_on
from core.records.assessment import Assessment
from core.records.snapshot import SnapshotBatch, SnapshotGrade
from core.records.tables import table_of
from core.rules.calendar import add_months
from core.rules.judging.migration import CrossTable, Scheme, cross_table
from core.rules.judging.validation import (
    Concentration,
    DefaultRate,
    Discrimination,
    Overrides,
    Reversal,
    Shortage,
    Stability,
    concentration,
    default_rates,
    discrimination,
    overrides,
    reversals,
    shortages,
    stability,
)
from core.rules.policy.policy import Policy
from core.rules.rating.assess import rate
from core.texts.wire import facts_of

_ASSESSMENT, _BATCH, _GRADE = table_of(Assessment), table_of(SnapshotBatch), table_of(SnapshotGrade)


class Basis(StrEnum):
    """Where the grades are from."""

    STORED = "stored"
    BACK_DATED = "back_dated"


@dataclass(frozen=True, slots=True)
class Rated:
    """A grade, None for not ratable, and the score behind it where the policy has scores."""

    grade: str | None
    score: Decimal | None = None


@dataclass(frozen=True)
class Backtest:
    """What the grades of a day have been worth."""

    policy: Policy
    begin: date
    end: date
    overdue_days: int
    basis: Basis
    rates: tuple[DefaultRate, ...]
    by_grade: Discrimination | None
    """None while all went well, or all went bad."""
    by_score: Discrimination | None
    """Of the scores themselves, where everybody graded has one."""
    not_rated: int
    bad_before: int
    """Left out: overdue beyond the days when the time began."""
    migration: CrossTable
    stability: Stability | None
    concentration: Concentration | None
    """At the end."""
    overrides: Overrides
    reversals: tuple[Reversal, ...]
    shortages: tuple[Shortage, ...]


def backtest(
    session: Session, office: Office, policy: Policy, begin: date, end: date, overdue_days: int
) -> Backtest:
    """Hold the grades of `begin` against what happened up to `end`. It reads all customers: a question for a reader."""
    basis, before = _ratings(session, office, policy, begin)
    after = (
        _stored(session, office, policy, end)
        if basis is Basis.STORED
        else _back_dated(session, office, policy, end)
    )
    happened = aftermath(session, begin, end, overdue_days)
    followed = {customer: each for customer, each in before.items() if customer not in happened.bad_before}
    graded = [
        (each.grade, each.score, customer in happened.went_bad)
        for customer, each in followed.items()
        if each.grade is not None
    ]
    rates = default_rates(((grade, bad) for grade, _, bad in graded), policy.codes)
    scheme = Scheme(policy.id, policy.codes)
    return Backtest(
        policy=policy,
        begin=begin,
        end=end,
        overdue_days=overdue_days,
        basis=basis,
        rates=rates,
        by_grade=discrimination((-policy.codes.index(grade), bad) for grade, _, bad in graded),
        by_score=_by_score([(score, bad) for _, score, bad in graded]),
        not_rated=len(followed) - len(graded),
        bad_before=len(before) - len(followed),
        migration=cross_table(_pairs(before, after), scheme, scheme),
        stability=stability(_spread(policy, before), _spread(policy, after)),
        concentration=concentration(tuple(zip(policy.codes, _spread(policy, after), strict=True))),
        overrides=overrides(_overridden(session, office, policy, begin, end), policy.codes),
        reversals=reversals(rates),
        shortages=shortages(rates),
    )


def _ratings(session: Session, office: Office, policy: Policy, on: date) -> tuple[Basis, Mapping[int, Rated]]:
    stored = _stored(session, office, policy, on)
    if stored:
        return Basis.STORED, stored
    return Basis.BACK_DATED, _back_dated(session, office, policy, on)


def _back_dated(session: Session, office: Office, policy: Policy, on: date) -> Mapping[int, Rated]:
    """Everybody as the policy would have rated them on a day."""
    found: dict[int, Rated] = {}
    for some in portions([customer for customer, _, _ in customers_on(session, office, on)]):
        for customer, known in facts_of_many(session, office, some, on).items():
            rating = rate(policy, values_of(known))
            found[customer] = Rated(rating.grade, rating.score)
    return found


def _stored(session: Session, office: Office, policy: Policy, on: date) -> Mapping[int, Rated]:
    """What this version of the policy last made of each customer and was still good on a day: decided, or kept."""
    begin = add_months(on, -policy.validity.months)
    last: dict[int, tuple[datetime, Rated]] = {}
    for customer, at, rated in chain(
        _kept(session, office, policy, begin, on), _decided(session, office, policy, begin, on)
    ):
        if customer not in last or last[customer][0] <= at:
            last[customer] = at, rated
    return {customer: rated for customer, (_, rated) in last.items() if rated.grade in {None, *policy.codes}}


Made = Iterator[tuple[int, datetime, Rated]]
"""Of customers, when and what."""


def _decided(session: Session, office: Office, policy: Policy, after: date, until: date) -> Made:
    """The last assessment of each that was made for a decision."""
    made = _made_by(office, policy, after, until, _ASSESSMENT)
    last = select(func.max(_ASSESSMENT.c.id)).where(made).group_by(_ASSESSMENT.c.customer)
    for row in session.execute(select(_ASSESSMENT).where(_ASSESSMENT.c.id.in_(last))):
        yield row.customer, row.at, Rated(row.grade, facts_of(row.result).get("score"))


def _kept(session: Session, office: Office, policy: Policy, after: date, until: date) -> Made:
    """The last grade of each that a month has kept."""
    made = and_(
        _made_by(office, policy, after, until, _BATCH),
        _GRADE.c.month.between(after.replace(day=1), until),
        _BATCH.c.id == _GRADE.c.batch,
    )
    last = (
        select(_GRADE.c.customer, func.max(_GRADE.c.month).label("month"))
        .where(made)
        .group_by(_GRADE.c.customer)
        .subquery()
    )
    rows = (
        select(_GRADE.c.customer, _GRADE.c.grade, _GRADE.c.score, _BATCH.c.at)
        .join(_BATCH, _BATCH.c.id == _GRADE.c.batch)
        .join(last, and_(last.c.customer == _GRADE.c.customer, last.c.month == _GRADE.c.month))
    )
    for row in session.execute(rows):
        yield row.customer, row.at, Rated(row.grade, None if row.score is None else Decimal(row.score))


def _made_by(
    office: Office, policy: Policy, after: date, until: date, table: FromClause
) -> ColumnElement[bool]:
    """Whether it is the policy's, of this version, from the day after one day up to another."""
    zone = office.settings.zone
    return and_(
        table.c.policy == policy.id,
        table.c.policy_version == policy.version,
        table.c.at >= end_of(after, zone),
        table.c.at < end_of(until, zone),
    )


def _overridden(
    session: Session, office: Office, policy: Policy, begin: date, end: date
) -> Iterator[tuple[str, str]]:
    """(the policy's grade, the grade put in force) of the decisions within the time."""
    rows = session.execute(
        select(_ASSESSMENT.c.grade, _ASSESSMENT.c.result)
        .where(_made_by(office, policy, begin, end, _ASSESSMENT))
        .order_by(_ASSESSMENT.c.id)
    )
    for row in rows:
        by_policy = facts_of(row.result).get("grade")
        if row.grade in policy.codes and by_policy in policy.codes:
            yield by_policy, row.grade


def _by_score(scored: Sequence[tuple[Decimal | None, bool]]) -> Discrimination | None:
    if any(score is None for score, _ in scored):
        return None
    return discrimination(scored)


def _pairs(
    before: Mapping[int, Rated], after: Mapping[int, Rated]
) -> Iterator[tuple[str | None, str | None]]:
    """Of those who were there when the time began; who came later has no grade to come from."""
    for customer, rated in before.items():
        yield rated.grade, after.get(customer, Rated(None)).grade


def _spread(policy: Policy, ratings: Mapping[int, Rated]) -> list[int]:
    counted = Counter(each.grade for each in ratings.values())
    return [counted[grade] for grade in policy.codes]
