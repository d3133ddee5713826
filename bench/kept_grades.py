"""Everybody's grade of a month, rated and stored; one rating as a chat shows it; and the memory of it all (2.3, 2.9).

Customers are rated on 22 known facts each, with every item, and stored by the desk as the worker stores them, inputs
and result. Held against a plain loop that only adds up exact scores.
"""

import asyncio
import gc
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bench.lock_time import TimedDatabase, longest_hold
from bench.office import add, customer, office, settling
from bench.rating import known
from bench.ratio import Ratio, Stopwatch, typical
from bench.simulation import adding_up, many_customers, scorecard_policy
from bot.flows import explain, pictures
from bot.flows.rating import LIFTS_SHOWN
from core.clock import SetClock
from core.queries.actor import CLOCK
from core.queries.customers.survey import KnownFact
from core.queries.office import Office
from core.queries.rating.snapshot import written
from core.rules.policy.policy import Policy
from core.rules.rating.assess import lifts, rate
from core.services.commands import open_desk
from core.services.desk import Desk
from core.services.rating.snapshot import KeepGrades
from worker.jobs.snapshot import CHUNK

_ALL = 100_000
_CUSTOMERS = 20_000
_ROUNDS = 9
_TIMES = 5
"""The plain loop is over so soon that it would not see as much of the machine as we do."""
_MONTH = date(2026, 3, 1)
_NIGHT = datetime(2026, 3, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
_MEBIBYTE = 1024

Known = Mapping[str, KnownFact]


def measure() -> Sequence[Ratio]:
    """Seconds for 100 000 customers, from a fifth of them; milliseconds of one; the memory of all."""
    with TemporaryDirectory() as folder:
        return [*asyncio.run(_stored(Path(folder))), _in_chat(Path(folder)), _memory()]


async def _stored(folder: Path) -> list[Ratio]:
    policy, facts = scorecard_policy("bench-kept", 1), list(many_customers(_CUSTOMERS))
    known = list(enumerate(map(_known, facts), start=1))
    gc.freeze()  # what is known lies there beforehand, and is not to be looked through for garbage again and again
    empty = folder / "empty.db"
    _settle(empty, _CUSTOMERS)
    desk, rounds, holds = open_desk(office(empty, SetClock(_NIGHT))), [], []
    for at in range(_ROUNDS):
        path = folder / f"{at}.db"
        shutil.copy(empty, path)
        async with TimedDatabase(path) as database:
            with Stopwatch() as ours:
                await _keep(database, desk, policy, known)
            holds.append(max(database.transactions))
        with Stopwatch() as adding:
            for _ in range(_TIMES):
                adding_up(facts)
        rounds.append((ours, adding))
        path.unlink()
    scale, what = _ALL / _CUSTOMERS, f"rate {_ALL:,} × 22 indicators with every item, and store"
    processor = typical([(ours.processor, adding.processor / _TIMES) for ours, adding in rounds])
    run = typical([(ours.seconds, adding.seconds / _TIMES) for ours, adding in rounds])
    return [
        Ratio(what, *(each * scale for each in processor), "s CPU", "adding up", 5),
        # With the waits for the disk, that it is all flushed: they say more of the machine than of us.
        Ratio("the same, by the clock", *(each * scale for each in run), "s", "adding up", None),
        longest_hold("grades of a month", holds),
    ]


async def _keep(
    database: TimedDatabase, desk: Desk, policy: Policy, known: Iterable[tuple[int, Known]]
) -> None:
    grades = written(policy, known)
    while chunk := tuple(islice(grades, CHUNK)):
        await desk.run(database, KeepGrades(_MONTH, policy, chunk), CLOCK)


def _known(facts: Mapping[str, object]) -> Known:
    return {key: KnownFact(key, value, "survey", _MONTH, None) for key, value in facts.items()}  # type: ignore[arg-type]


def _settle(path: Path, customers: int) -> None:
    with settling(path) as session:
        for start in range(1, customers + 1, _CUSTOMERS):
            add(session, [customer(n, f"C{n:06d}", None) for n in range(start, start + _CUSTOMERS)])


def _in_chat(folder: Path) -> Ratio:
    """Processor time from facts to the card and its picture, as data to be set, by the slowest policy of the library."""
    company = office(folder / "chat.db", SetClock(_NIGHT))
    slowest = 0.0
    for policy_id in sorted({policy.id for policy in company.library.policies}):
        policy = company.library.policy_in_force(policy_id, _MONTH)
        customers = [known(company.library, policy, seed) for seed in range(30)]
        slowest = max(slowest, min(_seconds_each(company, policy, customers) for _ in range(_ROUNDS)))
    return Ratio(
        "one rating in chat, card and picture, the slowest", slowest * 1e3, 5, "ms CPU", "the bound", 1
    )


def _seconds_each(company: Office, policy: Policy, customers: Sequence[Mapping[str, object]]) -> float:
    began = time.process_time()
    for facts in customers:
        _shown(company, policy, facts)
    return (time.process_time() - began) / len(customers)


def _shown(company: Office, policy: Policy, facts: Mapping[str, object]) -> object:
    rating = rate(policy, facts)  # type: ignore[arg-type]
    better = lifts(policy, facts)  # type: ignore[arg-type]
    return (
        pictures.of_rating(company, policy, rating, "华东机械"),
        explain.obstacles(policy, rating),
        explain.gates(rating),
        explain.reasons(company, policy, rating),
        [explain.lift(company, policy, one) for one in better[:LIFTS_SHOWN]],
    )


def _memory() -> Ratio:
    """The most memory that rating and storing all of them takes, in a process of its own."""
    kept = subprocess.run(
        [sys.executable, "-c", "from bench.kept_grades import keep_all; keep_all()"],
        capture_output=True,
        text=True,
        check=True,
    )
    what = f"memory of rating and storing {_ALL:,}"
    return Ratio(what, int(kept.stdout) / _MEBIBYTE, 600, "MiB", "the bound", 1)


def keep_all() -> None:
    """Rate and store every customer, each as it comes, and print the most memory taken, in KiB."""

    async def keep(path: Path) -> None:
        _settle(path, _ALL)
        async with TimedDatabase(path) as database:
            customers = enumerate(map(_known, many_customers(_ALL)), start=1)
            desk = open_desk(office(path, SetClock(_NIGHT)))
            await _keep(database, desk, scorecard_policy("bench-kept", 1), customers)

    with TemporaryDirectory() as folder:
        asyncio.run(keep(Path(folder) / "kept.db"))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
