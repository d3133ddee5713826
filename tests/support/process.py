"""The program as a process of its own: started, watched, told to stop, killed.

``python -m tests.support.process COMMAND ...`` is the program with a clock that was set, a lease that runs out
soon and no pace: what a test has no time for. Nothing else differs from ``zixin COMMAND ...``.
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

ROOT = Path(__file__).parents[2]
LEASE_SECONDS = 2.0
_BEGINS = "ZIXIN_TEST_BEGINS"


class Program:
    """One process of the program, with its log."""

    def __init__(self, process: Process, log: Path) -> None:
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
    *command: str, environment: dict[str, str], log: Path, begins: datetime | None = None
) -> AsyncIterator[Program]:
    """The program at work. With ``begins`` it is that moment when it starts, and the rest of the above holds."""
    module = "tests.support.process" if begins else "zixin"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ZIXIN_")}
    told = {_BEGINS: begins.isoformat()} if begins else {}
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
    from core import clock
    from core.services import lease

    lease.LEASE = timedelta(seconds=LEASE_SECONDS)
    lease.RENEW_SECONDS = LEASE_SECONDS / 4
    ahead = datetime.fromisoformat(os.environ[_BEGINS]) - datetime.now(UTC)

    class ClockAhead(clock.SystemClock):
        def now(self) -> datetime:
            return super().now() + ahead

    clock.SystemClock = ClockAhead  # type: ignore[misc]

    from bot import app
    from bot.telegram import channel, pace

    app.STANDBY_SECONDS = LEASE_SECONDS / 8
    setattr(channel, "Limits", lambda: pace.UNLIMITED)  # noqa: B010 -- a name that the module only borrows

    from bot.wecom import link, serve
    from tests.support.wecom.served import QUICK

    setattr(link, "Times", lambda: QUICK)  # noqa: B010 -- the same
    serve.ALARM_AFTER_SECONDS = LEASE_SECONDS * 1.5

    import zixin

    zixin.main()


if __name__ == "__main__":
    main()
