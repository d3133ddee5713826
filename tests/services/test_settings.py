"""Settings that cannot be used are told in the company's language, whichever of them is wrong (9.5, 10.6)."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from core.settings import company_language
from zixin import main

KEY = "k" * 43

# fmt: off
MISTAKES = (
    ({"DATABASE_URL": "postgresql://db/zixin"},           "DATABASE_URL",            "目前只支持 SQLite",     "only SQLite"),
    ({"TIMEZONE": "Mars/Olympus"},                        "TIMEZONE",                "「Mars/Olympus」",      "“Mars/Olympus”"),
    ({"WEB_CHAT": "yes"},                                 "WEB_CHAT",                "off、login、demo",      "off, login, demo"),
    ({"HTTP_PORT": "eight"},                              "HTTP_PORT",               "要写整数，例如 8321",   "a whole number"),
    ({"HTTP_PORT": "70000"},                              "HTTP_PORT",               "1 到 65535 的整数",     "from 1 to 65535"),
    ({"HTTP_PORT": "0"},                                  "HTTP_PORT",               "1 到 65535 的整数",     "from 1 to 65535"),
    ({"HTTP_PORT": "-1"},                                 "HTTP_PORT",               "1 到 65535 的整数",     "from 1 to 65535"),
    ({"HTTP_HOST": ""},                                   "HTTP_HOST",               "一般写 127.0.0.1",      "as a rule 127.0.0.1"),
    ({"HTTP_HOST": "http://127.0.0.1"},                   "HTTP_HOST",               "一般写 127.0.0.1",      "as a rule 127.0.0.1"),
    ({"WECOM_AGENT_ID": "app"},                           "WECOM_AGENT_ID",          "例如 1000002",          "example 1000002"),
    ({"WECOM_AGENT_ID": "-7"},                            "WECOM_AGENT_ID",          "AgentId",               "AgentId"),
    ({"TELEGRAM_WEBHOOK_URL": "credit.example.com"},      "TELEGRAM_WEBHOOK_URL",    "要写完整的网址",        "a whole address"),
    ({"TELEGRAM_WEBHOOK_URL": "https://c.example.com"},   "TELEGRAM_WEBHOOK_SECRET", "就要一并填",            "needs ZIXIN_TELEGRAM"),
    ({"TELEGRAM_WEBHOOK_SECRET": "not a secret"},         "TELEGRAM_WEBHOOK_SECRET", "最多 256 个",           "256 at most"),
    ({"WECOM_BOT_ID": "bot"},                             "WECOM_BOT_SECRET",        "要一起填",              "needs both"),
    ({"WECOM_CORP_ID": "ww1", "WECOM_ENCODING_AES_KEY": KEY}, "WECOM_ENCODING_AES_KEY", "还差 ZIXIN_WECOM_AGENT_ID", "needs ZIXIN_WECOM"),
    ({"WECOM_CORP_ID": "ww1", "WECOM_AGENT_ID": "7", "WECOM_SECRET": "s", "WECOM_CALLBACK_TOKEN": "t",
      "WECOM_ENCODING_AES_KEY": "short"},                 "WECOM_ENCODING_AES_KEY",  "43 个字母和数字",       "43 letters"),
)
# fmt: on


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no ``.env`` lies."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("given", "setting", "chinese", "english"), MISTAKES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_wrong_setting_is_told_in_the_company_s_language(
    given: dict[str, str],
    setting: str,
    chinese: str,
    english: str,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ZIXIN_LANGUAGE", language)
    for name, value in given.items():
        monkeypatch.setenv(f"ZIXIN_{name}", value)

    done = CliRunner().invoke(main, ["staff", "list"])

    assert done.exit_code == 2
    [told] = done.stderr.splitlines()
    assert told.startswith(f"ZIXIN_{setting} ")
    assert (chinese if language == "zh_CN" else english) in told


def test_every_wrong_setting_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZIXIN_TIMEZONE", "Mars/Olympus")
    monkeypatch.setenv("ZIXIN_HTTP_PORT", "eight")

    told = CliRunner().invoke(main, ["staff", "list"]).stderr.splitlines()

    assert [line.split()[0] for line in told] == ["ZIXIN_TIMEZONE", "ZIXIN_HTTP_PORT"]


def test_a_language_that_is_none_of_ours_is_told_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZIXIN_LANGUAGE", "fr")

    assert "只能写 zh_CN、en 里的一个" in CliRunner().invoke(main, ["staff", "list"]).stderr


def test_the_language_is_read_where_the_settings_are(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ZIXIN_LANGUAGE=en\nZIXIN_TIMEZONE=Mars/Olympus\n", "utf-8")

    assert company_language() == "en"
