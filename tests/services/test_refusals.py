"""Refusals that no story tells: each says why, is on record, and leaves everything as it was (design, house rules)."""

import ast
import errno
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web

from bot.app import serving
from core.policies.library import SHIPPED, Library
from core.queries.actor import actor_of
from core.rules.credit.approval import Verdict
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.commands import open_desk
from core.services.credit.company import SetTotalOfLines
from core.services.credit.decide import Decide
from core.services.credit.request import SubmitRequest
from core.services.customers.customer import OpenCustomer
from core.services.desk import Command
from core.services.people.staff import AddPerson, GoOnLeave, Invite
from core.texts.catalog import LANGUAGES, has
from tests.scenarios.story import (
    CHAIN,
    FINANCE_MANAGER,
    SALESPERSON,
    all_consent,
    books,
    changed,
    meets_all,
    refusals,
    the_request,
)
from tests.support.town import Town

ROOT = Path(__file__).parents[2]
EAST = 1
ASKED = SubmitRequest(EAST, "long_term", Money.of(100_000), "订单增加", Money.of(260_000))


@pytest.fixture
async def company(sample: Town) -> Town:
    await meets_all(sample)
    return sample


async def refused(company: Town, person: str, command: Command) -> Refusal:
    """The refusal; that it is on record and the books are the same is seen to on the way."""
    before, noted = await books(company), len(await refusals(company))
    with pytest.raises(Refusal) as caught:
        await company.people[person].does(command)
    [record] = (await refusals(company))[noted:]
    assert record == {
        "who": f"person:{company.people[person].id}",
        "what": type(command).__name__,
        "why": caught.value.key,
    }
    assert changed(before, await books(company)) == set()
    return caught.value


async def test_above_the_pledge_nobody_can_grant_so_nobody_is_asked(company: Town) -> None:
    """B9 art. 26: 必须不超过 … 同时不超过抵押资产额度."""
    told = await refused(company, SALESPERSON, replace(ASKED, asked=Money.of(260_001)))

    assert (told.key, told.facts["ceiling"]) == ("above-hard-ceiling", Money.of(260_000))


async def test_without_a_pledge_there_is_no_ground(company: Town) -> None:
    told = await refused(company, SALESPERSON, replace(ASKED, collateral=None))

    assert (told.key, told.facts["why"], told.facts["article"]) == ("no-ground", "collateral_missing", "26")


async def test_a_chain_that_cannot_be_filled_is_told_with_the_role(company: Town) -> None:
    told = await refused(company, CHAIN["market_manager"], ASKED)

    assert told.key == "chain-vacant"
    assert [label.key for label in told.facts["roles"]] == ["role-market_manager"]


async def test_a_second_request_of_the_customer_waits_for_the_first(company: Town) -> None:
    await company.people[SALESPERSON].does(ASKED)

    told = await refused(company, SALESPERSON, ASKED)

    assert (told.key, told.facts["number"]) == ("request-open-already", "REQ-2026-0001")


async def test_a_taken_credit_code_names_the_file_that_has_it(company: Town) -> None:
    """1.2."""
    told = await refused(company, SALESPERSON, OpenCustomer("另一家", "91310117MAAY4CL12J"))

    assert (told.key, told.facts["code"]) == ("customer-code-taken", "C0001")


async def test_no_line_opens_above_what_the_total_leaves(company: Town) -> None:
    """B9 art. 23; the last signature is undone with the refusal."""
    await company.people[SALESPERSON].does(ASKED)
    await company.people[FINANCE_MANAGER].does(SetTotalOfLines(Money.of(1)))
    await all_consent(company, until="chairman")
    request = await the_request(company)

    told = await refused(
        company, CHAIN["chairman"], Decide(request.id or 0, request.version, Verdict.APPROVE, reason="同意")
    )

    assert told.key == "above-cap"


@pytest.mark.parametrize("deputy", ["themselves", "nobody"])
async def test_nobody_and_oneself_are_no_deputies(company: Town, deputy: str) -> None:
    xu = company.people[CHAIN["market_manager"]]
    leave = GoOnLeave(date(2026, 3, 20), xu.id if deputy == "themselves" else 4711)

    assert (await refused(company, xu.name, leave)).key == "deputy-not-possible"


async def test_the_staff_list_knows_its_roles_and_people(company: Town) -> None:
    await company.meets("高远")

    assert (await refused(company, "高远", AddPerson("新人", ("king",)))).key == "role-unknown"
    assert (await refused(company, "高远", AddPerson("新人", ()))).key == "role-unknown"
    assert (await refused(company, "高远", Invite("无此人"))).key == "person-unknown"
    unknown_superior = AddPerson("新人", ("sales",), reports_to="无此人")
    assert (await refused(company, "高远", unknown_superior)).key == "person-unknown"


async def test_without_the_companys_own_standards_nobody_is_rated(company: Town) -> None:
    """B9 art. 14(6): 达到我公司制定的标准 — the shipped policy sets none."""
    desk = open_desk(replace(company.desk.office, library=Library([SHIPPED])))
    wang = company.people[SALESPERSON]

    with pytest.raises(Refusal, match="policy-unset") as caught:
        await company.database.write(
            lambda session: desk.do(session, ASKED, actor_of(session, wang.id))  # type: ignore[arg-type]
        )
    assert len(caught.value.facts["parameters"]) == 2


async def test_a_file_from_somebody_who_imports_nothing_is_not_read(company: Town) -> None:
    """5.1: the ledger is finance's."""
    before = await books(company)

    said = await company.people[SALESPERSON].sends_file("发票.csv", b"number,customer\n")

    assert [one["why"] for one in await refusals(company)] == ["import-not-allowed"]
    assert len(said) == 1
    assert changed(before, await books(company)) == {"upload"}, "what came is kept as it came"


async def test_a_port_that_is_taken_is_told_as_such(town: Town) -> None:
    """Two desks on one machine: the second says which port, and leaves nothing running."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        host, port = taken.getsockname()

        told = await not_served(town, host, port)

    assert (told.key, told.facts) == ("port-taken", {"host": host, "port": str(port)})


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "a..b"])
async def test_an_address_that_is_not_of_this_machine_is_told_as_such(town: Town, host: str) -> None:
    assert (await not_served(town, host, 8321)).key == "host-not-here"


@pytest.mark.parametrize(
    ("error", "key"), [(errno.EACCES, "port-not-allowed"), (errno.EAFNOSUPPORT, "not-listening")]
)
async def test_what_else_the_system_does_not_grant_is_told_with_the_settings(
    town: Town, monkeypatch: pytest.MonkeyPatch, error: int, key: str
) -> None:
    """Whoever runs the tests may be allowed every port, so the system's answer is made up."""

    async def denied(_site: web.TCPSite) -> None:
        raise OSError(error, "as ordered")

    monkeypatch.setattr(web.TCPSite, "start", denied)

    told = await not_served(town, "127.0.0.1", 80)

    assert (told.key, told.facts["port"]) == (key, "80")


async def not_served(town: Town, host: str, port: int) -> Refusal:
    """Why nothing can be served at an address."""
    address = {"http_host": host, "http_port": port, "telegram_token": None}
    settings = town.desk.office.settings.model_copy(update=address)
    desk = open_desk(replace(town.desk.office, settings=settings))
    with pytest.raises(Refusal) as caught:
        async with serving(town.database, desk):
            pass
    return caught.value


# all of them


def refusal_keys() -> Iterator[str]:
    """Every key that the desk or the bot refuses with."""
    for folder in ("core/services", "core/queries", "bot"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                match node:
                    case ast.Call(func=ast.Name(id="Refusal"), args=[ast.Constant(value=str(key)), *_]):
                        yield key


KEYS = sorted(set(refusal_keys()))


@pytest.mark.parametrize("key", KEYS)
def test_each_has_its_words_in_both_languages(key: str) -> None:
    assert all(has(language, f"refusal-{key}") for language in LANGUAGES)


def test_each_is_met_in_some_test() -> None:
    """A refusal that no test provokes is a sentence that nobody has read in its place."""
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))

    assert [key for key in KEYS if f'"{key}"' not in tests] == []
