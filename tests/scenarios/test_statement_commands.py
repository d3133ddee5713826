"""`zixin statement template|import`: an accountant's file for a customer, from the command line (1.5)."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.clock import SetClock
from core.commandline import COMMANDS
from tests.files.statement_books import balance_sheet, three_statements, workbook
from tests.support.town import SHANGHAI

Zixin = Callable[..., Result]
STATEMENT = COMMANDS["statement"]


@pytest.fixture
def zixin(tmp_path: Path, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Zixin:
    """The statement commands on 2026-03-10, of an installation that has the sample company."""
    shutil.copytree(sample_folder, tmp_path, dirs_exist_ok=True)
    moment = datetime(2026, 3, 10, 10, tzinfo=SHANGHAI)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZIXIN_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'zixin.db'}")
    monkeypatch.setattr("core.commandline.running.SystemClock", lambda: SetClock(moment))
    return lambda *words: CliRunner().invoke(STATEMENT, [str(word) for word in words])


def answer(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def file(folder: Path, content: bytes) -> Path:
    path = folder / "报表.xlsx"
    path.write_bytes(content)
    return path


def test_a_file_is_kept_for_a_customer(zixin: Zixin, tmp_path: Path) -> None:
    path = file(tmp_path, three_statements("单位：万元", 1e-4))

    told = answer(zixin("import", path, "--customer", "C0001", "--audited", "--json"))

    assert (told["customer"], told["kept"], told["unit"], told["remarks"]) == ("C0001", 2, "10000", [])
    last = told["periods"][-1]
    assert (last["ends"], last["months"]) == ("2025-12-31", 12)
    assert last["figures"]["revenue"] == "12000000.00"
    assert "没有新的" in zixin("import", path, "--customer", "C0001", "--audited").output


def test_another_firm_and_a_missing_subtotal_are_told(zixin: Zixin, tmp_path: Path) -> None:
    """1.5: who reads a file in from the terminal is told what the chat tells."""
    rows = [
        [None if cell == "流动负债合计" else cell for cell in row]
        for row in balance_sheet(firm="温州瓯屿贸易有限公司")
    ]
    path = file(tmp_path, workbook({"资产负债表": rows}))

    told = zixin("import", path, "--customer", "C0001", "--dry-run").output
    data = answer(zixin("import", path, "--customer", "C0001", "--dry-run", "--json"))

    assert "文件上写的是「温州瓯屿贸易有限公司」" in told
    assert "没有“流动负债合计”，这几个比率会算不出来：流动比率、速动比率" in told
    assert data["another_firm"] == "温州瓯屿贸易有限公司"
    assert data["remarks"][-1]["facts"]["ratios"][0] == "current_ratio"


def test_a_dry_run_keeps_nothing(zixin: Zixin, tmp_path: Path) -> None:
    path = file(tmp_path, three_statements())

    assert answer(zixin("import", path, "--customer", "C0001", "--dry-run", "--json"))["kept"] == 0
    assert "读到 2 期（" in zixin("import", path, "--customer", "C0001", "--dry-run").output
    assert answer(zixin("import", path, "--customer", "C0001", "--json"))["kept"] == 2


def test_what_cannot_be_read_is_told_with_its_place(zixin: Zixin, tmp_path: Path) -> None:
    rows = balance_sheet()
    rows[5][2] = "abc"

    said = zixin("import", file(tmp_path, workbook({"资产负债表": rows})), "--customer", "C0001")

    assert said.exit_code == 0
    assert "「资产负债表」C6 货币资金：abc" in said.output


def test_the_day_may_be_told_beside_the_file(zixin: Zixin, tmp_path: Path) -> None:
    path = file(tmp_path, workbook({"资产负债表": [["项目", "期末余额", "年初余额"], ["资产总计", 9, 8]]}))

    refused = zixin("import", path, "--customer", "C0001")
    assert (refused.exit_code, "2025年12月31日" in refused.output) == (1, True)
    told = answer(zixin("import", path, "--customer", "C0001", "--ends", "2025-06-30", "--json"))
    assert [each["ends"] for each in told["periods"]] == ["2024-12-31", "2025-06-30"]


def test_the_template_is_an_empty_file_that_is_told_so(zixin: Zixin, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    assert zixin("template", path).exit_code == 0

    refused = zixin("import", path, "--customer", "C0001")

    assert refused.exit_code == 1
    assert "没有认出报表项目" in refused.output


def test_a_customer_or_file_that_is_not_there_is_told(zixin: Zixin, tmp_path: Path) -> None:
    path = file(tmp_path, three_statements())

    assert zixin("import", path, "--customer", "没有这家").exit_code == 1
    assert zixin("import", tmp_path / "none.xlsx", "--customer", "C0001").exit_code == 1
