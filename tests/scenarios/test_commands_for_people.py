"""What the command line prints for people is in their words, and for programs in keys (10.6)."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import zixin
from core.commandline.terminal_table import in_columns
from core.rules.receivables.aging import BUCKETS
from core.settings import Settings
from tests.scenarios.story import EAST
from zixin import main

Types = Callable[..., Result]


@pytest.fixture
def types(sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Types:
    """Commands typed at the machine of the sample company."""
    shutil.copytree(sample_folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)

    def run(words: str, language: str = "zh_CN", **settings: str) -> Result:
        environment = {
            "ZIXIN_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/zixin.db",
            "ZIXIN_LANGUAGE": language,
            **{f"ZIXIN_{name}": value for name, value in settings.items()},
        }
        return CliRunner(env=environment).invoke(main, words.split(), catch_exceptions=False)

    return run


# a customer


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh_CN", ("业务员 王小雨", "法定代表人 周启明", "在用 ¥")),
        ("en", ("Wang Xiaoyu in charge", "legal representative", "in use ¥")),
    ],
)
def test_a_customer_is_shown_as_the_chat_shows_it(types: Types, language: str, told: tuple[str, ...]) -> None:
    shown = types("customer show C0001", language)

    assert shown.exit_code == 0, shown.output
    assert shown.stdout.splitlines()[0] == f"{EAST} · C0001"
    assert [words for words in told if words not in shown.stdout] == []
    assert [key for key in ("rated_until", "oldest_days", "owner:", "<b>") if key in shown.stdout] == []


@pytest.mark.parametrize("words", ["customer show C0001", "customer show C0001 --json"])
def test_a_customer_is_shown_also_while_the_file_of_the_policy_is_lost(
    types: Types, tmp_path: Path, words: str
) -> None:
    """Nobody is rated by then, but who the customer is and what they owe stands in the books."""
    lost = {"kind": "policy", "policy": "lost", "version": "1", "checksum": "gone", "from_day": "2026-01-01"}
    row = {**lost, "state": "confirmed", "proposed_at": "2026-01-01 00:00:00.000000", "reason": ""}
    with closing(sqlite3.connect(tmp_path / "zixin.db")) as books, books:
        books.execute(
            f"insert into policy_activation ({', '.join(row)}) values ({', '.join('?' * len(row))})",
            list(row.values()),
        )
    assert types("check C0001 5").exit_code == 1

    shown = types(words)

    assert shown.exit_code == 0, shown.output
    assert EAST in shown.stdout


def test_a_customer_for_a_program_keeps_its_keys(types: Types) -> None:
    data = json.loads(types("customer show C0001 --json").stdout)

    assert set(data) >= {"code", "name", "uscc", "grade", "rated_until", "limit", "exposure", "overdue"}
    assert (data["code"], data["name"]) == ("C0001", EAST)


# what is overdue


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("zh_CN", ["客户编码", "逾期金额", "最久天数", "笔数", "客户名称"]),
        ("en", ["Code", "Overdue", "Oldest, days", "Invoices", "Customer"]),
    ],
)
def test_what_is_overdue_has_heads_over_its_columns(types: Types, language: str, heads: list[str]) -> None:
    """5.3."""
    first, *rows = types("report overdue --on 2026-03-10", language).stdout.splitlines()

    assert [head for head in heads if head not in first] == []
    assert [first.index(head) for head in heads] == sorted(first.index(head) for head in heads)
    east = next(row for row in rows if EAST in row).split()
    assert east == ["C0001", "12,300.00", "17", "1", EAST]


@pytest.mark.parametrize(
    ("language", "heads", "total"),
    [
        ("zh_CN", ["客户编码", "应收合计", "未到期"], "合计"),
        ("en", ["Code", "Outstanding", "not", "due"], "Total"),
    ],
)
def test_the_aging_has_heads_and_a_total_in_words(
    types: Types, language: str, heads: list[str], total: str
) -> None:
    """5.3"""
    first, *rows = types("report aging --on 2026-03-10", language).stdout.splitlines()

    assert first.split() == [*heads, *BUCKETS]
    assert rows[0].startswith("C0001")
    assert rows[-1].split()[0] == total
    assert len(rows[-1].split()) == 3 + len(BUCKETS)


def test_what_is_overdue_for_a_program_keeps_its_keys(types: Types) -> None:
    data = json.loads(types("report overdue --on 2026-03-10 --format json").stdout)

    east = next(each for each in data["customers"] if each["code"] == "C0001")
    assert east == {"code": "C0001", "name": EAST, "amount": "12300.00", "oldest_days": 17, "invoices": 1}


def test_columns_stand_under_their_heads_in_chinese_too() -> None:
    """A character takes two places on a terminal."""
    table = in_columns([["编码", "金额"], ["C1", "1,000.00"], ["C20001", "7"]], right=(1,))

    assert table.splitlines() == ["编码        金额", "C1      1,000.00", "C20001         7"]


# a lost phone


def test_who_is_shut_out_is_told_to_programs_as_well(types: Types) -> None:
    """9.1."""
    assert json.loads(types("staff shut-out 王小雨 --json").stdout) == {"name": "王小雨", "leaves": False}
    assert "王小雨" in types("staff shut-out 王小雨 --leaves").stdout
    refused = types("staff shut-out 无此人 --json")
    assert (refused.exit_code, refused.stdout) == (1, "")


# where it serves


@pytest.fixture
def unserved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing listens: what is told comes before."""

    async def serve(_settings: Settings, *, bot: bool, worker: bool) -> None:
        click.echo(f"serving {bot=} {worker=}")

    monkeypatch.setattr(zixin, "_serve", serve)


@pytest.mark.usefixtures("unserved")
@pytest.mark.parametrize("command", ["run", "bot"])
def test_it_is_said_where_it_serves_in_the_companys_language(types: Types, command: str) -> None:
    chinese = types(command, WEB_CHAT="login", HTTP_PORT="8765").stdout.splitlines()
    english = types(command, "en", WEB_CHAT="login", HTTP_PORT="8765").stdout.splitlines()

    assert chinese[:2] == [
        "浏览器聊天：http://127.0.0.1:8765/chat",
        "运行状况：http://127.0.0.1:8765/healthz （按 Ctrl-C 结束）",
    ]
    assert english[:2] == [
        "Browser chat: http://127.0.0.1:8765/chat",
        "Health: http://127.0.0.1:8765/healthz (Ctrl-C ends it)",
    ]
    assert chinese[2].startswith("serving bot=True")


@pytest.mark.usefixtures("unserved")
def test_a_chat_that_is_off_is_not_told_of_and_an_ipv6_address_can_be_opened(types: Types) -> None:
    assert (
        types("run", HTTP_HOST="::1").stdout.splitlines()[0].startswith("运行状况：http://[::1]:8321/healthz")
    )
    assert "http" not in types("worker").stdout, "the worker alone serves no pages"
