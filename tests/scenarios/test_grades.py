"""What each grade opens (B9 arts. 14 to 17, 25 to 27): new customers, C, and A without earlier credit."""

from datetime import date
from decimal import Decimal

import pytest

from core.records.customer import Customer
from core.rules.money import Money
from core.rules.policy.facts import FactType, FactValue
from core.rules.refusal import Refusal
from core.services.credit.request import SubmitRequest
from core.services.customers.customer import OpenCustomer
from core.services.customers.survey import RecordSurvey, SurveyAnswer
from core.services.ledger.ledger import InvoiceEntry, ReceiptEntry, record_invoices, record_receipts
from tests.scenarios.story import (
    SALESPERSON,
    asked_of,
    asks,
    considers,
    line_of,
    refusals,
    requests,
    the_request,
)
from tests.scenarios.story import all_consent as everybody_consents
from tests.support.town import Town

NEW = "青浦新星贸易有限公司"
GOOD: dict[str, FactValue] = {
    "law_abiding": True,
    "performs_strictly": True,
    "broken_promises_12m": 0,
    "net_profit_last_year": Money.of(100_000),
    "net_profit_year_before": Money.of(100_000),
    "operating_cash_flow_last_year": Money.of(100_000),
    "operating_cash_flow_year_before": Money.of(100_000),
    "debt_ratio": Decimal("40"),
    "quick_ratio": Decimal("1.1"),
    "net_loss_to_equity": Decimal(0),
    "turnover_falling_months": 0,
}
"""Answers as good as they can be; every yes-or-no question about something bad is answered no."""


async def firm(company: Town, name: str = NEW, **worse: FactValue) -> int:
    """A customer of the salesperson's whose survey is as good as it can be but for ``worse``."""
    wang, office = company.people[SALESPERSON], company.desk.office
    number = int(await wang.does(OpenCustomer(name)))
    answers = [
        SurveyAnswer(kind.key, (GOOD | worse).get(kind.key, False), "visit")
        for kind in office.vocabulary.asked_for(office.policy(date(2026, 3, 10)).fact_keys)
        if kind.kind is FactType.YES_NO or kind.key in GOOD
    ]
    await wang.does(RecordSurvey(number, tuple(answers), date(2026, 3, 10)))
    return number


async def trades_for_cash(company: Town, customer: int, months: int = 14, monthly: int = 60_000) -> None:
    """Every month an invoice, paid on the day."""
    first = 2026 * 12 + 2 - months
    days = [date(month // 12, month % 12 + 1, 5) for month in range(first + 1, first + months + 1)]
    invoices = [InvoiceEntry(f"CASH-{customer}-{day}", customer, day, day, Money.of(monthly)) for day in days]
    receipts = [
        ReceiptEntry(f"PAID-{one.number}", customer, one.issued, one.amount, (one.number,))
        for one in invoices
    ]
    await company.database.write(lambda session: record_invoices(session, invoices))
    await company.database.write(lambda session: record_receipts(session, receipts))


# new customers (art. 17)


async def test_a_new_customer_is_never_a_however_good_its_answers(company: Town) -> None:
    await firm(company)

    preview = await considers(company.people[SALESPERSON], NEW, collateral="100万")

    assert "预评 <b>B\u00a0级</b>" in preview
    assert "14(1)" in preview, "the year of business together is what it lacks"


async def test_a_new_customer_is_told_why_there_is_nothing_and_what_opens_the_door(company: Town) -> None:
    await firm(company)
    wang = company.people[SALESPERSON]

    preview = await considers(wang, NEW, collateral="100万")

    assert "新客户" in preview
    assert "先现款交易" in preview
    assert not [label for label in preview.buttons if "提交" in label]
    assert await requests(company) == []


async def test_a_customer_with_gaps_in_its_survey_is_not_a(company: Town) -> None:
    """Art. 17: 关键资料不全 — and what nobody knows never counts as good."""
    number = await firm(company)
    await trades_for_cash(company, number)
    wang = company.people[SALESPERSON]
    gap = SurveyAnswer("debt_ratio", None, "customer")
    await wang.does(RecordSurvey(number, (gap,), date(2026, 3, 10)))

    preview = await considers(wang, NEW, collateral="100万")

    assert "B\u00a0级" in preview
    assert "1 项资料未知" in preview


# C (arts. 15, 27)


async def test_a_c_customer_gets_nothing_on_any_security(company: Town) -> None:
    number = await firm(company, serious_illegal_operation=True)
    await trades_for_cash(company, number)

    preview = await considers(company.people[SALESPERSON], NEW, kind="临时")

    assert "C\u00a0级" in preview
    assert "15(7)" in preview
    assert "不予授信" in preview
    assert not [label for label in preview.buttons if "提交" in label]


async def test_c_wins_over_a_and_the_conflict_is_shown(company: Town) -> None:
    """Art. 15 against art. 14: all six of A are met, and one of the nine of C."""
    number = await firm(company, accounts_at_risk=True)
    await trades_for_cash(company, number)

    preview = await considers(company.people[SALESPERSON], NEW, kind="临时")

    assert "C\u00a0级" in preview
    assert "同时符合" in preview


async def test_a_c_customer_is_refused_at_the_desk_too(company: Town) -> None:
    """The preview has no button; who sends the request some other way meets the rule itself."""
    number = await firm(company, ordered_to_stop=True)
    await trades_for_cash(company, number)
    by_hand = SubmitRequest(number, "temporary", Money.of(1), "请通融", Money.of(1_000_000))

    with pytest.raises(Refusal, match="no-ground"):
        await company.people[SALESPERSON].does(by_hand)
    assert await requests(company) == []


# A (art. 25)


async def test_an_a_customer_without_earlier_credit_gets_no_long_term_line(company: Town) -> None:
    number = await firm(company)
    await trades_for_cash(company, number)

    preview = await considers(company.people[SALESPERSON], NEW, amount="5万")

    assert "A\u00a0级" in preview
    assert "25(1)" in preview
    assert "临时" in preview, "what would open the door"
    assert not [label for label in preview.buttons if "提交" in label]


async def test_an_a_customer_without_earlier_credit_gets_a_temporary_one_when_very_necessary(
    company: Town,
) -> None:
    """Art. 25(1): up to a month's receipts, for at most a month, and the request says why."""
    number = await firm(company)
    await trades_for_cash(company, number)
    wang = company.people[SALESPERSON]
    preview = await considers(wang, NEW, amount="5万", kind="临时")
    assert "A\u00a0级" in preview
    await wang.taps("按", preview)
    assert [one["why"] for one in await refusals(company)] == ["reason-needed"]

    await wang.taps("改一项", preview)
    await wang.taps("理由")
    again = await wang.says("客户停产在即,非常必要")
    await wang.taps("按", again[-1])
    await everybody_consents(company)

    request, line = await the_request(company), await line_of(company, NEW)
    assert request.state == "granted"
    assert line is not None
    assert (line.kind, line.limit_minor) == ("temporary", Money.of(50_000).minor)
    assert (line.starts, line.ends) == (date(2026, 3, 10), date(2026, 4, 9))
    customer = await asked_of(company, lambda session: session.get_one(Customer, number))
    assert (customer.grade, customer.rated_until) == ("A", date(2027, 3, 9))


async def test_above_what_is_proposed_in_principle_one_may_insist_with_a_reason(company: Town) -> None:
    """原则上: A's ceiling is soft, so that the approvers may grant more, each with a reason."""
    number = await firm(company)
    await trades_for_cash(company, number)
    wang = company.people[SALESPERSON]

    preview = await considers(wang, NEW, amount="10万", kind="临时", why="客户停产在即,非常必要")
    assert "按 ¥60,000 提交" in preview.buttons
    await wang.taps("坚持", preview)

    request = await the_request(company)
    assert (request.asked_minor, request.proposed_minor) == (Money.of(100_000).minor, Money.of(60_000).minor)


# B (art. 26)


async def test_a_b_customer_without_collateral_is_told_to_pledge_first(company: Town) -> None:
    preview = await considers(company.people[SALESPERSON], collateral="没有抵押")

    assert "抵押" in preview
    assert "26" in preview
    assert not [label for label in preview.buttons if "提交" in label]
    assert "改抵押" in preview.buttons


async def test_collateral_added_at_the_preview_opens_it(company: Town) -> None:
    wang = company.people[SALESPERSON]
    preview = await considers(wang, collateral="没有抵押")

    await wang.taps("改抵押", preview)
    await wang.says("20万")
    said = await wang.says("设备,已登记")

    assert "按 ¥200,000 提交" in said[-1].buttons


async def test_a_b_grade_shows_the_two_reasons_that_matter_most(company: Town) -> None:
    """2.3: of four criteria of A that are not met, the two that weigh most (art. 19)."""
    number = await firm(
        company,
        quick_ratio=Decimal("0.60"),
        net_profit_last_year=Money.of(-1),
        performs_strictly=False,
    )
    await trades_for_cash(company, number, monthly=1_000)

    preview = await considers(company.people[SALESPERSON], NEW, amount="1万")

    assert "B\u00a0级" in preview
    reasons = [line for line in preview.text.splitlines() if line.startswith("✗ ")]
    assert len(reasons) == 2
    assert "14(5)" in reasons[0]
    assert "14(4)" in reasons[1]


async def test_a_temporary_b_line_is_for_fifteen_days(company: Town) -> None:
    """Art. 26: 临时预付、赊销回款期限为15天."""
    await asks(company.people[SALESPERSON], amount="10万", kind="temporary")
    await everybody_consents(company)

    line = await line_of(company)
    assert line is not None
    assert (line.term_days, line.ends) == (15, date(2026, 3, 25))
