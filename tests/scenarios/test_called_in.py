"""Who becomes able to decide something that waits is shown it at once, not in the next digest (3.3, 2.7, 2.8, 2.1)."""

from datetime import date
from pathlib import Path

import pytest

from core.rules.permission import Role
from core.services.people.staff import AddPerson, GoOnLeave
from core.services.policies.activation import ProposeActivation
from core.services.rating.appeal import FileAppeal
from core.services.rating.override import OverrideGrade
from core.services.rating.review import ConfirmReview
from tests.scenarios.reviewing import ASSESSOR, CFO, OTHER_ASSESSOR, SLIPPING, STEADY, entry_of, opens
from tests.scenarios.story import (
    CHAIN,
    DEPUTY,
    SALESPERSON,
    asks,
    customer_of,
    signatures,
    signs,
    the_request,
)
from tests.support.policies import write_overlay, write_policy
from tests.support.town import Someone, Town

BACK = date(2026, 3, 20)
WHY = "主要客户上月倒闭，报表还看不出来"


async def cards_of(person: Someone, kind: str) -> int:
    return len([message for message in await person.history() if message.card.startswith(kind)])


async def another_grade_is_proposed(town: Town) -> None:
    zheng = town.people[ASSESSOR]
    review = await opens(zheng, STEADY)
    await zheng.does(OverrideGrade(review.id or 0, review.version, "A", "C", WHY))


async def test_a_deputy_gets_the_request_that_waited_already_when_the_leave_began(company: Town) -> None:
    """3.3."""
    xu, he = company.people[CHAIN["market_manager"]], company.people[DEPUTY]
    await asks(company.people[SALESPERSON])

    await xu.does(GoOnLeave(BACK, he.id))

    assert "等你代签" in await he.card()
    await signs(he)
    [signature] = await signatures(company)
    assert (signature.person, signature.role) == (he.id, "market_manager")
    assert (await the_request(company)).step == 1


async def test_a_deputy_gets_the_other_grade_that_waited_already(company: Town) -> None:
    """2.7."""
    chairman = company.people[CHAIN["chairman"]]
    await another_grade_is_proposed(company)
    assert await cards_of(chairman, "review") == 0

    await company.people[CFO].does(GoOnLeave(BACK, chairman.id))

    await chairman.taps("同意调整", await chairman.card("review"))
    assert (await entry_of(company, STEADY)).approver == chairman.id


async def test_each_card_comes_once_however_often_people_come_and_go(company: Town) -> None:
    cfo, chairman = company.people[CFO], company.people[CHAIN["chairman"]]
    await another_grade_is_proposed(company)

    for until in (BACK, date(2026, 3, 9), BACK):
        await cfo.does(GoOnLeave(until, chairman.id))

    assert await cards_of(chairman, "review") == 1
    assert await cards_of(cfo, "review") == 1


async def test_when_the_deputy_goes_too_the_superior_is_called_in(company: Town) -> None:
    xu, he = company.people[CHAIN["market_manager"]], company.people[DEPUTY]
    superior = company.people[CHAIN["marketing_vp"]]
    await company.hires("第二位副总", "marketing_vp")
    await asks(company.people[SALESPERSON])
    await xu.does(GoOnLeave(BACK, he.id))
    assert await cards_of(superior, "request") == 0

    await he.does(GoOnLeave(BACK))

    assert await cards_of(superior, "request") == 1


async def test_whom_the_operator_names_as_deputy_of_somebody_away_is_called_in(company: Town) -> None:
    xu, he = company.people[CHAIN["market_manager"]], company.people[DEPUTY]
    await asks(company.people[SALESPERSON])
    lawyer = await company.meets("冯正言")
    await xu.does(GoOnLeave(BACK, lawyer.id))
    assert await cards_of(he, "request") == 0

    await company.as_operator(AddPerson(xu.name, (Role.MARKET_MANAGER,), deputy=he.name))

    assert await cards_of(he, "request") == 1


async def test_who_takes_a_role_gets_what_waits_for_it(company: Town, tmp_path: Path) -> None:
    """2.1, 2.7, 3.3; a policy that waits to be confirmed among them."""
    folder = tmp_path / "policies"
    folder.mkdir()
    write_policy(folder, policy="b9-cousin", title="从严的三级制度")
    write_overlay(folder, policy="b9-cousin")
    company.restarts(folder)
    await asks(company.people[SALESPERSON])
    await another_grade_is_proposed(company)
    proposed = ProposeActivation("b9-cousin", date(2026, 4, 1))
    await company.people[CHAIN["credit_controller"]].does(proposed)

    manager = await company.hires("新经理", "market_manager")
    cfo = await company.hires("新财务总监", "cfo")

    assert await cards_of(manager, "request") == 1
    assert (await cards_of(cfo, "review"), await cards_of(cfo, "activation")) == (1, 1)
    assert await cards_of(cfo, "request") == 0, "its turn has not come"


async def test_an_objection_goes_to_an_assessor_who_comes_later(company: Town) -> None:
    """2.8."""
    review = await opens(company.people[ASSESSOR], STEADY)
    await company.people[ASSESSOR].does(ConfirmReview(review.id or 0, 1, "A"))
    customer = (await customer_of(company, STEADY)).id or 0
    await company.people[SALESPERSON].does(FileAppeal(customer, "应当更高"))

    newcomer = await company.hires("新主管", "credit_controller")

    assert "客户申诉" in await newcomer.card("review")


@pytest.mark.parametrize("name", [OTHER_ASSESSOR, CFO])
async def test_a_review_that_nobody_objected_for_waits_for_the_digest_as_ever(
    company: Town, name: str
) -> None:
    """2.5: one message a day."""
    await opens(company.people[ASSESSOR], SLIPPING)

    await company.people[name].does(GoOnLeave(BACK, company.people[CHAIN["chairman"]].id))
    newcomer = await company.hires("新主管", "credit_controller")

    assert await cards_of(company.people[CHAIN["chairman"]], "review") == 0
    assert await cards_of(newcomer, "review") == 0
