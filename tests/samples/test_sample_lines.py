"""The credit lines granted earlier keep to the policy in force (B9 arts. 23-27)."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from core.rules.calendar import add_months
from core.rules.money import total
from tests.samples.books import ANY_DAY, NOTABLE_DAYS, WALK_THROUGH, Books, company_on, of_kind

RUN_DOWN = "C0007"


def check_lines(today: date) -> None:
    company = company_on(today)
    first_of_month = today.replace(day=1)
    a_year_before = add_months(first_of_month, -12)
    books = Books(company, today)
    shipped, received = Counter[str](), Counter[str]()
    for invoice in of_kind(company, "invoice"):
        if a_year_before <= invoice.issued < first_of_month:
            shipped[invoice.customer_code] += invoice.amount.minor
    for receipt in company.receipts:
        if a_year_before <= receipt.received < first_of_month:
            received[receipt.customer_code] += receipt.amount.minor
    assert len({line.customer_code for line in company.lines}) == len(company.lines) == 25
    for line in company.lines:
        year = min(shipped[line.customer_code], received[line.customer_code])
        assert line.limit.minor * 12 <= year, "arts. 25(2), 26: the average month"
        if line.grade == "B":
            assert line.collateral is not None, "art. 26: only against collateral"
            assert line.limit <= line.collateral
        else:
            assert line.collateral is None
        assert line.term_days == (15 if line.kind == "temporary" else 30)
        assert line.rated_on <= line.starts <= today or line.ends < today
        assert today <= line.rated_until
        assert line.starts < line.ends
        above = books.exposure(line.customer_code) > line.limit
        assert above == (line.customer_code == RUN_DOWN), "art. 32"
    assert total(line.limit for line in company.lines) <= company.closing_receivables_last_year, "art. 23"


@settings(max_examples=12, deadline=None)
@given(today=ANY_DAY)
def test_on_any_day_every_line_keeps_to_the_policy(today: date) -> None:
    check_lines(today)


@pytest.mark.parametrize("today", NOTABLE_DAYS)
def test_on_notable_days_every_line_keeps_to_the_policy(today: date) -> None:
    check_lines(today)


def test_closing_receivables_are_what_was_owed_at_the_end_of_last_year() -> None:
    company, year_end = company_on(WALK_THROUGH), date(2025, 12, 31)
    invoiced = total(i.amount for i in of_kind(company, "invoice") if i.issued <= year_end)
    credited = total(i.amount for i in of_kind(company, "credit_note") if i.issued <= year_end)
    received = total(receipt.amount for receipt in company.receipts if receipt.received <= year_end)
    assert company.closing_receivables_last_year == invoiced - credited - received


def test_no_rating_ends_within_the_month_but_the_one_meant_to() -> None:
    ending = [
        line.customer_code
        for line in company_on(WALK_THROUGH).lines
        if line.rated_until <= WALK_THROUGH + timedelta(days=30)
    ]
    assert ending == ["C0006"]
