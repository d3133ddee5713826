"""A customer is rated anew without asking for credit (2.5, 2.6, 2.10): one tap for what has not changed."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.queries.rating.replay import replays
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.line import CreditLine
from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from core.rules.lifecycles.line_lifecycle import LineState
from core.rules.lifecycles.review_lifecycle import Cause, ReviewState
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.customers.survey import RecordSurvey, SurveyAnswer
from core.services.policies.activation import ConfirmActivation, ProposeActivation
from core.services.rating.review import (
    AskForFacts,
    CloseReview,
    ConfirmReview,
    OpenReview,
    RecordEvent,
)
from core.texts.message import Message, Picture
from tests.scenarios.reviewing import (
    ASSESSOR,
    CFO,
    OTHER_ASSESSOR,
    SELLER,
    SLIPPING,
    STEADY,
    entry_of,
    opens,
    reviews_of,
    the_review,
)
from tests.scenarios.story import (
    CHAIN,
    EAST,
    SALESPERSON,
    all_consent,
    asked_of,
    asks,
    customer_of,
    line_of,
    refusals,
)
from tests.support.town import Town

TODAY = date(2026, 3, 10)


async def test_one_tap_confirms_what_is_and_the_grade_holds_another_year(company: Town) -> None:
    """2.5: validity; unchanged facts are confirmed with one tap."""
    zheng = company.people[ASSESSOR]
    await zheng.says(STEADY)
    [card] = await zheng.taps("复评")
    assert "等级仍是\u00a0<b>A</b>" in card

    [done] = await zheng.taps("确认并提交", card)

    assert "已生效" in done
    customer, entry = await customer_of(company, STEADY), await entry_of(company, STEADY)
    assert (customer.grade, customer.rated_on, customer.rated_until) == ("A", TODAY, date(2027, 3, 9))
    assert (entry.assessor, entry.since, entry.until, entry.by_policy) == (
        zheng.id,
        TODAY,
        date(2027, 3, 9),
        "A",
    )
    assert "已生效" in await zheng.card("review")
    line = await line_of(company, STEADY)
    assert line is not None
    assert (line.state, line.ends) == (LineState.OPEN, date(2026, 8, 16)), "a line is the chain's to prolong"


async def test_what_changed_since_the_last_rating_comes_first_with_old_and_new(company: Town) -> None:
    """2.6: facts that changed, with their source and day; the rest by number."""
    zheng = company.people[ASSESSOR]
    review = await opens(zheng, STEADY)
    await zheng.does(ConfirmReview(review.id or 0, 1, "A"))
    await declares(company, STEADY, SALESPERSON, illegal=True)

    await zheng.says(STEADY)
    [card] = await zheng.taps("复评")

    changed, _, rest = card.text.partition("没变的")
    assert "变了的 1 项" in changed
    assert "否 → 是（工商税务 2026-03-10）" in changed
    assert "一并确认" in rest
    assert "等级\u00a0A → <b>C</b>" in card


async def test_the_card_offers_the_picture_of_the_grade_with_what_changed_at_the_top(company: Town) -> None:
    """2.3, 2.5."""
    zheng = company.people[ASSESSOR]
    review = await opens(zheng, STEADY)
    await zheng.does(ConfirmReview(review.id or 0, 1, "A"))
    await declares(company, STEADY, SALESPERSON, illegal=True)
    await zheng.says(STEADY)
    [card] = await zheng.taps("复评")

    [said] = await zheng.taps("看图", card)

    assert said.file.endswith(".png")
    assert "C\u00a0级" in said
    assert "变了的 1 项" in said
    picture = await asked_of(company, lambda session: _picture(session, said.id))
    [changed] = picture.facts["changed"]
    assert changed["name"].zh == "严重违法经营"
    assert [changed[side].facts["value"].key for side in ("before", "now")] == ["choice-no", "choice-yes"]
    [back] = await zheng.taps("返回", said)
    assert back.card == card.card


async def test_the_picture_of_a_first_rating_has_nothing_that_changed(company: Town) -> None:
    zheng = company.people[ASSESSOR]
    await zheng.says(STEADY)
    [card] = await zheng.taps("复评")

    [said] = await zheng.taps("看图", card)

    assert "以前没有留下评级资料" in said
    assert not (await asked_of(company, lambda session: _picture(session, said.id))).facts["changed"]


def _picture(session: Session, message: int) -> Picture:
    """What comes with a message, before it is drawn."""
    found = Message.from_text(session.get_one(OutboxMessage, message).body).picture
    assert found is not None
    return found


async def declares(town: Town, customer: str, owner: str, *, illegal: bool) -> None:
    """The salesperson answers whether the customer broke the law badly (B9 art. 16(7): any such is a C)."""
    number = (await customer_of(town, customer)).id or 0
    answer = SurveyAnswer("serious_illegal_operation", illegal, "authority")
    await town.people[owner].does(RecordSurvey(number, (answer,), TODAY))


async def test_a_grade_without_credit_suspends_the_line_and_all_are_told(company: Town) -> None:
    """B9 art. 27; A12: a grade change is pushed to the business side."""
    zheng, li = company.people[ASSESSOR], company.people[SELLER]
    await zheng.says(SLIPPING)
    [card] = await zheng.taps("复评")
    assert "等级\u00a0B → <b>C</b>" in card
    assert "¥80,000 的额度会停用" in card

    await zheng.taps("确认并提交", card)

    line = await line_of(company, SLIPPING)
    assert line is not None
    assert line.state == LineState.SUSPENDED
    for person in (li, company.people[OTHER_ASSESSOR]):
        said = await person.reads()
        assert any("B → C" in each and "额度停用" in each for each in said), person.name


async def test_a_better_grade_restores_the_line_while_its_own_days_last(company: Town) -> None:
    """3.7: suspended until re-rated."""
    zheng = company.people[ASSESSOR]
    states = []
    for illegal, grade in ((True, "C"), (False, "A")):
        await declares(company, STEADY, SALESPERSON, illegal=illegal)
        review = await opens(zheng, STEADY)
        await zheng.does(ConfirmReview(review.id or 0, 1, grade))
        line = await line_of(company, STEADY)
        assert line is not None
        states.append(line.state)

    assert states == [LineState.SUSPENDED, LineState.OPEN]
    said = await company.people[SALESPERSON].reads()
    assert any("额度恢复使用" in each for each in said)


async def test_the_stored_assessment_replays_to_the_same(company: Town) -> None:
    """2.4, 9.2: policy, inputs and result are kept."""
    zheng = company.people[ASSESSOR]
    review = await opens(zheng, SLIPPING)
    await zheng.does(ConfirmReview(review.id or 0, 1, "C"))
    review = await the_review(company, SLIPPING)

    stored = await asked_of(company, lambda session: session.get_one(Assessment, review.assessment))
    assert (stored.grade, stored.by) == ("C", zheng.id)
    [replay] = await asked_of(company, lambda session: list(replays(session, company.desk.office.library)))
    assert (replay.request, replay.same) == (review.number, True)


@pytest.mark.parametrize("name", [SALESPERSON, CHAIN["market_manager"], CHAIN["marketing_vp"], CHAIN["gm"]])
async def test_nobody_who_sells_assesses(company: Town, name: str) -> None:
    """2.10 (A8): deny by default."""
    review = await opens(company.people[ASSESSOR], STEADY)

    with pytest.raises(Refusal, match="not-allowed"):
        await company.people[name].does(ConfirmReview(review.id or 0, 1, "A"))
    assert (await the_review(company, STEADY)).state == ReviewState.OPEN


async def test_finance_does_not_assess_where_the_policy_names_others(company: Town) -> None:
    """2.10: the CFO holds the permission, and the policy's roles are controller and finance manager."""
    review = await opens(company.people[ASSESSOR], STEADY)

    with pytest.raises(Refusal) as caught:
        await company.people[CFO].does(ConfirmReview(review.id or 0, 1, "A"))
    assert caught.value.key == "review-not-independent"
    assert caught.value.facts["why"].key == "assess-not-assessor"


async def test_a_controller_who_also_sells_does_not_assess_their_own_customer(company: Town) -> None:
    """2.10: people, not roles."""
    both = await company.hires("严谨", "sales", "credit_controller")
    number = (await customer_of(company, STEADY)).id or 0
    review = await opens(company.people[ASSESSOR], STEADY)
    await hands_over(company, number, both.id)

    with pytest.raises(Refusal) as caught:
        await both.does(ConfirmReview(review.id or 0, 1, "A"))
    assert caught.value.facts["why"].key == "assess-own-customer"


async def hands_over(company: Town, customer: int, owner: int | None) -> None:
    def change(session: Session) -> None:
        session.get_one(Customer, customer).owner = owner

    await company.database.write(change)


async def test_facts_that_changed_since_they_were_shown_are_not_confirmed(company: Town) -> None:
    """What the assessor did not see is not confirmed."""
    zheng = company.people[ASSESSOR]
    review = await opens(zheng, SLIPPING)

    with pytest.raises(Refusal) as caught:
        await zheng.does(ConfirmReview(review.id or 0, 1, "B"))
    assert caught.value.key == "review-facts-changed"
    assert (await customer_of(company, SLIPPING)).grade == "B"


async def test_a_second_tap_meets_the_review_as_it_is(company: Town) -> None:
    zheng = company.people[ASSESSOR]
    review = await opens(zheng, STEADY)
    await zheng.does(ConfirmReview(review.id or 0, 1, "A"))

    for version in (1, 2):
        with pytest.raises(Refusal) as caught:
            await zheng.does(ConfirmReview(review.id or 0, version, "A"))
        assert caught.value.key == "review-moved-on"


async def test_the_salesperson_is_asked_for_what_nobody_knows(company: Town) -> None:
    zheng, li = company.people[ASSESSOR], company.people[SELLER]
    await zheng.says("南昌赣渚")
    await zheng.taps("复评")

    await zheng.taps("更新资料")

    [asked] = [each for each in await li.reads() if "正在复评" in each]
    assert "请补这几项" in asked
    assert any("调查" in label for label in asked.buttons)


async def test_the_card_follows_the_facts_that_come_in(company: Town) -> None:
    """Cards are rendered from state: nobody has to send it again."""
    zheng = company.people[ASSESSOR]
    await zheng.says(STEADY)
    await zheng.taps("复评")
    assert "等级仍是\u00a0<b>A</b>" in await zheng.card("review")
    before = await company.database.read(touched)
    company.passes(minutes=5)
    await declares(company, STEADY, SALESPERSON, illegal=True)

    assert await company.database.read(touched) > before
    assert "等级\u00a0A → <b>C</b>" in await zheng.card("review")


def touched(session: Session) -> int:
    """When copies of the card were last sent or marked to be brought up to date."""
    outbox = table_of(OutboxMessage)
    rows = select(func.max(outbox.c.touched)).where(outbox.c.card.like("review:%"))
    return int(session.execute(rows).scalar_one())


async def test_a_customer_without_a_salesperson_has_nobody_to_ask(company: Town) -> None:
    zheng = company.people[ASSESSOR]
    review = await opens(zheng, STEADY)
    await hands_over(company, review.customer, None)

    with pytest.raises(Refusal) as caught:
        await zheng.does(AskForFacts(review.id or 0, ()))
    assert caught.value.key == "review-no-owner"


async def test_too_little_known_is_no_grade_and_nothing_changes(company: Town) -> None:
    """2.4: a want of facts is no result to be confirmed; the card does not offer it."""
    await puts_in_force(company, "a15-three-classes")
    zheng = company.people[ASSESSOR]
    review = await opens(zheng, STEADY)

    with pytest.raises(Refusal) as caught:
        await zheng.does(ConfirmReview(review.id or 0, 1, None))
    assert caught.value.key == "review-not-ratable"
    await zheng.says(STEADY)
    [card] = await zheng.taps("复评")
    assert "现在评不出等级" in card
    assert not any("确认并提交" in label for label in card.buttons)
    assert (await customer_of(company, STEADY)).grade == "A"


async def test_who_is_known_to_be_barred_loses_the_grade_and_the_use_of_the_line(company: Town) -> None:
    """2.4, B3 四: younger than a year is not rated; that is an outcome, and everybody concerned is told."""
    await puts_in_force(company, "b3-sixty-forty")
    number = (await customer_of(company, STEADY)).id or 0
    answer = SurveyAnswer("years_in_business", Decimal(0), "authority")
    await company.people[SALESPERSON].does(RecordSurvey(number, (answer,), TODAY))
    zheng = company.people[ASSESSOR]
    await zheng.says(STEADY)
    [card] = await zheng.taps("复评")
    assert "不能有授信" in card

    [done] = await zheng.taps("确认并提交", card)

    assert "现在没有等级" in done
    customer, line = await customer_of(company, STEADY), await line_of(company, STEADY)
    assert line is not None
    assert (customer.grade, customer.rated_until, line.state) == (None, None, LineState.SUSPENDED)
    said = await company.people[SALESPERSON].reads()
    assert any("等级取消（原来 A" in each for each in said)
    assert "等级取消（原来是 A）" in await zheng.card("review")


async def puts_in_force(town: Town, policy: str) -> None:
    number = await town.people[ASSESSOR].does(ProposeActivation(policy, TODAY))
    await town.people[CFO].does(ConfirmActivation(number))


async def test_the_grade_of_another_policy_is_not_compared_letter_by_letter(company: Town) -> None:
    """2.6: a changed policy; the letters of two schemes are never compared."""
    await puts_in_force(company, "a9-survey-abc")
    zheng = company.people[ASSESSOR]
    await zheng.says(STEADY)
    [card] = await zheng.taps("复评")

    assert "不能对着看" in card
    await zheng.taps("确认并提交", card)
    assert (await customer_of(company, STEADY)).rated_by_policy == "a9-survey-abc"


async def test_a_review_that_is_not_there_is_told(company: Town) -> None:
    with pytest.raises(Refusal) as caught:
        await company.people[ASSESSOR].does(ConfirmReview(4711, 1, None))
    assert caught.value.key == "review-unknown"


async def test_what_anybody_heard_is_recorded_and_opens_a_review(company: Town) -> None:
    """2.6: a negative event recorded by a person."""
    wang = company.people[SALESPERSON]
    await wang.says(STEADY)
    await wang.taps("记负面消息")

    await wang.says("法院公告：被供应商起诉")

    review = await the_review(company, STEADY)
    assert (review.cause, review.event, review.about) == (
        Cause.EVENT,
        "negative_event",
        "法院公告：被供应商起诉",
    )
    number = review.customer
    await wang.does(RecordEvent(number, "账户冻结"))
    assert len(await reviews_of(company, STEADY)) == 1
    assert (await the_review(company, STEADY)).about.endswith("账户冻结")
    with pytest.raises(Refusal, match="reason-due"):
        await wang.does(RecordEvent(number, ""))


async def test_a_review_with_nothing_to_rate_is_closed_with_words(company: Town) -> None:
    zheng = company.people[ASSESSOR]
    review = await opens(zheng, STEADY)
    with pytest.raises(Refusal, match="reason-due"):
        await zheng.does(CloseReview(review.id or 0, 1, ""))
    await zheng.says(STEADY)
    await zheng.taps("复评")
    await zheng.taps("不用重评")

    await zheng.says("客户已不再往来")

    assert (await the_review(company, STEADY)).state == ReviewState.WITHDRAWN
    assert (await customer_of(company, STEADY)).rated_on == date(2025, 8, 11)


async def test_a_granted_request_ends_the_review_that_was_open(company: Town) -> None:
    """One grade, made once: the chain has rated the customer meanwhile."""
    await opens(company.people[ASSESSOR], EAST)
    await asks(company.people[SALESPERSON])
    await all_consent(company)

    assert (await the_review(company, EAST)).state == ReviewState.WITHDRAWN
    entry = await entry_of(company, EAST)
    assert (entry.grade, entry.since, entry.assessor) == (
        "B",
        TODAY,
        company.people[CHAIN["credit_controller"]].id,
    )


async def test_reviews_wait_in_the_menu_of_whoever_may_assess(company: Town) -> None:
    zheng = company.people[ASSESSOR]
    await opens(zheng, STEADY)
    await opens(zheng, SLIPPING)

    [list_] = await zheng.says("复评")

    assert "2 户" in list_
    assert len([label for label in list_.buttons if "前" in label]) == 2
    assert "等你复评" in (await company.people[CFO].says("复评"))[-1]
    assert any(each["why"] == "not-allowed" for each in await refused_to(company, SALESPERSON))


async def test_many_reviews_are_paged_as_other_lists_are(company: Town) -> None:
    """2.6: none of them is out of reach; who asks for a page that was worked off meanwhile gets the last one."""
    zheng = company.people[ASSESSOR]
    opened = [await zheng.does(OpenReview(customer)) for customer in range(1, 15)]

    [first] = await zheng.says("复评")
    [second] = await zheng.taps("下一页", first)

    shown = [[label for label in page.buttons if "前" in label] for page in (first, second)]
    assert ("14 户" in first, "第 1–12 户" in first, "第 13–14 户" in second) == (True, True, True)
    assert (len(shown[0]), len(shown[1]), set(shown[0]) & set(shown[1])) == (12, 2, set())
    assert "下一页" not in second.buttons
    [back] = await zheng.taps("上一页", second)
    assert [label for label in back.buttons if "前" in label] == shown[0]

    for number in opened[-2:]:
        await zheng.does(CloseReview(number, 1, "客户已不再往来"))
    [left] = await zheng.taps("下一页", first)
    assert [label for label in left.buttons if "前" in label] == shown[0]


async def refused_to(company: Town, name: str) -> list[dict[str, str]]:
    await company.people[name].says("复评")
    return await refusals(company)


async def test_a_limit_above_what_the_new_grade_allows_is_told_to_be_run_down(company: Town) -> None:
    """3.10, B9 art. 32: compressed on a plan, not cut."""
    line = await line_of(company, STEADY)
    assert line is not None

    def raise_it(session: Session) -> None:
        session.get_one(CreditLine, line.id).limit_minor = Money.of(90_000_000).minor

    await company.database.write(raise_it)
    zheng = company.people[ASSESSOR]
    await zheng.says(STEADY)
    [card] = await zheng.taps("复评")
    assert "超出部分要逐步压缩" in card

    await zheng.taps("确认并提交", card)

    said = await company.people[SALESPERSON].reads()
    assert any("超出部分要逐步压缩" in each for each in said)
    after = await line_of(company, STEADY)
    assert after is not None
    assert (after.state, after.limit_minor) == (LineState.OPEN, Money.of(90_000_000).minor)


async def test_a_review_belongs_to_those_who_see_the_customer(company: Town) -> None:
    """9.1."""
    review = await opens(company.people[ASSESSOR], SLIPPING)

    with pytest.raises(Refusal, match="not-allowed"):
        await company.people[SALESPERSON].does(OpenReview(review.customer))
    with pytest.raises(Refusal, match="customer-not-yours"):
        await company.people[SALESPERSON].does(RecordEvent(review.customer, "听说要搬"))
