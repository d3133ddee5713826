"""The survey in chat (1.3, 1.4; B9 arts. 8 to 11): each answer with its source and day, and who answers for it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.queries.customers.survey import KnownFact, survey_facts
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.rules.statements.statements import Figure, Statement
from core.services.customers.survey import RecordSurvey, SurveyAnswer
from core.services.policies.activation import ConfirmActivation, ProposeActivation
from core.services.statements.statements import GivenStatement, RecordStatements
from tests.dialog.filling import SURVEY, begins, fills
from tests.support.town import Said, Town

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


# what the statements say

STATED = {
    Figure.TOTAL_ASSETS: Decimal(1000),
    Figure.TOTAL_LIABILITIES: Decimal(568),
    Figure.CURRENT_ASSETS: Decimal(500),
    Figure.INVENTORY: Decimal(145),
    Figure.CURRENT_LIABILITIES: Decimal(500),
    Figure.NET_PROFIT: Decimal(120),
}
SAID = 4
"""Debt ratio, quick ratio, last year's profit, and with it that nothing of the equity was lost."""
TODAY, YEAR_END = date(2026, 3, 10), date(2025, 12, 31)
EVERY_QUESTION = len(SURVEY.answers) - 2
"""Without the day and the source, which come first."""
FIGURES_ALONE = """
kind = "policy"
id = "figures-alone"
version = "2026-01"
in_force_from = 2026-01-01
document = "B5"
title = { zh = "只看负债率", en = "By debts alone" }
method = { kind = "criteria" }
validity = { months = 12, reminder_days = [30], article = "1" }
[[grades]]
code = "A"
rule = "all"
article = "1"
[[grades]]
code = "B"
rule = "else"
article = "1"
[[criteria]]
key = "few_debts"
grade = "A"
article = "1"
zh = "负债率低"
en = "Few debts"
when = { fact = "debt_ratio", op = "<=", value = 60 }
"""


async def states(town: Town, figures: dict[Figure, Decimal]) -> None:
    statement = GivenStatement(Statement(YEAR_END, 12, figures), audited=True)
    await town.people["王小雨"].does(RecordStatements(EAST, (statement,), "customer"))


async def asked(town: Town) -> tuple[Said, list[str], Said]:
    """How the survey begins, every question of it, each answered “not to be had”, and the whole before it is signed."""
    wang = town.people["王小雨"]
    begun = (await begins(wang, SURVEY))[-1]
    await wang.says(YEAR_END.isoformat())
    said = await wang.says("实地走访")
    questions = []
    while "问不到" in said[-1].buttons:
        questions.append(said[-1].text)
        said = await wang.says("问不到")
    return begun, questions, said[-1]


async def test_what_the_statements_say_is_shown_with_its_source_and_not_asked(company: Town) -> None:
    """1.5: a salesperson at a gate is asked as little as possible."""
    await states(company, STATED)

    begun, questions, review = await asked(company)

    for shown in (begun, review):
        for known in ("资产负债率：56.8%", "速动比率：0.71", "上年净利润：¥120", "存档报表", "2025-12-31"):
            assert known in shown, known
    assert len(questions) == EVERY_QUESTION - SAID
    assert not [
        each for each in questions if "资产负债率" in each or "速动比率" in each or "上年净利润" in each
    ]
    assert "资产负债率：问不到" not in review


async def test_what_they_leave_unknown_is_asked(company: Town) -> None:
    await states(
        company, {key: value for key, value in STATED.items() if key is not Figure.CURRENT_LIABILITIES}
    )

    begun, questions, _ = await asked(company)

    assert "速动比率" not in begun
    assert len(questions) == EVERY_QUESTION - (SAID - 1)


async def test_what_the_customer_file_says_is_shown_with_its_source_and_not_asked(company: Town) -> None:
    """1.1, 1.3: B6 looks at registered capital, which whoever opened the file has written down."""
    number = await company.people["沈雅琴"].does(ProposeActivation("b6-twenty-two", TODAY))
    await company.people["林静秋"].does(ConfirmActivation(number))

    begun, questions, review = await asked(company)

    for shown in (begun, review):
        assert "注册资金：¥30,000,000" in shown
        assert f"客户档案 · {TODAY}" in shown
    assert questions
    assert not [each for each in questions if "注册资金" in each]


async def test_without_statements_everything_is_asked(company: Town) -> None:
    begun, questions, _ = await asked(company)

    assert "不用再答" not in begun
    assert len(questions) == EVERY_QUESTION


async def test_statements_that_come_on_the_way_spare_the_questions_that_are_left(company: Town) -> None:
    wang = company.people["王小雨"]
    await begins(wang, SURVEY)
    for answer in SURVEY.answers[:4]:
        said = await wang.says(answer)
    assert f"5/{EVERY_QUESTION + 2}" in said[-1]
    await states(company, STATED)

    said = await wang.says(SURVEY.answers[4])

    assert f"6/{EVERY_QUESTION + 2 - SAID}" in said[-1]


async def test_where_the_statements_say_it_all_there_is_nothing_to_ask(company: Town, tmp_path: Path) -> None:
    """A scheme that looks at figures alone."""
    (tmp_path / "figures.toml").write_text(FIGURES_ALONE, "utf-8")
    company.restarts(tmp_path)
    proposal = ProposeActivation("figures-alone", date(2026, 3, 10))
    number = await company.people["沈雅琴"].does(proposal)
    await company.people["林静秋"].does(ConfirmActivation(int(number)))
    await states(company, STATED)

    [said] = await begins(company.people["王小雨"], SURVEY)

    assert "没有要问的" in said
    assert "资产负债率：56.8%" in said
    assert [label for label in said.buttons if "评级" in label]


async def test_what_a_confirmed_policy_will_look_at_is_asked_before_its_day(
    company: Town, tmp_path: Path
) -> None:
    """2.1: else nobody could be rated on the day that it comes into force."""
    (tmp_path / "coming.toml").write_text(FIGURES_ALONE.replace("debt_ratio", "current_ratio"), "utf-8")
    company.restarts(tmp_path)
    number = await company.people["沈雅琴"].does(ProposeActivation("figures-alone", date(2026, 4, 1)))
    _, proposed, _ = await asked(company)
    assert len(proposed) == EVERY_QUESTION, "one person alone changes nothing"

    company.comes("2026-03-11T09:00")
    await company.people["林静秋"].does(ConfirmActivation(int(number)))
    _, confirmed, _ = await asked(company)

    [added] = confirmed
    assert "流动比率" in added, "what was answered already is not asked again"


async def test_a_share_below_one_says_which_it_is(company: Town) -> None:
    """1.3: 0.65 is 65 % to one person and 0.65 % to another."""
    wang = company.people["王小雨"]
    answers, said = iter(SURVEY.answers), await begins(wang, SURVEY)
    while "资产负债率是百分之几" not in said[-1].text:
        said = await wang.says(next(answers))

    refused = await wang.says("0.65")
    assert "65% 还是 0.65%" in refused[0]
    said = await wang.says("0.65%")
    next(answers)
    for answer in answers:
        said = await wang.says(answer)
    assert [line for line in said[-1].text.splitlines() if "资产负债率：<b>0.65%</b>" in line], said[-1].text
