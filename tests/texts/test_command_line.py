"""The command line explains itself, and its wrong use, in the company's language (10.6)."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from core.settings import Language
from core.texts.catalog import LANGUAGES
from tests.texts.named import command_line
from zixin import main

COMMANDS = dict(command_line())

# fmt: off
MISUSES = (
    ("staf",                                            "没有「staf」这个命令。是不是 staff？",         "no command “staf”. Perhaps staff?"),
    ("xyzzy",                                           "没有「xyzzy」这个命令。\n",                    "no command “xyzzy”.\n"),
    ("staff add --nam X",                               "没有 --nam 这个选项。是不是 --name？",         "no option --nam. Perhaps --name?"),
    ("--what",                                          "没有 --what 这个选项。",                       "no option --what."),
    ("staff add",                                       "还要写 --name。",                              "--name is missing."),
    ("staff invite",                                    "还要写 NAME。",                                "NAME is missing."),
    ("report",                                          "还要写 NAME：只能是 aging、overdue",           "NAME is missing: it is one of aging, overdue"),
    ("report aging --format pdf",                       "--format 写得不对：只能是 text、json、xlsx。", "--format cannot be that: it is one of text, json, xlsx."),
    ("report aging --on tomorrow",                      "--on 写得不对：例如 2026-03-04。",             "--on cannot be that: for example 2026-03-04."),
    ("worker run-due --at noon",                        "--at 写得不对：例如 2026-03-04T09:00。",       "--at cannot be that: for example 2026-03-04T09:00."),
    ("rate --facts nowhere.json",                       "--facts 写得不对：要写一个有的文件。",         "--facts cannot be that: the name of a file"),
    ("policy validate b9-abc --overdue-days -3",        "要写 0 到 3,650 之间的整数",                   "a whole number from 0 to 3,650"),
    ("staff list more",                                 "多写了，或者顺序不对",                         "too much, or in another order"),
    ("rate --facts",                                    "--facts 后面不对",                             "--facts is not written so"),
    ("import customers",                                "要空模板，用 --template",                      "there is --template"),
    ("report aging --format xlsx",                      "aging 没有 xlsx",                              "no xlsx of aging"),
)
# fmt: on


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no ``.env`` lies and no database."""
    monkeypatch.chdir(tmp_path)


def types(words: str, language: Language) -> Result:
    return CliRunner(env={"ZIXIN_LANGUAGE": language}).invoke(main, words.split(), prog_name="zixin")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_all_that_it_takes(
    path: tuple[str, ...], language: Language
) -> None:
    words = "--help" if path == ("zixin",) else f"{' '.join(path)} --help"

    told = types(words, language)

    assert told.exit_code == 0, told.output
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told.output) == (language == "zh_CN")
    command = COMMANDS[path]
    for option in (param for param in command.params if isinstance(param, click.Option)):
        [line] = [line for line in told.output.splitlines() if line.strip().startswith(option.opts[-1] + " ")]
        assert line
    if isinstance(command, click.Group):
        assert set(command.commands) <= {line.split()[0] for line in told.output.splitlines() if line.strip()}


def test_what_has_to_be_given_and_what_is_taken_otherwise_is_said() -> None:
    told = types("rate --help", "zh_CN").output

    assert "资料，一个 JSON 文件。（必填）" in told
    assert "（不写就是 b9-abc）" in told


@pytest.mark.parametrize(("words", "chinese", "english"), MISUSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_use_is_told_with_what_would_be_right(
    words: str, chinese: str, english: str, language: Language
) -> None:
    told = types(words, language)

    assert told.exit_code == 2
    assert (chinese if language == "zh_CN" else english) in told.stderr
    assert told.stderr.splitlines()[-1].endswith("--help")
    assert told.stdout == ""
