"""Experts are asked for their sheets in chat; each marks alone, and the rating takes them as a fact (B11 评议)."""

from datetime import date, timedelta

import pytest

from core.queries.customers.facts import known_facts
from core.records.review import ReviewSheet
from core.rules.lifecycles.review_lifecycle import ReviewState
from core.rules.rating.expert_sheets import Mark, Sheet
from core.rules.rating.three_tier import SHEETS, ThreeTier
from core.rules.refusal import Refusal
from core.services.policies.activation import ConfirmActivation, ProposeActivation
from core.services.rating.expert_sheets import AskExpert, GiveSheet
from core.services.rating.review import CloseReview
from tests.scenarios.reviewing import ASSESSOR, CFO, OTHER_ASSESSOR, SELLER, STEADY, opens, the_review
from tests.scenarios.story import CHAIN, SALESPERSON, asked_of, customer_of
from tests.support.town import Town

TODAY = date(2026, 3, 10)
GM, VP = CHAIN["gm"], CHAIN["marketing_vp"]


@pytest.fixture
async def three_tier(company: Town) -> Town:
    """B11 is in force, and 郑惠芳 reviews a customer."""
    number = await company.people[ASSESSOR].does(ProposeActivation("b11-three-tier", TODAY))
    await company.people[CFO].does(ConfirmActivation(number))
    await opens(company.people[ASSESSOR], STEADY)
    return company


def indicators(town: Town) -> list[str]:
    method = town.desk.office.library.policy_in_force("b11-three-tier", TODAY).method
    assert isinstance(method, ThreeTier)
    return [each.key for each in method.tables.review]


async def asks(town: Town, *names: str) -> list[int]:
    review = (await the_review(town, STEADY)).id or 0
    for name in names:
        await town.people[ASSESSOR].does(AskExpert(review, town.people[name].id))
    sheets = await asked_of(
        town,
        lambda session: [
            each.id for each in session.query(ReviewSheet).filter_by(review=review).order_by("id")
        ],
    )
    return [each for each in sheets if each is not None]


async def sheets_of(town: Town, on: date = TODAY) -> tuple[Sheet, ...]:
    number = (await customer_of(town, STEADY)).id or 0
    found = await asked_of(town, lambda session: known_facts(session, town.desk.office, number, on))
    value = found[SHEETS].value if SHEETS in found else ()
    assert isinstance(value, tuple)
    return value


async def test_the_assessor_asks_and_the_expert_marks_every_indicator(three_tier: Town) -> None:
    """In chat, a button for each mark."""
    zheng, gm = three_tier.people[ASSESSOR], three_tier.people[GM]
    await zheng.says(STEADY)
    await zheng.taps("复评")
    [offered] = await zheng.taps("请专家评议")
    assert SALESPERSON not in offered.buttons, "who sells to the customer marks nothing"
    [again] = await zheng.taps(GM, offered)
    assert "在等：陈国梁" in again

    [asked] = [each for each in await gm.reads() if "评议打分" in each]
    said = await gm.taps("开始打分", asked)
    for _ in indicators(three_tier):
        assert [label for label in said[-1].buttons if len(label) == 1] == list("ABCDE")
        said = await gm.taps("B", said[-1])

    assert "不再改" in said[-1]
    [sheet] = await sheets_of(three_tier)
    assert (sheet.expert, dict(sheet.marks)) == (
        str(gm.id),
        dict.fromkeys(indicators(three_tier), Mark.B),
    )
    card = (await zheng.taps("复评", (await zheng.says(STEADY))[-1]))[-1]
    assert "请了 1 位，交回 1 位" in card
    assert "B" not in card.text.partition("专家评议")[2].splitlines()[0], "how they marked is not told"


async def test_a_fact_of_the_day_on_which_it_was_given(three_tier: Town) -> None:
    """What was not known yet on a past day is not known for it."""
    [sheet] = await asks(three_tier, GM)
    await three_tier.people[GM].does(GiveSheet(sheet, dict.fromkeys(indicators(three_tier), Mark.A)))

    assert len(await sheets_of(three_tier)) == 1
    assert await sheets_of(three_tier, date(2026, 3, 9)) == ()


async def test_a_sheet_is_its_experts_and_is_given_once(three_tier: Town) -> None:
    """Each on his own: nobody gives another's, or their own again after seeing how it went."""
    marks = dict.fromkeys(indicators(three_tier), Mark.A)
    [sheet] = await asks(three_tier, GM)

    with pytest.raises(Refusal) as caught:
        await three_tier.people[VP].does(GiveSheet(sheet, marks))
    assert caught.value.key == "sheet-not-yours"
    await three_tier.people[GM].does(GiveSheet(sheet, marks))
    with pytest.raises(Refusal) as caught:
        await three_tier.people[GM].does(GiveSheet(sheet, marks))
    assert caught.value.key == "sheet-given"


async def test_a_blank_is_no_mark(three_tier: Town) -> None:
    [sheet] = await asks(three_tier, GM)

    with pytest.raises(Refusal) as caught:
        await three_tier.people[GM].does(GiveSheet(sheet, {indicators(three_tier)[0]: Mark.A}))
    assert caught.value.key == "sheet-incomplete"
    assert await sheets_of(three_tier) == ()


async def test_nobody_is_asked_twice(three_tier: Town) -> None:
    assert len(await asks(three_tier, GM, GM, VP)) == 2
    assert len([each for each in await three_tier.people[GM].reads() if "评议打分" in each]) == 1


@pytest.mark.parametrize("name", [SALESPERSON, SELLER])
async def test_who_sells_or_may_not_see_the_file_is_no_expert(three_tier: Town, name: str) -> None:
    """2.10, 9.1: the customer's salesperson, and one of another region."""
    with pytest.raises(Refusal) as caught:
        await asks(three_tier, name)
    assert caught.value.key == "expert-not-possible"


async def test_the_former_assessor_asks_nobody(three_tier: Town) -> None:
    """Only who may assess asks."""
    review = (await the_review(three_tier, STEADY)).id or 0
    with pytest.raises(Refusal) as caught:
        await three_tier.people[CFO].does(AskExpert(review, three_tier.people[GM].id))
    assert caught.value.key == "review-not-independent"


async def test_experts_mark_for_a_policy_that_is_to_come(company: Town) -> None:
    """2.1: who is confirmed to rate from a later day finds the sheets that it takes."""
    zheng, gm = company.people[ASSESSOR], company.people[GM]
    number = await zheng.does(ProposeActivation("b11-three-tier", TODAY + timedelta(days=30)))
    await opens(zheng, STEADY)
    with pytest.raises(Refusal) as caught:
        await asks(company, GM)
    assert caught.value.key == "sheet-not-asked", "proposed is not confirmed"

    await company.people[CFO].does(ConfirmActivation(number))
    await zheng.says(STEADY)
    [offered] = await zheng.taps("请专家评议", (await zheng.taps("复评"))[-1])
    await zheng.taps(GM, offered)
    [asked] = [each for each in await gm.reads() if "评议打分" in each]
    said = await gm.taps("开始打分", asked)
    for _ in indicators(company):
        said = await gm.taps("B", said[-1])

    [sheet] = await sheets_of(company)
    assert dict(sheet.marks) == dict.fromkeys(indicators(company), Mark.B)


async def test_a_policy_without_experts_asks_none(company: Town) -> None:
    await opens(company.people[ASSESSOR], STEADY)

    with pytest.raises(Refusal) as caught:
        await asks(company, GM)
    assert caught.value.key == "sheet-not-asked"


async def test_a_review_that_is_over_takes_no_marks(three_tier: Town) -> None:
    [sheet] = await asks(three_tier, GM)
    review = await the_review(three_tier, STEADY)
    await three_tier.people[OTHER_ASSESSOR].does(CloseReview(review.id or 0, 1, "客户已不再往来"))
    assert (await the_review(three_tier, STEADY)).state == ReviewState.WITHDRAWN

    with pytest.raises(Refusal) as caught:
        await three_tier.people[GM].does(GiveSheet(sheet, dict.fromkeys(indicators(three_tier), Mark.A)))
    assert caught.value.key == "review-over"
