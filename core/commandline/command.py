"""What a command is made with. What it needs is imported when it is run: help and version answer without."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True)


def command(work: Callable[..., Any]) -> Callable[..., None]:
    """Run a command; a refusal is a sentence and exit code 1."""

    @wraps(work)
    def run(*arguments: Any, **options: Any) -> None:
        from core.commandline.running import carry_out  # noqa: PLC0415 -- see above

        carry_out(work, *arguments, **options)

    return run
