"""The command menu follows roles, languages and places (9.1, 10.1)."""

from collections.abc import AsyncIterator

import pytest

from bot.telegram.api import Api
from bot.telegram.commands import names_for
from bot.telegram.menu import CommandMenus
from core.rules.permission import GRANTS, Role
from core.services.people.staff import AddPerson, ChooseLanguage, ShutOut
from tests.support.telegram import FakeTelegram, Person
from tests.support.town import Town


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def menus(town: Town, telegram: FakeTelegram) -> AsyncIterator[CommandMenus]:
    async with Api(telegram.token, telegram.base_url) as api:
        yield CommandMenus(api.bot, town.database, "zh_CN")


@pytest.fixture
async def wang(town: Town, telegram: FakeTelegram) -> Person:
    person = telegram.person("王小雨")
    await town.as_operator(AddPerson("王小雨", ("sales",), telegram=person.address))
    return person


def shown(telegram: FakeTelegram, person: Person) -> dict[str, str]:
    return {each["command"]: each["description"] for each in telegram.world.commands.get(person.address, [])}


async def test_a_person_is_offered_what_their_roles_may_do(
    menus: CommandMenus, telegram: FakeTelegram, wang: Person
) -> None:
    await menus.bring_up_to_date()
    assert shown(telegram, wang)["credit"] == "申请授信"
    assert not {"import", "waiting", "staff"} & set(shown(telegram, wang))


async def test_a_new_role_brings_its_commands_and_what_stands_is_not_set_again(
    town: Town, menus: CommandMenus, telegram: FakeTelegram, wang: Person
) -> None:
    assert await menus.bring_up_to_date() == 1
    assert await menus.bring_up_to_date() == 0
    await town.as_operator(AddPerson("王小雨", ("finance_manager",)))
    assert await menus.bring_up_to_date() == 1
    assert {"import", "waiting", "credit"} <= set(shown(telegram, wang))
    assert len(telegram.calls("setMyCommands")) == 2


async def test_the_menu_is_in_the_language_of_its_person(
    town: Town, menus: CommandMenus, telegram: FakeTelegram, wang: Person
) -> None:
    someone = await town.meets("王小雨")
    await someone.does(ChooseLanguage("en"))
    await menus.bring_up_to_date()
    assert shown(telegram, wang)["credit"] == "Ask for credit"


async def test_who_is_shut_out_keeps_no_menu(
    town: Town, menus: CommandMenus, telegram: FakeTelegram, wang: Person
) -> None:
    await menus.bring_up_to_date()
    await town.as_operator(ShutOut("王小雨"))
    await menus.bring_up_to_date()
    assert shown(telegram, wang) == {}


async def test_who_has_not_tapped_start_is_left_until_they_are_heard(
    town: Town, menus: CommandMenus, telegram: FakeTelegram
) -> None:
    anna = telegram.person("Anna", started=False)
    await town.as_operator(AddPerson("Anna", ("gm",), telegram=anna.address))
    for _ in range(3):
        assert await menus.bring_up_to_date() == 0
    assert len(telegram.calls("setMyCommands")) == 1
    anna.open_chat()
    town.passes(minutes=5)
    await town.as_operator(ShutOut("Anna"))
    await town.as_operator(AddPerson("Anna", ("gm",), telegram=anna.address))
    await menus.bring_up_to_date()
    assert "waiting" in shown(telegram, anna)


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_menu_and_a_way_out_of_it(role: Role) -> None:
    names = names_for(GRANTS[role])
    assert {"menu", "places", "language", "help"} <= set(names)
    assert len(names) == len(set(names))
