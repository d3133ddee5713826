"""Every form can be left and taken up again, stepped back in, and looked over; nothing is lost (design, chat manners)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from core.records.session import Draft
from core.records.tables import table_of
from tests.dialog.filling import (
    CAP,
    CHECK,
    CREDIT,
    CUSTOMER,
    LEAVE,
    SCRIPTS,
    SURVEY,
    Disturbance,
    Script,
    answers_badly,
    asks_something_else,
    begins,
    fills,
    leaves_and_comes_back,
    starts_again,
    steps_back,
)
from tests.support.town import Town


async def drafts(town: Town) -> int:
    return await town.database.read(lambda session: len(session.execute(select(table_of(Draft))).all()))


def named(script: Script) -> str:
    return script.button


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
async def test_left_at_every_step_by_the_menu_and_taken_up_again_it_comes_out_the_same(
    company: Town, script: Script
) -> None:
    person = company.people[script.who]
    straight = await fills(person, script)
    await person.says("作废")

    disturbed = await fills(person, script, leaves_and_comes_back)

    assert disturbed.text == straight.text


@pytest.mark.parametrize("disturbance", [steps_back, asks_something_else, starts_again, answers_badly])
@pytest.mark.parametrize("script", [CUSTOMER, CREDIT, CHECK], ids=named)
async def test_disturbed_at_every_step_it_comes_out_the_same(
    company: Town, script: Script, disturbance: Disturbance
) -> None:
    person = company.people[script.who]
    straight = await fills(person, script)
    await person.says("作废")

    disturbed = await fills(person, script, disturbance)

    assert disturbed.text == straight.text


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
async def test_one_question_at_a_time_with_how_far_one_is(company: Town, script: Script) -> None:
    person = company.people[script.who]
    said = await begins(person, script)
    for answer in script.answers[:-1]:
        assert len(said) == 1, [message.text for message in said]
        said = await person.says(answer)
    if script not in {CAP, CHECK}:
        assert f"{len(script.answers)}/{len(script.answers)}" in said[-1]


async def test_several_forms_can_be_left_at_once_and_each_is_found_again(company: Town) -> None:
    wang = company.people["王小雨"]
    for script in (CUSTOMER, CREDIT, SURVEY):
        await begins(wang, script)
        for answer in script.answers[:3]:
            await wang.says(answer)
    [menu] = (await wang.says("菜单"))[-1:]
    assert await drafts(company) == 3

    for script in (CUSTOMER, CREDIT, SURVEY):
        said = await wang.taps(f"接着填：{script.name}", menu)
        assert "3" in said[0], "how many answers there are already"
        assert "4/" in said[-1]
        [menu] = (await wang.says("/cancel"))[-1:]
    assert await drafts(company) == 3


async def test_opening_another_form_puts_the_first_away(company: Town) -> None:
    """Straight from one into the other, without the menu between them."""
    wang = company.people["王小雨"]
    await begins(wang, CUSTOMER)
    await wang.says(CUSTOMER.answers[0])

    await wang.says("/credit")
    [menu] = (await wang.says("菜单"))[-1:]
    said = await wang.taps(f"接着填：{CUSTOMER.name}", menu)

    assert "信用代码" in said[-1]


async def test_anothers_draft_is_not_taken_up(company: Town) -> None:
    wang, li = company.people["王小雨"], company.people["李泽"]
    await begins(wang, CUSTOMER)
    await wang.says("青浦新星贸易有限公司")
    [menu] = (await wang.says("菜单"))[-1:]

    await li.taps_data(menu.button("接着填"))
    said = await li.says("菜单")

    assert not [label for label in said[-1].buttons if "接着填" in label]
    assert await drafts(company) == 1


async def test_drafts_for_several_customers_are_told_apart(company: Town) -> None:
    wang = company.people["王小雨"]
    for code in ("C0001", "C0007"):
        await wang.says(code)
        await wang.taps("资信调查")
        await wang.taps("今天")
        [menu] = (await wang.says("菜单"))[-1:]

    assert {label for label in menu.buttons if "接着填" in label} == {
        "接着填：资信调查 · 华东机械设备有限公司",
        "接着填：资信调查 · 南京江渚建材有限公司",
    }


async def test_a_draft_sent_off_is_gone(company: Town) -> None:
    wang = company.people["王小雨"]
    await begins(wang, CHECK)
    await wang.says("华东机械")
    [menu] = (await wang.says("菜单"))[-1:]
    old = menu.button("接着填")
    await wang.taps_data(old)
    await wang.says("5万")

    [told] = await wang.taps_data(old)

    assert "草稿" in told
    assert await drafts(company) == 0


async def test_thrown_away_it_is_gone(company: Town) -> None:
    wang = company.people["王小雨"]
    await begins(wang, CREDIT)
    await wang.says("华东机械")

    said = await wang.says("作废")

    assert not [label for label in said[-1].buttons if "接着填" in label]
    assert await drafts(company) == 0


async def test_a_button_of_a_question_answered_already_gets_todays_question(company: Town) -> None:
    wang = company.people["王小雨"]
    await begins(wang, CREDIT)
    await wang.says("华东机械")
    [kinds] = await wang.says("20万")
    await wang.taps("长期", kinds)

    told, question = await wang.taps("临时", kinds)

    assert "已经答过" in told
    assert "抵押" in question


async def test_a_button_of_a_form_that_is_closed_says_so(company: Town) -> None:
    wang = company.people["王小雨"]
    await begins(wang, CREDIT)
    await wang.says("华东机械")
    [kinds] = await wang.says("20万")
    await wang.says("作废")

    [told] = await wang.taps("长期", kinds)

    assert "没有打开" in told


async def test_a_form_sent_off_twice_is_sent_once(company: Town) -> None:
    wang = company.people["王小雨"]
    review = await fills(wang, CUSTOMER)
    await wang.taps("保存档案", review)

    [told] = await wang.taps("保存档案", review)

    assert "没有打开" in told


async def test_a_question_for_a_deal_in_the_middle_of_a_form_is_answered_and_the_form_goes_on(
    company: Town,
) -> None:
    wang = company.people["王小雨"]
    await begins(wang, CREDIT)
    await wang.says("华东机械")

    verdict, question = await wang.says("华东机械 能发5万吗")

    assert "⛔" in verdict
    assert "2/" in question


async def test_a_deal_asked_without_an_amount_asks_for_it_once(company: Town) -> None:
    wang = company.people["王小雨"]

    [question] = await wang.says("华东机械 能发货吗")
    [verdict] = await wang.says("5万")

    assert "多少" in question
    assert "¥12,300" in verdict


async def test_an_answer_that_only_sounds_like_a_question_is_an_answer(company: Town) -> None:
    """“客户下周可以发货” is a reason, not a question about a customer called 客户下周."""
    wang = company.people["王小雨"]
    await begins(wang, CREDIT)
    for answer in CREDIT.answers[:-1]:
        await wang.says(answer)

    [preview] = await wang.says("客户下周可以发货")

    assert "预评" in preview


async def test_leave_needs_nobody_to_be_nominated_twice(company: Town) -> None:
    """Only colleagues can stand in; anything else is asked again, and nothing changed."""
    xu = company.people["许文博"]
    await begins(xu, LEAVE)
    await xu.says("3-20")

    bad, question = await xu.says("我自己")

    assert "按钮" in bad
    assert "2/2" in question


async def test_an_old_overview_sends_off_no_form_that_is_half_filled(company: Town) -> None:
    """3.1: the button under it stands for a limit that was proposed to other answers."""
    wang = company.people[CREDIT.who]
    old = await fills(wang, replace(CREDIT, answers=("华东机械", "30万", *CREDIT.answers[2:])))
    await wang.says("作废")
    await begins(wang, CREDIT)
    [question] = await wang.says("华东机械")

    said = await wang.taps("按 ¥260,000 提交", old)

    assert [one.text for one in said] == [question.text]
