"""Lifecycles as tables: legality, buttons, the diagram in the docs and the exhaustive test read the same one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from core.rules.permission import Permission

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


class IllegalMove(Exception):
    """The thing is in a state from which this move is not open."""

    def __init__(self, state: StrEnum, action: StrEnum) -> None:
        super().__init__(f"{action} is not open from {state}")
        self.state = state
        self.action = action


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    to: S
    may: Permission


@dataclass(frozen=True)
class Lifecycle(Generic[S, A]):
    """States, moves and the permission that each move needs."""

    start: S
    moves: Mapping[tuple[S, A], Move[S]]

    def after(self, state: S, action: A) -> S:
        """The state that ``action`` leads to. Raises `IllegalMove` where the table has no such move."""
        try:
            return self.moves[state, action].to
        except KeyError:
            raise IllegalMove(state, action) from None

    def open_from(self, state: S, may: frozenset[Permission]) -> tuple[A, ...]:
        """The moves that someone with these permissions can make from ``state``."""
        return tuple(action for (at, action), move in self.moves.items() if at is state and move.may in may)

    def mermaid(self) -> str:
        """The diagram of ``docs/lifecycles.md``."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        lines += [f"    {at} --> {move.to}: {action}" for (at, action), move in self.moves.items()]
        return "\n".join(lines)
