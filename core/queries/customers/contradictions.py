"""What does not fit in what is known of a customer, as it stood on a day (1.6; B9 art. 10, B4)."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.policies.library import Library
from core.queries.customers.material import Material, material_of_many
from core.queries.customers.survey import KnownFact
from core.queries.policies.tolerances import active_tolerances
from core.records.statement import FindingExplanation
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
from core.rules.statements.ratios import Ratio, Worked
from core.rules.statements.statement_facts import FILED, OF_A_DAY, StatementFact, years_ago
from core.rules.statements.statements import Period, Statements
from core.storage.bulk import is_listed, listed
from core.storage.prepared import Prepared
from core.texts.wire import dumps

_EXPLANATION = table_of(FindingExplanation)
_EXPLAINED = Prepared(
    select(_EXPLANATION)
    .where(is_listed(_EXPLANATION.c.customer), _EXPLANATION.c.known_on <= bindparam("on"))
    .order_by(_EXPLANATION.c.id)
)
_SEVERITIES = list(Severity)
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
    material = material_of_many(session, [customer], on)
    return findings_of_many(session, library, material, on).get(customer, ())


def findings_of_many(
    session: Session, library: Library, material: Mapping[int, Material], on: date
) -> Mapping[int, tuple[FoundFinding, ...]]:
    """`findings` of many customers in what was known of them on the day; of whom nothing is found is left out."""
    allow = active_tolerances(session, library, on)
    contradicting = {
        customer: found for customer, known in material.items() if (found := _found(known, on, allow))
    }
    if not contradicting:
        return {}
    explained = _explanations(session, contradicting.keys(), on)
    return {
        customer: tuple(_named(finding, explained.get(customer, {})) for finding in found)
        for customer, found in contradicting.items()
    }


def _found(known: Material, on: date, allow: Tolerances) -> list[Finding]:
    claims = list(_claims(known, on, allow))
    share = {claim.fact: allow.source_share for claim in claims}
    found = [
        *_in_statements(known.statements, known.periods, on, allow),
        *of_sources(_of_one_time(claims, allow), share),
    ]
    return sorted(found, key=lambda each: _SEVERITIES.index(each.severity))


def _named(finding: Finding, explained: Mapping[str, Explanation]) -> FoundFinding:
    name = name_of(finding)
    return FoundFinding(name, finding, explained.get(name))


def name_of(finding: Finding) -> str:
    """The same finding in the same figures has the same name, whenever it is found and whatever is tolerated then."""
    figures = {key: value for key, value in finding.facts.items() if key != ALLOWED}
    told = dumps([finding.check, figures])
    return hashlib.sha256(told.encode()).hexdigest()[:_NAME_CHARACTERS]


def _in_statements(
    statements: Statements, periods: Sequence[Worked], on: date, allow: Tolerances
) -> Iterator[Finding]:
    if statements.three_years_ago is not None:
        yield from in_statement(statements.three_years_ago, allow)
    for period, _ in periods:
        yield from in_statement(period.now, allow)
    for (earlier, before), (later, now) in pairwise(periods):
        if later.before is None:
            continue
        yield from between(earlier.now, later.now, allow)
        yield from of_ratios(*_comparable(earlier, before, later, now), allow)
    if periods:
        yield from of_age(periods[-1][0].now, on, allow)


def _comparable(
    earlier: Period, before: Mapping[str, Ratio], later: Period, now: Mapping[str, Ratio]
) -> tuple[Mapping[str, Ratio], Mapping[str, Ratio]]:
    """Two years in every ratio; with a part of a year only balances, which no season moves."""
    if earlier.now.months == later.now.months == _YEAR:
        return before, now
    return before, {key: ratio for key, ratio in now.items() if key in OF_A_DAY}


def _claims(known: Material, on: date, allow: Tolerances) -> Iterator[Claim]:
    """What each source said of each fact that several speak of: answers, but for those too long ago, and statements."""
    since = on - timedelta(days=allow.source_days)
    answers = [each for each in known.answers if each.as_of >= since]
    several = _of_several_sources(answers, known.given)
    told = [(each.key, each.source, each.value, each.as_of) for each in answers if each.key in several]
    stated = [(key, FILED, fact.value, fact.ends) for key, fact in known.given.items() if key in several]
    for key, source, value, day in (*told, *stated):
        if (said := plain(value)) is not None:
            yield Claim(key, source, said, day)


def _of_several_sources(answers: Iterable[KnownFact], given: Mapping[str, StatementFact]) -> set[str]:
    """Facts that more than one source speaks of: nothing else can be disagreed on."""
    sources = dict.fromkeys(given, FILED)
    return {each.key for each in answers if sources.setdefault(each.key, each.source) != each.source}


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


def _explanations(
    session: Session, customers: Collection[int], on: date
) -> Mapping[int, Mapping[str, Explanation]]:
    """By customer and finding; of several the last."""
    explained: dict[int, dict[str, Explanation]] = {}
    for row in _EXPLAINED.rows(session, on=on, **listed(customers)):
        explained.setdefault(row.customer, {})[row.finding] = Explanation(row.words, row.by, row.at)
    return explained
