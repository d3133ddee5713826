"""A policy comes into force by two people, for a day, as the very file that both saw (2.1; house rule: four eyes)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.queries.activation import activations, active_policy
from core.queries.actor import OPERATOR
from core.queries.deal import deal_check
from core.records.audit import AuditRecord
from core.records.customer import Customer
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.policy import Policy
from core.rules.refusal import Refusal
from core.services.activation import (
    ConfirmActivation,
    DeclineActivation,
    ProposeActivation,
    WithdrawActivation,
)
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
from tests.support.town import Someone, Town

TODAY = date(2026, 3, 10)
APRIL = date(2026, 4, 1)
COUSIN = "b9-cousin"
CFO, GM, CONTROLLER = CHAIN["cfo"], CHAIN["gm"], CHAIN["credit_controller"]


@pytest.fixture
def library(company: Town, tmp_path: Path) -> Path:
    """A second policy on the shelf: another id, the same lists, the company's values set."""
    folder = tmp_path / "policies"
    folder.mkdir()
    write_policy(folder, policy=COUSIN)
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
    [found] = await asked_of(company, activations)
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


async def test_a_comment_in_the_file_changes_nothing(company: Town, library: Path) -> None:
    number = await proposes(company.people[CONTROLLER])
    path = library / f"{COUSIN}-2026-01.toml"
    path.write_text(f"# Read by the board.\n{path.read_text('utf-8')}", "utf-8")
    company.restarts(library)

    await company.people[CFO].does(ConfirmActivation(number))

    assert (await in_force(company, APRIL)).id == COUSIN


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
