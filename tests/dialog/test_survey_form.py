"""The survey in chat (1.3, 1.4; B9 arts. 8 to 11): each answer with its source and day, and who answers for it."""

from datetime import date
from decimal import Decimal

import pytest

from core.queries.customers.facts import KnownFact, survey_facts
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.customers.survey import RecordSurvey, SurveyAnswer
from tests.dialog.filling import SURVEY, begins, fills
from tests.support.town import Town

EAST = 1


async def facts(town: Town) -> dict[str, KnownFact]:
    return await town.database.read(lambda session: survey_facts(session, EAST))


async def test_each_answer_is_kept_with_its_source_its_day_and_the_person(company: Town) -> None:
    wang = company.people["王小雨"]
    review = await fills(wang, SURVEY)
    assert "王小雨" in review, "the signer answers for the truth of it (B9 art. 9)"
    await wang.taps("签名提交", review)

    kept = await facts(company)
    visit = date(2026, 3, 9)
    assert kept["law_abiding"] == KnownFact("law_abiding", True, "visit", visit, wang.id)
    assert kept["net_profit_last_year"].value == Money.of(1_200_000)
    assert kept["net_profit_year_before"].value == Money.of(-30_000), "a loss"
    assert kept["operating_cash_flow_year_before"].value == Money.zero()
    assert kept["debt_ratio"].value == Decimal("56.8")
    assert {fact.source for fact in kept.values()} == {"visit"}


async def test_asked_and_not_to_be_had_is_neither_zero_nor_unasked(company: Town) -> None:
    """Unknown is not zero, and never counts as good."""
    wang = company.people["王小雨"]
    await wang.taps("签名提交", await fills(wang, SURVEY))

    kept = await facts(company)
    unknown = [key for key, fact in kept.items() if fact.value is None]
    assert len(unknown) == 1
    assert kept[unknown[0]].by == wang.id


async def test_the_source_can_be_changed_on_the_way(company: Town) -> None:
    wang = company.people["王小雨"]
    said = await begins(wang, SURVEY)
    for answer in SURVEY.answers[:4]:
        said = await wang.says(answer)
    source = next(label for label in said[-1].buttons if "来源" in label)

    [question] = await wang.taps(source, said[-1])
    assert "银行" in question.buttons
    await wang.taps("银行", question)
    for answer in SURVEY.answers[4:]:
        said = await wang.says(answer)
    await wang.taps("签名提交", said[-1])

    kept = await facts(company)
    assert kept["law_abiding"].source == "visit"
    assert kept["broken_promises_12m"].source == "bank"


async def test_what_changed_since_the_last_survey_is_marked(company: Town) -> None:
    review = await fills(company.people["王小雨"], SURVEY)

    marked = [line for line in review.text.splitlines() if "有变" in line]

    assert any("净利润" in line for line in marked)
    assert not [line for line in marked if "资产负债率" in line], "56.8 it was, and is"


@pytest.mark.parametrize(
    ("place", "answer"),
    [
        (0, "明天"),
        (0, "2026-02-30"),
        (1, "朋友圈"),
        (2, "也许"),
        (4, "-1"),
        (4, "1.5"),
        (6, "很多"),
        (10, "abc"),
    ],
)
async def test_an_answer_of_the_wrong_kind_is_told_and_asked_again(
    company: Town, place: int, answer: str
) -> None:
    wang = company.people["王小雨"]
    said = await begins(wang, SURVEY)
    for given in SURVEY.answers[:place]:
        said = await wang.says(given)

    bad, again = await wang.says(answer)

    assert again.text == said[-1].text
    assert "例如" in bad or "按钮" in bad, "it says what would do"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (SurveyAnswer("receipts_12m", Money.of(1), "visit"), "fact-unknown"),
        (SurveyAnswer("no_such_fact", True, "visit"), "fact-unknown"),
        (SurveyAnswer("law_abiding", True, "hearsay"), "source-unknown"),
        (SurveyAnswer("law_abiding", 1, "visit"), "fact-kind"),
        (SurveyAnswer("total_assets", Decimal(1), "visit"), "fact-kind"),
        (SurveyAnswer("broken_promises_12m", True, "visit"), "fact-kind"),
        (SurveyAnswer("risk_class", "no such class", "visit"), "fact-kind"),
        (SurveyAnswer("debt_ratio", Decimal("-0.01"), "visit"), "fact-range"),
        (SurveyAnswer("total_assets", Money.of(-1), "visit"), "fact-range"),
    ],
)
async def test_the_desk_takes_no_facts_that_nobody_was_asked_for(
    company: Town, answer: SurveyAnswer, why: str
) -> None:
    """What the ledger counts is counted, not told (B9 art. 10); nobody answers outside of what was asked."""
    with pytest.raises(Refusal, match=why):
        await company.people["王小雨"].does(RecordSurvey(EAST, (answer,), date(2026, 3, 10)))


async def test_a_survey_is_of_a_day_that_has_come(company: Town) -> None:
    with pytest.raises(Refusal, match="as-of-future"):
        await company.people["王小雨"].does(RecordSurvey(EAST, (), date(2026, 3, 11)))


async def test_anothers_customer_is_not_surveyed(company: Town) -> None:
    with pytest.raises(Refusal, match="customer-not-yours"):
        await company.people["李泽"].does(RecordSurvey(EAST, (), date(2026, 3, 10)))
