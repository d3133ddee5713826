"""What does not fit in what is known of a customer, as it stood on a day (1.6; B9 art. 10, B4)."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.policies.library import Library
from core.queries.customers.statements import statements_on
from core.records.statement import FindingExplanation
from core.records.survey import Fact
from core.records.tables import table_of
from core.rules.rating.reading import plain
from core.rules.statements.contradictions import (
    ALLOWED,
    Finding,
    Severity,
    Tolerances,
    between,
    in_statement,
    of_age,
    of_ratios,
)
from core.rules.statements.disagreement import Claim, of_sources
from core.rules.statements.ratios import Ratio, ratios
from core.rules.statements.statement_facts import FILED, OF_A_DAY, StatementFact, statement_facts, years_ago
from core.rules.statements.statements import Period, Statements
from core.texts.wire import dumps, loads

_EXPLANATION, _FACT = table_of(FindingExplanation), table_of(Fact)
_NAME_CHARACTERS = 16
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Explanation:
    """What somebody answers for a finding."""

    words: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class FoundFinding:
    """A finding with its name, which changes with its figures, and what was said of it."""

    name: str
    finding: Finding
    explanation: Explanation | None

    @property
    def severity(self) -> Severity:
        """A finding that refuses holds until somebody answers for it; then it still bars the best grade."""
        if self.finding.severity is Severity.REFUSE and self.explanation is not None:
            return Severity.BLOCKS_BEST_GRADE
        return self.finding.severity


def findings(session: Session, library: Library, customer: int, on: date) -> tuple[FoundFinding, ...]:
    """Every contradiction in what was known on a day, by the tolerances of that day, the most serious first."""
    statements = statements_on(session, customer, on)
    return findings_of(session, library, customer, on, statements, statement_facts(statements, on))


def findings_of(
    session: Session,
    library: Library,
    customer: int,
    on: date,
    statements: Statements,
    given: Mapping[str, StatementFact],
) -> tuple[FoundFinding, ...]:
    """`findings` for statements that are at hand already, with the facts that they give."""
    allow = library.tolerances_in_force(on)
    claims = [*_survey_claims(session, customer, on, allow), *_statement_claims(given)]
    share = {claim.fact: allow.source_share for claim in claims}
    found = [
        *_in_statements(statements, on, allow),
        *of_sources(_of_one_time(claims, allow), share),
    ]
    if not found:
        return ()
    explained = _explanations(session, customer, on)
    named = [(name_of(finding), finding) for finding in found]
    order = list(Severity)
    return tuple(
        sorted(
            (FoundFinding(name, finding, explained.get(name)) for name, finding in named),
            key=lambda each: order.index(each.finding.severity),
        )
    )


def name_of(finding: Finding) -> str:
    """The same finding in the same figures has the same name, whenever it is found and whatever is tolerated then."""
    figures = {key: value for key, value in finding.facts.items() if key != ALLOWED}
    told = dumps([finding.check, figures])
    return hashlib.sha256(told.encode()).hexdigest()[:_NAME_CHARACTERS]


def _in_statements(statements: Statements, on: date, allow: Tolerances) -> Iterator[Finding]:
    periods = list(statements.periods())
    if statements.three_years_ago is not None:
        yield from in_statement(statements.three_years_ago, allow)
    for period in periods:
        yield from in_statement(period.now, allow)
    known = [(period, ratios(period)) for period in periods]
    for (earlier, before), (later, now) in pairwise(known):
        if later.before is None:
            continue
        yield from between(earlier.now, later.now, allow)
        yield from of_ratios(*_comparable(earlier, before, later, now), allow)
    if periods:
        yield from of_age(periods[-1].now, on, allow)


def _comparable(
    earlier: Period, before: Mapping[str, Ratio], later: Period, now: Mapping[str, Ratio]
) -> tuple[Mapping[str, Ratio], Mapping[str, Ratio]]:
    """Two years in every ratio; with a part of a year only balances, which no season moves."""
    if earlier.now.months == later.now.months == _YEAR:
        return before, now
    return before, {key: ratio for key, ratio in now.items() if key in OF_A_DAY}


def _survey_claims(session: Session, customer: int, on: date, allow: Tolerances) -> Iterator[Claim]:
    """What each source said last of each fact, not too long ago."""
    rows = session.execute(
        select(_FACT.c.key, _FACT.c.value, _FACT.c.source, _FACT.c.as_of)
        .where(
            _FACT.c.customer == customer,
            _FACT.c.known_on <= on,
            _FACT.c.as_of >= on - timedelta(days=allow.source_days),
        )
        .order_by(_FACT.c.id)
    )
    for row in rows:
        value = plain(loads(row.value))
        if value is not None:
            yield Claim(row.key, row.source, value, row.as_of)


def _statement_claims(given: Mapping[str, StatementFact]) -> Iterator[Claim]:
    for key, fact in given.items():
        value = plain(fact.value)
        if value is not None:
            yield Claim(key, FILED, value, fact.ends)


def _of_one_time(claims: list[Claim], allow: Tolerances) -> Iterator[Claim]:
    """Without what is of another time than the statements: last year's profit of another last year."""
    stated = {claim.fact: claim.on for claim in claims if claim.source == FILED}
    for claim in claims:
        ends = stated.get(claim.fact)
        if ends is None or claim.source == FILED or _of_the_time(claim, ends, allow):
            yield claim


def _of_the_time(claim: Claim, ends: date, allow: Tolerances) -> bool:
    years = years_ago(claim.fact)
    if years is None:
        return abs((claim.on - ends).days) <= allow.source_days
    # On 31 December last year is the one that ends then.
    return (claim.on + timedelta(days=1)).year - years == ends.year


def _explanations(session: Session, customer: int, on: date) -> dict[str, Explanation]:
    rows = session.execute(
        select(_EXPLANATION)
        .where(_EXPLANATION.c.customer == customer, _EXPLANATION.c.known_on <= on)
        .order_by(_EXPLANATION.c.id)
    )
    return {row.finding: Explanation(row.words, row.by, row.at) for row in rows}
