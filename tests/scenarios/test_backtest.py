"""Grades held to account (2.9): as they were on record, else as they would have been; with a warning when data are few."""

import json
from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.queries.policies.aftermath import aftermath
from core.queries.policies.backtest import Backtest, Basis, backtest
from core.queries.policies.backtest_report import card_facts, data, workbook
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.tables import table_of
from core.rules.judging.validation import Lack
from core.texts.catalog import say
from core.texts.wire import dumps
from tests.scenarios.story import asked_of
from tests.support.town import Town

BEGIN, TODAY = date(2025, 12, 10), date(2026, 3, 10)
DAYS = 10


async def held_to_account(town: Town, begin: date = BEGIN) -> Backtest:
    office = town.desk.office
    return await asked_of(
        town, lambda session: backtest(session, office, office.policy(TODAY), begin, TODAY, DAYS)
    )


async def rates(town: Town, grades: dict[int, tuple[str, str]], on: str = "2025-12-01T10:00") -> None:
    """Assessments on record: by customer, the grade of the policy and the one put in force."""
    now = town.clock.now()
    town.comes(on)
    policy, at = town.desk.office.policy(TODAY), town.clock.now()
    town.clock.set(now)
    rows = [
        {
            "customer": customer,
            "policy": policy.id,
            "policy_version": policy.version,
            "policy_checksum": policy.checksum,
            "inputs": "{}",
            "result": dumps({"grade": by_policy}),
            "grade": put,
            "at": at,
        }
        for customer, (by_policy, put) in grades.items()
    ]
    await town.database.write(lambda session: session.execute(insert(table_of(Assessment)), rows))


async def numbers(town: Town) -> list[int]:
    table = table_of(Customer)

    def ask(session: Session) -> list[int]:
        return [row.id for row in session.execute(table.select().order_by(table.c.id))]

    return await asked_of(town, ask)


async def test_without_ratings_on_record_everybody_is_rated_backwards(sample: Town) -> None:
    found = await held_to_account(sample)

    assert found.basis is Basis.BACK_DATED
    assert (
        sum(each.rated for each in found.rates) + found.not_rated + found.bad_before == found.migration.total
    )


async def test_the_grades_on_record_are_what_is_held_to_account(sample: Town) -> None:
    """Grades as made, by this version of the policy, before the time began: bad ones called A make a poor AUC."""
    everybody = await numbers(sample)
    happened = await asked_of(sample, lambda session: aftermath(session, BEGIN, TODAY, DAYS))
    assert happened.went_bad
    upside_down = {each: ("A", "A") if each in happened.went_bad else ("C", "C") for each in everybody}
    await rates(sample, upside_down)

    found = await held_to_account(sample)

    assert found.basis is Basis.STORED
    best, _, worst = found.rates
    assert (best.rate, worst.rate) == (1, 0)
    assert found.by_grade is not None
    assert found.by_grade.auc == 0
    [reversal] = found.reversals
    assert (reversal.better, reversal.worse) == ("A", "C")
    assert found.bad_before == len(happened.bad_before)


async def test_what_was_rated_after_the_time_began_is_not_counted_in(sample: Town) -> None:
    await rates(sample, dict.fromkeys(await numbers(sample), ("A", "A")), on="2025-12-11T00:30")

    assert (await held_to_account(sample)).basis is Basis.BACK_DATED


async def test_overrides_are_counted_within_the_time(sample: Town) -> None:
    first, second, third, *_ = await numbers(sample)
    await rates(sample, {first: ("B", "A"), second: ("B", "C"), third: ("B", "B")}, on="2026-01-20T10:00")

    found = (await held_to_account(sample)).overrides

    assert (found.rated, found.up, found.down) == (3, 1, 1)


async def test_little_data_is_warned_of_plainly(sample: Town) -> None:
    """Forty customers: every figure is shown with its count, and first of all that they are few."""
    found = await held_to_account(sample)
    said = say("zh_CN", "backtest", card_facts(found))

    assert {each.lack for each in found.shortages} >= {Lack.RATED, Lack.BAD}
    assert "数据太少" in said
    assert said.index("数据太少") < said.index("AUC")


async def test_workbook_and_data_have_the_same_rates(sample: Town) -> None:
    found = await held_to_account(sample)
    [sheet] = load_workbook(BytesIO(workbook(found, "en"))).worksheets
    told = json.loads(json.dumps(data(found), default=str))

    assert [(row[0].value, row[1].value, row[2].value) for row in sheet.iter_rows(min_row=2)] == [
        (each["grade"], each["rated"], each["bad"]) for each in told["grades"]
    ]
    assert told["basis"] == "back_dated"
    assert {each["of"] for each in told["too_little"]} >= {"rated", "bad"}
