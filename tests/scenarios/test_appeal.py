"""The customer objects through its salesperson; somebody else rates it again, and the outcome can be sent on (2.8, 2.10)."""

from datetime import date

import pytest

from core.records.customer import Customer
from core.records.staff import Person
from core.rules.lifecycles.line_lifecycle import LineState
from core.rules.lifecycles.review_lifecycle import Cause, ReviewState
from core.rules.refusal import Refusal
from core.services.customers.survey import RecordSurvey, SurveyAnswer
from core.services.rating.appeal import FileAppeal, WithdrawAppeal
from core.services.rating.override import OverrideGrade
from core.services.rating.review import CloseReview, ConfirmReview
from tests.scenarios.reviewing import (
    ASSESSOR,
    OTHER_ASSESSOR,
    SELLER,
    STEADY,
    entry_of,
    opens,
    reviews_of,
    the_review,
)
from tests.scenarios.story import CHAIN, EAST, SALESPERSON, all_consent, asks, customer_of, line_of
from tests.support.town import Town

TODAY = date(2026, 3, 10)


@pytest.fixture
async def rated_c(company: Town) -> Town:
    """郑惠芳 has rated 王小雨's customer a C today, for something that turns out to be a mistake (B9 art. 16(7))."""
    await declares(company, illegal=True)
    review = await opens(company.people[ASSESSOR], STEADY)
    await company.people[ASSESSOR].does(ConfirmReview(review.id or 0, 1, "C"))
    await company.people[SALESPERSON].reads()
    return company


async def declares(town: Town, *, illegal: bool) -> None:
    number = (await customer_of(town, STEADY)).id or 0
    answer = SurveyAnswer("serious_illegal_operation", illegal, "authority")
    await town.people[SALESPERSON].does(RecordSurvey(number, (answer,), TODAY))


async def files(town: Town, words: str = "处罚决定已经撤销") -> int:
    number = (await customer_of(town, STEADY)).id or 0
    return int(await town.people[SALESPERSON].does(FileAppeal(number, words)))


async def test_an_objection_is_filed_with_words_and_a_photo_and_decided_by_somebody_else(
    rated_c: Town,
) -> None:
    """2.8, from the customer's file to the letter that can be sent on."""
    wang, shen = rated_c.people[SALESPERSON], rated_c.people[OTHER_ASSESSOR]
    await wang.says(STEADY)
    await wang.taps("客户申诉")
    await wang.says("处罚决定已经撤销")
    [filed] = await wang.sends_file("撤销决定.jpg", b"\xff\xd8\xff photo")
    assert "重新评" in filed
    card = await shen.card("review")
    assert "客户申诉" in card
    assert "王小雨：「处罚决定已经撤销」" in card
    await declares(rated_c, illegal=False)

    [shown] = await shen.taps("看申诉材料", card)
    assert "申诉附来的材料" in shown
    await shen.taps("确认并提交", await shen.card("review"))

    [told] = [each for each in await wang.reads() if "申诉有结果了" in each]
    assert "由 C 改为 A" in told
    assert "可以转给客户" in told
    assert "贵公司提出的异议，我们已换人重新核对。信用等级由 C 调整为 A" in told
    line = await line_of(rated_c, STEADY)
    assert line is not None
    assert line.state == LineState.OPEN
    assert (await entry_of(rated_c, STEADY)).assessor == shen.id


async def test_a_grade_that_is_kept_is_told_with_its_grounds(rated_c: Town) -> None:
    """A8: the result is told with its reason."""
    number = await files(rated_c)

    await rated_c.people[OTHER_ASSESSOR].does(ConfirmReview(number, 1, "C"))

    [told] = [each for each in await rated_c.people[SALESPERSON].reads() if "申诉有结果了" in each]
    assert "维持 C" in told
    assert "主要依据：" in told


async def test_the_former_assessor_does_not_decide_the_objection(rated_c: Town) -> None:
    """2.10: neither confirms nor sets another grade, and is not offered it."""
    zheng = rated_c.people[ASSESSOR]
    number = await files(rated_c)

    for command in (ConfirmReview(number, 1, "C"), OverrideGrade(number, 1, "C", "B", "看着不错")):
        with pytest.raises(Refusal) as caught:
            await zheng.does(command)
        assert caught.value.key == "review-not-independent"
        assert caught.value.facts["why"].key == "assess-former-assessor"
    assert "没有等你复评" in (await zheng.says("复评"))[-1]


async def test_who_brought_the_objection_does_not_decide_it(rated_c: Town) -> None:
    """2.10: who was the salesperson then is none the less whose customer it was."""
    both = await rated_c.hires("严谨", "sales", "credit_controller")
    number = (await customer_of(rated_c, STEADY)).id or 0
    await hands_over(rated_c, number, both.id)
    review = await both.does(FileAppeal(number, "处罚决定已经撤销"))
    await hands_over(rated_c, number, rated_c.people[SELLER].id)

    with pytest.raises(Refusal) as caught:
        await both.does(ConfirmReview(review, 1, "C"))
    assert caught.value.facts["why"].key == "assess-own-customer"


async def hands_over(town: Town, customer: int, owner: int) -> None:
    await town.database.write(lambda session: setattr(session.get_one(Customer, customer), "owner", owner))


async def test_only_the_customers_salesperson_files_and_withdraws(rated_c: Town) -> None:
    number = (await customer_of(rated_c, STEADY)).id or 0
    manager = rated_c.people[CHAIN["market_manager"]]
    with pytest.raises(Refusal) as caught:
        await manager.does(FileAppeal(number, "听说不对"))
    assert caught.value.key in {"appeal-not-owner", "customer-not-yours"}
    review = await files(rated_c)
    with pytest.raises(Refusal) as caught:
        await rated_c.people[SELLER].does(WithdrawAppeal(review, 1))
    assert caught.value.key in {"appeal-not-yours", "customer-not-yours"}

    await rated_c.people[SALESPERSON].does(WithdrawAppeal(review, 1))

    assert (await the_review(rated_c, STEADY)).state == ReviewState.WITHDRAWN
    assert (await customer_of(rated_c, STEADY)).grade == "C"


async def test_after_the_policys_days_it_is_too_late(rated_c: Town) -> None:
    """B5 三3.4 names no period: thirty days where the policy is silent; the last of them counts."""
    rated_c.comes("2026-04-09T10:00")
    assert await files(rated_c)
    await rated_c.people[SALESPERSON].does(WithdrawAppeal(await last_id(rated_c), 1))
    rated_c.comes("2026-04-10T10:00")

    with pytest.raises(Refusal) as caught:
        await files(rated_c)
    assert caught.value.key == "appeal-too-late"
    assert caught.value.facts["last_day"] == date(2026, 4, 9)


async def last_id(town: Town) -> int:
    return (await the_review(town, STEADY)).id or 0


async def test_who_comes_too_late_hears_it_before_they_write_a_word(rated_c: Town) -> None:
    wang = rated_c.people[SALESPERSON]
    rated_c.comes("2026-04-10T10:00")
    await wang.says(STEADY)

    [said] = await wang.taps("客户申诉")

    assert "2026-04-09 截止" in said


async def test_the_outcome_of_an_objection_is_final(rated_c: Town) -> None:
    await rated_c.people[OTHER_ASSESSOR].does(ConfirmReview(await files(rated_c), 1, "C"))

    with pytest.raises(Refusal) as caught:
        await files(rated_c)
    assert caught.value.key == "appeal-decided"


async def test_a_review_that_is_open_becomes_the_objection_and_a_second_one_waits(rated_c: Town) -> None:
    opened = await opens(rated_c.people[OTHER_ASSESSOR], STEADY)
    number = await files(rated_c)

    assert number == opened.id
    assert len(await reviews_of(rated_c, STEADY)) == 2
    assert (await the_review(rated_c, STEADY)).cause == Cause.APPEAL
    with pytest.raises(Refusal) as caught:
        await files(rated_c)
    assert caught.value.key == "appeal-under-way"


async def test_an_objection_is_decided_and_not_closed(rated_c: Town) -> None:
    number = await files(rated_c)

    with pytest.raises(Refusal) as caught:
        await rated_c.people[OTHER_ASSESSOR].does(CloseReview(number, 1, "没什么可说"))
    assert caught.value.key == "review-appeal-decided-only"


async def test_without_another_assessor_there_is_nobody_to_ask(rated_c: Town) -> None:
    shen = rated_c.people[OTHER_ASSESSOR].id
    await rated_c.database.write(lambda session: setattr(session.get_one(Person, shen), "active", False))

    with pytest.raises(Refusal) as caught:
        await files(rated_c)
    assert caught.value.key == "appeal-nobody"
    assert len(await reviews_of(rated_c, STEADY)) == 1


async def test_without_words_or_a_grade_there_is_no_objection(rated_c: Town) -> None:
    with pytest.raises(Refusal, match="reason-due"):
        await files(rated_c, "")
    unrated = (await customer_of(rated_c, "苏州澄湖")).id or 0
    with pytest.raises(Refusal) as caught:
        await rated_c.people[SALESPERSON].does(FileAppeal(unrated, "我们很好"))
    assert caught.value.key == "appeal-no-grade"


async def test_a_typed_number_is_no_file(rated_c: Town) -> None:
    wang = rated_c.people[SALESPERSON]
    await wang.says(STEADY)
    await wang.taps("客户申诉")
    await wang.says("处罚决定已经撤销")

    said = await wang.says("1")

    assert any("照片或一个文件" in each for each in said)
    assert (await wang.taps("跳过"))[-1].text.startswith("上海衡屿")
    assert (await the_review(rated_c, STEADY)).evidence is None


async def test_a_file_that_another_has_sent_is_no_evidence_of_ones_own(rated_c: Town) -> None:
    """9.1: evidence is shown to assessors; the number of a file is easily guessed."""
    wang, assessor = rated_c.people[SALESPERSON], rated_c.people[ASSESSOR]
    salaries = await rated_c.keep_file("工资表.xlsx", b"x", assessor.id)
    number = (await customer_of(rated_c, STEADY)).id or 0

    await wang.does(FileAppeal(number, "处罚决定已经撤销", salaries))

    assert (await the_review(rated_c, STEADY)).evidence is None


async def test_the_controller_who_signed_a_request_is_its_assessor(company: Town) -> None:
    """2.10: a grade that came with a request was assessed by whoever signed for finance."""
    await asks(company.people[SALESPERSON])
    await all_consent(company)
    number = (await customer_of(company, EAST)).id or 0
    review = await company.people[SALESPERSON].does(FileAppeal(number, "应当是 A"))

    with pytest.raises(Refusal) as caught:
        await company.people[OTHER_ASSESSOR].does(ConfirmReview(review, 1, "B"))
    assert caught.value.facts["why"].key == "assess-former-assessor"
    assert await company.people[ASSESSOR].does(ConfirmReview(review, 1, "B")) == "B"
