"""Help, the version and a slip of the fingers are answered without loading what the commands need (9.5)."""

import subprocess
import sys

import click
import pytest

from core.commandline import COMMANDS
from zixin import main

HEAVY = (
    "sqlalchemy",
    "sqlmodel",
    "alembic",
    "xlsxwriter",
    "aiohttp",
    "telegram",
    "core.services",
    "bot",
    "worker",
)
_ANSWERS = """
import sys
from zixin import main
try:
    main({words!r}, prog_name="zixin")
except SystemExit as end:
    print(end.code, *(name for name in {heavy!r} if name in sys.modules))
"""


def answered(*words: str) -> tuple[str, str]:
    """What a program of its own prints, and, last, its exit code and which of the heavy modules it has loaded."""
    code = _ANSWERS.format(words=list(words), heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *printed, last = done.stdout.splitlines()
    return "\n".join(printed), last


@pytest.mark.parametrize(
    ("words", "exit_code"), [(("--version",), 0), (("--help",), 0), (("stff",), 2), (("worker", "--help"), 0)]
)
def test_nothing_heavy_is_loaded(words: tuple[str, ...], exit_code: int) -> None:
    _, loaded = answered(*words)

    assert loaded == str(exit_code)


def test_a_command_that_is_run_loads_what_it_needs() -> None:
    """Else the test above would pass whatever is loaded."""
    _, loaded = answered("staff", "--help")

    assert loaded == "0 sqlalchemy sqlmodel alembic xlsxwriter core.services"


def test_help_names_every_command_all_the_same() -> None:
    printed, _ = answered("--help")

    assert all(f"\n  {name} " in printed for name in main.commands)


def test_every_place_of_the_table_holds_a_command_of_that_name() -> None:
    assert len(COMMANDS) >= 10
    assert [(name, command.name) for name, command in COMMANDS.items() if command.name != name] == []
    assert all(isinstance(command, click.Command) for command in COMMANDS.values())
