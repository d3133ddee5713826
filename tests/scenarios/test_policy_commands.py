"""`zixin policy simulate|validate|activate`: the answers as text, JSON, workbook and picture (2.1, 2.9)."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from core.clock import SetClock
from core.commandline import COMMANDS
from tests.support.policies import write_overlay, write_policy, write_tolerances
from tests.support.town import SAMPLE_POLICY, SHANGHAI

Zixin = Callable[..., Result]
COUSIN, BLANK = "b9-cousin", "b9-blank"
POLICY = COMMANDS["policy"]


@pytest.fixture
def zixin(tmp_path: Path, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Zixin:
    """The policy commands on 2026-03-10, of an installation that has the sample company and two policies more."""
    shutil.copytree(sample_folder, tmp_path, dirs_exist_ok=True)
    company = tmp_path / "company"
    shutil.copytree(SAMPLE_POLICY, company, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for policy in (COUSIN, BLANK):
        write_policy(company, policy=policy)
    write_overlay(company, policy=COUSIN)
    moment = datetime(2026, 3, 10, 10, tzinfo=SHANGHAI)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZIXIN_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'zixin.db'}")
    monkeypatch.setenv("ZIXIN_POLICY_DIR", str(company))
    monkeypatch.setattr("core.commandline.running.SystemClock", lambda: SetClock(moment))
    return lambda *words: CliRunner().invoke(POLICY, words)


def answer(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_policy_of_the_library_is_tried_out(zixin: Zixin) -> None:
    found = answer(zixin("simulate", COUSIN, "--format", "json"))

    assert (found["draft"]["id"], found["current"]["id"]) == (COUSIN, "b9-abc")
    assert (found["customers"], found["comparable"], found["on"]) == (40, False, "2026-03-10")


def test_a_file_is_tried_out_before_it_is_in_the_library(zixin: Zixin, tmp_path: Path) -> None:
    draft = write_policy(tmp_path, version="2026-09")
    text = draft.read_text("utf-8").replace('type = "money"', 'type = "money"\nvalue = 400000')
    draft.write_text(text, "utf-8")

    found = answer(zixin("simulate", str(draft), "--format", "json"))

    assert (found["draft"]["version"], found["comparable"]) == ("2026-09", True)


def test_several_days_are_answered_one_by_one(zixin: Zixin) -> None:
    found = answer(zixin("simulate", COUSIN, "--on", "2025-09-01", "--on", "2026-03-10", "--format", "json"))

    assert [each["on"] for each in found] == ["2025-09-01", "2026-03-10"]


@pytest.mark.parametrize("verb", ["simulate", "validate"])
def test_a_limit_model_has_no_grades_to_try_out(zixin: Zixin, verb: str) -> None:
    refused = zixin(verb, "limit-working-assets")

    assert refused.exit_code == 1
    assert "「营运资产分析模型」是额度模型" in refused.stderr


def test_the_text_is_the_card_without_markup(zixin: Zixin) -> None:
    said = zixin("simulate", COUSIN).stdout

    assert "试算：" in said
    assert "<b>" not in said


@pytest.mark.parametrize(
    ("form", "begins"), [("xlsx", b"PK"), ("png", b"\x89PNG")], ids=["workbook", "picture"]
)
def test_workbook_and_picture_are_written_where_told(
    zixin: Zixin, tmp_path: Path, form: str, begins: bytes
) -> None:
    here = zixin("simulate", COUSIN, "--format", form)
    there = zixin("simulate", COUSIN, "--format", form, "--output", str(tmp_path / "out" / f"x.{form}"))

    assert (here.exit_code, there.exit_code) == (0, 0)
    for path in (tmp_path / f"{COUSIN}-2026-03-10.{form}", tmp_path / "out" / f"x.{form}"):
        assert path.read_bytes().startswith(begins)
        assert path.name in here.stdout + there.stdout


def test_the_grades_are_held_to_account(zixin: Zixin) -> None:
    found = answer(
        zixin("validate", "b9-abc", "--from", "2025-12-10", "--overdue-days", "10", "--format", "json")
    )

    assert (found["from"], found["to"], found["basis"]) == ("2025-12-10", "2026-03-10", "back_dated")
    assert {each["of"] for each in found["too_little"]} >= {"rated", "bad"}
    assert "数据太少" in zixin("validate", "b9-abc").stdout


def test_the_rates_come_as_a_workbook(zixin: Zixin, tmp_path: Path) -> None:
    assert zixin("validate", COUSIN, "--format", "xlsx").exit_code == 0
    [path] = tmp_path.glob(f"{COUSIN}-*.xlsx")

    assert load_workbook(BytesIO(path.read_bytes())).active.cell(2, 1).value == "A"


def test_the_operator_proposes_and_a_person_confirms_in_chat(zixin: Zixin, tmp_path: Path) -> None:
    number = answer(zixin("activate", COUSIN, "--from", "2026-04-01", "--json"))["activation"]

    with closing(sqlite3.connect(tmp_path / "zixin.db")) as connection:
        rows = connection.execute("select id, policy, from_day, state, proposed_by from policy_activation")
        assert rows.fetchall() == [(number, COUSIN, "2026-04-01", "proposed", None)]
        cards = connection.execute("select count(*) from outbox where card = ?", (f"activation:{number}",))
        assert cards.fetchone() == (2,)


def test_the_operator_proposes_the_companys_tolerances(zixin: Zixin, tmp_path: Path) -> None:
    """1.6: as a policy, and a person confirms."""
    refused = zixin("activate", "tolerances", "--from", "2026-04-01")
    assert "没有在 2026-04-01 可以启用的疑点尺度文件" in refused.stderr
    write_tolerances(tmp_path / "company", "[stale]\nmonths = 24\n")

    number = answer(zixin("activate", "tolerances", "--from", "2026-04-01", "--json"))["activation"]

    with closing(sqlite3.connect(tmp_path / "zixin.db")) as connection:
        rows = connection.execute("select id, kind, version, state, proposed_by from policy_activation")
        assert rows.fetchall() == [(number, "tolerances", "2026-01", "proposed", None)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("simulate", BLANK), "公司的标准没有定"),
        (("simulate", "b9-nowhere"), "没有政策「b9-nowhere」"),
        (("simulate", "nowhere.toml"), "没有这个文件"),
        (("simulate", COUSIN, "--on", "2026-03-11"), "还没到"),
        (("validate", "b9-abc", "--from", "2026-03-10"), "起止日不对"),
        (("validate", "b9-abc", "--to", "2026-03-11"), "起止日不对"),
        (("activate", BLANK, "--from", "2026-04-01"), "公司的标准没有定"),
        (("activate", COUSIN, "--from", "2026-03-09"), "已经过去"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_exit_code_1(
    zixin: Zixin, words: tuple[str, ...], told: str
) -> None:
    refused = zixin(*words)

    assert refused.exit_code == 1
    assert told in refused.stderr
    assert refused.stdout == ""
