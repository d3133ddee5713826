"""The sample ledger adds up, refers to what exists, and looks like a year of trade (5.1-5.3)."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings

from core.rules.calendar import is_working_day
from core.rules.money import Money, total
from core.rules.receivables.aging import BUCKETS, age
from core.samples.company import sample_company
from tests.samples.books import ANY_DAY, NOTABLE_DAYS, WALK_THROUGH, Books, company_on, of_kind

TOLD_BY_HAND = {"C0001", "C0003", "C0007", "C0020", "C0026", "C0029", "C0031"}

on_any_day = settings(max_examples=12, deadline=None)
on_notable_days = pytest.mark.parametrize("today", NOTABLE_DAYS)


def check_references(today: date) -> None:
    company = company_on(today)
    codes = {customer.code for customer in company.customers}
    invoices = {invoice.number: invoice for invoice in company.invoices}
    assert len(invoices) == len(company.invoices)
    assert len({receipt.number for receipt in company.receipts}) == len(company.receipts)
    assert {invoice.customer_code for invoice in company.invoices} <= codes
    for invoice in company.invoices:
        assert invoice.issued <= invoice.shipped <= invoice.due
        assert invoice.issued <= today
        assert invoice.amount > Money.zero()
        assert Money.zero() <= invoice.disputed <= invoice.amount
    for receipt in company.receipts:
        assert receipt.received <= today
        assert receipt.amount > Money.zero()
        for number in receipt.invoices:
            assert invoices[number].kind == "invoice"
            assert invoices[number].customer_code == receipt.customer_code
            assert invoices[number].issued <= receipt.received


def check_totals(today: date) -> None:
    """For each customer invoices less credit notes less receipts is what is open less what is in advance."""
    company = company_on(today)
    books = Books(company, today)
    owed = Counter[str]()
    for invoice in company.invoices:
        sign = 1 if invoice.kind == "invoice" else -1
        owed[invoice.customer_code] += sign * invoice.amount.minor
    for receipt in company.receipts:
        owed[receipt.customer_code] -= receipt.amount.minor
    for customer in company.customers:
        code = customer.code
        assert Money(owed[code]) == books.exposure(code)
        # Only the one advance is ever more than what it could pay.
        assert books.rests[code] == (Money.of(50_000) if code == "C0008" else Money.zero())


def check_named_invoices_are_never_overpaid(today: date) -> None:
    company = company_on(today)
    amounts = {invoice.number: invoice.amount for invoice in company.invoices}
    for receipt in company.receipts:
        if receipt.invoices:
            assert receipt.amount <= total(amounts[number] for number in receipt.invoices)


@on_any_day
@given(today=ANY_DAY)
def test_on_any_day_the_ledger_is_whole(today: date) -> None:
    check_references(today)
    check_totals(today)
    check_named_invoices_are_never_overpaid(today)


@on_notable_days
def test_on_notable_days_the_ledger_is_whole(today: date) -> None:
    check_references(today)
    check_totals(today)
    check_named_invoices_are_never_overpaid(today)


def test_the_same_day_and_seed_give_the_same_company() -> None:
    assert sample_company(WALK_THROUGH) == sample_company(WALK_THROUGH)
    assert sample_company(WALK_THROUGH) == sample_company(WALK_THROUGH, seed=20260101)
    assert sample_company(WALK_THROUGH).invoices != sample_company(WALK_THROUGH, seed=1).invoices


@on_any_day
@example(today=date(2025, 12, 31))
@given(today=ANY_DAY)
def test_the_ledger_covers_a_year_and_a_bit_in_about_a_thousand_invoices(today: date) -> None:
    invoices = company_on(today).invoices
    assert 900 <= len(invoices) <= 1500
    first = min(invoice.issued for invoice in invoices)
    assert timedelta(days=365) < today - first < timedelta(days=430)


def test_trade_dips_at_the_spring_festival_rests_in_golden_week_and_peaks_at_the_years_end() -> None:
    invoices = company_on(date(2026, 11, 20)).invoices
    months = Counter(invoice.issued.month for invoice in invoices if invoice.issued >= date(2025, 12, 1))
    in_habit = [invoice for invoice in invoices if invoice.customer_code not in TOLD_BY_HAND]
    assert months[2] < 0.7 * months[3]
    assert months[12] == max(months.values())
    assert not any(date(2026, 2, 16) <= invoice.issued <= date(2026, 2, 23) for invoice in in_habit)
    assert not any(date(2026, 10, 1) <= invoice.issued <= date(2026, 10, 7) for invoice in in_habit)


def test_only_invoices_told_by_hand_are_issued_on_a_day_of_rest() -> None:
    at_rest = {i.customer_code for i in company_on(WALK_THROUGH).invoices if not is_working_day(i.issued)}
    assert at_rest <= TOLD_BY_HAND


def test_terms_are_thirty_days_mostly_when_not_paid_on_delivery() -> None:
    terms = Counter((i.due - i.issued).days for i in of_kind(company_on(WALK_THROUGH), "invoice"))
    on_credit = terms.total() - terms[0]
    assert terms[30] > 0.85 * on_credit
    assert set(terms) == {0, 15, 30, 60}


def test_amounts_have_cents() -> None:
    with_cents = [i for i in company_on(WALK_THROUGH).invoices if i.amount.minor % 100]
    assert len(with_cents) > 0.9 * len(company_on(WALK_THROUGH).invoices)


def test_it_has_every_kind_of_case_that_a_real_ledger_has() -> None:
    """5.1, 5.2: part payments, one receipt for several invoices, none named, an advance, credit notes."""
    company = company_on(WALK_THROUGH)
    paid_by = Counter(number for receipt in company.receipts for number in receipt.invoices)
    assert any(times > 1 for times in paid_by.values())
    assert any(len(receipt.invoices) >= 3 for receipt in company.receipts)
    assert sum(not receipt.invoices for receipt in company.receipts) > 10
    assert 5 <= len(of_kind(company, "credit_note")) <= 40
    assert Books(company, WALK_THROUGH).rests["C0008"] == Money.of(50_000)


def test_disputes_are_about_invoices_that_are_still_open() -> None:
    company = company_on(WALK_THROUGH)
    books = Books(company, WALK_THROUGH)
    open_now = {item.number: item.open for c in company.customers for item in books.open_items(c.code)}
    disputed = [invoice for invoice in company.invoices if invoice.disputed]
    assert len(disputed) >= 4
    assert all(invoice.disputed <= open_now[invoice.number] for invoice in disputed)
    assert any(invoice.disputed < invoice.amount for invoice in disputed)


def test_customers_differ_in_how_late_they_pay() -> None:
    """5.3: every bucket that thirteen months can hold has something in it."""
    company = company_on(WALK_THROUGH)
    books = Books(company, WALK_THROUGH)
    aging = age([i for c in company.customers for i in books.open_items(c.code)], WALK_THROUGH)
    held = {bucket for bucket in BUCKETS if aging.buckets[bucket]}
    assert held == set(BUCKETS) - {"366+"}
    assert aging.overdue < aging.outstanding
