"""A policy comes into force by two people, for a day, as the very file that both saw (2.1; house rule: four eyes)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.queries.actor import OPERATOR
from core.queries.credit.deal import deal_check
from core.queries.policies.activation import active_policy
from core.records.activation import PolicyActivation
from core.records.audit import AuditRecord
from core.records.customer import Customer
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal
from core.services.policies.activation import (
    ConfirmActivation,
    DeclineActivation,
    ProposeActivation,
    WithdrawActivation,
)
from core.services.policies.simulation import AskSimulation, take_up_simulation, untold
from tests.scenarios.story import (
    CHAIN,
    EAST,
    FINANCE_MANAGER,
    all_consent,
    asked_of,
    asks,
    customer_of,
    line_of,
)
from tests.support.policies import write_overlay, write_policy
from tests.support.town import Said, Someone, Town

TODAY = date(2026, 3, 10)
APRIL = date(2026, 4, 1)
COUSIN = "b9-cousin"
CFO, GM, CONTROLLER = CHAIN["cfo"], CHAIN["gm"], CHAIN["credit_controller"]


@pytest.fixture
def library(company: Town, tmp_path: Path) -> Path:
    """A second policy on the shelf: another id, the same lists, the company's values set."""
    folder = tmp_path / "policies"
    folder.mkdir()
    write_policy(folder, policy=COUSIN, title="从严的三级制度")
    write_overlay(folder, policy=COUSIN)
    company.restarts(folder)
    return folder


async def in_force(town: Town, on: date = TODAY) -> Policy:
    return await asked_of(town, lambda session: active_policy(session, town.desk.office, on))


async def proposes(person: Someone, policy: str = COUSIN, from_day: date = APRIL) -> int:
    return int(await person.does(ProposeActivation(policy, from_day)))


async def trail(town: Town) -> list[str]:
    table = table_of(AuditRecord)
    actions = select(table.c.action).where(table.c.action.like("policy.%")).order_by(table.c.seq)
    return await asked_of(town, lambda session: list(session.scalars(actions)))


async def test_before_the_first_activation_the_policy_that_the_product_starts_with_is_in_force(
    company: Town, library: Path
) -> None:
    assert (await in_force(company)).id == "b9-abc"


async def test_two_people_put_a_policy_in_force_from_its_day_on(company: Town, library: Path) -> None:
    number = await proposes(company.people[CONTROLLER])
    assert (await in_force(company, APRIL)).id == "b9-abc", "nobody has confirmed it yet"

    await company.people[CFO].does(ConfirmActivation(number))

    assert (await in_force(company, APRIL - timedelta(days=1))).id == "b9-abc"
    assert (await in_force(company, APRIL)).id == COUSIN
    assert await trail(company) == ["policy.proposed", "policy.confirmed"]
    [found] = await asked_of(company, lambda session: list(session.scalars(select(PolicyActivation))))
    assert (found.policy, found.version, found.state) == (COUSIN, "2026-01", "confirmed")


async def test_the_last_one_confirmed_for_a_day_holds_on_it(company: Town, library: Path) -> None:
    for policy in (COUSIN, "b9-abc"):
        number = await proposes(company.people[CONTROLLER], policy)
        await company.people[GM].does(ConfirmActivation(number))

    assert (await in_force(company, APRIL)).id == "b9-abc"


@pytest.mark.parametrize("name", [CONTROLLER, FINANCE_MANAGER])
async def test_finance_proposes(company: Town, library: Path, name: str) -> None:
    assert await proposes(company.people[name])


async def test_the_operator_proposes_and_cannot_confirm(company: Town, library: Path) -> None:
    """Whoever holds the machine is one pair of eyes, and no person: somebody else confirms in chat."""
    number = await company.as_operator(ProposeActivation(COUSIN, APRIL))

    with pytest.raises(Refusal, match="not-allowed"):
        await company.as_operator(ConfirmActivation(number), OPERATOR)
    await company.people[CFO].does(ConfirmActivation(number))
    assert (await in_force(company, APRIL)).id == COUSIN


@pytest.mark.parametrize("name", [CONTROLLER, FINANCE_MANAGER, CHAIN["chairman"], CHAIN["market_manager"]])
async def test_nobody_but_cfo_and_general_manager_confirms(company: Town, library: Path, name: str) -> None:
    number = await proposes(company.people[CONTROLLER])

    with pytest.raises(Refusal, match="not-allowed"):
        await company.people[name].does(ConfirmActivation(number))


async def test_who_is_both_finance_and_general_manager_needs_somebody_else(
    company: Town, library: Path
) -> None:
    """Four eyes counts people, not roles."""
    both = await company.hires("严谨", "finance_manager", "gm")
    number = await proposes(both)

    for decide in (ConfirmActivation(number), DeclineActivation(number, "再看看")):
        with pytest.raises(Refusal, match="activation-own"):
            await both.does(decide)
    await company.people[GM].does(ConfirmActivation(number))


async def test_with_nobody_to_confirm_there_is_nothing_to_propose(town: Town, tmp_path: Path) -> None:
    write_policy(tmp_path, policy=COUSIN)
    write_overlay(tmp_path, policy=COUSIN)
    town.restarts(tmp_path)
    alone = await town.hires("独一", "finance_manager", "cfo")

    with pytest.raises(Refusal) as caught:
        await proposes(alone)
    assert caught.value.key == "activation-nobody"


# refused


async def test_blanks_have_to_be_set_first_and_are_named(company: Town, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    write_policy(folder, policy=COUSIN)
    company.restarts(folder)

    with pytest.raises(Refusal) as caught:
        await proposes(company.people[CONTROLLER])

    assert caught.value.key == "policy-unset"
    assert [named.en for named in caught.value.facts["parameters"]]


@pytest.mark.parametrize("days", [-1, -400])
async def test_a_day_that_has_passed_is_refused(company: Town, library: Path, days: int) -> None:
    with pytest.raises(Refusal, match="activation-past"):
        await proposes(company.people[CONTROLLER], from_day=TODAY + timedelta(days=days))


async def test_today_is_not_too_late(company: Town, library: Path) -> None:
    await company.people[CFO].does(
        ConfirmActivation(await proposes(company.people[CONTROLLER], from_day=TODAY))
    )

    assert (await in_force(company)).id == COUSIN


async def test_what_is_confirmed_too_late_is_not_confirmed_backwards(company: Town, library: Path) -> None:
    number = await proposes(company.people[CONTROLLER], from_day=TODAY + timedelta(days=1))
    company.passes(days=2)

    with pytest.raises(Refusal, match="activation-past"):
        await company.people[CFO].does(ConfirmActivation(number))


async def test_a_file_that_changed_since_it_was_proposed_is_not_confirmed(
    company: Town, library: Path
) -> None:
    number = await proposes(company.people[CONTROLLER])
    write_overlay(library, policy=COUSIN, standard=600_000)
    company.restarts(library)

    with pytest.raises(Refusal) as caught:
        await company.people[CFO].does(ConfirmActivation(number))

    assert (caught.value.key, caught.value.facts["policy"]) == ("activation-changed", COUSIN)
    assert (await in_force(company, APRIL)).id == "b9-abc"


async def test_a_file_that_changes_once_in_force_stops_the_desk_rather_than_rating_by_it(
    company: Town, library: Path
) -> None:
    await company.people[CFO].does(
        ConfirmActivation(await proposes(company.people[CONTROLLER], from_day=TODAY))
    )
    write_overlay(library, policy=COUSIN, standard=600_000)
    company.restarts(library)

    with pytest.raises(Refusal) as caught:
        await in_force(company)

    assert (caught.value.key, caught.value.facts["policy"]) == ("policy-file-gone", COUSIN)


async def test_the_way_out_of_a_changed_file_is_to_activate_it_as_it_is_now(
    company: Town, library: Path
) -> None:
    await company.people[CFO].does(
        ConfirmActivation(await proposes(company.people[CONTROLLER], from_day=TODAY))
    )
    write_overlay(library, policy=COUSIN, standard=600_000)
    company.restarts(library)
    assert COUSIN in (await company.people[CONTROLLER].says("制度"))[0]

    await company.people[GM].does(
        ConfirmActivation(await proposes(company.people[CONTROLLER], from_day=TODAY))
    )

    assert (await in_force(company)).parameters["annual_receipts_standard"].value == Money.of(600_000)


async def test_a_comment_in_the_file_changes_nothing(company: Town, library: Path) -> None:
    number = await proposes(company.people[CONTROLLER])
    path = library / f"{COUSIN}-2026-01.toml"
    path.write_text(f"# Read by the board.\n{path.read_text('utf-8')}", "utf-8")
    company.restarts(library)

    await company.people[CFO].does(ConfirmActivation(number))

    assert (await in_force(company, APRIL)).id == COUSIN


async def test_a_limit_model_rates_nobody_and_cannot_be_in_force(company: Town, library: Path) -> None:
    with pytest.raises(Refusal, match="activation-rates-nobody"):
        await proposes(company.people[CONTROLLER], "limit-working-assets")


async def test_a_policy_that_nobody_has_is_refused(company: Town, library: Path) -> None:
    with pytest.raises(Refusal, match="policy-not-in-force"):
        await proposes(company.people[CONTROLLER], "b9-nowhere")


async def test_what_is_in_force_anyway_is_not_activated_again(company: Town, library: Path) -> None:
    with pytest.raises(Refusal, match="activation-in-force"):
        await proposes(company.people[CONTROLLER], "b9-abc")


async def test_one_proposal_waits_at_a_time(company: Town, library: Path) -> None:
    number = await proposes(company.people[CONTROLLER])

    with pytest.raises(Refusal, match="activation-waits"):
        await proposes(company.people[FINANCE_MANAGER], from_day=TODAY)
    await company.people[FINANCE_MANAGER].does(WithdrawActivation(number))
    assert await proposes(company.people[FINANCE_MANAGER], from_day=TODAY)


@pytest.mark.parametrize("ending", ["confirm", "decline", "withdraw"])
async def test_what_is_decided_is_not_decided_again(company: Town, library: Path, ending: str) -> None:
    number = await proposes(company.people[CONTROLLER])
    confirm, decline = ConfirmActivation(number), DeclineActivation(number, "要先试算")
    withdraw = WithdrawActivation(number)
    if ending == "withdraw":
        await company.people[CONTROLLER].does(withdraw)
    else:
        await company.people[CFO].does(confirm if ending == "confirm" else decline)

    for command, person in ((confirm, GM), (decline, GM), (withdraw, CONTROLLER)):
        with pytest.raises(Refusal, match="activation-moved-on"):
            await company.people[person].does(command)


async def test_a_no_says_why(company: Town, library: Path) -> None:
    number = await proposes(company.people[CONTROLLER])

    with pytest.raises(Refusal, match="reason-due"):
        await company.people[CFO].does(DeclineActivation(number, ""))
    await company.people[CFO].does(DeclineActivation(number, "要先试算"))

    said = await company.people[CONTROLLER].reads()
    assert "要先试算" in said[-1]


async def test_a_proposal_that_is_none_is_refused(company: Town, library: Path) -> None:
    with pytest.raises(Refusal, match="activation-unknown"):
        await company.people[CFO].does(ConfirmActivation(99))


# in chat


async def turns_to_the_cousin(person: Someone) -> Said:
    """From the menu to the page of the second policy."""
    [library] = await person.says("制度")
    [page] = await person.taps_data(library.button("从严"))
    return page


async def test_finance_looks_proposes_and_a_general_manager_confirms_by_tapping(
    company: Town, library: Path
) -> None:
    controller, manager = company.people[CONTROLLER], company.people[GM]
    page = await turns_to_the_cousin(controller)
    assert COUSIN in page
    assert "可以启用" in page

    await controller.taps("启用", page)
    sent = await controller.says("4-1")
    assert "待确认" in sent[-1]
    assert "确认启用" not in sent[-1].buttons
    await manager.taps("确认启用", await manager.card("activation"))

    assert (await in_force(company, APRIL)).id == COUSIN
    assert "已确认" in await controller.card("activation")
    assert (await manager.card("activation")).buttons == {}


async def test_who_confirms_can_look_at_the_policy_from_its_card(company: Town, library: Path) -> None:
    """2.1, house rule of four eyes: the second pair has something to look at."""
    manager = company.people[GM]
    await proposes(company.people[CONTROLLER])

    [page] = await manager.taps("看制度", await manager.card("activation"))

    assert "要有抵押" in page
    assert COUSIN in page


async def test_who_confirms_sees_what_it_does_to_lines_or_has_it_tried_out_from_the_card(
    company: Town, library: Path
) -> None:
    """2.1, 2.9: the card says that nobody has tried it out; a tap later it says how many lines would move."""
    manager = company.people[GM]
    await proposes(company.people[CONTROLLER])
    card = await manager.card("activation")
    assert "还没有试算过" in card

    begun = await manager.taps("试算", card)
    await company.followups.idle()

    assert "正在试算" in begun[-1]
    tried = await manager.card("activation")
    assert f"试算（{TODAY} 的资料）：" in tried
    assert "额度" in tried
    assert "试算" not in tried.buttons


async def test_a_simulation_of_another_edition_is_none_of_the_proposed_one(
    company: Town, library: Path
) -> None:
    """2.9: figures are of a file as it was; those of the policy now in force say nothing of this one."""
    controller = company.people[CONTROLLER]
    await controller.does(AskSimulation("b9-abc", TODAY, controller.conversation))
    await proposes(controller)
    for run in await asked_of(company, untold):
        await take_up_simulation(company.database, company.desk, run)

    assert "还没有试算过" in await company.people[GM].card("activation")


async def test_a_day_that_has_passed_is_asked_for_again(company: Town, library: Path) -> None:
    controller = company.people[CONTROLLER]
    await controller.taps("启用", await turns_to_the_cousin(controller))

    said = await controller.says("2026-03-09")

    assert "已经过去" in said[0]
    assert "从哪天起" in said[1]


async def test_a_no_is_asked_why_and_told_to_the_proposer(company: Town, library: Path) -> None:
    controller, manager = company.people[CONTROLLER], company.people[CFO]
    await proposes(controller)
    [why] = await manager.taps("不同意", await manager.card("activation"))
    assert "为什么" in why

    await manager.says("要先试算")

    assert "要先试算" in (await controller.reads())[-1]
    assert "未同意" in await manager.card("activation")


async def test_the_proposer_takes_it_back_from_the_card(company: Town, library: Path) -> None:
    controller = company.people[CONTROLLER]
    await proposes(controller)
    await controller.says("制度")
    [card] = await controller.taps("待确认的制度")

    await controller.taps("撤回", card)

    assert "已撤回" in await company.people[GM].card("activation")
    with pytest.raises(Refusal, match="activation-moved-on"):
        await company.people[GM].does(ConfirmActivation(1))


async def test_the_card_warns_of_grades_that_will_have_to_be_made_anew(company: Town, library: Path) -> None:
    await proposes(company.people[CONTROLLER])

    card = await company.people[CFO].card("activation")

    assert "户的等级是按别的制度评的" in card
    assert "文件在提出以后改过" not in card
    write_overlay(library, policy=COUSIN, standard=600_000)
    company.restarts(library)
    assert "文件在提出以后改过" in await company.people[CFO].card("activation")


async def test_blanks_are_told_on_the_policys_page_and_there_is_nothing_to_tap(
    company: Town, library: Path
) -> None:
    (library / f"{COUSIN}-2026-01.company.toml").unlink()
    company.restarts(library)

    page = await turns_to_the_cousin(company.people[CONTROLLER])

    assert "公司要先定的 2 项" in page
    assert not {"启用", "试算"} & set(page.buttons)


@pytest.mark.parametrize("name", ["王小雨", CHAIN["chairman"], CHAIN["market_manager"]])
async def test_the_library_is_for_finance_and_audit(company: Town, library: Path, name: str) -> None:
    """9.1: need to know."""
    [refused] = await company.people[name].says("制度")

    assert "不在你的权限内" in refused


async def test_a_customer_graded_by_the_former_policy_is_told_as_that(company: Town, library: Path) -> None:
    await company.people[CFO].does(
        ConfirmActivation(await proposes(company.people[CONTROLLER], from_day=TODAY))
    )

    said = await company.people["王小雨"].says("华东机械")

    assert "按原制度评为 B，请重评" in said[-1]


# what it changes for customers


async def test_a_grade_carries_the_policy_that_made_it(company: Town, library: Path) -> None:
    await asks(company.people["王小雨"])
    await all_consent(company)

    east = await customer_of(company, EAST)
    assert (east.grade, east.rated_by_policy) == ("B", "b9-abc")


async def test_a_request_that_is_under_way_is_granted_by_the_policy_it_was_made_under(
    company: Town, library: Path
) -> None:
    await asks(company.people["王小雨"])
    await company.people[CFO].does(
        ConfirmActivation(await proposes(company.people[CONTROLLER], from_day=TODAY))
    )

    await all_consent(company)

    assert (await customer_of(company, EAST)).rated_by_policy == "b9-abc"
    assert await line_of(company) is not None


async def test_a_line_granted_under_the_former_policy_goes_on(company: Town, library: Path) -> None:
    """A grant is a ticket; its letter is read by the policy that gave it."""
    before = await check(company)
    await company.people[CFO].does(
        ConfirmActivation(await proposes(company.people[CONTROLLER], from_day=TODAY))
    )

    assert await check(company) == before


async def test_a_letter_that_no_policy_explains_any_more_is_no_rating(company: Town, library: Path) -> None:
    await company.people[CFO].does(
        ConfirmActivation(await proposes(company.people[CONTROLLER], from_day=TODAY))
    )
    table = table_of(Customer)
    await company.database.write(
        lambda session: session.execute(table.update().values(rated_by_policy="b9-long-gone"))
    )

    assert "not_rated" in await check(company)


async def check(town: Town) -> list[str]:
    """The reasons why ¥1,000 would not go out to the customer."""
    east = await customer_of(town, EAST)
    release = await asked_of(
        town, lambda session: deal_check(session, town.desk.office, east, Money.of(1_000), TODAY)
    )
    return [hold.reason for hold in release.holds]
