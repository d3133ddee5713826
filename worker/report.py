"""What a job says it did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Report:
    """A job, the day it was run for, and how many of each thing it did."""

    job: str
    day: date
    done: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        """As the command line prints it: ``climb 2026-03-04 climbed=7``."""
        return " ".join([self.job, f"{self.day}", *(f"{name}={count}" for name, count in self.done.items())])
