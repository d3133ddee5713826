"""Hours of chat in three places with a fault every five minutes (10.1, 10.2): nothing lost, nothing twice, all in order.

What is lived, and what must hold in the end, is in `tests.reliability.soak`. A whole day, by hand:
``python -m tests.reliability.soak --hours 24``. It also weighs the memory, for which this here is too short.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.reliability.soak.company import Company, company
from tests.reliability.soak.ending import wrong
from tests.reliability.soak.faults import FAULTS, Fault
from tests.reliability.soak.run import soak

STEPS, STRIDE = len(FAULTS), 5 * 60
"""Each fault once, in more than three hours."""


async def test_whatever_goes_wrong_all_is_worked_once_and_arrives(
    tmp_path: Path, sample_folder: Path, unused_tcp_port: int
) -> None:
    report = await soak(tmp_path, sample_folder, unused_tcp_port, steps=STEPS, stride=STRIDE, seed=1)
    assert report.wrong == []
    assert set(report.faults.values()) == {1}
    assert report.kills == 2
    assert report.hours > 3
    assert report.updates > 3 * STEPS
    assert report.messages > report.updates


@pytest.fixture
async def calm(tmp_path: Path, sample_folder: Path, unused_tcp_port: int) -> AsyncIterator[Company]:
    """Minutes in which nothing went wrong."""
    async with company(tmp_path, sample_folder, unused_tcp_port, seed=2) as lived:
        for _ in range(5):
            await lived.live(Fault("none"))
        await lived.rest()
        yield lived


async def test_the_judge_sees_what_is_lost_doubled_or_out_of_order(calm: Company, tmp_path: Path) -> None:
    path = tmp_path / "zixin.db"
    assert list(wrong(calm, path)) == []
    telegram = "channel = 'telegram' and state = 'sent'"
    for damage, told in (
        ("update inbox set state = 'parked' where id = (select min(id) from inbox)", "updates not worked"),
        ("delete from inbox where channel = 'telegram' and id = (select max(id) from inbox where channel = 'telegram')", "Telegram told"),
        ("delete from inbox where key like 'app:%'", "calls of WeCom were acknowledged"),
        ("delete from inbox where key like 'bot:%'", "the WeCom bot was told"),
        ("update outbox set state = 'failed' where id = (select max(id) from outbox)", "did not arrive"),
        (f"update outbox set external_id = '1' where {telegram}", "never showed"),
        (f"update outbox set external_id = 9999999 - id where {telegram}", "out of order"),
        ("delete from outbox where channel = 'telegram'", "were repeated in Telegram"),
        ("update audit set data = '{}' where seq = 3", "audit trail breaks"),
    ):  # fmt: skip
        kept = path.with_suffix(".kept")
        with closing(sqlite3.connect(path)) as connection, closing(sqlite3.connect(kept)) as copy:
            connection.backup(copy)
            connection.execute(damage)
            connection.commit()
        found = list(wrong(calm, path))
        assert any(told in one for one in found), f"{damage}: {found}"
        with closing(sqlite3.connect(path)) as connection, closing(sqlite3.connect(kept)) as copy:
            copy.backup(connection)
