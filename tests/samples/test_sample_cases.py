"""The customers of the walk-through are what they claim to be, whatever the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from core.rules.money import Money, total
from tests.samples.books import (
    ANY_DAY,
    NOTABLE_DAYS,
    WALK_THROUGH,
    Books,
    company_on,
    late_days,
    line_of,
    of_kind,
)


def check_huadong(today: date) -> None:
    company = company_on(today)
    books, line = Books(company, today), line_of(company, "C0001")
    (overdue,) = books.overdue("C0001")
    late = late_days(company, books, "C0001")
    assert (line.grade, line.limit, line.collateral) == ("B", Money.of(180_000), Money.of(260_000))
    assert (overdue.open, (today - overdue.due).days) == (Money.of(12_300), 17)
    assert books.exposure("C0001") == Money.of(139_000)
    assert round(sum(late) / len(late)) == 6


def check_spotless_a(today: date) -> None:
    company = company_on(today)
    books = Books(company, today)
    assert line_of(company, "C0002").grade == "A"
    assert not books.overdue("C0002")
    assert max(late_days(company, books, "C0002")) <= 0
    assert not any(invoice.disputed for invoice in company.invoices if invoice.customer_code == "C0002")


def check_stopped_paying(today: date) -> None:
    company = company_on(today)
    books = Books(company, today)
    disputed = total(invoice.disputed for invoice in company.invoices if invoice.customer_code == "C0003")
    assert all((today - item.due).days > 90 for item in books.overdue("C0003"))
    assert books.exposure("C0003") == Money.of("106691.05")
    assert disputed == Money.of(12_000)
    assert "C0003" not in {line.customer_code for line in company.lines}


def check_brand_new(today: date) -> None:
    company = company_on(today)
    assert "C0004" not in {invoice.customer_code for invoice in company.invoices}
    assert "C0004" not in {receipt.customer_code for receipt in company.receipts}
    assert "C0004" not in {line.customer_code for line in company.lines}


def check_expired_line(today: date) -> None:
    company = company_on(today)
    line = line_of(company, "C0005")
    since = [i for i in of_kind(company, "invoice") if i.customer_code == "C0005" and i.issued > line.ends]
    assert line.ends == today - timedelta(days=12)
    assert all(invoice.due == invoice.issued for invoice in since), "without a line, payment on delivery"


def check_rating_ends_soon(today: date) -> None:
    line = line_of(company_on(today), "C0006")
    assert line.rated_until == today + timedelta(days=7)
    assert line.ends > line.rated_until


def check_run_down(today: date) -> None:
    """B9 art. 32: above the line because the line is new and lower, not because of a late payment."""
    company = company_on(today)
    books, line = Books(company, today), line_of(company, "C0007")
    assert books.exposure("C0007") == Money.of(168_450)
    assert line.limit == Money.of(120_000)
    assert not books.overdue("C0007")
    assert all(item.issued < line.starts for item in books.open_items("C0007"))


CASES = (
    check_huadong,
    check_spotless_a,
    check_stopped_paying,
    check_brand_new,
    check_expired_line,
    check_rating_ends_soon,
    check_run_down,
)


@settings(max_examples=12, deadline=None)
@given(today=ANY_DAY)
def test_on_any_day_the_cases_are_what_they_claim(today: date) -> None:
    for check in CASES:
        check(today)


@pytest.mark.parametrize("today", NOTABLE_DAYS)
def test_on_notable_days_the_cases_are_what_they_claim(today: date) -> None:
    for check in CASES:
        check(today)


def test_the_walk_through_reads_as_told() -> None:
    """4.1: the one overdue invoice of 华东机械 was issued 47 days ago, and 41,000 of its line are left."""
    company = company_on(WALK_THROUGH)
    books = Books(company, WALK_THROUGH)
    (overdue,) = books.overdue("C0001")
    assert overdue.number.startswith("20260122-")
    assert overdue.due == date(2026, 2, 21)
    assert line_of(company, "C0001").limit - books.exposure("C0001") == Money.of(41_000)
