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
