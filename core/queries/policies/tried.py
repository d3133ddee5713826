"""What the last simulation of a policy found for lines (2.9): for whoever is to confirm it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.policies.simulation import Simulation
from core.records.simulation import SimulationRun
from core.records.tables import table_of
from core.rules.money import Money
from core.texts.wire import dumps, facts_of

_RUN = table_of(SimulationRun)


@dataclass(frozen=True, slots=True)
class Tried:
    """How many lines would shrink or end by the facts of a day, and by how much in all."""

    on: date
    shrinking: int
    ending: int
    lost: Money
    lines: Money
    """All lines together, as they are."""


def figures_of(found: Simulation) -> str:
    """What is kept of a simulation, as text."""
    figures: Mapping[str, Any] = {
        "shrinking": len(found.shrinking),
        "ending": len(found.ending),
        "lost": found.lost,
        "lines": found.lines,
    }
    return dumps(figures)


def last_tried(session: Session, checksum: str) -> Tried | None:
    """The last simulation of exactly this file; None where nobody has tried it out."""
    row = session.execute(
        select(_RUN.c.on_day, _RUN.c.figures)
        .where(_RUN.c.checksum == checksum, _RUN.c.figures.is_not(None))
        .order_by(_RUN.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else Tried(on=row.on_day, **facts_of(row.figures))
