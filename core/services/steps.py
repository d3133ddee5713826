"""What requests and reviews share: steps that are taken on what a person saw, and numbers within the year."""

from enum import StrEnum
from typing import Protocol, TypeVar

from sqlalchemy import Table, select

from core.rules.lifecycles.lifecycle import IllegalMove, Lifecycle
from core.services.work import Work

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


class Versioned(Protocol):
    """What several people act on: its state, and a version that rises with every step."""

    state: str
    version: int


def take_step(subject: Versioned, lifecycle: Lifecycle[S, A], action: A, seen: int) -> bool:
    """Take a step on the version that a person saw. False, and nothing changes, when things have moved on since.

    A second tap, an old card and another device all come to this. The caller says how it stands.
    """
    states = type(lifecycle.start)
    try:
        after = lifecycle.after(states(subject.state), action)
    except IllegalMove:
        return False
    if subject.version != seen:
        return False
    subject.state = after
    subject.version += 1
    return True


def next_number(work: Work, table: Table, letters: str) -> str:
    """REQ-2026-0142: counted within the year, in the order in which they were made."""
    prefix = f"{letters}-{work.today.year}-"
    last = work.session.execute(
        select(table.c.number).where(table.c.number.startswith(prefix)).order_by(table.c.id.desc()).limit(1)
    ).scalar()
    return f"{prefix}{int(last[len(prefix) :]) + 1 if last else 1:04d}"
