"""What a bench finds: a figure of ours beside the figure it is held against."""

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Ratio:
    """Our figure over the reference, and how large (or, with ``at_least``, how small) it may be."""

    what: str
    ours: float
    reference: float
    unit: str
    against: str
    """What the reference is."""
    limit: float | None
    """None: told, and held against nothing."""
    at_least: bool = False
    goal: float | None = None

    @property
    def value(self) -> float:
        return self.ours / self.reference

    @property
    def met(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass(slots=True)
class Stopwatch:
    """What went by inside a ``with``: seconds, and seconds of processor time.

    The second is told beside the first because it hardly feels what else the machine is doing.
    """

    seconds: float = 0.0
    processor: float = 0.0

    def __enter__(self) -> "Stopwatch":
        self.seconds, self.processor = -time.perf_counter(), -_processor()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter()
        self.processor += _processor()


def _processor() -> float:
    """With that of the children that have ended: an import reads its file in one."""
    spent = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in spent)


def percentile(seconds: Sequence[float], percent: int) -> float:
    return quantiles(seconds, n=100, method="inclusive")[percent - 1]


def typical(rounds: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Ours and the reference of the round whose ratio is the median one: both sides saw the same machine."""
    ratios = sorted(rounds, key=lambda one: one[0] / one[1])
    middle = median(range(len(ratios)))
    return ratios[int(middle)]
