"""From a salesperson's question to a credit line, and through its year (requirements 3.1 to 3.7, 4.1; B9)."""

from datetime import date

import pytest

from core.queries.audit import verify
from core.records.line import CreditLine
from core.rules.money import Money
from core.services.ledger.ledger import ReceiptEntry, record_receipts
from tests.scenarios.story import (
    CHAIN,
    EAST,
    FINANCE_MANAGER,
    OTHER_SALESPERSON,
    RELIABLE,
    SALESPERSON,
    all_sign,
    asked_of,
    asks,
    considers,
    customer_of,
    line_of,
    refusals,
    signatures,
    signs,
    the_request,
)
from tests.support.town import Town
from worker.run import run_due


async def receives(town: Town, number: str, yuan: int) -> None:
    customer = await customer_of(town)
    receipt = ReceiptEntry(number, customer.id or 0, date(2026, 3, 13), Money.of(yuan))
    await town.database.write(lambda session: record_receipts(session, [receipt]))


async def test_a_question_at_the_gate_is_answered_with_every_reason_and_what_would_change_it(
    company: Town,
) -> None:
    """4.1: overdue (B9 art. 34) and over the limit (art. 31); collecting ¥12,300 heals both."""
    [answer] = await company.people[SALESPERSON].says("华东机械 能发5万吗")

    assert "¥12,300" in answer
    assert "34" in answer
    assert "¥41,000" in answer
    assert "¥9,000" in answer
    assert "31" in answer
    assert "¥53,300" in answer
    assert "申请授信" in answer.buttons


async def test_asking_for_credit_shows_grade_reason_proposal_and_chain_at_once(company: Town) -> None:
    """2.3, 3.2, 3.3: B for the quick ratio (art. 14(5)); collateral is the lowest ceiling (art. 26)."""
    preview = await considers(company.people[SALESPERSON], amount="30万")

    assert "B\u00a0级" in preview
    assert "14(5)" in preview
    assert "0.71" in preview
    assert "0.745" in preview
    assert "¥260,000" in preview
    assert "¥300,000" in preview
    assert "现额度 ¥180,000" in preview
    chain = "市场部经理 → 信用控制主管 → 营销副总 + 财务总监 → 总经理 → 董事长"
    assert chain in preview
    assert "按 ¥260,000 提交" in preview.buttons
    assert not [label for label in preview.buttons if "300,000" in label], "the pledge is a hard ceiling"


async def test_it_goes_to_the_first_of_the_chain_only(company: Town) -> None:
    wang = company.people[SALESPERSON]
    preview = await considers(wang, amount="30万")
    await wang.taps("按 ¥260,000 提交", preview)

    request = await the_request(company)
    assert request.asked_minor == Money.of(260_000).minor
    assert (request.state, request.step, request.term_days) == ("in_approval", 0, 30)
    card = await company.people[CHAIN["market_manager"]].card()
    for fact in ("¥260,000", "¥180,000", "B\u00a0级", "¥139,000", "¥12,300", "17", "42"):
        assert fact in card
    assert [label[:2] for label in card.buttons] == ["同意", "减额", "退回", "拒绝", "全部"]
    for role, name in CHAIN.items():
        seen = [message for message in await company.people[name].history() if message.card]
        assert bool(seen) is (role == "market_manager"), f"{role} has a card too early or not at all"


async def test_above_the_old_line_a_consent_wants_its_reason(company: Town) -> None:
    """B9 art. 42: 原则上调整后的信用额度应低于原信用额度 — ¥260,000 is above ¥180,000."""
    await asks(company.people[SALESPERSON])
    xu = company.people[CHAIN["market_manager"]]

    [question] = await xu.taps("同意 ¥260,000")
    assert not await signatures(company), "a tap alone is no consent here"
    assert RELIABLE in question.buttons

    await xu.taps(RELIABLE)
    [signature] = await signatures(company)
    assert (signature.role, signature.verdict, signature.reason) == ("market_manager", "approve", RELIABLE)


async def test_not_above_the_old_line_one_tap_decides(company: Town) -> None:
    """3.4: ten seconds between two meetings."""
    await asks(company.people[SALESPERSON], amount="15万")
    await company.people[CHAIN["market_manager"]].taps("同意 ¥150,000")

    assert [s.role for s in await signatures(company)] == ["market_manager"]


@pytest.mark.parametrize("order", [("marketing_vp", "cfo"), ("cfo", "marketing_vp")])
async def test_vice_president_and_cfo_sign_side_by_side_in_either_order(
    company: Town, order: tuple[str, str]
) -> None:
    await asks(company.people[SALESPERSON])
    await all_sign(company, until="marketing_vp")
    gm = company.people[CHAIN["gm"]]

    await signs(company.people[CHAIN[order[0]]])
    assert not [message for message in await gm.history() if message.card], "the step is half signed"
    await signs(company.people[CHAIN[order[1]]])

    assert "同意 ¥260,000" in (await gm.card()).buttons
    assert [s.role for s in await signatures(company)][-2:] == list(order)


async def test_the_line_opens_with_the_last_signature_and_replaces_the_old_one(company: Town) -> None:
    """3.7, B9 art. 18: grade and line come into force together, for a year."""
    before = await line_of(company)
    assert before is not None
    await asks(company.people[SALESPERSON])
    await all_sign(company)

    line, customer, request = await line_of(company), await customer_of(company), await the_request(company)
    assert line is not None
    assert line.id != before.id
    assert line.limit_minor == Money.of(260_000).minor
    assert (line.starts, line.ends) == (date(2026, 3, 10), date(2027, 3, 9))
    assert (line.kind, line.term_days, line.state) == ("long_term", 30, "open")
    assert line.collateral_minor == Money.of(260_000).minor
    assert (customer.grade, customer.rated_on, customer.rated_until) == ("B", line.starts, line.ends)
    assert request.state == "granted"
    old = await asked_of(company, lambda session: session.get_one(CreditLine, before.id))
    assert old.state == "closed"


async def test_requester_and_finance_are_told_the_outcome_with_its_reason(company: Town) -> None:
    """A8: 评估结果应及时告知 — and nobody else gets a message about it."""
    await asks(company.people[SALESPERSON])
    await all_sign(company, until="chairman")
    for person in company.people.values():
        await person.reads()
    await signs(company.people[CHAIN["chairman"]], why="老客户,抵押足值")

    told = {name: [m for m in await one.reads() if not m.card] for name, one in company.people.items()}
    for name in (SALESPERSON, CHAIN["credit_controller"], FINANCE_MANAGER):
        [outcome] = told.pop(name)
        assert EAST in outcome
        assert "¥260,000" in outcome
        assert "老客户,抵押足值" in outcome
    told.pop(CHAIN["chairman"])
    assert not any(told.values())


async def test_every_copy_of_the_card_shows_the_state(company: Town) -> None:
    """3.4: nobody is left with buttons that no longer decide anything."""
    await asks(company.people[SALESPERSON])
    await all_sign(company)

    holders = [SALESPERSON, *CHAIN.values()]
    for name in holders:
        card = await company.people[name].card()
        assert "已同意" in card
        assert not [label for label in card.buttons if label.startswith(("同意", "减额", "退回", "拒绝"))]
        for signer in CHAIN.values():
            assert signer in card
    assert not [m for m in await company.people[OTHER_SALESPERSON].history() if m.card]


async def test_once_the_overdue_is_collected_the_deal_goes_out(company: Town) -> None:
    """4.1 again, with the new line: 260,000 less 126,700 in use leaves 133,300."""
    wang = company.people[SALESPERSON]
    await asks(wang)
    await all_sign(company)

    [held] = await wang.says("华东机械 能发5万吗")
    assert "⛔" in held, "a larger line does not heal what is overdue (art. 34)"
    await receives(company, "RC-WALK-1", 12_300)

    [passed] = await wang.says("华东机械 能发5万吗")
    assert "✅" in passed
    assert "¥133,300" in passed
    [to_the_last_yuan] = await wang.says("华东机械 能发133300吗")
    assert "✅" in to_the_last_yuan, "equal to the limit passes"
    [a_yuan_more] = await wang.says("华东机械 能发133301吗")
    assert "⛔" in a_yuan_more


async def test_a_year_later_the_line_is_suspended_until_there_is_a_new_one(company: Town) -> None:
    """2.5, 3.7, B9 art. 11: usable on its last day; the worker suspends it on the day after."""
    wang = company.people[SALESPERSON]
    await asks(wang)
    await all_sign(company)

    company.comes("2027-03-09T12:00")
    await run_due(company.database, company.desk, company.clock.now())
    line = await line_of(company)
    assert line is not None
    assert line.state == "open"

    company.comes("2027-03-10T00:10")
    await run_due(company.database, company.desk, company.clock.now())
    line = await line_of(company)
    assert line is not None
    assert line.state == "suspended"
    [answer] = await wang.says("华东机械 能发1万吗")
    assert "⛔" in answer
    assert "2027-03-09" in answer

    company.comes("2027-03-10T10:00")
    await run_due(company.database, company.desk, company.clock.now())
    again = await asked_of(company, lambda session: session.get_one(CreditLine, line.id))
    assert again.state == "suspended", "run again, nothing happens twice"


async def test_the_whole_walk_is_on_an_unbroken_record(company: Town) -> None:
    """9.2: the audit trail proves itself."""
    await asks(company.people[SALESPERSON])
    await all_sign(company)

    assert (await asked_of(company, verify)).whole


async def test_a_walk_without_a_wrong_step_has_no_refusal_on_record(company: Town) -> None:
    """9.2: being asked for a reason is not a refusal; what the auditor finds under that name is one."""
    wang = company.people[SALESPERSON]
    await wang.taps("按", await considers(wang))
    await all_sign(company)

    assert await refusals(company) == []
