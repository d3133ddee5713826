"""What people mistype or send to the wrong place is told with what would do, and leads on (chat manners)."""

import pytest

from tests.scenarios.story import CHAIN, EAST, SALESPERSON, asks
from tests.support.town import Town

CONTROLLER, MANAGER = CHAIN["credit_controller"], CHAIN["market_manager"]


@pytest.mark.parametrize("amount", ["5万5", "1O万", "1e9", "三万", "-3"])
async def test_a_deal_check_with_a_wrong_amount_is_told_of_the_amount_and_asks_for_it(
    company: Town, amount: str
) -> None:
    """4.1: not a customer of that name that nobody knows."""
    wang = company.people[SALESPERSON]
    [told] = await wang.says(f"华东机械 能发{amount}吗")
    assert "例如 30万" in told

    assert "发多少" in (await wang.taps("能不能发货", told))[-1]


@pytest.mark.parametrize(
    "question", ["华东机械能发5万块的货吗", "给华东机械发５万的货吗", "华东机械能发 ¥50,000 元吗"]
)
async def test_a_deal_check_is_understood_as_people_put_it(company: Town, question: str) -> None:
    [verdict] = await company.people[SALESPERSON].says(question)
    assert EAST in verdict
    assert "¥50,000" in verdict


async def test_nobody_goes_on_leave_until_a_day_that_is_past(company: Town) -> None:
    """3.3"""
    xu = company.people[MANAGER]
    await xu.says("请假代签")
    [gone, again] = await xu.says("2026-03-09")
    assert "已经过了" in gone
    assert "请假到哪天" in again

    assert "谁代你签" in (await xu.says("今天"))[-1]


async def test_colleagues_are_offered_by_the_name_that_one_reads(company: Town) -> None:
    xu = company.people[MANAGER]
    await xu.says("请假代签")
    await xu.says("3-20")
    xu.language = "en"
    assert "He Weidong" in (await xu.history())[-1].buttons
    assert "何伟东" not in (await xu.history())[-1].buttons


async def test_a_file_that_cannot_be_read_leads_back_to_the_templates(company: Town) -> None:
    """5.1"""
    shen = company.people[CONTROLLER]
    said = await shen.sends_file("发票.csv", "甲,乙\n1,2\n".encode())

    assert "发票模板" in (await shen.taps("导入文件", said[-1]))[-1].buttons


async def test_statements_that_cannot_be_read_can_be_sent_again(company: Town) -> None:
    """1.5: the form ended with the file; one tap opens it anew."""
    wang = company.people[SALESPERSON]
    await wang.says("C0001")
    await wang.taps("财务报表")
    await wang.taps("发 Excel 报表")
    await wang.taps("客户提供")
    said = await wang.sends_file("报表.xlsx", b"no workbook")

    assert f"「{EAST}」的报表从哪里来" in (await wang.taps("发 Excel 报表", said[-1]))[-1]


async def test_a_file_from_a_salesperson_is_told_where_it_may_go(company: Town) -> None:
    said = await company.people[SALESPERSON].sends_file("报表.xlsx", b"")
    assert "财务报表" in said[-1]


async def test_a_request_that_has_just_come_in_has_not_waited_for_hours(company: Town) -> None:
    """3.4"""
    await asks(company.people[SALESPERSON])
    xu = company.people[MANAGER]
    assert any(label.endswith("刚到") for label in (await xu.says("待我审批"))[-1].buttons)

    company.passes(hours=3)
    assert any(label.endswith("3 小时") for label in (await xu.says("待我审批"))[-1].buttons)


async def test_answers_of_one_source_and_day_stand_under_one_heading(company: Town) -> None:
    """3.4: everything that is known, for whoever decides."""
    await asks(company.people[SALESPERSON])
    everything = (await company.people[MANAGER].taps("全部资料"))[-1]
    headings = [
        line for line in everything.text.splitlines() if line.startswith("<b>") and line.endswith("）")
    ]
    assert len(headings) > 3
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("greeting", ["你好", "您好", "在吗", "hello", "Hi"])
async def test_who_is_greeted_shows_what_can_be_done(company: Town, greeting: str) -> None:
    [menu] = await company.people[SALESPERSON].says(greeting)
    assert "申请授信" in menu.buttons
    assert "没看懂" not in menu


@pytest.mark.parametrize("asked", ["设置", "settings"])
async def test_settings_are_where_one_is_reached(company: Town, asked: str) -> None:
    assert "渠道" in (await company.people[SALESPERSON].says(asked))[-1]


async def test_a_customer_above_its_line_is_shown_as_such(company: Town) -> None:
    """3.10: what is above a line may only fall."""
    chen = company.people[CHAIN["gm"]]
    assert "超出额度 ¥48,450" in (await chen.says("南京江渚"))[-1]
    assert "超出额度" not in (await chen.says(EAST))[-1]
