"""The sample company's financial statements (1.5): a third of its customers, in tune with the surveys but where told."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.policies.library import Library
from core.queries.customers.contradictions import findings
from core.queries.customers.statements import chosen
from core.records.customer import Customer
from core.rules.rating.reading import plain
from core.rules.statements.contradictions import Check
from core.rules.statements.statement_facts import statement_facts
from core.samples.shapes import SampleCompany
from tests.samples.books import NOTABLE_DAYS, WALK_THROUGH, company_on
from tests.support.town import Town

DAYS = pytest.mark.parametrize("today", [WALK_THROUGH, *NOTABLE_DAYS])
FOUND = {
    "C0018": {Check.BALANCE},
    "C0020": {Check.COPIED_YEAR, Check.CASH_OPENING},
    "C0023": {Check.RATIO_JUMP},
    "C0025": {Check.SOURCES},
    "C0036": {Check.STALE},
}
"""Who contradicts what; everybody else's material fits."""


def codes(company: SampleCompany) -> list[str]:
    return sorted({each.customer_code for each in company.statements})


@DAYS
def test_a_third_of_the_customers_have_two_years(today: date) -> None:
    company = company_on(today)

    assert len(codes(company)) == len(company.customers) // 3
    for code in codes(company):
        on_file = chosen(each.statement for each in company.statements if each.customer_code == code)
        assert on_file.year is not None, code
        assert on_file.year_before is not None, code


@DAYS
def test_nothing_is_known_before_it_can_be(today: date) -> None:
    for each in company_on(today).statements:
        assert each.statement.ends < each.known_on <= today


@DAYS
@pytest.mark.parametrize("fact", ["debt_ratio", "quick_ratio"])
def test_statements_and_survey_agree_on_what_the_grade_hangs_by(today: date, fact: str) -> None:
    """The lines of the sample were granted on the surveys: their grades stand on the statements, too."""
    company = company_on(today)
    for code in set(codes(company)) - {"C0018", "C0025"}:
        on_file = chosen(each.statement for each in company.statements if each.customer_code == code)
        stated = plain(statement_facts(on_file, today)[fact].value)
        surveyed = company.surveys[code][fact].value
        assert isinstance(stated, Decimal)
        assert isinstance(surveyed, Decimal)
        assert abs(stated - surveyed) <= Decimal("0.01"), code


def test_the_same_day_and_seed_make_the_same_statements() -> None:
    assert company_on(WALK_THROUGH).statements == company_on(WALK_THROUGH).statements


async def test_a_few_contradict_themselves_or_others_and_one_is_explained(sample: Town) -> None:
    """1.6."""
    library = sample.desk.office.library
    customers = await sample.database.read(lambda session: _findings(session, library))

    assert {code: checks for code, (checks, _) in customers.items() if checks} == FOUND
    assert {code for code, (_, explained) in customers.items() if explained} == {"C0023"}


def _findings(session: Session, library: Library) -> dict[str, tuple[set[Check], bool]]:
    told = {}
    for customer in session.scalars(select(Customer)):
        found = findings(session, library, customer.id or 0, WALK_THROUGH)
        told[customer.code] = {each.finding.check for each in found}, any(each.explanation for each in found)
    return told
