"""From which grade to which: customers counted twice, once by each of two ratings (2.9).

Under one scheme that is a migration, with better and worse. Letters of two schemes are only ever set side by side: an A of
one says nothing about a B of the other, so a cross table of two schemes has no direction.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.rules.judging.probability import share_of

NOT_RATED = ""
"""Stands for no grade, in rows and columns, and comes last there."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The grades of a policy, best first, under its id: the same letters under another id are other grades."""

    policy: str
    grades: tuple[str, ...]


@dataclass(frozen=True)
class CrossTable:
    """How many had each grade by the one rating (rows) and by the other (columns)."""

    before: Scheme
    after: Scheme
    counts: Mapping[tuple[str, str], int]

    @property
    def rows(self) -> tuple[str, ...]:
        """The grades of the first rating, no grade last."""
        return (*self.before.grades, NOT_RATED)

    @property
    def columns(self) -> tuple[str, ...]:
        """The grades of the second rating, no grade last."""
        return (*self.after.grades, NOT_RATED)

    @property
    def comparable(self) -> bool:
        """Whether better and worse mean anything: both ratings are by one scheme."""
        return self.before == self.after

    def at(self, row: str, column: str) -> int:
        """How many had this grade by the one and that by the other."""
        return self.counts.get((row, column), 0)

    def row_total(self, row: str) -> int:
        """How many had this grade by the first rating."""
        return sum(self.at(row, column) for column in self.columns)

    def column_total(self, column: str) -> int:
        """How many had this grade by the second rating."""
        return sum(self.at(row, column) for row in self.rows)

    @property
    def total(self) -> int:
        """How many were counted."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Migration:
    """What became of grades within one scheme; whoever had none before or after is counted apart."""

    same: int
    better: int
    worse: int
    rated_anew: int
    """Without a grade before, with one after."""
    no_longer_rated: int

    @property
    def stability(self) -> Decimal | None:
        """The share of those graded both times who kept their grade; None where nobody was."""
        both = self.same + self.better + self.worse
        return share_of(self.same / both) if both else None


def cross_table(pairs: Iterable[tuple[str | None, str | None]], before: Scheme, after: Scheme) -> CrossTable:
    """Pairs of (grade by the one, grade by the other), None for none."""
    return CrossTable(
        before, after, Counter((row or NOT_RATED, column or NOT_RATED) for row, column in pairs)
    )


def migration(table: CrossTable) -> Migration:
    """Read a cross table of one scheme as a migration; `ValueError` for two schemes, which have no direction."""
    if not table.comparable:
        raise ValueError(f"two schemes: {table.before.policy} and {table.after.policy}")
    place = {grade: at for at, grade in enumerate(table.rows)}
    steps: Counter[str] = Counter()
    for (before, after), count in table.counts.items():
        steps[_step(place, before, after)] += count
    return Migration(steps["same"], steps["better"], steps["worse"], steps["anew"], steps["lost"])


def _step(place: Mapping[str, int], before: str, after: str) -> str:
    if before == after:
        return "neither" if before == NOT_RATED else "same"
    if before == NOT_RATED:
        return "anew"
    if after == NOT_RATED:
        return "lost"
    return "better" if place[after] < place[before] else "worse"
