"""What an approver can say besides yes (3.4): less, a question, no; and a request taken back or made again."""

import pytest

from core.rules.credit.approval import Verdict
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.credit.decide import Decide
from tests.scenarios.story import (
    CHAIN,
    FINANCE_MANAGER,
    RELIABLE,
    SALESPERSON,
    all_consent,
    asks,
    consents,
    line_of,
    requests,
    signatures,
    signs,
    the_request,
)
from tests.support.town import Someone, Town


async def approves_less(person: Someone, amount: str, why: str = "先小额,看回款") -> None:
    await person.taps("减额同意", await person.card())
    await person.says(amount)
    await person.says(why)


# less


async def test_a_smaller_amount_is_what_later_approvers_see_and_what_the_line_opens_with(
    company: Town,
) -> None:
    await asks(company.people[SALESPERSON])
    await approves_less(company.people[CHAIN["market_manager"]], "20万")

    card = await company.people[CHAIN["credit_controller"]].card()
    assert "同意 ¥200,000" in card.buttons
    assert "先小额,看回款" in card
    await all_from(company, "credit_controller")

    line = await line_of(company)
    assert line is not None
    assert line.limit_minor == Money.of(200_000).minor


async def all_from(company: Town, first: str) -> None:
    roles = list(CHAIN)
    for role in roles[roles.index(first) :]:
        await consents(company, role)


async def test_what_was_cut_can_be_cut_further_and_never_raised_again(company: Town) -> None:
    await asks(company.people[SALESPERSON])
    await approves_less(company.people[CHAIN["market_manager"]], "20万")
    shen = company.people[CHAIN["credit_controller"]]

    await shen.taps("减额同意", await shen.card())
    for not_less in ("20万", "25万"):
        said = await shen.says(not_less)
        assert "¥200,000" in said[0], "the bound is told"
    await shen.says("18万")
    await shen.says("与原额度持平")

    assert [Money(s.granted_minor) for s in await signatures(company)] == [
        Money.of(200_000),
        Money.of(180_000),
    ]
    assert (await the_request(company)).granted_minor == Money.of(180_000).minor


async def test_the_buttons_under_less_are_the_old_limit_the_proposal_and_half(company: Town) -> None:
    await asks(company.people[SALESPERSON])
    xu = company.people[CHAIN["market_manager"]]

    [question] = await xu.taps("减额同意", await xu.card())

    assert [label for label in question.buttons if label.startswith("¥")] == ["¥180,000", "¥130,000"]


@pytest.mark.parametrize("amount", [None, Money.zero(), Money.of(260_000), Money.of(260_001), Money.of(-1)])
async def test_less_is_above_nothing_and_below_what_stands(company: Town, amount: Money | None) -> None:
    await asks(company.people[SALESPERSON])
    request = await the_request(company)
    decision = Decide(request.id or 0, request.version, Verdict.APPROVE_LESS, amount, "理由")

    with pytest.raises(Refusal, match="less-is-not-less"):
        await company.people[CHAIN["market_manager"]].does(decision)


# a question


async def test_a_question_goes_to_the_requester_and_the_request_goes_on_where_it_was(company: Town) -> None:
    wang, xu = company.people[SALESPERSON], company.people[CHAIN["market_manager"]]
    shen = company.people[CHAIN["credit_controller"]]
    await asks(wang)
    await signs(xu)
    await wang.reads()

    await shen.taps("退回问一句", await shen.card())
    await shen.says("抵押登记办完了吗")

    assert (await the_request(company)).state == "returned"
    [told] = await wang.reads()
    assert "抵押登记办完了吗" in told
    assert CHAIN["credit_controller"] in told
    await shen.reads()

    await wang.taps("回答", told)
    await wang.says("3月9日办完,编号 1234")

    request = await the_request(company)
    assert (request.state, request.step) == ("in_approval", 1)
    answered, card = await shen.reads()
    assert "3月9日办完,编号 1234" in answered
    assert "同意 ¥260,000" in card.buttons
    assert [s.role for s in await signatures(company) if s.verdict == "approve"] == ["market_manager"]
    await signs(shen)
    assert (await the_request(company)).step == 2


async def test_while_it_is_returned_nobody_can_sign(company: Town) -> None:
    wang, xu = company.people[SALESPERSON], company.people[CHAIN["market_manager"]]
    await asks(wang)
    card = await xu.card()
    await xu.taps("退回问一句", card)
    await xu.says("为什么这么多")

    [told] = await xu.taps_data(card.button("同意"))
    assert "已退回" in told
    assert (await the_request(company)).state == "returned"


async def test_a_question_is_not_empty(company: Town) -> None:
    await asks(company.people[SALESPERSON])
    request = await the_request(company)

    with pytest.raises(Refusal, match="question-needed"):
        await company.people[CHAIN["market_manager"]].does(Decide(request.id or 0, 1, Verdict.RETURN))


async def test_answered_twice_is_answered_once(company: Town) -> None:
    wang, xu = company.people[SALESPERSON], company.people[CHAIN["market_manager"]]
    await asks(wang)
    await xu.taps("退回问一句", await xu.card())
    await xu.says("为什么")
    card = await wang.card()
    await wang.taps("回答", card)
    await wang.says("订单多")

    [told] = await wang.taps_data(card.button("回答"))
    assert "审批中" in told
    assert (await the_request(company)).reason == "订单多"


# no


async def test_a_rejection_ends_it_with_a_reason_that_the_requester_reads(company: Town) -> None:
    """A8: the result is told with its reason."""
    wang, xu = company.people[SALESPERSON], company.people[CHAIN["market_manager"]]
    shen, finance = company.people[CHAIN["credit_controller"]], company.people[FINANCE_MANAGER]
    before = await line_of(company)
    await asks(wang)
    await signs(xu)
    for person in (wang, xu, finance):
        await person.reads()

    await shen.taps("拒绝", await shen.card())
    assert (await the_request(company)).state == "in_approval", "a tap alone rejects nothing"
    await shen.says("抵押物有争议")

    assert (await the_request(company)).state == "rejected"
    for person in (wang, finance):
        [told] = await person.reads()
        assert "抵押物有争议" in told
    assert "已拒绝" in await xu.card()
    after = await line_of(company)
    assert after is not None
    assert before is not None
    assert (after.id, after.limit_minor, after.state) == (before.id, before.limit_minor, "open")


@pytest.mark.parametrize("verdict", [Verdict.REJECT, Verdict.APPROVE_LESS, Verdict.APPROVE])
async def test_what_needs_a_reason_is_refused_without(company: Town, verdict: Verdict) -> None:
    """A rejection, a smaller amount, and a line above the old one (B9 art. 42)."""
    await asks(company.people[SALESPERSON])
    request = await the_request(company)
    decision = Decide(request.id or 0, request.version, verdict, Money.of(200_000))

    with pytest.raises(Refusal, match="reason-due"):
        await company.people[CHAIN["market_manager"]].does(decision)


async def test_asked_again_after_a_rejection_it_begins_anew(company: Town) -> None:
    wang, xu = company.people[SALESPERSON], company.people[CHAIN["market_manager"]]
    await asks(wang)
    await xu.taps("拒绝", await xu.card())
    await xu.says("先清逾期")

    await asks(wang, amount="18万")

    first, second = await requests(company)
    assert (first.state, second.state, second.step) == ("rejected", "in_approval", 0)
    assert (first.number, second.number) == ("REQ-2026-0001", "REQ-2026-0002")
    assert "同意 ¥180,000" in (await xu.card()).buttons


# taken back


async def test_withdrawn_it_is_nobodys_to_decide(company: Town) -> None:
    wang, xu = company.people[SALESPERSON], company.people[CHAIN["market_manager"]]
    mine = await asks(wang)
    card = await xu.card()

    await wang.taps("撤回", mine)

    assert (await the_request(company)).state == "withdrawn"
    now = await xu.card()
    assert "已撤回" in now
    assert [label for label in now.buttons if label.startswith("同意")] == []
    [told] = await xu.taps_data(card.button("同意"))
    assert "已撤回" in told
    assert not await signatures(company)


async def test_withdrawn_and_asked_again(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await wang.taps("撤回", await asks(wang))

    await asks(wang, amount="20万")

    assert [r.state for r in await requests(company)] == ["withdrawn", "in_approval"]


async def test_granted_it_cannot_be_withdrawn(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await asks(wang)
    await all_consent(company, until="chairman")
    card = await wang.card()
    await consents(company, "chairman")

    [told] = await wang.taps_data(card.button("撤回"))
    assert "已同意" in told
    assert (await the_request(company)).state == "granted"


async def test_one_request_of_a_customer_at_a_time(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await asks(wang)

    said = await asks_again(wang)

    assert "REQ-2026-0001" in said
    assert len(await requests(company)) == 1


async def asks_again(wang: Someone) -> str:
    await wang.taps("菜单") if "菜单" in (await wang.history())[-1].buttons else await wang.says("菜单")
    await wang.taps("申请授信")
    for typed in ("华东机械", "20万", "长期", "26万", "厂房", RELIABLE):
        await wang.says(typed)
    said = await wang.taps("按")
    return said[-1].text
