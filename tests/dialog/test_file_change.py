"""Changing a customer's file in chat (1.9): what it says now, the opening's own questions, old beside new, a tap."""

from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.customers.file_changes import FileChange, file_changes
from core.queries.customers.file_fields import FileField, FileValue, file_value
from core.records.audit import AuditRecord
from core.records.customer import FILE_CHANGED, Customer
from core.records.tables import table_of
from core.rules.money import Money
from core.services import audit
from core.services.customers.customer import OpenCustomer
from core.services.customers.file_change import ChangeCustomer
from tests.dialog.filling import FRESH_CODE
from tests.support.town import Said, Someone, Town

EAST = 1
ADDRESS = "上海市松江区示范路 118 号"
ELSEWHERE = "上海市嘉定区示范路 1 号"


@pytest.fixture
def wang(company: Town) -> Someone:
    return company.people["王小雨"]


async def says_on_file(town: Town, field: FileField, customer: int = EAST) -> FileValue | None:
    def ask(session: Session) -> FileValue | None:
        return file_value(session, session.get_one(Customer, customer), field)

    return await town.database.read(ask)


async def the_log(town: Town, customer: int = EAST) -> list[FileChange]:
    return list(await town.database.read(lambda session: file_changes(session, customer, limit=99)))


async def picks(person: Someone, field: str, customer: str = "华东机械") -> Said:
    """From the customer's page to the question."""
    await person.says("菜单")
    shown = await person.says(customer)
    listed = await person.taps("改资料", shown[-1])
    return (await person.taps(field, listed[-1]))[-1]


async def changes(person: Someone, field: str, answer: str, customer: str = "华东机械") -> list[Said]:
    await picks(person, field, customer)
    review = (await person.says(answer))[-1]
    return await person.taps("就这样改", review)


async def test_a_field_is_picked_asked_for_shown_old_beside_new_and_changed_with_a_tap(
    company: Town, wang: Someone
) -> None:
    shown = await wang.says("华东机械")
    [listed] = await wang.taps("改资料", shown[-1])
    assert ADDRESS in listed
    assert "李婷婷 13000000011" in listed
    [question] = await wang.taps("地址", listed)
    assert ADDRESS in question
    assert "公司地址？" in question, "the question of opening a file"

    [review] = await wang.says(ELSEWHERE)
    assert f"{ADDRESS} → <b>{ELSEWHERE}</b>" in review
    assert await says_on_file(company, FileField.ADDRESS) == ADDRESS, "nothing is changed before the tap"
    [told] = await wang.taps("就这样改", review)

    assert f"{ADDRESS} → <b>{ELSEWHERE}</b>" in told
    [change] = await the_log(company)
    assert (change.by.zh, change.field, change.old, change.new) == (  # type: ignore[union-attr]
        "王小雨",
        FileField.ADDRESS,
        ADDRESS,
        ELSEWHERE,
    )
    assert change.at == company.clock.now()


@pytest.mark.parametrize(
    ("field", "label", "answer", "held"),
    [
        (FileField.NAME, "客户名称", "示范重工有限公司", "示范重工有限公司"),
        (FileField.USCC, "信用代码", FRESH_CODE, FRESH_CODE),
        (FileField.LEGAL_REPRESENTATIVE, "法定代表人", "周启文", "周启文"),
        (FileField.REGISTERED_CAPITAL, "注册资本", "5000万", Money.of(50_000_000)),
        (FileField.REGISTERED_CAPITAL, "注册资本", "问不到", None),
        (FileField.SCOPE, "经营范围", "没有", None),
        (FileField.CONTACT, "联系人", "陈芳 13800000000", ("陈芳", "13800000000")),
        (FileField.SECOND_CONTACT, "第二联系人", "没有", None),
        (FileField.PHONE, "公司电话", "没有", None),
        (FileField.INDUSTRY, "行业", "批发", "wholesale"),
        (FileField.SIZE, "规模", "小型", "small"),
        (FileField.REGION, "区域", "华南", "华南"),
    ],
)
async def test_every_field_is_changed_with_the_question_it_was_opened_with(
    company: Town, wang: Someone, field: FileField, label: str, answer: str, held: FileValue | None
) -> None:
    """1.9: who, when, old, new; unknown is not zero, and nothing is nothing."""
    before = await says_on_file(company, field)

    await changes(wang, label, answer)

    assert await says_on_file(company, field) == held
    [change] = await the_log(company)
    assert (change.field, change.old, change.new) == (field, before, held)


async def test_a_founding_day_is_read_as_when_the_file_was_opened(company: Town, wang: Someone) -> None:
    await picks(wang, "成立日期")

    told, question = await wang.says("2031-01-01")
    assert "还没到" in told
    assert "成立日期？" in question
    review = (await wang.says("2010年3月1日"))[-1]

    assert "2009-04-17 → <b>2010-03-01</b>" in review


async def test_a_second_contact_comes_after_the_first(company: Town, wang: Someone) -> None:
    """A file that was imported has none."""
    await wang.does(OpenCustomer("没有联系人有限公司"))
    shown = await wang.says("没有联系人有限公司")
    [listed] = await wang.taps("改资料", shown[-1])
    assert "第二联系人" not in listed.buttons

    await changes(wang, "联系人", "陈芳 13800000000", "没有联系人有限公司")
    await changes(wang, "第二联系人", "李明", "没有联系人有限公司")

    assert await says_on_file(company, FileField.SECOND_CONTACT, 41) == ("李明", "")


async def test_a_bank_account_is_sealed_in_the_file_on_the_trail_and_in_the_chat(
    company: Town, wang: Someone
) -> None:
    """9.3; the trail has old and new all the same."""
    said = await changes(wang, "开户行和账号", "示范银行 6222000011112222")

    sealed = await says_on_file(company, FileField.BANK_ACCOUNT)
    assert company.desk.office.vault.open(str(sealed)) == "示范银行 6222000011112222"
    assert "2222" in said[-1]
    assert "6222" not in said[-1].text
    trail = await company.database.read(
        lambda session: " ".join(session.scalars(select(table_of(AuditRecord).c.data)))
    )
    assert "6222" not in trail
    [change] = await the_log(company)
    vault = company.desk.office.vault
    assert vault.open(str(change.old)) == "太湖商业银行松江支行 6900159083016613186"
    assert change.new == sealed


async def test_the_same_account_again_is_no_change(company: Town, wang: Someone) -> None:
    said = await changes(wang, "开户行和账号", "太湖商业银行松江支行 6900159083016613186")

    assert "已经是这样" in said[-1]
    assert await the_log(company) == []


@pytest.mark.parametrize(
    ("label", "same"), [("地址", ADDRESS), ("联系人", "李婷婷 13000000011"), ("注册资本", "3000万")]
)
async def test_what_the_file_says_already_is_no_answer(
    company: Town, wang: Someone, label: str, same: str
) -> None:
    await picks(wang, label)

    told, question = await wang.says(same)

    assert "就是这样" in told
    assert "现在：" in question
    assert await the_log(company) == []


async def test_a_bad_value_is_told_with_an_example_and_asked_again(wang: Someone) -> None:
    await picks(wang, "信用代码")

    told, question = await wang.says("91310117MAAY4CL12K")

    assert "校验位" in told
    assert "信用代码？" in question


async def test_the_name_of_another_customer_is_shown_before_it_is_taken(company: Town, wang: Someone) -> None:
    """1.2; the customer itself is not its own twin."""
    await picks(wang, "客户名称")
    [asked] = await wang.says("宁波海港物流")
    assert "C0002" in asked
    [review] = await wang.taps("是另一家", asked)
    await wang.taps("改一项", review)
    await wang.taps("客户名称")

    [review] = await wang.says("华东机械设备股份有限公司")

    assert "华东机械设备有限公司 → <b>华东机械设备股份有限公司</b>" in review


async def test_the_credit_code_of_another_customer_is_refused_and_asked_again(
    company: Town, wang: Someone
) -> None:
    """1.2."""
    told, question = await changes(wang, "信用代码", "91330206MALLJY1JJU")

    assert "C0002" in told
    assert "信用代码？" in question
    assert await the_log(company) == []
    review = (await wang.says(FRESH_CODE))[-1]
    await wang.taps("就这样改", review)
    assert await says_on_file(company, FileField.USCC) == FRESH_CODE


# what may come between


async def test_a_field_that_somebody_changed_meanwhile_is_told_and_asked_again(
    company: Town, wang: Someone
) -> None:
    await picks(wang, "地址")
    review = (await wang.says(ELSEWHERE))[-1]
    await company.people["许文博"].does(ChangeCustomer(EAST, "address", "别处", ADDRESS))

    told, question = await wang.taps("就这样改", review)

    assert "有别人改过" in told
    assert "别处" in question
    assert await says_on_file(company, FileField.ADDRESS) == "别处"
    review = (await wang.says(ELSEWHERE))[-1]
    assert f"别处 → <b>{ELSEWHERE}</b>" in review
    await wang.taps("就这样改", review)
    assert [(change.old, change.new) for change in await the_log(company)] == [
        ("别处", ELSEWHERE),
        (ADDRESS, "别处"),
    ]


async def test_another_field_that_was_changed_meanwhile_is_in_nobodys_way(
    company: Town, wang: Someone
) -> None:
    await picks(wang, "地址")
    review = (await wang.says(ELSEWHERE))[-1]
    await company.people["许文博"].does(ChangeCustomer(EAST, "phone", "021-1", "021-55500001"))

    await wang.taps("就这样改", review)

    assert await says_on_file(company, FileField.ADDRESS) == ELSEWHERE


async def test_what_somebody_else_has_changed_to_the_same_is_told_and_not_recorded_twice(
    company: Town, wang: Someone
) -> None:
    await picks(wang, "地址")
    review = (await wang.says(ELSEWHERE))[-1]
    await company.people["许文博"].does(ChangeCustomer(EAST, "address", ELSEWHERE, ADDRESS))

    [told] = await wang.taps("就这样改", review)

    assert "已经是这样" in told
    assert len(await the_log(company)) == 1


async def test_a_second_tap_changes_nothing_more(company: Town, wang: Someone) -> None:
    await picks(wang, "地址")
    review = (await wang.says(ELSEWHERE))[-1]
    await wang.taps("就这样改", review)

    [told] = await wang.taps("就这样改", review)

    assert "没有打开" in told
    assert len(await the_log(company)) == 1


async def test_the_button_of_one_change_does_not_save_another(company: Town, wang: Someone) -> None:
    await picks(wang, "地址")
    stale = (await wang.says(ELSEWHERE))[-1]
    await wang.taps("作废", stale)
    await picks(wang, "公司电话")
    await wang.says("021-55500099")

    said = await wang.taps("就这样改", stale)

    assert "公司电话" in said[-1]
    assert await the_log(company) == []


async def test_a_change_that_was_left_is_found_in_the_menu(company: Town, wang: Someone) -> None:
    await picks(wang, "地址")
    [menu] = (await wang.says("菜单"))[-1:]
    taken_up = await wang.taps("接着填：改客户资料", menu)
    assert "公司地址？" in taken_up[-1]

    review = (await wang.says(ELSEWHERE))[-1]
    await wang.taps("就这样改", review)

    assert await says_on_file(company, FileField.ADDRESS) == ELSEWHERE


# the wrong hands


@pytest.mark.parametrize("person", ["沈雅琴", "林静秋"])
async def test_finance_sees_the_file_and_does_not_write_it(company: Town, person: str) -> None:
    """9.1: whoever rates does not write the file."""
    someone = company.people[person]
    shown = await someone.says("华东机械")
    assert "改资料" not in shown[-1].buttons

    [told] = await someone.says("改资料")
    assert "不在你的权限内" in told
    await someone.says("改资料 华东机械")
    assert await company.database.read(lambda session: session.get_one(Customer, EAST).changed_at) is None


async def test_another_salespersons_customer_is_not_found(company: Town) -> None:
    """9.1: one's own customers."""
    li = company.people["李泽"]

    [told] = await li.says("改资料 华东机械")

    assert "没有找到" in told
    assert "华东机械设备" not in " ".join(told.buttons)


async def test_whoever_loses_the_customer_meanwhile_changes_nothing(company: Town, wang: Someone) -> None:
    await picks(wang, "地址")
    review = (await wang.says(ELSEWHERE))[-1]

    def hand_over(session: Session) -> None:
        session.get_one(Customer, EAST).owner = company.people["李泽"].id

    await company.database.write(hand_over)
    [told] = await wang.taps("就这样改", review)

    assert "不在你的范围内" in told
    assert await the_log(company) == []


async def test_a_manager_who_gives_a_customer_to_another_region_sees_it_no_more(company: Town) -> None:
    """9.1; told before the tap."""
    he = await company.meets("何伟东")
    await picks(he, "区域")
    review = (await he.says("西南"))[-1]
    assert "能看到这家客户的经理也跟着变" in review

    [told] = await he.taps("就这样改", review)

    assert await says_on_file(company, FileField.REGION) == "西南"
    assert list(told.buttons) == ["菜单"]


# typed


@pytest.mark.parametrize(
    "typed", ["改资料 华东机械", "华东机械 改资料", "change file 华东机械", "/change C0001"]
)
async def test_a_change_may_be_typed(wang: Someone, typed: str) -> None:
    [listed] = await wang.says(typed)

    assert "华东机械设备有限公司" in listed
    assert "地址" in listed.buttons


async def test_who_may_be_meant_is_offered(wang: Someone) -> None:
    await wang.does(OpenCustomer("青浦新星贸易有限公司"))
    await wang.does(OpenCustomer("青浦新星物流有限公司"))
    [offered] = await wang.says("改资料 青浦新星")

    said = await wang.taps("青浦新星物流有限公司", offered)

    assert "改哪一项？" in said[-1]


async def test_without_a_name_it_is_asked_whose_file(wang: Someone) -> None:
    [asked] = await wang.says("改资料")

    said = await wang.taps_data(next(iter(asked.buttons.values())))

    assert "改哪一项？" in said[-1]


# what was changed


async def test_the_changes_are_read_newest_first_and_a_page_at_a_time(company: Town, wang: Someone) -> None:
    """By whoever sees the customer."""
    shown = await wang.says("华东机械")
    assert "资料变更" not in shown[-1].buttons, "there are none"
    phones = ["021-55500001", *(f"021-5550010{number}" for number in range(9))]
    for old, new in pairwise(phones):
        company.passes(minutes=1)
        await wang.does(ChangeCustomer(EAST, "phone", new, old))
    shen = company.people["沈雅琴"]
    shown = await shen.says("华东机械")

    [first] = await shen.taps("资料变更", shown[-1])
    [second] = await shen.taps("下一页", first)

    assert first.text.splitlines()[1:3] == [
        "· 2026-03-10 10:09 王小雨",
        "公司电话：021-55500107 → <b>021-55500108</b>",
    ]
    assert first.text.count("→") == 8
    assert "021-55500001 → <b>021-55500100</b>" in second
    assert (await shen.taps("上一页", second))[-1].text == first.text


async def test_an_older_record_without_words_is_told_as_blank(company: Town, wang: Someone) -> None:
    """Once the trail told nothing as an empty text."""

    def of_old(session: Session) -> None:
        data = {"field": "phone", "old": "", "new": "021-1"}
        at = company.clock.now()
        audit.append(session, at=at, actor="operator", action=FILE_CHANGED, subject="customer:1", data=data)
        session.get_one(Customer, EAST).changed_at = at

    await company.database.write(of_old)
    shown = await wang.says("华东机械")

    [told] = await wang.taps("资料变更", shown[-1])

    assert "管理员（命令行）" in told
    assert "空着 → <b>021-1</b>" in told


async def test_another_salesperson_does_not_read_the_changes(company: Town, wang: Someone) -> None:
    await changes(wang, "地址", ELSEWHERE)
    shown = await wang.says("华东机械")
    await wang.taps("资料变更", shown[-1])
    await company.database.write(
        lambda session: setattr(session.get_one(Customer, EAST), "owner", company.people["李泽"].id)
    )

    [told] = await wang.taps("资料变更", shown[-1])

    assert "不在你的范围内" in told
