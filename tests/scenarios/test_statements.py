"""Financial statements as people give them (1.5, 1.6): by file, by typing, corrected, doubted, explained."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.files.line_items import words
from core.queries.actor import CLOCK
from core.queries.credit.consider import rated
from core.queries.customers.contradictions import findings
from core.queries.customers.facts import known_facts
from core.queries.customers.statements import kept_statements
from core.records.audit import AuditRecord
from core.records.inbox import Upload
from core.records.statement import StatementFile, StatementVersion
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.rating.rating import Rating
from core.rules.rating.reading import Reading
from core.rules.refusal import Refusal
from core.rules.statements.contradictions import Check, Severity
from core.rules.statements.statements import Figure, Statement
from core.services.customers.findings import ExplainFinding
from core.services.customers.survey import RecordSurvey, SurveyAnswer
from core.services.policies.activation import ConfirmActivation, ProposeActivation
from core.services.statements.statement_files import (
    DropStatementFile,
    GiveUpStatementFile,
    KeepStatementFile,
    OpenStatementFile,
)
from core.services.statements.statements import GivenStatement, RecordStatements, WithdrawStatement
from core.texts.wire import facts_of
from tests.files.statement_books import balance_sheet, three_statements, workbook
from tests.scenarios.story import CHAIN, OTHER_SALESPERSON, SALESPERSON, asks, customer_of, the_request
from tests.support.policies import write_tolerances
from tests.support.town import Said, Someone, Town

EAST = 1
YEAR, BEFORE = date(2025, 12, 31), date(2024, 12, 31)
TODAY = date(2026, 3, 10)
TYPED = ["万元", "30", "420", "700", "260", "360", "340", "1000", "760", "9", "40", "30", "问不到"]
"""The unit and the figures that are asked for, in the order of the statements; the last is not to be had."""


def given(ends: date = YEAR, audited: bool = False, **figures: object) -> GivenStatement:
    yuan = {Figure(key): Decimal(str(value)) for key, value in figures.items()}
    return GivenStatement(Statement(ends, 12, yuan), audited)


async def gives(person: Someone, *statements: GivenStatement, customer: int = EAST) -> int:
    return int(await person.does(RecordStatements(customer, statements, "customer")))


async def kept(town: Town, customer: int = EAST, on: date | None = None) -> dict[date, Statement]:
    found = await town.database.read(lambda session: kept_statements(session, customer, on))
    return {each.statement.ends: each.statement for each in found}


async def facts(town: Town, on: date = TODAY, customer: int = EAST) -> dict[str, Any]:
    office = town.desk.office
    found = await town.database.read(lambda session: known_facts(session, office, customer, on))
    return {key: (fact.value, fact.source) for key, fact in found.items()}


async def checks(town: Town, customer: int = EAST, on: date = TODAY) -> dict[Check, str]:
    """What is found, with the name of each finding."""
    library = town.desk.office.library
    found = await town.database.read(lambda session: findings(session, library, customer, on))
    return {each.finding.check: each.name for each in found}


async def rating(town: Town, customer: int) -> Rating:
    def ask(session: Session) -> Rating:
        return rated(session, town.desk.office, customer, TODAY).rating

    return await town.database.read(ask)


async def page(person: Someone, customer: str = "华东机械") -> Said:
    await person.says(customer)
    return (await person.taps("财务报表"))[-1]


async def two_people_activate(town: Town, from_day: date) -> None:
    """The company's own tolerances, proposed by one and confirmed by another (1.6, 2.1)."""
    number = await town.people[CHAIN["credit_controller"]].does(ProposeActivation("tolerances", from_day))
    await town.people[CHAIN["cfo"]].does(ConfirmActivation(number))


async def sends(person: Someone, content: bytes, name: str = "2025报表.xlsx") -> list[Said]:
    """The way to a file: the customer, statements, where from, the file."""
    await page(person)
    await person.taps("发 Excel 报表")
    await person.taps("客户提供")
    return await person.sends_file(name, content)


# by file


async def test_an_accountants_workbook_is_read_shown_and_kept(company: Town) -> None:
    wang = company.people[SALESPERSON]

    reading, preview = await sends(wang, three_statements("单位：万元", 1e-4))

    assert "正在读" in reading
    assert "资产总计 ¥8,000,000 · 营业收入 ¥12,000,000 · 净利润 ¥600,000" in preview
    assert await kept(company) == {}, "nothing is kept before it is confirmed"

    [done] = await wang.taps("存（已审计）", preview)
    assert "2 期" in done
    now = (await kept(company))[YEAR]
    assert (now[Figure.REVENUE], now[Figure.EQUITY]) == (12_000_000, 4_000_000)
    shown = await page(wang)
    assert "2025-12-31</b>（全年，已审计）" in shown
    assert "资产负债率 <b>50%</b>" in shown


async def test_a_file_of_another_firm_is_told_before_it_is_kept_for_this_customer(company: Town) -> None:
    """1.5: the workbook names its firm; nothing is kept for the wrong customer unseen."""
    wang = company.people[SALESPERSON]
    rows = balance_sheet()
    rows[1][0] = "编制单位：温州瓯屿贸易有限公司"

    _, preview = await sends(wang, workbook({"资产负债表": rows}))
    _, own = await sends(wang, three_statements())

    assert "文件上写的是「温州瓯屿贸易有限公司」，不是「华东机械" in preview
    assert "文件上写的是" not in own


async def test_each_ratio_is_shown_with_its_formula_and_figures(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await wang.taps("存（未审计）", (await sends(wang, three_statements()))[-1])

    await page(wang)
    [solvency] = await wang.taps("全部比率")
    assert "速动比率 <b>1.1833</b> = （流动资产 − 存货）÷ 流动负债" in solvency
    assert "存货 ¥1,450,000.55" in solvency
    assert "或有负债比率 = 或有负债 ÷ 所有者权益：<b>缺数，算不了</b>" in solvency

    [growth] = await wang.taps("成长", solvency)
    assert "三年销售平均增长率" in growth
    assert "缺上一期的数" in growth
    [profit] = await wang.taps("盈利", growth)
    assert "少数股东损益不明，按没有算" in profit, "what the reader has to know"


async def test_what_a_file_does_not_say_stays_and_what_it_says_anew_is_told_before(company: Town) -> None:
    """Nothing that was given is lost: a later file adds, and a changed figure is named before it changes."""
    wang = company.people[SALESPERSON]
    await gives(wang, given(revenue=5, inventory=1_450_001))

    preview = (await sends(wang, workbook({"资产负债表": balance_sheet()})))[-1]
    assert "会改掉存着的：存货" in preview
    await wang.taps("存（未审计）", preview)

    now = (await kept(company))[YEAR]
    assert (now[Figure.REVENUE], now[Figure.INVENTORY]) == (5, Decimal("1450000.55"))


async def test_what_cannot_be_read_is_told_with_sheet_and_cell_and_the_rest_is_offered(company: Town) -> None:
    wang = company.people[SALESPERSON]
    rows = balance_sheet()
    rows[5][2] = "约120万吧"
    rows[15][2] = 9_000_000

    preview = (await sends(wang, workbook({"资产负债表": rows})))[-1]

    assert "「资产负债表」C6 货币资金：约120万吧 — 不是数" in preview
    assert "“资产总计”和各项加起来的 ¥8,000,000 差 ¥1,000,000" in preview
    await wang.taps("存（未审计）", preview)
    assert (await kept(company))[YEAR][Figure.RECEIVABLES] == 2_300_000


async def test_without_a_unit_sizes_that_jump_are_refused_and_nothing_is_guessed(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await gives(wang, given(BEFORE, total_assets=7_000_000))

    [_, refused] = await sends(wang, three_statements("", 1e-4))
    assert "没写单位" in refused
    assert "“单位：万元”" in refused
    assert YEAR not in await kept(company)
    assert await given_up(company) == ["statement-unit-unclear"]

    preview = (await sends(wang, three_statements("")))[-1]
    assert "文件没写单位，按元读的" in preview, "sizes fit, so it is read, and said"


async def given_up(town: Town) -> list[str]:
    """Why files were given up, as the audit trail has it."""
    audit = table_of(AuditRecord)
    told = select(audit.c.data).where(audit.c.action == "statement-file.unreadable")
    return await town.database.read(
        lambda session: [facts_of(data)["why"] for data in session.execute(told).scalars()]
    )


async def test_a_file_that_is_no_statement_is_told_so(company: Town) -> None:
    wang = company.people[SALESPERSON]

    [_, refused] = await sends(wang, workbook({"Sheet1": [["单号", "金额"], ["FP-1", 5]]}))

    assert "没有认出报表项目" in refused
    with pytest.raises(Refusal, match="statement-file-not-waiting"):
        await wang.does(KeepStatementFile(1, audited=False))


async def test_the_template_comes_with_what_is_known_and_goes_back_filled_in(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await gives(wang, given(total_assets=8_000_000))
    await page(wang)
    await wang.taps("发 Excel 报表")
    await wang.taps("客户提供")
    await wang.taps("要一份模板")
    book = openpyxl.load_workbook(io.BytesIO(await newest_upload(company)))
    sheet = book[words("zh_CN").sheet]
    columns = {sheet.cell(2, at).value.date(): at for at in range(3, 6)}
    assert columns.keys() >= {YEAR, BEFORE}, "two years are asked for"
    lines = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    assert sheet.cell(lines["资产总计"], columns[YEAR]).value == 8_000_000
    sheet.cell(lines["营业收入"], columns[YEAR]).value = "１，２００万"
    sheet.cell(lines["净利润"], columns[BEFORE]).value = "(30)"
    sheet.cell(lines["是否审计"], columns[YEAR]).value = "是"
    filled = io.BytesIO()
    book.save(filled)

    preview = (await wang.sends_file("模板.xlsx", filled.getvalue()))[-1]
    await wang.taps("存（未审计）", preview)

    now = await kept(company)
    assert now[YEAR].figures == {Figure.TOTAL_ASSETS: 8_000_000, Figure.REVENUE: 12_000_000}
    assert now[BEFORE].figures == {Figure.NET_PROFIT: -30}
    shown = await page(wang)
    assert "2025-12-31</b>（全年，已审计）" in shown
    assert "2024-12-31</b>（全年，未审计）" in shown


async def newest_upload(town: Town) -> bytes:
    upload = table_of(Upload)
    newest = select(upload.c.content).order_by(upload.c.id.desc()).limit(1)
    return bytes(await town.database.read(lambda session: session.execute(newest).scalar_one()))


async def test_a_file_that_nobody_read_yet_is_taken_up_at_the_next_start(company: Town) -> None:
    wang = company.people[SALESPERSON]
    upload = await company.keep_file("报表.xlsx", three_statements(), wang.id)
    number = await wang.does(OpenStatementFile(EAST, upload, "bank", conversation=wang.conversation))

    await company.followups.resume()
    await company.followups.idle()

    assert "资产总计" in (await wang.reads())[-1]
    assert await wang.does(KeepStatementFile(number, audited=True)) == 2


async def test_a_file_is_its_senders_to_keep_or_drop(company: Town) -> None:
    wang, manager = company.people[SALESPERSON], company.people[CHAIN["market_manager"]]
    preview = (await sends(wang, three_statements()))[-1]

    with pytest.raises(Refusal, match="statement-file-unknown"):
        await manager.does(KeepStatementFile(1, audited=True))
    [dropped] = await wang.taps("不存", preview)
    assert "没有存" in dropped
    assert await kept(company) == {}
    with pytest.raises(Refusal) as told:
        await wang.does(DropStatementFile(1))
    assert told.value.key == "statement-file-not-waiting"
    await company.as_operator(GiveUpStatementFile(1, Refusal("file-empty")), CLOCK)
    states = await company.database.read(lambda s: [f.state for f in s.scalars(select(StatementFile))])
    assert states == ["dropped"], "what is settled stays settled"


# by typing


async def test_the_figures_that_matter_are_asked_one_by_one_in_the_order_of_the_statements(
    company: Town,
) -> None:
    wang = company.people[SALESPERSON]
    await page(wang)
    await wang.taps("打字填报表")
    said: list[Said] = []
    for answer in ["2025-12-31", "否", "客户提供", *TYPED]:
        said.append((await wang.says(answer))[-1])

    asked = [each.text.splitlines()[-1].partition("是多少")[0] for each in said[3:-1]]
    assert asked[:3] == ["存货", "流动资产合计", "资产总计"]
    assert asked[-1] == "经营活动产生的现金流量净额"
    assert "其余用 Excel" in said[-1].buttons, "the rest by file"
    await wang.taps("保存报表", said[-1])

    now = (await kept(company))[YEAR]
    assert (now[Figure.TOTAL_ASSETS], now[Figure.EQUITY]) == (7_000_000, 3_400_000)
    assert now[Figure.OPERATING_CASH_FLOW] is None, "asked, and not to be had: unknown and not zero"


async def test_half_filled_statements_are_kept_as_a_draft(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await page(wang)
    await wang.taps("打字填报表")
    for answer in ["2025-12-31", "否", "客户提供", *TYPED[:5]]:
        await wang.says(answer)

    [menu] = (await wang.says("菜单"))[-1:]
    [_, question] = await wang.taps("接着填：财务报表", menu)

    assert "负债合计" in question


@pytest.mark.parametrize("typed", ["很多", "1,2345", "NaN", "-", "1e9"])
async def test_what_is_no_figure_is_told_and_asked_again(company: Town, typed: str) -> None:
    wang = company.people[SALESPERSON]
    await page(wang)
    await wang.taps("打字填报表")
    for answer in ["2025-12-31", "否", "客户提供", "元"]:
        question = (await wang.says(answer))[-1]

    bad, again = await wang.says(typed)

    assert "例如" in bad
    assert again.text == question.text


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [("-30.5", -305_000), ("(30.5)", -305_000), ("亏损30.5", -305_000), ("5亿", 500_000_000)],
)
async def test_a_loss_may_be_written_as_people_write_it(company: Town, typed: str, yuan: int) -> None:
    wang = company.people[SALESPERSON]
    await page(wang)
    await wang.taps("打字填报表")
    for answer in ["2025-12-31", "否", "客户提供", *TYPED[:-2], typed, "问不到"]:
        said = await wang.says(answer)
    await wang.taps("保存报表", said[-1])

    assert (await kept(company))[YEAR][Figure.NET_PROFIT] == yuan


async def test_a_day_within_a_month_is_no_end_of_a_period(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await page(wang)
    await wang.taps("打字填报表")

    [bad, _] = await wang.says("2025-12-30")

    assert "不是月底" in bad


async def test_a_period_on_file_is_corrected_figure_by_figure(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await gives(wang, given(equity=5, revenue=7, goodwill=1))
    await page(wang)
    await wang.taps("更正或撤回")

    said = await wang.taps("改 2025-12-31")
    assert "营业收入 ¥7" in said[-1], "the whole is shown"
    [change] = await wang.taps("改一项", said[-1])
    await wang.taps("营业收入", change)
    await wang.taps("保存报表", (await wang.says("9"))[-1])

    assert (await kept(company))[YEAR].figures == {
        Figure.EQUITY: 5,
        Figure.REVENUE: 9,
        Figure.GOODWILL: 1,
    }


async def test_a_period_of_somebody_else_is_withdrawn(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await gives(wang, given(equity=5), given(BEFORE, equity=4))
    await page(wang)
    await wang.taps("更正或撤回")
    [shown] = await wang.taps("撤 2024-12-31")

    assert "2024-12-31" not in shown
    assert set(await kept(company)) == {YEAR}
    with pytest.raises(Refusal, match="statement-unknown"):
        await wang.does(WithdrawStatement(EAST, BEFORE))


# what was known when


async def test_a_correction_leaves_the_earlier_version_for_those_who_look_back(company: Town) -> None:
    """1.9: a past day is asked for by what was known on it, statements and answers alike."""
    wang = company.people[SALESPERSON]
    await gives(wang, given(total_assets=100, total_liabilities=60))
    company.comes("2026-04-20T09:00")
    await gives(wang, given(total_assets=100, total_liabilities=70))
    await wang.does(RecordSurvey(EAST, (SurveyAnswer("law_abiding", False, "visit"),), date(2026, 4, 20)))

    assert (await facts(company))["debt_ratio"] == (Decimal("60"), "filed_statements")
    assert (await facts(company))["law_abiding"][0] is True
    later = await facts(company, date(2026, 4, 20))
    assert (later["debt_ratio"][0], later["law_abiding"][0]) == (Decimal("70"), False)
    before = await facts(company, date(2026, 3, 9))
    assert before["debt_ratio"] == (Decimal("56.8"), "statements"), "what the survey said before"


async def test_every_version_says_who_when_and_from_where(company: Town) -> None:
    """1.4, 1.9."""
    wang = company.people[SALESPERSON]
    await gives(wang, given(equity=5))
    assert await gives(wang, given(equity=5)) == 0, "the same again makes no version"
    await gives(wang, given(equity=6, audited=True))

    def look(session: Session) -> list[Any]:
        return list(session.scalars(select(StatementVersion).order_by(table_of(StatementVersion).c.id)))

    versions = [each for each in await company.database.read(look) if each.customer == EAST]
    assert [(each.by, each.source, each.audited, each.known_on) for each in versions] == [
        (wang.id, "customer", False, TODAY),
        (wang.id, "customer", True, TODAY),
    ]
    audit = table_of(AuditRecord)
    told = select(audit.c.data).where(audit.c.action == "statement.recorded").order_by(audit.c.seq.desc())
    assert '"equity":[{"decimal":"5"},{"decimal":"6"}]' in await company.database.read(
        lambda session: session.execute(told).scalars().first()
    )


async def test_the_statements_go_before_the_survey_and_an_undefined_ratio_is_no_number(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await gives(wang, given(total_assets=100, total_liabilities=120, equity=-20, net_profit=-5))

    known = await facts(company)

    assert known["debt_ratio"] == (Decimal("120"), "filed_statements")
    assert known["net_profit_last_year"] == (Money.of(-5), "filed_statements")
    assert known["quick_ratio"] == (Decimal("0.71"), "statements"), "the survey's, for want of another"
    assert isinstance(known["return_on_equity"][0], Reading)
    assert known["return_on_equity"][0].reason == "EQUITY_NON_POSITIVE"


# contradictions


async def test_sources_that_disagree_are_told_explained_and_shown_to_those_who_approve(company: Town) -> None:
    """1.6; B4."""
    wang = company.people[SALESPERSON]
    await gives(wang, given(total_assets=1000, total_liabilities=400, equity=600))

    shown = await page(wang)
    assert "资产负债率：存档报表说 40%，财务报表说 56.8%" in shown
    [question] = await wang.taps("说明第 1 处")
    assert "56.8%" in question
    await wang.says("调查时看的是合并前的报表")
    await asks(wang)

    manager = company.people[CHAIN["market_manager"]]
    card = await manager.card()
    assert "财务资料有 1 处对不上（0 处没有说明）" in card
    [everything] = await manager.taps("全部资料", card)
    assert "说明：「调查时看的是合并前的报表」（王小雨" in everything


async def test_an_explanation_goes_with_the_figures_it_explains(company: Town) -> None:
    wang = company.people[SALESPERSON]
    await gives(wang, given(total_assets=1000, total_liabilities=400))
    [name] = (await checks(company)).values()
    with pytest.raises(Refusal, match="explanation-empty"):
        await wang.does(ExplainFinding(EAST, name, "  "))
    await wang.does(ExplainFinding(EAST, name, "合并前"))

    await gives(wang, given(total_assets=1000, total_liabilities=300))

    [found] = await company.database.read(
        lambda session: findings(session, company.desk.office.library, EAST, TODAY)
    )
    assert found.explanation is None, "other figures, another finding"
    with pytest.raises(Refusal, match="finding-gone"):
        await wang.does(ExplainFinding(EAST, name, "合并前"))


async def test_a_balance_that_does_not_balance_bars_the_best_grade_until_it_is_corrected(
    company: Town,
) -> None:
    """B9 art. 10: 资料不实. The customer would be an A."""
    harbour = await customer_of(company, "宁波海港")
    number = harbour.id or 0
    assert (await rating(company, number)).grade == "A"

    owner = company.people[OTHER_SALESPERSON]
    sound = {"total_assets": 1000, "total_liabilities": 400, "equity": 600}
    await gives(owner, given(**sound | {"total_assets": 1100}), customer=number)
    held = await rating(company, number)
    assert (held.grade, held.scored_grade) == ("B", "A")
    assert held.reasons[0].title.zh.startswith("财务资料有对不上的地方")

    await gives(owner, given(**sound), customer=number)
    assert (await rating(company, number)).grade == "A"


async def test_sizes_a_thousand_times_apart_are_not_rated_until_somebody_answers_for_them(
    company: Town,
) -> None:
    """1.5, 1.6."""
    wang = company.people[SALESPERSON]
    await gives(wang, given(total_assets=8_000_000), given(BEFORE, total_assets=700))
    assert not (await rating(company, EAST)).ratable
    shown = await page(wang)
    assert "⛔" in shown
    said = await wang.taps("看评级", (await wang.says("华东机械"))[-1])
    assert "评不了级" in said[-1]
    with pytest.raises(Refusal):
        await asks(wang)

    name = (await checks(company))[Check.UNIT_JUMP]
    await wang.does(ExplainFinding(EAST, name, "2024年是空壳，2025年注资后才经营"))

    [jump, *_] = await company.database.read(
        lambda session: findings(session, company.desk.office.library, EAST, TODAY)
    )
    assert jump.severity is Severity.BLOCKS_BEST_GRADE, "answered for, it still bars the best grade"
    assert (await rating(company, EAST)).ratable


async def test_the_companys_own_tolerances_count_from_their_day_and_an_earlier_day_keeps_its_own(
    company: Town, tmp_path: Path
) -> None:
    """1.6: what was in doubt then is in doubt when somebody looks back, whatever is tolerated by now."""
    await gives(company.people[SALESPERSON], given(total_assets=1050, total_liabilities=600, equity=400))
    assert (await facts(company))["statements_doubt"] == ("bars_best_grade", "findings")
    folder = tmp_path / "policy"
    folder.mkdir()
    write_tolerances(folder, "[sums]\npercent = 10\n")

    company.restarts(folder)
    await two_people_activate(company, date(2026, 3, 12))
    company.comes("2026-03-12T10:00")

    assert "statements_doubt" not in await facts(company, date(2026, 3, 12))
    assert "statements_doubt" in await facts(company, date(2026, 3, 11))


async def test_an_explanation_stands_when_more_is_tolerated_but_not_enough(
    company: Town, tmp_path: Path
) -> None:
    wang = company.people[SALESPERSON]
    await gives(
        wang,
        given(total_assets=1000, total_liabilities=900),
        given(BEFORE, total_assets=1000, total_liabilities=200),
    )
    name = (await checks(company))[Check.RATIO_JUMP]
    folder = tmp_path / "policy"
    folder.mkdir()
    write_tolerances(folder, "[jumps]\ndebt_ratio = 60\n")

    company.restarts(folder)
    await two_people_activate(company, TODAY)

    assert (await checks(company))[Check.RATIO_JUMP] == name


async def test_a_request_keeps_the_doubt_it_was_made_under(company: Town) -> None:
    """A stored rating replays from its own facts."""
    wang = company.people[SALESPERSON]
    await gives(wang, given(total_assets=1100, total_liabilities=600, equity=400))
    await asks(wang)
    await gives(wang, given(total_assets=1000))

    manager = company.people[CHAIN["market_manager"]]
    [everything] = await manager.taps("全部资料", await manager.card())
    assert "资产总计" not in everything, "corrected since"
    assert (await the_request(company)).assessment is not None


# who may


async def test_whoever_sees_the_customer_sees_the_statements_and_only_keepers_change_them(
    company: Town,
) -> None:
    """9.1."""
    wang, finance = company.people[SALESPERSON], company.people[CHAIN["credit_controller"]]
    await gives(wang, given(equity=5))

    shown = await page(finance)
    assert "所有者权益合计 ¥5" in shown
    assert not [label for label in shown.buttons if "打字" in label or "发 Excel" in label or "更正" in label]
    with pytest.raises(Refusal, match="not-allowed"):
        await gives(finance, given(equity=6))
    with pytest.raises(Refusal, match="customer-not-yours"):
        await gives(company.people[OTHER_SALESPERSON], given(equity=6))


@pytest.mark.parametrize(
    ("statements", "source", "why"),
    [
        ((), "customer", "statement-empty"),
        ((given(),), "customer", "statement-empty"),
        ((given(date(2026, 3, 31), equity=1),), "customer", "statement-future"),
        ((given(date(2025, 12, 30), equity=1),), "customer", "statement-not-month-end"),
        ((given(equity=1),), "hearsay", "source-unknown"),
    ],
)
async def test_the_desk_takes_no_statements_that_cannot_be(
    company: Town, statements: tuple[GivenStatement, ...], source: str, why: str
) -> None:
    with pytest.raises(Refusal) as told:
        await company.people[SALESPERSON].does(RecordStatements(EAST, statements, source))
    assert told.value.key == why


async def test_a_file_is_opened_for_a_customer_and_from_a_source_that_there_are(company: Town) -> None:
    wang = company.people[SALESPERSON]
    upload = await company.keep_file("报表.xlsx", b"x", wang.id)
    others = await company.keep_file("报表.xlsx", b"x", company.people[OTHER_SALESPERSON].id)
    for command, why in (
        (OpenStatementFile(EAST, upload, "hearsay"), "source-unknown"),
        (OpenStatementFile(EAST, 4711, "bank"), "statement-file-unknown"),
        (OpenStatementFile(EAST, others, "bank"), "statement-file-unknown"),
        (OpenStatementFile(4711, upload, "bank"), "customer-not-yours"),
    ):
        with pytest.raises(Refusal) as told:
            await wang.does(command)
        assert told.value.key == why
