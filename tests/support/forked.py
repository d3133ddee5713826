"""The program with everything imported, forked for each start: a start takes a tenth of its processor time.

What forks is a process of its own, without threads, that has imported the modules and done nothing else.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import chdir
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMPORTED = (
    "zixin",
    "bot.app",
    "core.commandline.running",
    "worker.run",
    "tests.support.process",
    "tests.support.wecom.served",
)
_EXIT_LOOK_SECONDS = 0.01
_context = get_context("forkserver")
_context.set_forkserver_preload(list(IMPORTED))


class Forked:
    """One such process, handled as `asyncio.subprocess.Process` is."""

    def __init__(
        self, main: Callable[[], None], command: tuple[str, ...], environment: Mapping[str, str], log: Path
    ) -> None:
        """``main`` runs with these arguments, this environment and this log, from the project's folder."""
        log.touch()
        self._process = _context.Process(target=_run, args=(main, command, dict(environment), log))
        with chdir(ROOT):  # where what forks is started the first time, to find the modules
            self._process.start()

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def send_signal(self, signal: int) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, signal)

    async def wait(self) -> int:
        while (code := self._process.exitcode) is None:
            await asyncio.sleep(_EXIT_LOOK_SECONDS)
        return code


def _run(main: Callable[[], None], command: tuple[str, ...], environment: dict[str, str], log: Path) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["zixin", *command]
    with log.open("ab") as out:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(out.fileno(), stream.fileno())
    main()
