"""The register of grades, on any day, and what may be published of it (2.11)."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from core.clock import SetClock
from core.commandline import COMMANDS
from core.queries.rating.publication import publication_list, publication_setting
from core.queries.rating.register import Registered, register
from core.queries.rating.register_report import register_facts
from core.rules.refusal import Refusal
from core.services.policies.activation import ConfirmActivation, ProposeActivation
from core.services.rating.publication import ConfirmPublication, EndPublication, ProposePublication
from core.services.rating.review import ConfirmReview
from tests.scenarios.reviewing import ASSESSOR, CFO, OTHER_ASSESSOR, SLIPPING, STEADY, opens
from tests.scenarios.story import CHAIN, SALESPERSON, asked_of, refusals
from tests.support.policies import write_overlay, write_policy
from tests.support.town import SAMPLE_POLICY, SHANGHAI, Town

TODAY, YESTERDAY = date(2026, 3, 10), date(2026, 3, 9)
PUBLIC = "b9-public"


async def registered(town: Town, on: date = TODAY) -> dict[str, Registered]:
    found = await asked_of(town, lambda session: register(session, on))
    return {each.name[:4]: each for each in found}


async def test_every_rated_customer_is_in_it_with_what_made_the_grade(company: Town) -> None:
    """Grade, policy, since, until, assessor."""
    review = await opens(company.people[ASSESSOR], STEADY)
    await company.people[ASSESSOR].does(ConfirmReview(review.id or 0, 1, "A"))

    found = await registered(company)

    assert len(found) == 25
    steady = found[STEADY]
    assert (steady.code, steady.grade, steady.policy, steady.version) == ("C0009", "A", "b9-abc", "2026-01")
    assert (steady.since, steady.until) == (TODAY, date(2027, 3, 9))
    assert steady.assessor is not None
    assert (steady.assessor.zh, steady.overridden, steady.expired) == (ASSESSOR, False, False)


async def test_a_past_day_is_told_as_it_was(company: Town) -> None:
    review = await opens(company.people[ASSESSOR], SLIPPING)
    await company.people[ASSESSOR].does(ConfirmReview(review.id or 0, 1, "C"))

    assert (await registered(company))[SLIPPING].grade == "C"
    assert (await registered(company, YESTERDAY))[SLIPPING].grade == "B"
    assert (await registered(company, date(2027, 1, 1)))["宁波海港"].expired


async def test_letters_of_two_policies_are_told_apart(company: Town) -> None:
    """Letters of two schemes do not compare; as long as there is one policy alone, its id would be noise."""
    before = register_facts(company.desk.office.library, list((await registered(company)).values()), TODAY)
    found = list((await registered(company)).values())
    mixed = register_facts(
        company.desk.office.library, [replace(found[0], policy="b10-overdue-pattern"), *found[1:]], TODAY
    )

    assert {row["policy"] for row in before["rows"]} == {""}
    assert {row["policy"] for row in mixed["rows"]} == {"b10-overdue-pattern", "b9-abc"}


@pytest.mark.parametrize("name", [ASSESSOR, CFO, CHAIN["gm"]])
async def test_finance_looks_it_up_in_chat(company: Town, name: str) -> None:
    [card] = await company.people[name].says("登记簿")

    assert "25 户有等级" in card
    assert any("Excel" in label for label in card.buttons)


async def test_the_auditor_does_and_sales_does_not(company: Town) -> None:
    """9.1."""
    auditor = await company.meets("邓守拙")
    [card] = await auditor.says("登记簿")
    assert "25 户有等级" in card
    assert not any("开启" in label for label in card.buttons)

    await company.people[SALESPERSON].says("登记簿")
    assert (await refusals(company))[-1]["why"] == "not-allowed"


async def test_it_comes_as_a_workbook(company: Town) -> None:
    zheng = company.people[ASSESSOR]
    await zheng.says("登记簿")
    [sent] = await zheng.taps("下载 Excel")

    content = await asked_of(company, lambda session: company.attachment(session, sent.id, "zh_CN"))
    sheet = load_workbook(BytesIO(content)).active
    assert [cell.value for cell in sheet[1]][:3] == ["客户编码", "客户名称", "等级"]
    assert sheet.max_row == 26


# what may be published


@pytest.fixture
async def public(company: Town, tmp_path: Path) -> Town:
    """A policy that lets grades be published is in force, and one customer has its best grade."""
    folder = tmp_path / "policies"
    folder.mkdir()
    path = write_policy(folder, policy=PUBLIC)
    allowed = '[publication]\nallowed = true\narticle = "六"\n\n[validity]'
    path.write_text(path.read_text("utf-8").replace("[validity]", allowed, 1), "utf-8")
    write_overlay(folder, policy=PUBLIC)
    company.restarts(folder)
    number = await company.people[ASSESSOR].does(ProposeActivation(PUBLIC, TODAY))
    await company.people[CFO].does(ConfirmActivation(number))
    review = await opens(company.people[ASSESSOR], STEADY)
    await company.people[ASSESSOR].does(ConfirmReview(review.id or 0, 1, "A"))
    return company


async def published(town: Town) -> list[str]:
    found = await asked_of(town, lambda session: publication_list(session, town.desk.office, TODAY))
    return [each.name[:4] for each in found]


async def test_off_by_default_whoever_asks(public: Town) -> None:
    with pytest.raises(Refusal) as caught:
        await published(public)
    assert caught.value.key == "publication-off"


async def test_a_policy_that_does_not_allow_it_cannot_be_talked_round(company: Town) -> None:
    with pytest.raises(Refusal) as caught:
        await company.people[ASSESSOR].does(ProposePublication())
    assert caught.value.key == "publication-not-allowed"
    with pytest.raises(Refusal, match="publication-not-allowed"):
        await published(company)


async def test_two_people_turn_it_on_and_only_the_best_grade_is_listed(public: Town) -> None:
    """In chat; grades of the former policy are not in it, however good."""
    zheng, shen = public.people[ASSESSOR], public.people[OTHER_ASSESSOR]
    await zheng.says("登记簿")
    await zheng.taps("公布名单")
    [waits] = await zheng.taps("提议开启")
    assert "等财务另一个人确认" in waits
    assert not any("确认开启" in label for label in waits.buttons)
    [asked] = [each for each in await shen.reads() if "公布" in each]
    assert "法律风险" in asked

    [shown] = await shen.taps("确认开启", asked)

    assert STEADY in shown
    assert "共 1 户" in shown
    assert "法律风险" in shown, "the list never goes out without it"
    assert await published(public) == [STEADY]


async def test_one_person_cannot_turn_it_on(public: Town) -> None:
    zheng = public.people[ASSESSOR]
    with pytest.raises(Refusal) as caught:
        await zheng.does(ConfirmPublication())
    assert caught.value.key == "publication-not-proposed"
    await zheng.does(ProposePublication())

    with pytest.raises(Refusal) as caught:
        await zheng.does(ConfirmPublication())
    assert caught.value.key == "publication-own"
    assert not (await asked_of(public, publication_setting)).on


async def test_one_person_turns_it_off(public: Town) -> None:
    await public.people[ASSESSOR].does(ProposePublication())
    await public.people[CFO].does(ConfirmPublication())
    await public.people[OTHER_ASSESSOR].does(EndPublication())

    with pytest.raises(Refusal, match="publication-off"):
        await published(public)


async def test_with_one_person_in_finance_nobody_confirms(town: Town, tmp_path: Path) -> None:
    path = write_policy(tmp_path)
    allowed = '[publication]\nallowed = true\narticle = "六"\n\n[validity]'
    path.write_text(path.read_text("utf-8").replace("[validity]", allowed, 1), "utf-8")
    path.write_text(path.read_text("utf-8").replace('version = "2026-01"', 'version = "2026-02"', 1), "utf-8")
    path.write_text(
        path.read_text("utf-8").replace("in_force_from = 2026-01-01", "in_force_from = 2026-02-01"), "utf-8"
    )
    town.restarts(tmp_path)
    alone = await town.hires("独一", "finance_manager")

    with pytest.raises(Refusal) as caught:
        await alone.does(ProposePublication())
    assert caught.value.key == "publication-nobody"


# from the command line


Zixin = Callable[..., Result]


@pytest.fixture
def zixin(tmp_path: Path, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Zixin:
    """`zixin report` on 2026-03-10, of an installation that has the sample company."""
    shutil.copytree(sample_folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZIXIN_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'zixin.db'}")
    monkeypatch.setenv("ZIXIN_POLICY_DIR", str(SAMPLE_POLICY))
    moment = datetime(2026, 3, 10, 10, tzinfo=SHANGHAI)
    monkeypatch.setattr("core.commandline.running.SystemClock", lambda: SetClock(moment))
    report = COMMANDS["report"]
    return lambda *words: CliRunner().invoke(report, words)


def answer(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_register_is_printed_on_a_day(zixin: Zixin) -> None:
    found = answer(zixin("register", "--on", "2026-01-31", "--format", "json"))

    assert found["on"] == "2026-01-31"
    assert len(found["customers"]) == 24, "one of the sample's was rated in February"
    assert found["customers"][0]["grade"] == "B"
    assert "25 户有等级" in zixin("register").stdout


def test_the_register_is_written_as_a_workbook(zixin: Zixin, tmp_path: Path) -> None:
    result = zixin("register", "--format", "xlsx", "--output", str(tmp_path / "名册.xlsx"))

    assert "名册.xlsx" in result.stdout
    assert load_workbook(tmp_path / "名册.xlsx").active.max_row == 26


def test_overrides_are_told_of_twelve_months(zixin: Zixin, tmp_path: Path) -> None:
    found = answer(zixin("overrides", "--format", "json"))

    assert (found["from"], found["ratings"], found["percent"]) == ("2025-03-10", 25, 0)
    assert "25 次评级里调整了 0 次" in zixin("overrides").stdout
    assert zixin("overrides", "--format", "xlsx").exit_code == 0
    assert (tmp_path / "overrides-2026-03-10.xlsx").exists()


def test_the_publication_list_is_refused_with_a_sentence(zixin: Zixin) -> None:
    result = zixin("publication")

    assert result.exit_code == 1
    assert "不许公布等级" in result.stderr


def test_a_workbook_of_aging_is_not_made_here(zixin: Zixin) -> None:
    assert zixin("aging", "--format", "xlsx").exit_code == 2
