"""The company's tolerances come into force by two people, as a policy does: what is in doubt makes a rating (1.6, 2.1)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from core.policies.findings.tolerances_file import shipped_tolerances
from core.queries.actor import OPERATOR
from core.queries.policies.activation import active_policy
from core.queries.policies.tolerances import active_tolerances
from core.queries.rating.rerating import reratings_due
from core.records.audit import AuditRecord
from core.records.tables import table_of
from core.rules.refusal import Refusal
from core.rules.statements.contradictions import Tolerances
from core.rules.statements.statements import Figure, Statement
from core.services.policies.activation import (
    ConfirmActivation,
    DeclineActivation,
    ProposeActivation,
    WithdrawActivation,
)
from core.services.statements.statements import GivenStatement, RecordStatements
from tests.scenarios.story import CHAIN, FINANCE_MANAGER, SALESPERSON, asked_of
from tests.support.policies import write_overlay, write_policy, write_tolerances
from tests.support.town import Someone, Town

TODAY, APRIL = date(2026, 3, 10), date(2026, 4, 1)
EAST = 1
CFO, GM, CONTROLLER = CHAIN["cfo"], CHAIN["gm"], CHAIN["credit_controller"]
WIDER = "[sources]\npercent = 10\n[jumps]\ndebt_ratio = 30\n"


@pytest.fixture
def library(company: Town, tmp_path: Path) -> Path:
    """The company's folder, with tolerances of its own that nobody has confirmed."""
    folder = tmp_path / "policies"
    folder.mkdir()
    write_tolerances(folder, WIDER)
    company.restarts(folder)
    return folder


async def in_force(town: Town, on: date = TODAY) -> Tolerances:
    return await asked_of(town, lambda session: active_tolerances(session, town.desk.office.library, on))


async def proposes(person: Someone, from_day: date = APRIL) -> int:
    return int(await person.does(ProposeActivation("tolerances", from_day)))


async def two_people_agree(town: Town, from_day: date = TODAY) -> None:
    await town.people[CFO].does(ConfirmActivation(await proposes(town.people[CONTROLLER], from_day)))


async def trail(town: Town) -> list[str]:
    table = table_of(AuditRecord)
    actions = select(table.c.action).where(table.c.action.like("tolerances.%")).order_by(table.c.seq)
    return await asked_of(town, lambda session: list(session.scalars(actions)))


async def test_a_file_that_lies_there_counts_for_nothing_until_two_people_have_said_so(
    company: Town, library: Path
) -> None:
    assert await in_force(company, APRIL) == shipped_tolerances()

    number = await proposes(company.people[CONTROLLER])
    assert await in_force(company, APRIL) == shipped_tolerances(), "one person has said so"
    await company.people[CFO].does(ConfirmActivation(number))

    assert (await in_force(company, APRIL)).source_share == Decimal("0.1")
    assert await in_force(company, date(2026, 3, 31)) == shipped_tolerances()
    assert await trail(company) == ["tolerances.proposed", "tolerances.confirmed"]


async def test_they_replace_no_policy_and_call_for_no_new_grades(company: Town, library: Path) -> None:
    """2.1, 2.6: a policy and tolerances are in force side by side."""
    await two_people_agree(company)

    policy, due = await asked_of(
        company,
        lambda session: (
            active_policy(session, company.desk.office, TODAY),
            reratings_due(session, company.desk.office, TODAY),
        ),
    )

    assert policy.id == "b9-abc"
    assert "policy_changed" not in {each.event for each in due}


async def test_a_later_activation_takes_the_place_of_the_former_from_its_day(
    company: Town, library: Path
) -> None:
    await two_people_agree(company)
    write_tolerances(library, "[stale]\nmonths = 24\n", version="2026-04", from_day="2026-04-01")
    company.restarts(library)
    assert (await in_force(company, APRIL)).stale_months == 18, "the newer file is not confirmed"

    await two_people_agree(company, APRIL)

    assert (await in_force(company, APRIL)).stale_months == 24
    assert (await in_force(company, APRIL)).source_share == Decimal("0.05"), "of two, nothing adds up"
    assert (await in_force(company, TODAY)).source_share == Decimal("0.1")


# refused


async def test_who_proposed_it_does_not_confirm_it(company: Town, library: Path) -> None:
    """Four eyes counts people, not roles."""
    both = await company.hires("严谨", "finance_manager", "gm")
    number = await proposes(both)

    for decide in (ConfirmActivation(number), DeclineActivation(number, "再看看")):
        with pytest.raises(Refusal, match="activation-own"):
            await both.does(decide)
    await company.people[GM].does(ConfirmActivation(number))


@pytest.mark.parametrize("name", [CONTROLLER, FINANCE_MANAGER, CHAIN["chairman"], CHAIN["market_manager"]])
async def test_nobody_but_cfo_and_general_manager_confirms(company: Town, library: Path, name: str) -> None:
    number = await company.as_operator(ProposeActivation("tolerances", APRIL))

    with pytest.raises(Refusal, match="not-allowed"):
        await company.people[name].does(ConfirmActivation(number))
    with pytest.raises(Refusal, match="not-allowed"):
        await company.as_operator(ConfirmActivation(number), OPERATOR)


@pytest.mark.parametrize("name", [SALESPERSON, CFO, CHAIN["marketing_vp"]])
async def test_nobody_but_finance_and_the_operator_proposes(company: Town, library: Path, name: str) -> None:
    with pytest.raises(Refusal, match="not-allowed"):
        await proposes(company.people[name])


async def test_nothing_comes_into_force_backwards_also_not_by_confirming_late(
    company: Town, library: Path
) -> None:
    with pytest.raises(Refusal, match="activation-past"):
        await proposes(company.people[CONTROLLER], date(2026, 3, 9))
    number = await proposes(company.people[CONTROLLER], date(2026, 3, 11))
    company.passes(days=2)

    with pytest.raises(Refusal, match="activation-past"):
        await company.people[CFO].does(ConfirmActivation(number))


async def test_before_its_first_day_and_where_there_is_none_there_is_nothing_to_propose(
    company: Town, library: Path
) -> None:
    path = write_tolerances(library, WIDER, from_day="2026-05-01")
    company.restarts(library)
    with pytest.raises(Refusal) as early:
        await proposes(company.people[CONTROLLER])
    assert (early.value.key, early.value.facts["on"]) == ("tolerances-none", APRIL)

    [page] = await company.people[CONTROLLER].says("尺度")
    path.unlink()
    company.restarts(library)
    [told] = await company.people[CONTROLLER].taps("启用", page)

    assert "没有在 2026-03-10 可以启用的疑点尺度文件" in told


async def test_what_is_in_force_anyway_is_not_activated_again(company: Town, library: Path) -> None:
    await two_people_agree(company)

    with pytest.raises(Refusal, match="activation-in-force"):
        await proposes(company.people[CONTROLLER])


async def test_one_proposal_waits_at_a_time_of_whichever_kind(company: Town, library: Path) -> None:
    write_policy(library, policy="b9-cousin")
    write_overlay(library, policy="b9-cousin")
    company.restarts(library)
    number = await proposes(company.people[CONTROLLER])

    with pytest.raises(Refusal, match="activation-waits"):
        await company.people[CONTROLLER].does(ProposeActivation("b9-cousin", APRIL))
    await company.people[CONTROLLER].does(WithdrawActivation(number))
    assert await company.people[CONTROLLER].does(ProposeActivation("b9-cousin", APRIL))


# a file that changes


async def test_a_file_that_changed_since_it_was_proposed_is_not_confirmed(
    company: Town, library: Path
) -> None:
    number = await proposes(company.people[CONTROLLER])
    write_tolerances(library, WIDER.replace("30", "90"))
    company.restarts(library)

    card = await company.people[CFO].card("activation")
    assert "文件在提出以后改过" in card
    assert "90" not in card, "nobody has proposed that"
    [told] = await company.people[CFO].taps("确认启用", card)

    assert "没有人看过现在这一份" in told
    assert await in_force(company, APRIL) == shipped_tolerances()
    with pytest.raises(Refusal, match="activation-changed"):
        await company.people[CFO].does(ConfirmActivation(number))


@pytest.mark.parametrize("happens", ["changed", "lost"])
async def test_once_in_force_a_changed_or_lost_file_stops_rating_rather_than_leave_the_shipped_ones(
    company: Town, library: Path, happens: str
) -> None:
    await two_people_agree(company)
    path = write_tolerances(library, WIDER.replace("30", "90"))
    if happens == "lost":
        path.unlink()
    company.restarts(library)

    with pytest.raises(Refusal) as caught:
        await in_force(company)
    page = (await company.people[SALESPERSON].says("华东机械"))[-1]
    rated = await company.people[SALESPERSON].taps("看评级", page)

    assert (caught.value.key, caught.value.facts["version"]) == ("tolerances-file-gone", "2026-01")
    assert "疑点尺度 2026-01 的文件不见了" in rated[-1]


async def test_the_way_out_is_to_put_the_file_back_or_to_activate_it_as_it_is_now(
    company: Town, library: Path
) -> None:
    await two_people_agree(company)
    write_tolerances(library, WIDER.replace("30", "90"))
    company.restarts(library)
    [page] = await company.people[CONTROLLER].says("尺度")
    assert "2026-01 的文件不见了" in page

    await company.people[CONTROLLER].taps("启用", page)
    await company.people[CONTROLLER].says("今天")
    card = await company.people[GM].card("activation")
    assert "90 个百分点" in card
    await company.people[GM].taps("确认启用", card)

    assert (await in_force(company)).jumps["debt_ratio"] == 90


async def test_a_comment_in_the_file_changes_nothing(company: Town, library: Path) -> None:
    await two_people_agree(company)
    write_tolerances(library, f"# Read by the board.\n{WIDER}")
    company.restarts(library)

    assert (await in_force(company)).source_share == Decimal("0.1")


# in chat


async def test_finance_proposes_and_a_general_manager_confirms_what_the_card_says(
    company: Town, library: Path
) -> None:
    """1.6, 2.1: the old and the new value of each tolerance that changes, and of no other."""
    controller, manager = company.people[CONTROLLER], company.people[GM]
    await controller.says("制度")
    [page] = await controller.taps("疑点的尺度")
    assert "系统自带的" in page
    assert "公司的新文件 2026-01" in page

    await controller.taps("启用", page)
    sent = await controller.says("4-1")
    assert "确认启用" not in sent[-1].buttons
    card = await manager.card("activation")
    assert "两个来源可以相差：5% → 10%" in card
    assert "资产负债率一年里可以变：20 个百分点 → 30 个百分点" in card
    assert "存货周转率" not in card
    assert "试算" not in card.buttons
    [looked] = await manager.taps("疑点的尺度", card)
    assert "存货周转率一年里可以变：6 倍" in looked
    said = await manager.taps("确认启用", card)

    assert "2026-04-01 起按新尺度看疑点" in said[0]
    assert (await in_force(company, APRIL)).jumps["debt_ratio"] == 30
    assert "已确认" in await controller.card("activation")
    assert (await manager.card("activation")).buttons == {}
    assert any("疑点的尺度" in each and "📌" in each for each in await controller.history())
    [page] = await controller.says("尺度")
    assert "已确认 2026-04-01 起启用" in page
    assert "启用" not in page.buttons


async def test_a_second_tap_and_another_managers_old_card_change_nothing_more(
    company: Town, library: Path
) -> None:
    await proposes(company.people[CONTROLLER])
    of_gm = await company.people[GM].card("activation")
    of_cfo = await company.people[CFO].card("activation")
    await company.people[GM].taps_data(of_gm.button("确认启用"))
    before = await trail(company)

    [again] = await company.people[GM].taps_data(of_gm.button("确认启用"))
    [late] = await company.people[CFO].taps_data(of_cfo.button("不同意"))

    assert "疑点的尺度 的启用已确认，不能再动" in again
    assert "为什么不同意" in late
    [refused, *_] = await company.people[CFO].says("晚了一步")
    assert "不能再动" in refused
    assert await trail(company) == before


async def test_a_no_is_asked_why_and_told_to_the_proposer(company: Town, library: Path) -> None:
    controller, manager = company.people[CONTROLLER], company.people[CFO]
    await proposes(controller)
    await manager.taps("不同意", await manager.card("activation"))

    await manager.says("负债变三成不能不问")

    told = (await controller.reads())[-1]
    assert "没有同意启用 疑点的尺度" in told
    assert "负债变三成不能不问" in told
    assert await in_force(company, APRIL) == shipped_tolerances()


async def test_the_proposer_takes_it_back_from_the_card(company: Town, library: Path) -> None:
    controller = company.people[CONTROLLER]
    await proposes(controller)
    await controller.says("制度")
    [card] = await controller.taps("待确认的尺度")

    await controller.taps("撤回", card)

    with pytest.raises(Refusal, match="activation-moved-on"):
        await company.people[GM].does(ConfirmActivation(1))


@pytest.mark.parametrize("name", [SALESPERSON, CHAIN["chairman"], CHAIN["market_manager"]])
async def test_the_page_is_for_finance_and_audit(company: Town, library: Path, name: str) -> None:
    """9.1: need to know."""
    [refused] = await company.people[name].says("尺度")

    assert "不在你的权限内" in refused


async def test_what_is_typed_in_goes_by_what_is_in_force(company: Town, library: Path) -> None:
    """1.6: a finding under the shipped ones is none under the company's, from their day on."""
    wang = company.people[SALESPERSON]
    years = {date(2024, 12, 31): 200, date(2025, 12, 31): 450}
    statements = tuple(
        GivenStatement(
            Statement(
                ends, 12, {Figure.TOTAL_ASSETS: Decimal(1000), Figure.TOTAL_LIABILITIES: Decimal(debts)}
            ),
            audited=False,
        )
        for ends, debts in years.items()
    )
    await wang.does(RecordStatements(EAST, statements, "customer"))
    assert "要有原因" in await statements_page(wang)

    await two_people_agree(company)

    assert "要有原因" not in await statements_page(wang)


async def statements_page(person: Someone) -> str:
    await person.says("华东机械")
    return (await person.taps("财务报表"))[-1].text
