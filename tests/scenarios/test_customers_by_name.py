"""Customers as people call them: shown at once, confirmed before anything is promised, offered where several fit (4.1, 9.1)."""

import pytest

from core.services.customers.customer import OpenCustomer
from tests.scenarios.story import OTHER_SALESPERSON, SALESPERSON
from tests.support.town import Said, Someone, Town

SHUNLING = "佛山顺岭汽车配件有限公司"


@pytest.fixture
async def wang(town: Town) -> Someone:
    """A salesperson with a few customers, among them two that are called 华辰."""
    await town.hires(OTHER_SALESPERSON, "sales")
    wang = await town.hires(SALESPERSON, "sales")
    for name in (
        SHUNLING,
        "上海华辰机械有限公司",
        "华辰物流（宁波）股份有限公司",
        "Sun Rise Auto Parts Co., Ltd.",
    ):
        await wang.does(OpenCustomer(name, region="华南"))
    return wang


def names(said: Said) -> list[str]:
    return [label for label in said.buttons if "公司" in label or "Ltd" in label]


@pytest.mark.parametrize(
    "called",
    [
        "顺岭配件",
        "顺岭",
        "佛山顺岭",
        "顺岭汽车配件公司",
        "順嶺汽車",
        "顺 岭 配 件",
        "佛山顺岭汽车配件（有限公司）",
    ],
)
async def test_a_customer_is_shown_by_what_people_call_it(wang: Someone, called: str) -> None:
    assert SHUNLING in (await wang.says(called))[-1]


@pytest.mark.parametrize("called", ["sunrise", "SUN RISE", "sun parts", "ｓｕｎ ｒｉｓｅ", "auto parts co"])
async def test_so_is_one_with_an_english_name(wang: Someone, called: str) -> None:
    assert "Sun Rise Auto Parts Co., Ltd." in (await wang.says(called))[-1]


async def test_the_code_will_do_in_any_width_and_case(wang: Someone) -> None:
    assert SHUNLING in (await wang.says("ｃ０００１"))[-1]


async def test_two_that_fit_are_offered_and_a_tap_shows_the_one(wang: Someone) -> None:
    which = (await wang.says("华辰"))[-1]
    assert names(which) == ["华辰物流（宁波）股份有限公司", "上海华辰机械有限公司"]

    assert "上海华辰机械有限公司" in (await wang.taps("上海华辰"))[-1]


async def test_place_and_name_the_other_way_round_are_asked_about(wang: Someone) -> None:
    asked = (await wang.says("宁波华辰物流"))[-1]
    assert "没有找到「宁波华辰物流」" in asked
    assert names(asked)[0] == "华辰物流（宁波）股份有限公司"


async def test_a_verdict_for_a_name_that_is_written_so_comes_at_once(wang: Someone) -> None:
    verdict = (await wang.says("顺岭能发5万吗"))[-1]
    assert SHUNLING in verdict
    assert "¥50,000" in verdict


async def test_a_verdict_for_a_looser_name_waits_for_a_tap_and_keeps_the_amount(wang: Someone) -> None:
    """4.1: what is promised is promised for the firm that was meant."""
    asked = (await wang.says("顺岭配件 能发5万吗"))[-1]
    assert "「顺岭配件」是这一家吗" in asked
    assert names(asked) == [SHUNLING]

    verdict = (await wang.taps(SHUNLING))[-1]
    assert SHUNLING in verdict
    assert "¥50,000" in verdict


async def test_the_other_legal_form_is_confirmed_as_well(wang: Someone) -> None:
    assert "是这一家吗" in (await wang.says("上海华辰股份 能发5万吗"))[-1]


async def test_in_a_form_a_loose_name_is_confirmed_with_a_tap(wang: Someone) -> None:
    """3.1: credit is asked for for nobody by accident."""
    await wang.says("申请授信")
    asked = (await wang.says("顺岭配件"))[-1]
    assert "是这一家吗" in asked
    assert names(asked) == [SHUNLING]

    assert f"「{SHUNLING}」要多少" in (await wang.taps(SHUNLING))[-1]


async def test_in_a_form_several_are_offered_as_buttons_and_a_fuller_name_will_do(wang: Someone) -> None:
    await wang.says("申请授信")
    assert len(names((await wang.says("华辰"))[-1])) == 2

    assert "要多少" in (await wang.says("上海华辰"))[-1]


async def test_a_number_that_is_typed_is_no_button(wang: Someone) -> None:
    """A button names a customer by a number of ours, which nobody types: 1 would be 佛山顺岭."""
    await wang.says("申请授信")
    nobody, again = await wang.says("1")
    assert "没有找到「1」" in nobody
    assert "给哪家申请" in again


async def test_whom_nobody_knows_gets_a_file(wang: Someone) -> None:
    await wang.says("申请授信")
    nobody, again = await wang.says("珠海某某")
    assert "没有找到「珠海某某」" in nobody
    assert "给哪家申请" in again
    assert "建客户档案" in again.buttons

    assert "客户全称" in (await wang.taps("建客户档案"))[-1]


async def test_whom_nobody_knows_gets_a_file_from_the_deal_check_too(wang: Someone) -> None:
    nobody = (await wang.says("珠海某某 能发5万吗"))[-1]
    assert "建客户档案" in nobody.buttons


async def test_more_than_can_be_offered_is_said(wang: Someone) -> None:
    for number in range(9):
        await wang.does(OpenCustomer(f"第{number}宏达有限公司", region="华南"))

    many = (await wang.says("宏达"))[-1]
    assert "不止这几家" in many
    assert len(names(many)) == 8


@pytest.mark.parametrize("called", ["顺岭配件", "顺岭配件 能发5万吗", "佛山顺领汽车配件"])
async def test_anothers_customer_is_neither_found_nor_near(wang: Someone, called: str) -> None:
    """9.1: what one may not see is not offered either."""
    li = wang.town.people[OTHER_SALESPERSON]
    assert all(SHUNLING not in said.text and not names(said) for said in await li.says(called))


async def test_an_answer_in_a_form_is_not_taken_for_a_question_about_a_loose_name(wang: Someone) -> None:
    await wang.says("菜单")
    await wang.taps("建客户档案")
    assert "¥50,000" not in (await wang.says("佛配能发5万吗"))[-1]
