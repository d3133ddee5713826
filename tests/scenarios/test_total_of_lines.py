"""All lines together stay within last year's closing receivables (B9 art. 23): from the ledger, or set by finance."""

from datetime import date

import pytest

from core.queries.credit.lines import cap_key, total_cap, total_granted
from core.records.company import CompanyFact
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.credit.company import SetTotalOfLines
from core.services.credit.request import SubmitRequest
from core.texts.wire import dumps
from tests.scenarios.story import (
    CHAIN,
    EAST,
    FINANCE_MANAGER,
    SALESPERSON,
    all_consent,
    asked_of,
    asks,
    customer_of,
    line_of,
    signs,
    the_request,
)
from tests.support.town import Town

TODAY = date(2026, 3, 10)


async def knows_no_total(town: Town) -> None:
    """The year's total of lines is known to be open: nobody has set it, and the ledger is not asked."""
    unknown = CompanyFact(key=cap_key(2026), value=dumps(None), at=town.clock.now())
    await town.database.write(lambda session: session.add(unknown))


async def test_with_a_ledger_of_last_year_the_total_is_its_closing_receivables(company: Town) -> None:
    cap = await asked_of(company, lambda session: total_cap(session, TODAY))
    granted = await asked_of(company, lambda session: total_granted(session, TODAY))

    assert cap is not None
    assert granted < cap


async def test_without_a_total_a_granted_line_waits_until_finance_sets_one(company: Town) -> None:
    await knows_no_total(company)
    before = await line_of(company)
    await asks(company.people[SALESPERSON])
    await all_consent(company, until="chairman")
    lin = company.people[CHAIN["cfo"]]
    await lin.reads()

    await signs(company.people[CHAIN["chairman"]])

    request = await the_request(company)
    assert request.state == "awaiting_cap"
    line = await line_of(company)
    assert line is not None
    assert before is not None
    assert line.id == before.id, "nothing opens meanwhile"
    [told] = await lin.reads()
    assert request.number in told
    assert "2026" in told

    await lin.taps("定授信总额", told)
    said = await lin.says("5000万")

    assert "¥50,000,000" in said[-1]
    assert (await the_request(company)).state == "granted"
    line = await line_of(company)
    assert line is not None
    assert (line.limit_minor, line.starts) == (Money.of(260_000).minor, TODAY)
    assert "已同意" in await company.people[SALESPERSON].card()


async def test_a_total_too_small_leaves_it_waiting_and_says_so(company: Town) -> None:
    await knows_no_total(company)
    await asks(company.people[SALESPERSON])
    await all_consent(company)

    opened = await company.people[FINANCE_MANAGER].does(SetTotalOfLines(Money.of(100_000)))

    assert opened == (0, 1)
    assert (await the_request(company)).state == "awaiting_cap"
    assert await company.people[FINANCE_MANAGER].does(SetTotalOfLines(Money.of(100_000_000))) == (1, 0)


async def test_waiting_for_the_total_it_can_still_be_withdrawn(company: Town) -> None:
    await knows_no_total(company)
    wang = company.people[SALESPERSON]
    await asks(wang)
    await all_consent(company)

    await wang.taps("撤回", await wang.card())

    assert (await the_request(company)).state == "withdrawn"
    assert await company.people[FINANCE_MANAGER].does(SetTotalOfLines(Money.of(100_000_000))) == (0, 0)


async def test_beyond_the_total_the_last_approver_is_told_the_room(company: Town) -> None:
    others = await asked_of(company, lambda session: total_granted(session, TODAY))
    old = await line_of(company)
    assert old is not None
    besides = others - Money(old.limit_minor)
    room = Money.of(200_000)
    await company.people[FINANCE_MANAGER].does(SetTotalOfLines(besides + room))
    await asks(company.people[SALESPERSON])
    await all_consent(company, until="chairman")
    chairman = company.people[CHAIN["chairman"]]

    said = await signs(chairman)

    assert "¥260,000" in said[-1]
    assert "¥200,000" in said[-1]
    assert (await the_request(company)).state == "in_approval"
    await chairman.says("/cancel")
    await chairman.taps("减额同意", await chairman.card())
    await chairman.says("20万")
    await chairman.says("按总额")
    assert (await the_request(company)).state == "granted", "exactly the room is within it"


@pytest.mark.parametrize("role", ["credit_controller", "cfo"])
async def test_finance_sets_the_total(company: Town, role: str) -> None:
    await company.people[CHAIN[role]].does(SetTotalOfLines(Money.of(50_000_000)))

    assert await asked_of(company, lambda session: total_cap(session, TODAY)) == Money.of(50_000_000)


@pytest.mark.parametrize("amount", [Money(0), Money(-1)])
async def test_a_total_of_nothing_is_no_total(company: Town, amount: Money) -> None:
    """Chat cannot give such an amount; the desk does not rely on that."""
    with pytest.raises(Refusal, match="amount-zero"):
        await company.people[FINANCE_MANAGER].does(SetTotalOfLines(amount))


@pytest.mark.parametrize("amount", [Money(0), Money(-1)])
async def test_nothing_cannot_be_asked_for_nor_pledged(company: Town, amount: Money) -> None:
    east = await customer_of(company, EAST)
    salesperson = company.people[SALESPERSON]
    for asked, pledged in ((amount, Money(100)), (Money(100), amount)):
        with pytest.raises(Refusal, match="amount-zero"):
            await salesperson.does(SubmitRequest(east.id or 0, "long_term", asked, "", pledged, ""))
