"""A soak from its first minute to its judgement."""

import gc
import os
import random
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.reliability.soak.company import MINUTE, Company, company
from tests.reliability.soak.ending import wrong
from tests.reliability.soak.faults import FAULTS, Fault

_WEIGHED = 5
"""Steps from one weighing to the next."""
_MEBIBYTE = 1024 * 1024


@dataclass
class Report:
    hours: float
    seconds: float = 0.0
    updates: int = 0
    messages: int = 0
    requests: int = 0
    signatures: int = 0
    kills: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    repeated_on_telegram: int = 0
    uncertain: int = 0
    """Messages of which nobody knows whether they arrived, told to the admin."""
    memory: list[float] = field(default_factory=list)
    """MiB in each quarter, the median."""
    wrong: list[str] = field(default_factory=list)


async def soak(
    folder: Path, sample: Path, port: int, *, steps: int, seed: int, stride: int = MINUTE
) -> Report:
    """Live so many steps of ``stride`` seconds, each with a fault, all about equally often; then rest, and judge."""
    began, weights = time.monotonic(), list[float]()
    async with company(folder, sample, port, seed) as lived:
        lived.stride = stride
        for step, fault in enumerate(_faults(steps, random.Random(seed))):
            await lived.live(fault)
            if step % _WEIGHED == 0:
                weights.append(_mebibytes())
        await lived.rest()
        report = _report(lived, weights, steps * stride / 3600)
        report.wrong = list(wrong(lived, folder / "zixin.db"))
    report.seconds = round(time.monotonic() - began, 1)
    return report


def _faults(steps: int, chance: random.Random) -> list[Fault]:
    rounds = [chance.sample(FAULTS, len(FAULTS)) for _ in range(steps // len(FAULTS) + 1)]
    return [fault for each in rounds for fault in each][:steps]


def _report(lived: Company, weights: list[float], hours: float) -> Report:
    def count(what: str) -> int:
        return int(lived.rows(f"select count(*) from {what}")[0][0])

    quarter = max(1, len(weights) // 4)
    return Report(
        hours=hours,
        updates=count("inbox"),
        messages=count("outbox"),
        requests=count("request"),
        signatures=count("signature"),
        kills=lived.program.kills,
        faults={
            fault.name: number for fault, number in sorted(lived.struck.items(), key=lambda one: one[0].name)
        },
        repeated_on_telegram=len(lived.seen.telegram)
        - count("outbox where channel = 'telegram' and state = 'sent'"),
        uncertain=count("outbox where state = 'unknown'"),
        memory=[round(median(weights[at * quarter :][:quarter]), 1) for at in range(4)],
    )


def _mebibytes() -> float:
    """What is resident, once what is garbage is gone."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEBIBYTE
