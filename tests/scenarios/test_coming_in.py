"""Coming in by an invitation, choosing a language, and being shut out at once (9.1)."""

import pytest
from sqlalchemy import select

from bot.doorkeeper import Doorkeeper
from core.records.outbox import OutboxMessage
from core.records.staff import Invitation
from core.records.tables import table_of
from core.services.people.staff import AddPerson, ChooseLanguage, Enter, Invite, ShutOut, stranger
from tests.scenarios.story import asked_of, asks, books, changed, refusals
from tests.support.town import Someone, Town

MANAGED = "王小雨"


def a_stranger(town: Town, number: int = 900) -> Someone:
    """A chat that belongs to nobody yet."""
    return Someone(town, number, "陌生人")


@pytest.fixture
async def town_of_one(town: Town) -> Town:
    """王小雨 is on the staff list and has no chat yet."""
    await town.hires(MANAGED, "sales", region="华东")
    await town.as_operator(ShutOut(MANAGED))
    return town


async def test_a_stranger_is_told_what_this_is_and_asked_for_a_code(town_of_one: Town) -> None:
    [told] = await a_stranger(town_of_one).says("/start")

    assert "邀请码" in told
    assert told.buttons == {}


async def test_the_right_code_lets_in_once(town_of_one: Town) -> None:
    code = await town_of_one.as_operator(Invite(MANAGED))
    someone = a_stranger(town_of_one)

    said = await someone.says(f" {code.lower()} ")

    assert MANAGED in said[-1]
    assert "申请授信" in said[-1].buttons
    [told] = await a_stranger(town_of_one, 901).says(code)
    assert "已用过" in told
    assert [one["why"] for one in await refusals(town_of_one)] == ["code-unknown"]


async def test_what_waited_for_a_person_without_a_chat_is_there_when_they_come(company: Town) -> None:
    """Nothing is lost because somebody had not come in yet."""
    await company.as_operator(ShutOut("许文博"))
    code = await company.as_operator(Invite("许文博"))
    outbox = table_of(OutboxMessage)
    xu = company.people["许文博"].id
    await asks(company.people[MANAGED])
    waiting = select(outbox.c.state).where(outbox.c.person == xu, outbox.c.card.is_not(None))
    assert await asked_of(company, lambda session: session.execute(waiting).scalars().all()) == ["nowhere"]

    someone = a_stranger(company)
    await someone.says(code)

    assert "同意 ¥260,000" in (await someone.card()).buttons


@pytest.mark.parametrize("typed", ["ABCDEFGHJK", "", " ", "王小雨", "x" * 5000, "' OR 1=1 --", "\x00", "🏭"])
async def test_a_wrong_code_lets_nobody_in(town_of_one: Town, typed: str) -> None:
    await town_of_one.as_operator(Invite(MANAGED))
    before = await books(town_of_one)

    [told] = await a_stranger(town_of_one).says(typed)

    assert "邀请码" in told
    assert told.buttons.keys() <= {"菜单"}
    assert changed(before, await books(town_of_one)) == set()


async def test_whoever_comes_in_with_a_stolen_code_is_told_of_and_put_out_with_a_tap(company: Town) -> None:
    """9.1: the person learns of it where they are, at once, and ends it there."""
    wang = company.people[MANAGED]
    await wang.reads()
    thief = a_stranger(company)
    await thief.says(await company.as_operator(Invite(MANAGED)))

    [told] = await wang.reads()
    assert "你的账号刚绑定了浏览器" in told
    assert "不是你，马上点下面解绑" in told
    assert not any("刚绑定" in said for said in await thief.history())

    await wang.taps("解绑", told)
    await wang.taps("确定解绑")
    assert "邀请码" in (await thief.says("菜单"))[-1]
    assert "申请授信" in (await wang.says("菜单"))[-1].buttons


async def test_the_warning_is_in_the_language_of_the_person(company: Town) -> None:
    wang = company.people[MANAGED]
    await wang.does(ChooseLanguage("en"))
    wang.language = "en"
    await wang.reads()

    await a_stranger(company).says(await company.as_operator(Invite(MANAGED)))

    [told] = await wang.reads()
    assert "the browser has just been bound to you" in told
    assert "If not, unbind it below at once" in told


async def test_a_second_browser_is_told_of_in_the_first_though_they_share_a_conversation(
    company: Town,
) -> None:
    """A code opens a browser, and browsers of one person are one place."""
    wang = company.people[MANAGED]
    await wang.reads()

    await Doorkeeper(company.database, company.desk).admit(await company.as_operator(Invite(MANAGED)))

    assert ["你的账号刚绑定了浏览器" in told for told in await wang.reads()] == [True]


async def test_a_code_where_one_is_known_already_is_no_news(company: Town) -> None:
    wang, someone = company.people[MANAGED], a_stranger(company)
    await someone.says(await company.as_operator(Invite(MANAGED)))
    await wang.reads()

    await company.as_operator(AddPerson(MANAGED, ("sales",), telegram="77"))
    assert ["你的账号刚绑定了Telegram" in told for told in await wang.reads()] == [True]
    await company.as_operator(AddPerson(MANAGED, ("sales",), telegram="77"))
    enter = Enter("web", "900", await company.as_operator(Invite(MANAGED)))
    await company.desk.run(company.database, enter, stranger("web:900"))

    assert await wang.reads() == []


async def test_a_code_is_good_for_a_week(town_of_one: Town) -> None:
    early, late = [await town_of_one.as_operator(Invite(MANAGED)) for _ in range(2)]

    town_of_one.passes(days=7)
    assert MANAGED in (await a_stranger(town_of_one, 901).says(early))[-1]
    town_of_one.passes(seconds=1)
    [told] = await a_stranger(town_of_one, 902).says(late)
    assert "已过期" in told


async def test_a_code_of_somebody_who_has_left_is_no_use(town_of_one: Town) -> None:
    code = await town_of_one.as_operator(Invite(MANAGED))
    await town_of_one.as_operator(ShutOut(MANAGED, leaves=True))

    await a_stranger(town_of_one).says(code)

    assert [one["why"] for one in await refusals(town_of_one)] == ["code-unknown"]


async def test_only_the_hash_of_a_code_is_kept(town_of_one: Town) -> None:
    """9.3: neither the table nor the audit trail can be used to come in."""
    code = await town_of_one.as_operator(Invite(MANAGED))
    await a_stranger(town_of_one).says(code)

    invitations = select(table_of(Invitation).c.code_hash)
    kept = await asked_of(town_of_one, lambda session: session.execute(invitations).scalars().all())
    assert code not in str(kept)
    audit = await asked_of(
        town_of_one, lambda session: str(session.connection().exec_driver_sql("select * from audit").all())
    )
    assert code not in audit


@pytest.mark.parametrize(
    "typed",
    [
        "/menu",
        "菜单",
        "华东机械",
        "华东机械 能发5万吗",
        "/overdue",
        "/aging",
        "/waiting",
        "/import",
        "/language",
    ],
)
async def test_a_stranger_can_do_nothing_else(company: Town, typed: str) -> None:
    before = await books(company)

    said = await a_stranger(company).says(typed)

    for message in said:
        assert "华东机械设备" not in message
        assert "¥" not in message
    assert changed(before, await books(company)) == set()


async def test_a_strangers_taps_and_files_do_nothing(company: Town) -> None:
    [menu] = await company.people[MANAGED].says("菜单")
    stranger = a_stranger(company)
    before = await books(company)

    for data in [*menu.buttons.values(), "1.approve:1:1", "x"]:
        [told] = await stranger.taps_data(data)
        assert "邀请码" in told
    [told] = await stranger.sends_file("发票.csv", b"number,customer\n")
    assert "邀请码" in told

    assert changed(before, await books(company)) <= {"upload"}


async def test_shut_out_is_shut_out_at_once_even_in_the_middle_of_a_form(company: Town) -> None:
    """A lost phone: the next word is a stranger's, and the half-filled form is out of its reach."""
    wang = company.people[MANAGED]
    await wang.says("菜单")
    await wang.taps("申请授信")
    await wang.says("华东机械")

    await company.as_operator(ShutOut(MANAGED))

    for typed in ("20万", "菜单", "华东机械 能发5万吗"):
        [told] = await wang.says(typed)
        assert "邀请码" in told
        assert "¥" not in told


async def test_who_has_left_is_shut_out_everywhere(company: Town) -> None:
    await company.as_operator(ShutOut(MANAGED, leaves=True))

    [told] = await company.people[MANAGED].says("菜单")

    assert "邀请码" in told


async def test_the_language_is_ones_own_and_lasts(company: Town) -> None:
    """10.6: from the next word on, and nobody else's."""
    wang, li = company.people[MANAGED], company.people["李泽"]
    await wang.says("菜单")
    [choice] = await wang.taps("English")
    wang.language = "en"
    await wang.taps("English", choice)

    said = await wang.says("/menu")
    assert any("credit" in label.lower() for label in said[-1].buttons)
    [answer] = await wang.says("Can I ship 50,000 to 华东机械?")
    assert "¥12,300" in answer
    assert "申请授信" in (await li.says("菜单"))[-1].buttons


async def test_one_conversation_is_one_persons_only(company: Town) -> None:
    """A code entered where somebody else was known makes the place the newcomer's alone."""
    code = await company.as_operator(Invite("李泽"))
    someone = a_stranger(company)
    await someone.says(await company.as_operator(Invite(MANAGED)))
    await company.as_operator(ShutOut(MANAGED))

    said = await someone.says(code)

    assert "李泽" in said[-1]
    [told] = await company.people[MANAGED].says("菜单")
    assert "邀请码" in told
