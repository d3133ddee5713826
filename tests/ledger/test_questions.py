"""What the ledger answers: overdue, aging, limits, facts (5.3, B9 arts. 14, 23, 25)."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from core.policies.library import Library
from core.queries.actor import OPERATOR, Actor, actor_of
from core.queries.ledger.aging import aging_report
from core.queries.ledger.exposure import closing_receivables, exposure
from core.queries.ledger.ledger_facts import ledger_facts
from core.queries.ledger.overdue import overdue_items, overdue_report
from core.records.staff import Holding
from core.rules.limits.limit import LimitFacts
from core.rules.limits.limit_from_facts import limit_facts
from core.rules.permission import Role
from core.rules.receivables.aging import BUCKETS
from core.services.ledger.ledger import InvoiceEntry, ReceiptEntry, record_invoices, record_receipts
from tests.ledger.books import credit_note, customer, day, invoice, receipt, salesperson, yuan


def sold(session: Session, customer: int, number: str, on: date, amount: float, due: date) -> None:
    record_invoices(session, [InvoiceEntry(number, customer, on, due, yuan(amount))])


def paid(session: Session, customer: int, number: str, on: date, amount: float, *names: str) -> None:
    record_receipts(session, [ReceiptEntry(number, customer, on, yuan(amount), names)])


def about_a_limit(session: Session, customer: int, on: date) -> LimitFacts:
    """What a limit is made from, as the ledger has it."""
    facts = ledger_facts(session, customer, on)
    had_credit = facts["had_credit"] is True
    return limit_facts(
        facts, grade="A", kind="long_term", asked=yuan(1), had_credit=had_credit, collateral=None
    )


def someone(session: Session, name: str, role: Role, region: str = "") -> Actor:
    id_ = salesperson(session, name, region)
    session.add(Holding(person=id_, role=role))
    session.flush()
    actor = actor_of(session, id_)
    assert actor is not None
    return actor


def test_due_today_is_not_overdue_and_the_oldest_comes_first(session: Session) -> None:
    us = customer(session)
    invoice(session, us, "TODAY", 10, due=40)
    invoice(session, us, "YESTERDAY", 20, due=39)
    invoice(session, us, "LONG", 30, due=10)
    found = overdue_items(session, us, day(40))
    assert [(item.number, item.days) for item in found] == [("LONG", 30), ("YESTERDAY", 1)]


def test_the_disputed_part_is_told_apart_and_what_is_paid_was_not_disputed(session: Session) -> None:
    us = customer(session)
    invoice(session, us, "I1", 100, due=10, disputed=30)
    (item,) = overdue_items(session, us, day(20))
    assert (item.open, item.disputed) == (yuan(100), yuan(30))
    receipt(session, us, "R1", 80, 15)
    (item,) = overdue_items(session, us, day(20))
    assert (item.open, item.disputed) == (yuan(20), yuan(20))


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "91-180"),
        (180, "91-180"),
        (181, "181-365"),
        (365, "181-365"),
        (366, "366+"),
        (2000, "366+"),
    ],
)
def test_the_aging_report_puts_an_invoice_into_the_bucket_of_the_rule(
    session: Session, days: int, bucket: str
) -> None:
    us = customer(session)
    invoice(session, us, "I1", 10, due=30)
    (row,) = aging_report(session, day(30 + days), OPERATOR).customers
    assert {name: amount for name, amount in row.buckets.items() if amount} == {bucket: yuan(10)}
    assert list(row.buckets) == list(BUCKETS)
    assert (row.not_due, row.outstanding) == (yuan(0), yuan(10))


def test_the_aging_total_is_all_customers_and_advances_stand_apart(session: Session) -> None:
    us, them = customer(session), customer(session, "C0002")
    invoice(session, us, "I1", 10, due=30)
    invoice(session, them, "I2", 20, due=50)
    receipt(session, us, "R1", 15, 5)
    report = aging_report(session, day(40), OPERATOR)
    assert [(row.code, row.outstanding, row.unallocated) for row in report.customers] == [
        ("C0001", yuan(0), yuan(5)),
        ("C0002", yuan(20), yuan(0)),
    ]
    assert (report.total.outstanding, report.total.not_due, report.unallocated) == (
        yuan(20),
        yuan(20),
        yuan(5),
    )


def test_everybody_sees_the_receivables_of_their_own_customers(session: Session) -> None:
    """9.1: a salesperson their own, a market manager the region, finance all, the admin none."""
    seller = someone(session, "小李", Role.SALES, "华东")
    manager = someone(session, "王经理", Role.MARKET_MANAGER, "华东")
    finance = someone(session, "财务", Role.FINANCE_MANAGER)
    admin = someone(session, "管理员", Role.ADMIN)
    mine = customer(session, "MINE", owner=seller.person, region="华东")
    near = customer(session, "NEAR", region="华东")
    far = customer(session, "FAR", region="华北")
    for id_ in (mine, near, far):
        invoice(session, id_, f"I{id_}", 10, due=10)
    seen = {
        actor.name: (
            {row.code for row in aging_report(session, day(20), actor).customers},
            {row.code for row in overdue_report(session, actor, day(20))},
        )
        for actor in (seller, manager, finance, admin)
    }
    assert seen == {
        "小李": ({"MINE"}, {"MINE"}),
        "王经理": ({"MINE", "NEAR"}, {"MINE", "NEAR"}),
        "财务": ({"MINE", "NEAR", "FAR"}, {"MINE", "NEAR", "FAR"}),
        "管理员": (set(), set()),
    }


def test_the_overdue_list_names_amount_age_count_and_owner_the_largest_first(session: Session) -> None:
    owner = salesperson(session, "小李")
    us, them = customer(session, owner=owner), customer(session, "C0002")
    invoice(session, us, "I1", 10, due=10, disputed=4)
    invoice(session, us, "I2", 20, due=15)
    invoice(session, us, "I3", 99, due=90)
    invoice(session, them, "I4", 50, due=19)
    rows = overdue_report(session, OPERATOR, day(20))
    assert [(row.code, row.amount, row.disputed, row.oldest_days, row.invoices) for row in rows] == [
        ("C0002", yuan(50), yuan(0), 1, 1),
        ("C0001", yuan(30), yuan(4), 10, 2),
    ]
    assert [(row.owner, row.owner_name) for row in rows] == [(None, ""), (owner, "小李")]


def test_averages_are_over_the_months_with_business_of_the_last_twelve(session: Session) -> None:
    """B9 art. 25: the current month counts as far as it has come, the thirteenth no more."""
    us = customer(session)
    sold(session, us, "OLD", date(2025, 3, 31), 999, date(2025, 4, 30))
    paid(session, us, "R-OLD", date(2025, 3, 31), 999)
    sold(session, us, "I1", date(2025, 4, 1), 300, date(2025, 5, 1))
    sold(session, us, "I2", date(2026, 3, 2), 600, date(2026, 4, 1))
    paid(session, us, "R1", date(2025, 7, 5), 150)
    credit_note(session, us, "N1", 90, issued=0)
    found = about_a_limit(session, us, date(2026, 3, 4))
    assert found.months_with_business == 4
    assert found.average_month_shipments == yuan(202.5)
    assert found.average_month_receipts == yuan(37.5)


def test_a_customer_without_business_is_new_and_nothing_is_known(session: Session) -> None:
    """Unknown is not zero."""
    us = customer(session)
    found = about_a_limit(session, us, day(60))
    assert found.is_new
    assert (found.average_month_receipts, found.average_month_shipments) == (None, None)
    assert (found.last_year_average_exposure, found.had_credit, found.months_with_business) == (
        None,
        False,
        0,
    )


def test_last_years_average_exposure_is_the_mean_of_its_month_ends(session: Session) -> None:
    """B9 art. 25 (从低): an advance at a month's end is no credit used, and counts as nothing."""
    us = customer(session)
    sold(session, us, "I0", date(2024, 12, 31), 120, date(2025, 1, 30))
    paid(session, us, "R0", date(2025, 3, 1), 220)
    sold(session, us, "I1", date(2025, 12, 31), 340, date(2026, 1, 30))
    found = about_a_limit(session, us, date(2026, 3, 4))
    assert found.last_year_average_exposure == yuan((120 + 120 + 240) / 12)


def test_months_before_the_account_began_do_not_lower_the_average(session: Session) -> None:
    us = customer(session)
    sold(session, us, "I1", date(2025, 11, 15), 100, date(2025, 12, 15))
    assert about_a_limit(session, us, date(2026, 3, 4)).last_year_average_exposure == yuan(100)


def test_paying_on_the_day_is_no_credit_and_waiting_is(session: Session) -> None:
    """B9 art. 25(1): 原来没有赊销行为."""
    cash, credit = customer(session), customer(session, "C0002")
    receipt(session, cash, "R1", 100, 0)
    invoice(session, cash, "I1", 100, issued=5)
    invoice(session, credit, "I2", 100, issued=5)
    receipt(session, credit, "R2", 100, 6)
    assert not about_a_limit(session, cash, day(60)).had_credit
    assert about_a_limit(session, credit, day(60)).had_credit


def test_the_closing_balance_of_a_year_the_ledger_does_not_know_is_unknown(session: Session) -> None:
    """B9 art. 23."""
    us, them = customer(session), customer(session, "C0002")
    sold(session, us, "I1", date(2025, 6, 1), 100, date(2025, 7, 1))
    sold(session, them, "I2", date(2025, 12, 31), 50, date(2026, 1, 30))
    paid(session, us, "R1", date(2026, 1, 2), 100)
    assert closing_receivables(session, 2025) == yuan(150)
    assert closing_receivables(session, 2024) is None
    assert closing_receivables(session, 2026) == yuan(50)


def test_the_facts_are_the_ones_of_the_vocabulary(session: Session) -> None:
    wanted = {kind.key for kind in Library().vocabulary.kinds if kind.source == "ledger"}
    assert set(ledger_facts(session, customer(session), day(60))) == wanted


def test_the_facts_of_a_customer_with_a_record(session: Session) -> None:
    """B9 art. 14: 91 days late a year and a half ago counts, two years and a day ago no more; A15 looks back three."""
    us, on = customer(session), date(2026, 3, 4)
    sold(session, us, "FORGOTTEN", date(2023, 6, 1), 10, date(2023, 7, 1))
    paid(session, us, "R0", date(2024, 3, 3), 10, "FORGOTTEN")
    sold(session, us, "LATE", date(2024, 6, 1), 10, date(2024, 7, 1))
    paid(session, us, "R1", date(2024, 9, 30), 10, "LATE")
    sold(session, us, "IN-TIME", date(2025, 6, 1), 20, date(2025, 7, 1))
    paid(session, us, "R2", date(2025, 7, 1), 20, "IN-TIME")
    sold(session, us, "OPEN", date(2026, 1, 20), 40, date(2026, 3, 1))
    assert ledger_facts(session, us, on) == {
        "cooperation_months": 33,
        "months_with_business_12m": 3,
        "days_overdue_now": 3,
        "max_days_overdue_12m": 3,
        "max_days_overdue_24m": 91,
        "max_days_overdue_36m": 246,
        "late_invoices_12m": 1,
        "late_share_12m": Decimal("66.67"),
        "average_days_late_12m": Decimal("2.00"),
        "invoices_12m": 2,
        "receipts_12m": yuan(20),
        "shipments_12m": yuan(60),
        "average_month_shipments": yuan(20),
        "last_year_average_exposure": yuan(1.66),
        "had_credit": True,
        "month_average_last_year": yuan(10),
        "purchase_cycle_days": None,
    }


def test_no_invoice_is_no_record_rather_than_a_clean_one(session: Session) -> None:
    facts = ledger_facts(session, customer(session), day(60))
    assert facts["late_invoices_12m"] == 0
    for key in ("max_days_overdue_24m", "days_overdue_now", "late_share_12m", "average_days_late_12m"):
        assert facts[key] is None, key


def test_what_is_not_due_yet_says_nothing_of_how_a_customer_pays(session: Session) -> None:
    """B10: the share paid late is of what could have been late."""
    us = customer(session)
    invoice(session, us, "LATE", 10, due=20)
    receipt(session, us, "R1", 10, 24)
    invoice(session, us, "NOT-DUE", 990, due=90)
    facts = ledger_facts(session, us, day(60))
    assert (facts["late_share_12m"], facts["average_days_late_12m"]) == (Decimal(100), Decimal(4))
    assert facts["days_overdue_now"] == 0


def test_the_purchase_cycle_is_the_middle_gap_between_four_deliveries_or_more(session: Session) -> None:
    """A18 6.2.1."""
    us = customer(session)
    for place, issued in enumerate((0, 20, 45)):
        invoice(session, us, f"I{place}", 100, issued=issued)
    assert ledger_facts(session, us, day(100))["purchase_cycle_days"] is None
    invoice(session, us, "I3", 100, issued=100)
    assert ledger_facts(session, us, day(100))["purchase_cycle_days"] == 25


def test_an_advance_is_an_exposure_below_zero(session: Session) -> None:
    us = customer(session)
    receipt(session, us, "R1", 100)
    assert exposure(session, us) == yuan(-100)
