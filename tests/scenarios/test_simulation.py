"""A draft tried out on every customer before it takes effect (2.9): who moves and why, which lines lose, on any day."""

import json
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.queries.policies.simulation import Simulation, simulate
from core.queries.policies.simulation_report import data, workbook
from core.records.simulation import SimulationRun
from core.rules.judging.migration import NOT_RATED
from core.rules.money import Money
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal
from core.services.policies.activation import ConfirmActivation, ProposeActivation
from core.services.policies.simulation import AskSimulation
from tests.scenarios.story import CHAIN, SALESPERSON, asked_of
from tests.support.policies import write_overlay, write_policy
from tests.support.prepared import sample_library
from tests.support.town import Town

TODAY = date(2026, 3, 10)
STRICT, COUSIN = "2026-02", "b9-cousin"
FIFTY_YEARS = 600
"""Nobody has been a customer for so many months: no A under the stricter edition."""
CONTROLLER = CHAIN["credit_controller"]


@pytest.fixture
def drafts(company: Town, tmp_path: Path) -> Path:
    """A stricter edition of the policy in force, and the same lists under another id."""
    folder = tmp_path / "policies"
    folder.mkdir()
    write_policy(folder, version=STRICT, from_day="2026-06-01")
    write_overlay(
        folder, policy="b9-abc", version=STRICT, from_day="2026-06-01", cooperation_months_min=FIFTY_YEARS
    )
    write_policy(folder, policy=COUSIN)
    write_overlay(folder, policy=COUSIN)
    company.restarts(folder)
    return folder


def strict(town: Town) -> Policy:
    return town.desk.office.library.policy_in_force("b9-abc", date(2026, 6, 1))


def cousin(town: Town) -> Policy:
    return town.desk.office.library.policy_in_force(COUSIN, TODAY)


async def tried(town: Town, draft: Policy, on: date = TODAY) -> Simulation:
    office = town.desk.office
    return await asked_of(town, lambda session: simulate(session, office, office.policy(TODAY), draft, on))


async def test_the_policy_in_force_against_itself_changes_nothing(company: Town) -> None:
    found = await tried(company, company.desk.office.policy(TODAY))

    assert found.customers == 40
    assert found.cases == ()
    assert found.migration is not None
    assert found.migration.stability == 1


async def test_an_edition_that_asks_for_more_moves_who_no_longer_meets_it_and_says_what(
    company: Town, drafts: Path
) -> None:
    found = await tried(company, strict(company))

    assert found.migration is not None
    assert found.migration.worse == found.table.row_total("A") > 0
    assert found.migration.better == 0
    assert {(case.verdict.before, case.verdict.after) for case in found.cases if not case.verdict.line} <= {
        ("A", "B")
    }
    for case in found.cases:
        assert [item.key for item in case.verdict.differing] == ["a1_cooperation"]


async def test_what_lines_would_lose_is_told_and_added_up(company: Town, drafts: Path) -> None:
    """A grade B line stays within collateral that an A line needs none of (B9 art. 26)."""
    found = await tried(company, strict(company))
    affected = (*found.shrinking, *found.ending)

    assert affected
    for case in affected:
        effect = case.verdict.line
        assert effect is not None
        assert Money.zero() <= effect.proposed < effect.limit
        assert effect.ends == (effect.proposed == Money.zero())
    lost = sum(
        case.verdict.line.limit.minor - case.verdict.line.proposed.minor
        for case in affected
        if case.verdict.line
    )
    assert found.lost == Money(lost)
    assert found.lines >= found.lost
    assert found.exposure_affected.minor == sum(case.exposure.minor for case in affected)


async def test_the_same_letters_of_another_policy_are_set_side_by_side_and_not_compared(
    company: Town, drafts: Path
) -> None:
    found = await tried(company, cousin(company))

    assert found.migration is None
    assert data(found)["comparable"] is False
    assert found.table.at("A", "A") == found.table.row_total("A")


async def test_a_day_that_has_passed_is_tried_on_facts_as_they_stood(company: Town, drafts: Path) -> None:
    """Early on, nobody had a year of business, so nobody was A under either edition."""
    then, now = await tried(company, strict(company), date(2025, 9, 1)), await tried(company, strict(company))

    assert then.table.row_total("A") == 0 < now.table.row_total("A")
    assert then.customers <= now.customers


async def test_a_simulation_changes_nothing(company: Town, drafts: Path) -> None:
    before = await tried(company, strict(company))

    assert data(await tried(company, strict(company))) == data(before)


async def test_the_workbook_has_everybody_affected_and_the_table(company: Town, drafts: Path) -> None:
    found = await tried(company, strict(company))
    cases, table, everybody = load_workbook(BytesIO(workbook(found, "zh_CN"))).worksheets

    assert [row[0].value for row in cases.iter_rows(min_row=2)] == [case.code for case in found.cases]
    assert "双方业务合作一年或以上" in str(cases.cell(2, 8).value)
    counted = sum(cell.value for row in table.iter_rows(min_row=2, min_col=2) for cell in row)
    assert counted == found.customers
    assert table.cell(table.max_row, 1).value == "不评"
    assert found.table.rows[-1] == NOT_RATED
    assert everybody.max_row == 1 + found.customers


async def test_between_two_schemes_the_workbook_names_who_stands_where(company: Town, drafts: Path) -> None:
    """2.9: letters of two schemes do not compare, so nobody has moved; who has which letter is told all the same."""
    found = await tried(company, cousin(company))
    *_, everybody = load_workbook(BytesIO(workbook(found, "zh_CN"))).worksheets
    placed = [tuple(row) for row in everybody.iter_rows(min_row=2, values_only=True)]

    counted = Counter((before, after) for _code, _name, before, after in placed)
    assert not found.table.comparable
    assert counted["B", "B"] == found.table.at("B", "B") > 0
    assert sum(counted.values()) == found.customers


# in chat


async def test_finance_tries_a_policy_out_in_chat_and_gets_card_workbook_and_picture(
    company: Town, drafts: Path
) -> None:
    controller = company.people[CONTROLLER]
    await controller.says("制度")
    await controller.taps("企业客户信用等级管理制度")
    said = await controller.taps("试算")
    await company.followups.idle()
    said += await controller.reads()

    assert "正在试算" in said[0]
    assert "40 户" in said[1]
    assert any("等级对照图" in each for each in said)
    sent = await asked_of(company, lambda session: [run.told_at for run in session.query(SimulationRun)])
    assert sent == [company.clock.now()]


async def test_a_simulation_that_a_stop_interrupted_is_told_after_the_start_and_told_once(
    company: Town, drafts: Path
) -> None:
    controller = company.people[CONTROLLER]
    await controller.does(AskSimulation(COUSIN, TODAY, controller.conversation))

    for _ in range(2):
        await company.followups.resume()
        await company.followups.idle()

    told = [each for each in await controller.history() if "试算：" in each]
    assert len(told) == 1


async def test_why_nothing_can_be_held_against_the_policy_in_force_is_told(
    company: Town, drafts: Path
) -> None:
    controller = company.people[CONTROLLER]
    number = await controller.does(ProposeActivation(COUSIN, TODAY))
    await company.people[CHAIN["cfo"]].does(ConfirmActivation(number))
    await controller.does(AskSimulation("b9-abc", TODAY, controller.conversation))
    write_overlay(drafts, policy=COUSIN, standard=700_000)
    company.restarts(drafts)

    for _ in range(2):
        await company.followups.resume()
        await company.followups.idle()

    told = [each for each in await controller.history() if "现行制度" in each and "改过" in each]
    assert len(told) == 1


async def test_a_simulation_that_fails_at_every_start_keeps_none_behind_it_from_being_told(
    company: Town, drafts: Path
) -> None:
    """Before its first policy was in force there is nothing to hold a draft against."""
    controller = company.people[CONTROLLER]
    for day in (date(1990, 1, 1), TODAY):
        await controller.does(AskSimulation(COUSIN, day, controller.conversation))

    await company.followups.resume()
    await company.followups.idle()

    told = [each for each in await controller.history() if "试算：" in each]
    assert len(told) == 1


async def test_a_file_that_changed_meanwhile_is_told_and_not_worked_out(company: Town, drafts: Path) -> None:
    controller = company.people[CONTROLLER]
    await controller.does(AskSimulation(COUSIN, TODAY, controller.conversation))
    write_overlay(drafts, policy=COUSIN, standard=700_000)
    company.restarts(drafts)
    await company.followups.resume()
    await company.followups.idle()

    assert "再试算一次" in (await controller.history())[-1]


async def test_who_does_not_see_every_customer_cannot_try_a_policy_out(company: Town, drafts: Path) -> None:
    """9.1: a salesperson has no such button; the admin looks after the library and sees no customer."""
    admin = await company.hires("管家", "admin")

    with pytest.raises(Refusal, match="not-allowed"):
        await company.people[SALESPERSON].does(AskSimulation(COUSIN, TODAY, "web:1"))
    with pytest.raises(Refusal, match="simulation-own-customers"):
        await admin.does(AskSimulation(COUSIN, TODAY, "web:1"))
    [page] = [each for each in await admin.says("制度") if "信用制度" in each]
    [policy] = await admin.taps("企业客户信用等级管理制度", page)
    assert "试算" not in policy.buttons


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (AskSimulation("b9-nowhere", TODAY, "web:1"), "policy-not-in-force"),
        (AskSimulation("limit-working-assets", TODAY, "web:1"), "policy-rates-nobody"),
        (AskSimulation(COUSIN, date(2026, 3, 11), "web:1"), "as-of-future"),
    ],
)
async def test_what_cannot_be_tried_is_refused(
    company: Town, drafts: Path, command: AskSimulation, key: str
) -> None:
    with pytest.raises(Refusal, match=key):
        await company.people[CONTROLLER].does(command)


async def test_a_policy_with_blanks_is_not_tried_out(company: Town, drafts: Path) -> None:
    (drafts / f"{COUSIN}-2026-01.company.toml").unlink()
    company.restarts(drafts)

    with pytest.raises(Refusal, match="policy-unset"):
        await company.people[CONTROLLER].does(AskSimulation(COUSIN, TODAY, "web:1"))


async def test_the_data_are_plain_for_other_programs(company: Town, drafts: Path) -> None:
    found = data(await tried(company, strict(company)))

    told = json.loads(json.dumps(found, default=str))
    assert told["customers"] == sum(cell["customers"] for cell in told["table"])
    assert told["draft"]["version"] == STRICT


async def test_who_could_not_be_graded_is_told_with_what_is_missing(company: Town) -> None:
    """Not with the caps that would hold as well: they explain no missing grade."""
    draft = sample_library().policy_in_force("b4-bank-seven", TODAY)
    found = await tried(company, draft)

    ungraded = [case for case in found.cases if case.verdict.after is None]
    assert ungraded
    for case in ungraded:
        assert all(item.unanswered for item in case.verdict.differing), case.name
