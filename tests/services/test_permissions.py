"""Every command against every role: allowed exactly as `GRANTS` says, and nothing else is (9.1, deny by default)."""

import inspect
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, dataclass, fields
from pkgutil import walk_packages
from typing import Any, get_type_hints

import pytest
from sqlalchemy.orm import Session

import core.services
from core.queries.actor import CLOCK, OPERATOR, Actor
from core.rules.permission import GRANTS, SCOPES, Permission, Role, Scope, in_scope, permissions_of, scope_of
from core.rules.refusal import Refusal
from core.services.commands import COMMANDS
from core.services.desk import Command, Desk, Handled
from core.services.people.staff import stranger
from core.services.work import Work
from tests.support.town import Town

EXPECTED: dict[Permission, set[Role]] = {
    Permission.SEE_CUSTOMERS: set(Role) - {Role.ADMIN},
    Permission.EDIT_CUSTOMER: {Role.SALES, Role.MARKET_MANAGER, Role.REGIONAL_MANAGER},
    Permission.REQUEST_CREDIT: {Role.SALES, Role.MARKET_MANAGER, Role.REGIONAL_MANAGER},
    Permission.APPROVE: set(Role) - {Role.SALES, Role.LEGAL, Role.AUDITOR, Role.ADMIN},
    Permission.RATE: {Role.CREDIT_CONTROLLER, Role.FINANCE_MANAGER, Role.CFO, Role.LEGAL},
    Permission.SEE_REGISTER: {
        Role.CREDIT_CONTROLLER,
        Role.FINANCE_MANAGER,
        Role.CFO,
        Role.GM,
        Role.AUDITOR,
    },
    Permission.SEE_LEDGER: set(Role) - {Role.ADMIN},
    Permission.IMPORT: {Role.CREDIT_CONTROLLER, Role.FINANCE_MANAGER, Role.CFO},
    Permission.SET_COMPANY: {Role.CREDIT_CONTROLLER, Role.FINANCE_MANAGER, Role.CFO},
    Permission.SEE_POLICIES: {
        Role.CREDIT_CONTROLLER,
        Role.FINANCE_MANAGER,
        Role.CFO,
        Role.GM,
        Role.AUDITOR,
        Role.ADMIN,
    },
    Permission.PROPOSE_POLICY: {Role.CREDIT_CONTROLLER, Role.FINANCE_MANAGER, Role.ADMIN},
    Permission.CONFIRM_POLICY: {Role.CFO, Role.GM},
    Permission.MANAGE_STAFF: {Role.ADMIN},
    Permission.SEE_AUDIT: {Role.AUDITOR},
    Permission.BELONG: set(Role),
    Permission.ENTER: set(),
    Permission.KEEP_TIME: set(),
}
"""Who may do what, written down a second time, by permission."""


def acting(*roles: Role) -> Actor:
    return Actor("person:1", 1, "某人", "Somebody", "", frozenset(roles))


class Reached(Exception):
    """The handler was called: the command was let through."""


def reach(_work: Work, _command: Any) -> None:
    raise Reached


@pytest.fixture
def open_door(town: Town) -> Desk:
    """The desk with every command's permission and no command's handler."""
    doors = {command: Handled(reach, handled.may) for command, handled in COMMANDS.items()}
    return Desk(town.desk.office, doors)


async def let_through(town: Town, desk: Desk, command: type[Command], by: Actor) -> bool:
    """Whether the desk calls the handler; what it turns away it turns away as not allowed."""

    def knock(session: Session) -> str:
        try:
            desk.do(session, blank(command), by)
        except Reached:
            return "reached"
        except Refusal as refusal:
            return refusal.key
        raise AssertionError("the door neither opened nor stayed shut")

    answer = await town.database.write(knock)
    assert answer in {"reached", "not-allowed"}
    return answer == "reached"


def blank(command: type[Command]) -> Command:
    """A command of this class without anything in it; whoever may not give it is not asked what it says."""
    empty = object.__new__(command)
    for field in fields(command):  # type: ignore[arg-type]
        object.__setattr__(empty, field.name, None)
    return empty


def test_the_grants_are_what_this_table_says() -> None:
    for permission, roles in EXPECTED.items():
        assert {role for role in Role if permission in GRANTS[role]} == roles, permission
    assert EXPECTED.keys() == set(Permission)


@pytest.mark.parametrize("role", Role)
async def test_each_role_gets_through_with_exactly_its_commands(
    town: Town, open_door: Desk, role: Role
) -> None:
    passed = {command for command in COMMANDS if await let_through(town, open_door, command, acting(role))}

    assert passed == {command for command, handled in COMMANDS.items() if role in EXPECTED[handled.may]}


@pytest.mark.parametrize(
    ("by", "may"),
    [
        (CLOCK, {Permission.KEEP_TIME}),
        (stranger("telegram:1"), {Permission.ENTER}),
        (acting(), set()),
        (
            OPERATOR,
            {
                Permission.MANAGE_STAFF,
                Permission.IMPORT,
                Permission.EDIT_CUSTOMER,
                Permission.SEE_CUSTOMERS,
                Permission.SEE_POLICIES,
                Permission.PROPOSE_POLICY,
            },
        ),
    ],
    ids=["the clock", "a stranger", "somebody without a role", "the operator"],
)
async def test_clock_stranger_and_operator_get_through_with_theirs_only(
    town: Town, open_door: Desk, by: Actor, may: set[Permission]
) -> None:
    passed = {command for command in COMMANDS if await let_through(town, open_door, command, by)}

    assert passed == {command for command, handled in COMMANDS.items() if handled.may in may}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.LEGAL])
def test_keepers_and_lookers_on_decide_nothing(role: Role) -> None:
    """9.1: whoever keeps the staff list gives no credit; the auditor changes nothing."""
    deciding = {Permission.APPROVE, Permission.REQUEST_CREDIT, Permission.SET_COMPANY, Permission.IMPORT}

    assert not GRANTS[role] & deciding


def test_who_asks_and_who_decides_finally_are_different_roles() -> None:
    """3.3: salespeople decide nothing; finance and the top ask for nothing."""
    both = {role for role in Role if {Permission.REQUEST_CREDIT, Permission.APPROVE} <= GRANTS[role]}

    assert both == {Role.MARKET_MANAGER, Role.REGIONAL_MANAGER}


def test_no_role_both_proposes_and_confirms_a_policy() -> None:
    """2.1: four eyes; whoever holds a role of each is stopped by the desk, which counts people."""
    assert not [
        role for role in Role if {Permission.PROPOSE_POLICY, Permission.CONFIRM_POLICY} <= GRANTS[role]
    ]


def test_two_roles_may_what_either_may_and_see_as_far_as_the_wider() -> None:
    roles = frozenset({Role.SALES, Role.ADMIN})

    assert permissions_of(roles) == GRANTS[Role.SALES] | GRANTS[Role.ADMIN]
    assert scope_of(roles) is Scope.OWN
    assert scope_of(frozenset()) is Scope.NONE


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        *((role, {"mine", "region", "elsewhere"}) for role in Role if SCOPES[role] is Scope.ALL),
        (Role.MARKET_MANAGER, {"mine", "region"}),
        (Role.REGIONAL_MANAGER, {"mine", "region"}),
        (Role.SALES, {"mine"}),
        (Role.ADMIN, set()),
    ],
)
def test_whose_customers_each_role_sees(role: Role, seen: set[str]) -> None:
    customers = {"mine": (1, "华南"), "region": (2, "华东"), "elsewhere": (2, "华南")}

    assert {
        which
        for which, (owner, region) in customers.items()
        if in_scope(SCOPES[role], person=1, region="华东", owner=owner, customer_region=region)
    } == seen


# the table of commands


def command_classes() -> Iterator[type[Command]]:
    for module in walk_packages(core.services.__path__, "core.services."):
        for _, found in inspect.getmembers(__import__(module.name, fromlist=["_"]), inspect.isclass):
            if issubclass(found, Command) and found is not Command and found.__module__ == module.name:
                yield found


def test_every_command_there_is_is_listed() -> None:
    assert set(command_classes()) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_a_command_is_frozen_and_its_handler_takes_it(command: type[Command]) -> None:
    with pytest.raises(FrozenInstanceError):
        blank(command).anything = 1  # type: ignore[attr-defined]
    hints = get_type_hints(COMMANDS[command].handler)
    assert hints["work"] is Work
    assert hints["command"] is command
    assert COMMANDS[command].handler.__doc__ or command.__doc__


@dataclass(frozen=True)
class Unheard(Command):
    """No desk knows it."""


async def test_a_command_that_is_not_listed_cannot_be_done(town: Town) -> None:
    """Not even by whoever may do everything: it is a bug, not a refusal."""
    everybody = Actor("person:1", 1, "某人", "", "", frozenset(Role), frozenset(Permission), everywhere=True)

    with pytest.raises(KeyError):
        await town.desk.run(town.database, Unheard(), everybody)


async def test_a_listed_commands_child_is_not_let_through_as_its_parent(town: Town) -> None:
    first = next(iter(COMMANDS))
    child = type("Child", (first,), {})
    everybody = Actor("person:1", 1, "某人", "", "", frozenset(Role), frozenset(Permission), everywhere=True)

    with pytest.raises(KeyError):
        await town.database.write(lambda session: town.desk.do(session, blank(child), everybody))
