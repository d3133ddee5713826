"""The program as a process of its own: started, watched, told to stop, killed.

``python -m tests.support.process COMMAND ...`` is the program with a clock that was set, a lease that runs out
soon and no pace: what a test has no time for. Nothing else differs from ``zixin COMMAND ...``. Nor has it time for
importing everything at every start: most are forked with that done (`tests.support.forked`).
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.forked import ROOT, Forked

LEASE_SECONDS = 2.0
_AHEAD = "ZIXIN_TEST_AHEAD"
"""By how many seconds its clock is ahead: the same for two programs, however long each takes to start."""


class Program:
    """One process of the program, with its log."""

    def __init__(self, process: Process | Forked, log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    def kill(self) -> None:
        """As by ``kill -9``: no farewells."""
        self._process.kill()

    def sleep(self) -> None:
        """As when the machine is suspended."""
        self._process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    async def stop(self, *, seconds: float = 15) -> int:
        """As by the init system; the exit code."""
        self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), seconds)

    async def gone(self) -> None:
        await self._process.wait()


@asynccontextmanager
async def program(
    *command: str,
    environment: dict[str, str],
    log: Path,
    begins: datetime | None = None,
    imported: bool = True,
) -> AsyncIterator[Program]:
    """The program at work. With ``begins`` it is that moment when it starts, and the rest of the above holds.

    Unless ``imported`` it is started by the interpreter and ended with it: what is left undone is told in the log.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ZIXIN_")}
    told = {_AHEAD: str((begins - datetime.now(UTC)).total_seconds())} if begins else {}
    process: Process | Forked
    if begins and imported:
        process = Forked(main, command, {**inherited, **environment, **told}, log)
    else:
        module = "tests.support.process" if begins else "zixin"
        with log.open("ab") as out:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", module, *command),
                cwd=ROOT,
                env={**inherited, **environment, **told},
                stdout=out,
                stderr=out,
            )
    try:
        yield Program(process, log)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def main() -> None:
    import zixin
    from bot import app
    from bot.telegram import channel, pace
    from bot.wecom import link, serve
    from core.clock import SystemClock
    from core.services import lease
    from tests.support.wecom.served import QUICK

    ahead = timedelta(seconds=float(os.environ[_AHEAD]))
    machine = SystemClock.now
    SystemClock.now = lambda self: machine(self) + ahead  # type: ignore[method-assign]

    lease.LEASE = timedelta(seconds=LEASE_SECONDS)
    setattr(app, "TERM", lease.LEASE)  # noqa: B010 -- a name that the module only borrows
    setattr(app, "RENEW_SECONDS", LEASE_SECONDS / 4)  # noqa: B010 -- the same
    app.STANDBY_SECONDS = LEASE_SECONDS / 8
    setattr(channel, "Limits", lambda: pace.UNLIMITED)  # noqa: B010 -- the same
    setattr(link, "Times", lambda: QUICK)  # noqa: B010 -- the same
    serve.ALARM_AFTER_SECONDS = LEASE_SECONDS * 1.5

    zixin.main()


if __name__ == "__main__":
    main()
