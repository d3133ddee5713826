"""Opening a customer file step by step (1.1), with duplicates shown before saving (1.2)."""

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.records.customer import Contact, Customer
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.customers.customer import OpenCustomer
from tests.dialog.filling import CUSTOMER, FRESH_CODE, begins, fills
from tests.support.town import Town

_CUSTOMER, _CONTACT = table_of(Customer), table_of(Contact)
EAST_CODE = "91310117MAAY4CL12J"


async def opened(town: Town, name: str = CUSTOMER.answers[0]) -> Customer | None:
    found = select(Customer).where(_CUSTOMER.c.name == name)
    return await town.database.read(lambda session: session.scalars(found).one_or_none())


async def test_what_was_answered_is_what_the_file_holds(company: Town) -> None:
    wang = company.people["王小雨"]
    review = await fills(wang, CUSTOMER)
    assert await opened(company) is None, "nothing is kept before it was looked over"

    await wang.taps("保存档案", review)

    customer = await opened(company)
    assert customer is not None
    assert customer.code == "C0041"
    assert (customer.uscc, customer.owner, customer.region) == (FRESH_CODE, wang.id, "华东")
    assert (customer.industry, customer.size) == ("wholesale", "small")
    assert (customer.founded, customer.registered_capital_minor) == (
        date(2019, 4, 17),
        Money.of(5_000_000).minor,
    )
    assert (customer.legal_representative, customer.phone) == ("陈芳", "021-55500099")
    assert (customer.address, customer.scope) == ("上海市青浦区示范路 9 号", "日用百货批发")
    assert company.desk.office.vault.open(customer.bank_sealed) == "示范银行 6222000011112222"
    assert "6222" not in customer.bank_sealed, "9.3: encrypted at rest"
    assert await contacts(company, customer) == [("陈芳", "13800000000"), ("李明", "13900000000")]


async def contacts(town: Town, customer: Customer) -> list[tuple[str, str]]:
    def ask(session: Session) -> list[tuple[str, str]]:
        rows = session.execute(
            select(_CONTACT.c.name, _CONTACT.c.phone)
            .where(_CONTACT.c.customer == customer.id)
            .order_by(_CONTACT.c.id)
        )
        return [(row.name, row.phone) for row in rows]

    return await town.database.read(ask)


async def test_optional_questions_can_be_left_out(company: Town) -> None:
    wang = company.people["王小雨"]
    said = await begins(wang, CUSTOMER)
    for answer in CUSTOMER.answers:
        said = await (wang.taps("跳过", said[-1]) if "跳过" in said[-1].buttons else wang.says(answer))
    await wang.taps("保存档案", said[-1])

    customer = await opened(company)
    assert customer is not None
    assert (customer.phone, customer.scope, customer.bank_sealed) == ("", "", "")
    assert len(await contacts(company, customer)) == 1


async def test_one_answer_can_be_changed_and_the_others_stand(company: Town) -> None:
    wang = company.people["王小雨"]
    review = await fills(wang, CUSTOMER)

    await wang.taps("改一项", review)
    await wang.taps("地址")
    [after] = await wang.says("上海市嘉定区示范路 1 号")

    assert after.text == review.text.replace("上海市青浦区示范路 9 号", "上海市嘉定区示范路 1 号")


@pytest.mark.parametrize(
    "name", ["华东机械", "华东机械设备", "华东机械设备(上海)有限责任公司", "ＨＵＡ华东机械设备"]
)
async def test_a_similar_name_is_shown_before_anything_is_saved(company: Town, name: str) -> None:
    """1.2: also to somebody who does not see that customer: a second file would be worse."""
    li = company.people["李泽"]
    await begins(li, CUSTOMER)

    [shown] = await li.says(name)

    assert "华东机械设备有限公司" in shown
    assert "C0001" in shown
    said = await li.taps("是另一家", shown)
    assert "信用代码" in said[-1]


async def test_another_firm_with_another_name_is_not_held_up(company: Town) -> None:
    wang = company.people["王小雨"]
    await begins(wang, CUSTOMER)

    [question] = await wang.says("青浦新星贸易有限公司")

    assert "信用代码" in question


async def test_the_same_credit_code_is_refused_and_the_answers_are_kept(company: Town) -> None:
    wang = company.people["王小雨"]
    await begins(wang, CUSTOMER)
    for answer in CUSTOMER.answers:
        review = (await wang.says(EAST_CODE if answer == FRESH_CODE else answer))[-1]

    [told] = await wang.taps("保存档案", review)
    assert "C0001" in told
    assert await opened(company) is None

    await wang.taps("改一项", review)
    await wang.taps("信用代码")
    [review] = await wang.says(FRESH_CODE)
    await wang.taps("保存档案", review)
    assert await opened(company) is not None


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("91310117MAAY4CL12", "18 位"),
        ("91310117MAAY4CL1IJ", "不会出现的字符"),
        ("91310117MAAY4CL12K", "校验位"),
    ],
)
async def test_a_code_that_cannot_be_one_is_told_why(company: Town, code: str, told: str) -> None:
    """1.1: checked by its check digit."""
    wang = company.people["王小雨"]
    await begins(wang, CUSTOMER)
    await wang.says(CUSTOMER.answers[0])

    bad, question = await wang.says(code)

    assert told in bad
    assert "信用代码" in question


@pytest.mark.parametrize("imported", ["CX-0900", "C09O0", "C", "D0900", "C20260310000001"])
async def test_the_next_code_follows_ours_and_not_those_of_another_system(
    company: Town, imported: str
) -> None:
    """1.2; forty customers of the sample, of whom one came with a code of another shape."""
    await company.database.write(
        lambda session: session.execute(
            update(Customer).where(_CUSTOMER.c.code == "C0001").values(code=imported)
        )
    )

    number = await company.people["王小雨"].does(OpenCustomer("某某公司"))

    file = await company.database.read(lambda session: session.get_one(Customer, number))
    assert file.code == "C0041"


@pytest.mark.parametrize("person", ["沈雅琴", "林静秋"])
async def test_finance_opens_no_files(company: Town, person: str) -> None:
    """9.1: whoever rates does not write the file."""
    said = await company.people[person].says("菜单")
    assert "建客户档案" not in said[-1].buttons

    with pytest.raises(Refusal, match="not-allowed"):
        await company.people[person].does(OpenCustomer("某某公司"))


async def test_a_name_given_anew_is_compared_anew(company: Town) -> None:
    """1.2: what was said of one name says nothing of another."""
    wang = company.people["王小雨"]
    review = await fills(wang, CUSTOMER)
    await wang.taps("改一项", review)
    await wang.taps("客户名称")
    await wang.says("华东机械")
    [review] = await wang.taps("是另一家")
    await wang.taps("改一项", review)
    await wang.taps("客户名称")

    [asked] = await wang.says("宁波海港物流")

    assert "C0002" in asked


async def test_a_capital_of_nothing_is_not_an_unknown_one(company: Town) -> None:
    """House rule: unknown is not zero."""
    wang = company.people["王小雨"]
    numbers = [
        await wang.does(OpenCustomer(name, registered_capital=capital))
        for name, capital in (("零资本", Money.of(0)), ("不清楚", None))
    ]

    files = [await company.database.read(lambda s, n=n: s.get_one(Customer, n)) for n in numbers]  # type: ignore[misc]
    assert [file.registered_capital_minor for file in files] == [0, None]
