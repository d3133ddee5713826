"""Four eyes counts people, not roles (3.3): nobody signs twice, nobody their own, and nobody is used up too early."""

from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from core.queries.people.approvers import waiting_for
from core.records.staff import Holding, Person
from core.records.tables import table_of
from core.services.people.staff import GoOnLeave
from tests.scenarios.story import (
    CHAIN,
    DEPUTY,
    SALESPERSON,
    all_consent,
    asked_of,
    asks,
    consents,
    considers,
    requests,
    signatures,
    signs,
    the_request,
)
from tests.support.town import Someone, Town
from worker.run import run_due

_HOLDING = table_of(Holding)
TODAY = date(2026, 3, 10)


async def gives_up(town: Town, name: str, role: str) -> None:
    person = town.people[name].id
    gone = delete(_HOLDING).where(_HOLDING.c.person == person, _HOLDING.c.role == role)

    def drop(session: Session) -> None:
        session.execute(gone)

    await town.database.write(drop)


async def can_sign(town: Town) -> set[str]:
    """The names of everyone who could sign now."""
    request = await the_request(town)
    chain = town.desk.office.chain(TODAY)
    people = await asked_of(town, lambda session: waiting_for(session, chain, request, TODAY))
    return {person.name for person in town.people.values() if person.id in people}


# one's own


async def test_a_manager_may_ask_and_another_manager_decides(company: Town) -> None:
    xu = company.people[CHAIN["market_manager"]]
    other = await company.hires("第二位经理", "market_manager")

    await asks(xu)

    assert await can_sign(company) == {other.name}
    await signs(other)
    assert [s.person for s in await signatures(company)] == [other.id]


async def test_the_only_manager_cannot_ask_because_nobody_could_sign(company: Town) -> None:
    """Told before it is submitted, with the role that is missing; the draft is kept."""
    preview = await considers(company.people[CHAIN["market_manager"]])

    assert "市场部经理" in preview
    assert not [label for label in preview.buttons if "提交" in label]
    assert await requests(company) == []


# two roles in one person


async def test_who_holds_two_roles_signs_once(company: Town) -> None:
    """The chairman is general manager as well: another general manager is asked for the second signature."""
    await company.hires("第二位总经理", "gm")
    await company.hires(CHAIN["chairman"], "gm")
    await asks(company.people[SALESPERSON])
    await all_consent(company, until="gm")

    assert await can_sign(company) == {CHAIN["gm"], "第二位总经理"}, "the chairman is kept for the last step"


async def test_whoever_alone_can_sign_later_is_spared_now(company: Town) -> None:
    """赵明辉 is the only vice president: as one of two managers he is not used up in the first step."""
    await company.hires(CHAIN["marketing_vp"], "market_manager")
    await asks(company.people[SALESPERSON])

    assert await can_sign(company) == {CHAIN["market_manager"]}
    assert not [message for message in await company.people[CHAIN["marketing_vp"]].history() if message.card]


async def test_with_a_second_vice_president_he_may_sign_either(company: Town) -> None:
    await company.hires(CHAIN["marketing_vp"], "market_manager")
    await company.hires("第二位副总", "marketing_vp")
    await asks(company.people[SALESPERSON])
    assert await can_sign(company) == {CHAIN["market_manager"], CHAIN["marketing_vp"]}

    await consents(company, "market_manager", CHAIN["marketing_vp"])
    await consents(company, "credit_controller")

    assert await can_sign(company) == {"第二位副总", CHAIN["cfo"]}, "he has signed once already"


async def test_a_chain_that_two_people_would_have_to_fill_three_seats_of_is_vacant(company: Town) -> None:
    """One person in two seats, and nobody else: found before it is submitted, not at the last step."""
    await company.hires(CHAIN["gm"], "chairman")
    await gives_up(company, CHAIN["chairman"], "chairman")

    preview = await considers(company.people[SALESPERSON])

    assert "⛔" in preview
    assert "总经理" in preview or "董事长" in preview
    assert not [label for label in preview.buttons if "提交" in label]


# away


async def goes_on_leave(person: Someone, deputy: str) -> None:
    await person.says("菜单")
    await person.taps("请假代签")
    await person.says("3-20")
    await person.says(deputy)


async def test_while_an_approver_is_away_the_deputy_gets_the_card_and_signs_in_their_place(
    company: Town,
) -> None:
    await goes_on_leave(company.people[CHAIN["market_manager"]], DEPUTY)
    await asks(company.people[SALESPERSON])
    he = company.people[DEPUTY]

    card = await he.card()
    assert "等你代签" in card
    await signs(he)

    [signature] = await signatures(company)
    assert (signature.person, signature.role) == (he.id, "market_manager")
    assert (await the_request(company)).step == 1


async def test_back_from_leave_the_deputy_signs_no_more(company: Town) -> None:
    xu = company.people[CHAIN["market_manager"]]
    await goes_on_leave(xu, DEPUTY)
    await asks(company.people[SALESPERSON])
    card = await company.people[DEPUTY].card()
    await xu.taps("我回来了")

    await company.people[DEPUTY].taps_data(card.button("同意"))

    assert not await signatures(company)
    assert await can_sign(company) == {xu.name}


async def test_leave_ends_by_itself(company: Town) -> None:
    await company.people[CHAIN["market_manager"]].does(GoOnLeave(date(2026, 3, 9), company.people[DEPUTY].id))
    await asks(company.people[SALESPERSON])

    assert await can_sign(company) == {CHAIN["market_manager"]}


async def test_a_deputy_who_asked_does_not_sign_in_anothers_place(company: Town) -> None:
    await company.hires(DEPUTY, "sales")
    await goes_on_leave(company.people[CHAIN["market_manager"]], DEPUTY)

    await asks(company.people[DEPUTY])

    assert await can_sign(company) == {CHAIN["market_manager"]}


async def test_a_deputy_who_may_not_approve_is_passed_over_for_the_superior(company: Town) -> None:
    """The lawyer sees the customer and decides nothing: named as deputy, she gets no card."""
    xu, lawyer = company.people[CHAIN["market_manager"]], await company.meets("冯正言")
    await company.hires("第二位副总", "marketing_vp")
    await xu.does(GoOnLeave(date(2026, 3, 20), lawyer.id))

    await asks(company.people[SALESPERSON])

    assert await can_sign(company) == {xu.name, CHAIN["marketing_vp"]}


async def test_a_deputy_who_may_not_see_the_customer_is_passed_over_too(company: Town) -> None:
    """9.1: standing in does not widen what one sees."""
    xu, south = (
        company.people[CHAIN["market_manager"]],
        await company.hires("华南片区", "regional_manager", region="华南"),
    )
    await company.hires("第二位副总", "marketing_vp")
    await xu.does(GoOnLeave(date(2026, 3, 20), south.id))

    await asks(company.people[SALESPERSON])

    assert await can_sign(company) == {xu.name, CHAIN["marketing_vp"]}


async def test_when_the_deputy_is_away_too_the_superior_signs_in_place(company: Town) -> None:
    xu, he = company.people[CHAIN["market_manager"]], company.people[DEPUTY]
    await company.hires("第二位副总", "marketing_vp")
    await xu.does(GoOnLeave(date(2026, 3, 20), he.id))
    await he.does(GoOnLeave(date(2026, 3, 20)))

    await asks(company.people[SALESPERSON])

    assert await can_sign(company) == {xu.name, CHAIN["marketing_vp"]}


async def test_a_superior_whose_own_signature_comes_later_does_not_stand_in(company: Town) -> None:
    """Otherwise the later seat could never be filled: 陈国梁 is away, 周鸿远 is the only chairman."""
    await company.people[CHAIN["gm"]].does(GoOnLeave(date(2026, 3, 20)))
    await asks(company.people[SALESPERSON])
    await all_consent(company, until="gm")

    assert await can_sign(company) == {CHAIN["gm"]}


# left waiting


async def test_left_waiting_it_goes_to_the_deputy_after_eight_working_hours(company: Town) -> None:
    """3.3: nagged after 4 working hours, passed on after 8; the approver may still decide."""
    await asks(company.people[SALESPERSON])
    xu, he = company.people[CHAIN["market_manager"]], company.people[DEPUTY]

    company.comes("2026-03-10T14:00")
    await run_due(company.database, company.desk, company.clock.now())
    assert await can_sign(company) == {xu.name}
    company.comes("2026-03-11T09:00")
    await run_due(company.database, company.desk, company.clock.now())

    assert await can_sign(company) == {xu.name, he.name}
    card = await he.card()
    await signs(xu)
    await he.taps_data(card.button("同意"))
    assert [s.person for s in await signatures(company)] == [xu.id]


async def test_somebody_who_left_the_company_signs_nothing(company: Town) -> None:
    await asks(company.people[SALESPERSON])

    def leaves(session: Session) -> None:
        session.get_one(Person, company.people[CHAIN["market_manager"]].id).active = False

    await company.database.write(leaves)

    assert await can_sign(company) == set()
