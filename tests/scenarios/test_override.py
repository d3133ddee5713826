"""Another grade than the policy's: within bounds, with words, by two people, and counted (2.7)."""

import json
from datetime import date

import pytest
from sqlalchemy.orm import Session

from core.queries.digests.digest import digests
from core.queries.policies.activation import active_policy
from core.queries.rating.register import override_report
from core.queries.rating.reviews import approvers_of
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.review import RatingReview
from core.rules.lifecycles.line_lifecycle import LineState
from core.rules.lifecycles.review_lifecycle import ReviewState
from core.rules.refusal import Refusal
from core.services.customers.customer import OpenCustomer
from core.services.customers.survey import RecordSurvey, SurveyAnswer
from core.services.people.staff import GoOnLeave
from core.services.rating.appeal import FileAppeal
from core.services.rating.override import ApproveOverride, OverrideGrade, ReturnOverride
from core.services.rating.review import ConfirmReview
from tests.scenarios.reviewing import (
    ASSESSOR,
    CFO,
    OTHER_ASSESSOR,
    SLIPPING,
    STEADY,
    entry_of,
    opens,
    the_review,
)
from tests.scenarios.story import CHAIN, SALESPERSON, asked_of, customer_of, line_of
from tests.support.town import Town

TODAY = date(2026, 3, 10)
GM = CHAIN["gm"]
WHY = "主要客户上月倒闭，报表还看不出来"


async def proposes(town: Town, grade: str = "C", customer: str = STEADY, seen: str = "A") -> int:
    zheng = town.people[ASSESSOR]
    review = await opens(zheng, customer)
    await zheng.does(OverrideGrade(review.id or 0, review.version, seen, grade, WHY))
    return review.id or 0


async def test_two_people_put_a_worse_grade_in_force(company: Town) -> None:
    """In chat, from the card to the CFO's consent."""
    zheng, cfo = company.people[ASSESSOR], company.people[CFO]
    await zheng.says(STEADY)
    await zheng.taps("复评")
    [asked] = await zheng.taps("调整等级")
    assert "按制度评为 A" in asked
    assert [label for label in asked.buttons if label in "ABC"] == ["B", "C"], (
        "never up where the policy is silent"
    )
    await zheng.taps("C", asked)

    [sent] = await zheng.says(WHY)

    assert "已送去批准" in sent
    assert (await customer_of(company, STEADY)).grade == "A", "until then the former grade holds"
    card = await cfo.card("review")
    assert "郑惠芳调整为 C（制度评为 A）" in card
    assert WHY in card
    await cfo.taps("同意调整", card)

    entry, line = await entry_of(company, STEADY), await line_of(company, STEADY)
    assert line is not None
    assert (entry.grade, entry.by_policy, entry.assessor, entry.approver) == ("C", "A", zheng.id, cfo.id)
    assert (await customer_of(company, STEADY)).grade == "C"
    assert line.state == LineState.SUSPENDED
    said = await company.people[SALESPERSON].reads()
    assert any("人工调整" in each for each in said)


async def test_the_assessment_keeps_what_the_policy_said_beside_what_came_into_force(company: Town) -> None:
    """A stored decision replays: its result is the policy's, its grade the one in force."""
    await company.people[CFO].does(ApproveOverride(await proposes(company), 2))

    review = await the_review(company, STEADY)
    stored = await asked_of(company, lambda session: session.get_one(Assessment, review.assessment))
    assert (stored.grade, json.loads(stored.result)["grade"]) == ("C", "A")


async def test_nobody_approves_their_own(company: Town) -> None:
    """Four eyes counts people, not roles."""
    both = await company.hires("严谨", "credit_controller", "cfo")
    review = await opens(both, STEADY)
    await both.does(OverrideGrade(review.id or 0, 1, "A", "B", WHY))

    for command in (ApproveOverride(review.id or 0, 2), ReturnOverride(review.id or 0, 2, "再想想")):
        with pytest.raises(Refusal) as caught:
            await both.does(command)
        assert caught.value.key == "override-own"
    await company.people[GM].does(ApproveOverride(review.id or 0, 2))


@pytest.mark.parametrize("role", ["credit_controller", "chairman", "marketing_vp"])
async def test_only_the_policys_approvers_approve(company: Town, role: str) -> None:
    number = await proposes(company)

    with pytest.raises(Refusal) as caught:
        await company.people[CHAIN[role]].does(ApproveOverride(number, 2))
    assert caught.value.key == "override-not-yours"


# on leave


async def can_approve(town: Town, number: int, on: date = TODAY) -> set[str]:
    """The names of everyone who could approve the other grade."""
    office = town.desk.office

    def found(session: Session) -> list[int]:
        review = session.get_one(RatingReview, number)
        customer = session.get_one(Customer, review.customer)
        return approvers_of(session, active_policy(session, office, on), review, customer, on)

    people = await asked_of(town, found)
    return {person.name for person in town.people.values() if person.id in people}


async def test_while_the_approver_is_on_leave_the_deputy_gets_the_card_and_approves(company: Town) -> None:
    """As a request is signed in another's place (3.3); the approver may still decide."""
    cfo, chairman = company.people[CFO], company.people[CHAIN["chairman"]]
    await cfo.does(GoOnLeave(date(2026, 3, 20), chairman.id))
    number = await proposes(company)
    assert await can_approve(company, number) == {CFO, GM, chairman.name}

    await chairman.taps("同意调整", await chairman.card("review"))

    entry = await entry_of(company, STEADY)
    assert (entry.grade, entry.approver) == ("C", chairman.id)


async def test_the_digest_tells_the_deputy_that_it_waits(company: Town) -> None:
    chairman = company.people[CHAIN["chairman"]]
    await proposes(company)
    office, at = company.desk.office, company.clock.now()

    async def told() -> int:
        found = await asked_of(company, lambda session: digests(session, office, TODAY, TODAY, at))
        return found[chairman.id].reviews if chairman.id in found else 0

    assert await told() == 0
    await company.people[CFO].does(GoOnLeave(date(2026, 3, 20), chairman.id))
    assert await told() == 1


async def test_back_from_leave_the_deputy_approves_no_more(company: Town) -> None:
    cfo, chairman = company.people[CFO], company.people[CHAIN["chairman"]]
    await cfo.does(GoOnLeave(date(2026, 3, 20), chairman.id))
    number = await proposes(company)
    await cfo.does(GoOnLeave(date(2026, 3, 9)))

    with pytest.raises(Refusal) as caught:
        await chairman.does(ApproveOverride(number, 2))
    assert caught.value.key == "override-not-yours"


async def test_a_deputy_who_assessed_approves_nothing_in_anothers_place(company: Town) -> None:
    """Four eyes counts people, not roles and not whose place they take."""
    both = await company.hires("严谨", "credit_controller", "chairman")
    await company.people[CFO].does(GoOnLeave(date(2026, 3, 20), both.id))
    review = await opens(both, STEADY)
    await both.does(OverrideGrade(review.id or 0, 1, "A", "B", WHY))

    assert both.name not in await can_approve(company, review.id or 0)
    with pytest.raises(Refusal) as caught:
        await both.does(ApproveOverride(review.id or 0, 2))
    assert caught.value.key == "override-own"


async def test_nobody_stands_in_for_an_approver_who_assessed(company: Town) -> None:
    """Who assesses as controller and goes on leave as CFO does not have the own deputy approve it."""
    chairman = company.people[CHAIN["chairman"]]
    both = await company.hires("严谨", "credit_controller", "cfo")
    review = await opens(both, STEADY)
    await both.does(OverrideGrade(review.id or 0, 1, "A", "B", WHY))
    await both.does(GoOnLeave(date(2026, 3, 20), chairman.id))

    assert await can_approve(company, review.id or 0) == {CFO, GM}
    with pytest.raises(Refusal) as caught:
        await chairman.does(ApproveOverride(review.id or 0, 2))
    assert caught.value.key == "override-not-yours"


async def test_a_deputy_who_sells_to_the_customer_approves_nothing(company: Town) -> None:
    """2.10: whoever sells has no say in the grade, in nobody's place."""
    wang = await company.hires(SALESPERSON, "sales_director")
    await company.people[CFO].does(GoOnLeave(date(2026, 3, 20), wang.id))

    assert SALESPERSON not in await can_approve(company, await proposes(company))


@pytest.mark.parametrize(
    ("grade", "customer", "seen"), [("A", STEADY, "A"), ("B", SLIPPING, "C"), ("X", STEADY, "A")]
)
async def test_outside_the_bounds_no_grade_is_proposed(
    company: Town, grade: str, customer: str, seen: str
) -> None:
    """2.7: not the same, not above what a veto leaves (B9 art. 16: any such is a C), nothing that is no grade."""
    with pytest.raises(Refusal) as caught:
        await proposes(company, grade, customer, seen)
    assert caught.value.key == "override-out-of-bounds"


async def test_without_words_there_is_no_override(company: Town) -> None:
    zheng = company.people[ASSESSOR]
    review = await opens(zheng, STEADY)

    with pytest.raises(Refusal, match="reason-due"):
        await zheng.does(OverrideGrade(review.id or 0, 1, "A", "B", ""))


async def test_with_nobody_to_approve_there_is_nothing_to_propose(town: Town) -> None:
    zheng = await town.hires(ASSESSOR, "finance_manager")
    wang = await town.hires(SALESPERSON, "sales", region="华东")
    number = await wang.does(OpenCustomer("新客户有限公司", "91310117MAAY4CL12J"))
    review = await opens(zheng, "新客户")
    assert review.customer == number

    with pytest.raises(Refusal) as caught:
        await zheng.does(OverrideGrade(review.id or 0, 1, "B", "C", WHY))
    assert caught.value.key == "override-nobody"


async def test_what_is_returned_goes_back_to_the_assessor_with_words(company: Town) -> None:
    zheng, cfo = company.people[ASSESSOR], company.people[CFO]
    number = await proposes(company)
    with pytest.raises(Refusal, match="reason-due"):
        await cfo.does(ReturnOverride(number, 2, ""))
    await cfo.taps("退回", await cfo.card("review"))

    await cfo.says("请附上证明")

    [told] = [each for each in await zheng.reads() if "没有批准" in each]
    assert "请附上证明" in told
    assert (await the_review(company, STEADY)).state == ReviewState.RETURNED
    [card] = await zheng.taps_data(next(iter(told.buttons.values())))
    await zheng.taps("确认并提交", card)
    assert (await entry_of(company, STEADY)).by_policy == (await entry_of(company, STEADY)).grade == "A"


async def test_facts_that_changed_meanwhile_go_back_before_anything_is_approved(company: Town) -> None:
    number = await proposes(company, "B")
    customer = (await customer_of(company, STEADY)).id or 0
    answer = SurveyAnswer("serious_illegal_operation", True, "authority")
    await company.people[SALESPERSON].does(RecordSurvey(customer, (answer,), TODAY))

    with pytest.raises(Refusal) as caught:
        await company.people[CFO].does(ApproveOverride(number, 2))
    assert caught.value.key == "review-facts-changed"
    assert (await customer_of(company, STEADY)).grade == "A"


async def test_an_objection_waits_while_another_grade_is_with_the_second_person(company: Town) -> None:
    zheng = company.people[ASSESSOR]
    first = await opens(zheng, STEADY)
    await zheng.does(ConfirmReview(first.id or 0, 1, "A"))
    await proposes(company)
    customer = (await customer_of(company, STEADY)).id or 0

    with pytest.raises(Refusal) as caught:
        await company.people[SALESPERSON].does(FileAppeal(customer, "不服"))
    assert caught.value.key == "appeal-under-way"


async def test_overrides_are_counted_by_person_and_way(company: Town) -> None:
    """2.7: share, up and down, by person."""
    await company.people[CFO].does(ApproveOverride(await proposes(company), 2))
    shen = company.people[OTHER_ASSESSOR]
    review = await opens(shen, "合肥皖澜")
    await shen.does(ConfirmReview(review.id or 0, 1, "A"))

    found = await asked_of(
        company, lambda session: override_report(session, company.desk.office, TODAY, TODAY)
    )
    assert [
        (each.assessor and each.assessor.zh, each.ratings, each.up, each.down) for each in found.people
    ] == [
        (ASSESSOR, 1, 0, 1),
        (OTHER_ASSESSOR, 1, 0, 0),
    ]
    assert found.percent == 50
    await company.people[CFO].says("登记簿")
    [card] = await company.people[CFO].taps("人工调整")
    assert "郑惠芳：1 次里上调 0，下调 1" in card
