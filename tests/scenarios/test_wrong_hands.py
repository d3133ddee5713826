"""Whoever may not decide is told how it stands; it is on record, and nothing else has changed (3.4, 9.1, 9.2)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy.orm import Session

from core.records.staff import Person
from core.rules.credit.approval import Verdict
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.credit.decide import Decide
from core.services.credit.request import AnswerQuestion, SubmitRequest, Withdraw
from tests.scenarios.story import (
    CHAIN,
    OTHER_SALESPERSON,
    RELIABLE,
    SALESPERSON,
    all_consent,
    asks,
    books,
    changed,
    consents,
    customer_of,
    refusals,
    requests,
    signatures,
    signs,
    the_request,
)
from tests.support.town import Said, Someone, Town


@asynccontextmanager
async def nothing_happens(town: Town, *whys: str) -> AsyncIterator[None]:
    """What is done meanwhile changes no books, and leaves these refusals on record."""
    before, noted = await books(town), len(await refusals(town))
    yield
    assert changed(before, await books(town)) == set()
    assert tuple(refusal["why"] for refusal in (await refusals(town))[noted:]) == whys


async def a_waiting_card(company: Town, amount: str = "15万") -> tuple[Someone, Said]:
    """The first approver and their card: not above the old line, so that one tap decides."""
    await asks(company.people[SALESPERSON], amount=amount)
    xu = company.people[CHAIN["market_manager"]]
    return xu, await xu.card()


# the same card again


async def test_a_double_tap_decides_once(company: Town) -> None:
    xu, card = await a_waiting_card(company)
    await xu.taps_data(card.button("同意"))

    async with nothing_happens(company, "request-moved-on"):
        [told] = await xu.taps_data(card.button("同意"))
    assert "审批中" in told
    assert len(await signatures(company)) == 1


@pytest.mark.parametrize("button", ["同意", "减额同意", "退回问一句", "拒绝"])
async def test_every_button_of_an_old_card_says_at_once_how_it_stands(company: Town, button: str) -> None:
    """Nobody writes a reason only to be told afterwards that it came too late."""
    xu, card = await a_waiting_card(company)
    await all_consent(company)

    async with nothing_happens(company, "request-moved-on"):
        [told] = await xu.taps_data(card.button(button))
    assert "已同意" in told


async def test_words_written_while_somebody_else_decided_decide_nothing(company: Town) -> None:
    """The card moved on between the question for the reason and its answer."""
    await company.hires("第二位经理", "market_manager")
    xu, card = await a_waiting_card(company)
    await xu.taps("拒绝", card)
    await consents(company, "market_manager", "第二位经理")

    async with nothing_happens(company, "request-moved-on"):
        await xu.says("不同意")
    said = await xu.says("菜单")
    assert not [label for label in said[-1].buttons if "接着填" in label], "no form is left to trip over"


async def test_a_reason_asked_for_is_lost_with_the_card_that_asked(company: Town) -> None:
    """Art. 42's question is answered after the requester took the request back."""
    wang = company.people[SALESPERSON]
    xu, card = await a_waiting_card(company, amount="26万")
    await xu.taps("同意", card)
    await wang.taps("撤回", await wang.card())

    [told] = await xu.says(RELIABLE)

    assert "已撤回" in told
    assert not await signatures(company)


async def test_signed_already_is_told_as_such(company: Town) -> None:
    """The card follows the state, so only a hand-made tap of the present version can do this."""
    xu, card = await a_waiting_card(company)
    await signs(xu)
    request = await the_request(company)

    async with nothing_happens(company, "signed-already"):
        [told] = await xu.taps_data(f"{card.id}.approve:{request.id}:{request.version}")
    assert "信用控制主管" in told, "it says whom it waits for, in words"


# the wrong hands


async def test_out_of_turn_is_refused(company: Town) -> None:
    await a_waiting_card(company)
    gm = company.people[CHAIN["gm"]]
    request = await the_request(company)

    async with nothing_happens(company, "not-your-turn"):
        with pytest.raises(Refusal, match="not-your-turn"):
            await gm.does(Decide(request.id or 0, request.version, Verdict.APPROVE))


async def test_the_requester_decides_nothing(company: Town) -> None:
    """3.3: four eyes. The requester's card has no such button; a hand-made tap is refused."""
    await company.hires(SALESPERSON, "market_manager")
    await a_waiting_card(company)
    wang, request = company.people[SALESPERSON], await the_request(company)
    card = await wang.card()
    assert [label for label in card.buttons if "同意" in label] == []

    async with nothing_happens(company, "own-request"):
        await wang.taps_data(f"{card.id}.approve:{request.id}:{request.version}")


@pytest.mark.parametrize("role", ["sales", "legal", "auditor", "admin"])
async def test_roles_that_approve_nothing_are_refused(company: Town, role: str) -> None:
    await a_waiting_card(company)
    request = await the_request(company)
    someone = await company.hires("外人", role)

    async with nothing_happens(company, "not-allowed"):
        with pytest.raises(Refusal, match="not-allowed"):
            await someone.does(Decide(request.id or 0, request.version, Verdict.APPROVE))


async def test_a_manager_of_another_region_does_not_even_see_it(company: Town) -> None:
    """9.1: the region is the scope; 华东机械 is not in 华南."""
    south = await company.hires("华南经理", "market_manager", region="华南")
    await a_waiting_card(company)
    request = await the_request(company)

    async with nothing_happens(company, "customer-not-yours"):
        with pytest.raises(Refusal, match="customer-not-yours"):
            await south.does(Decide(request.id or 0, request.version, Verdict.APPROVE))
    assert not [message for message in await south.history() if message.card]
    await south.says("/waiting")
    assert request.number not in (await south.history())[-1]


@pytest.mark.parametrize("question", ["{} 能发5万吗", "{}", "/check {} 5万"])
async def test_anothers_customer_is_as_if_it_were_not_there(company: Town, question: str) -> None:
    """9.1: 李泽 is told of 王小雨's customer exactly what he is told of a firm that nobody knows."""
    li = company.people[OTHER_SALESPERSON]

    known = await li.says(question.format("C0003"))
    unknown = await li.says(question.format("C9999"))

    assert [said.text.replace("C0003", "C9999") for said in known] == [said.text for said in unknown]


async def test_a_name_that_is_nobodys_is_on_record(company: Town) -> None:
    """9.2: looking for other people's customers leaves a trace."""
    async with nothing_happens(company, "customer-not-found"):
        await company.people[OTHER_SALESPERSON].says("C0001 能发5万吗")


async def test_credit_for_anothers_customer_is_refused(company: Town) -> None:
    east = (await customer_of(company)).id or 0
    li = company.people[OTHER_SALESPERSON]

    async with nothing_happens(company, "customer-not-yours"):
        with pytest.raises(Refusal, match="customer-not-yours"):
            await li.does(SubmitRequest(east, "long_term", Money.of(1), "", Money.of(1)))


async def test_only_the_requester_withdraws_and_answers(company: Town) -> None:
    await a_waiting_card(company)
    request = await the_request(company)
    xu = company.people[CHAIN["market_manager"]]

    async with nothing_happens(company, "request-not-yours", "request-not-yours"):
        for command in (Withdraw(request.id or 0, 1), AnswerQuestion(request.id or 0, 1, "好")):
            with pytest.raises(Refusal, match="request-not-yours"):
                await xu.does(command)


async def test_a_request_that_does_not_exist(company: Town) -> None:
    async with nothing_happens(company, "request-not-yours"):
        with pytest.raises(Refusal, match="request-not-yours"):
            await company.people[CHAIN["gm"]].does(Decide(4711, 1, Verdict.APPROVE))


# forged button data


FORGERIES = [
    "",
    ".",
    "approve",
    "同意",
    "0.0",
    "-1.0",
    "999999999.0",
    "9" * 19 + ".0",
    "{card}",
    "{card}.",
    "{card}.0",
    "{card}.menu",
    "{card}.approve",
    "{card}.approve:",
    "{card}.approve:{request}",
    "{card}.approve:{request}:",
    "{card}.approve:{request}:x",
    "{card}.approve:{request}:1:1",
    "{card}.approve:{request}:-1",
    "{card}.approve:{request}:٣",
    "{card}.approve:{request}:" + "9" * 30,
    "{card}.approve:2:1",
    "{card}.approve:0{request}:1",
    "{card}.withdraw:{request}",
    "{card}.request-all:{request}:1",
    "{card}.cap",
    "{card}.import",
    "{card}.customer:1",
    "{card}.form.submit:credit",
    "{card}.answer:decision:reason:reason-demand",
    "{card}.__class__:{request}:1",
    "{other}.approve:{request}:1",
    "{text}.99",
    "{text}.-1",
    "{text}.9999",
    "{text}.approve:{request}:1",
    "{card}.approve:{request}:1\x00",
    "<b>{card}</b>",
]


async def test_forged_data_is_refused_recorded_and_changes_nothing(company: Town) -> None:
    """Another's message, an index out of range, random text, a card's verb with another subject."""
    xu, card = await a_waiting_card(company)
    await asks(company.people[OTHER_SALESPERSON], customer="宁波海港", amount="10万")
    request = (await requests(company))[0]
    others = (await company.people[SALESPERSON].card()).id
    [text] = await xu.says("菜单")

    async with nothing_happens(company, *["button-forged"] * len(FORGERIES)):
        for forgery in FORGERIES:
            data = forgery.format(card=card.id, request=request.id, other=others, text=text.id)
            [told] = await xu.taps_data(data)
            assert "按钮" in told, data
    assert not await signatures(company)


async def test_a_card_shows_nothing_to_whoever_may_not_see_the_customer_any_more(company: Town) -> None:
    """9.1: need to know is asked anew at every look, also at cards that were sent."""
    xu, card = await a_waiting_card(company)
    assert "¥139,000" in card
    await company.database.write(lambda session: moves_to(session, xu.id, "华南"))

    now = await xu.card()

    assert "¥" not in now
    assert now.buttons == {}
    async with nothing_happens(company, "request-not-yours"):
        await xu.taps_data(card.button("同意"))


def moves_to(session: Session, person: int, region: str) -> None:
    session.get_one(Person, person).region = region


# everybody at once


async def test_twenty_approvers_tapping_at_once_make_one_decision(company: Town) -> None:
    managers = [await company.hires(f"经理{number}", "market_manager") for number in range(20)]
    await asks(company.people[SALESPERSON], amount="15万")
    cards = [await manager.card() for manager in managers]

    answers = await asyncio.gather(
        *(manager.taps_data(card.button("同意")) for manager, card in zip(managers, cards, strict=True))
    )

    assert len(await signatures(company)) == 1
    told = [said[-1] for said in answers]
    assert len([message for message in told if "你同意了" in message]) == 1
    assert len([message for message in told if "已经往前走了" in message]) == 19
    assert [refusal["why"] for refusal in await refusals(company)] == ["request-moved-on"] * 19
    request = await the_request(company)
    assert (request.version, request.step) == (2, 1)


async def test_yes_and_no_at_once_is_one_of_them(company: Town) -> None:
    managers = [await company.hires(f"经理{number}", "market_manager") for number in range(6)]
    await asks(company.people[SALESPERSON], amount="15万")
    request = await the_request(company)

    async def decides(manager: Someone, verdict: Verdict) -> str:
        try:
            return str(await manager.does(Decide(request.id or 0, 1, verdict, None, "理由")))
        except Refusal as refusal:
            return refusal.key

    verdicts = [Verdict.APPROVE, Verdict.REJECT, Verdict.RETURN] * 2
    outcomes = await asyncio.gather(*map(decides, managers, verdicts))

    assert outcomes.count("request-moved-on") == 5
    assert len(await signatures(company)) == 1


async def test_two_who_sign_side_by_side_at_once_both_count(company: Town) -> None:
    """The one does not make the other's card an old one, as long as it says the same."""
    await asks(company.people[SALESPERSON], amount="15万")
    await all_consent(company, until="marketing_vp")
    pair = [company.people[CHAIN[role]] for role in ("marketing_vp", "cfo")]
    cards = [await person.card() for person in pair]

    await asyncio.gather(
        *(person.taps_data(card.button("同意")) for person, card in zip(pair, cards, strict=True))
    )

    assert {s.role for s in await signatures(company)} >= {"marketing_vp", "cfo"}
    assert (await the_request(company)).step == 3


async def test_after_the_one_cut_it_the_others_card_is_an_old_one(company: Town) -> None:
    """Consent is to an amount: nobody signs for one that they did not see."""
    await asks(company.people[SALESPERSON], amount="15万")
    await all_consent(company, until="marketing_vp")
    zhao, lin = (company.people[CHAIN[role]] for role in ("marketing_vp", "cfo"))
    card = await lin.card()
    await zhao.taps("减额同意", await zhao.card())
    await zhao.says("10万")
    await zhao.says("先小额")

    async with nothing_happens(company, "request-moved-on"):
        await lin.taps_data(card.button("同意"))
    assert "同意 ¥100,000" in (await lin.card()).buttons
