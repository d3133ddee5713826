"""Facts beside those of the last rating: what changed, what did not, what nobody knows (2.5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.rules.rating.reading import KnownFacts, KnownValue
from core.rules.rating.telling import is_unknown


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is not what it was; either may be unknown."""

    fact: str
    before: KnownValue
    now: KnownValue


@dataclass(frozen=True, slots=True)
class Compared:
    """Every fact that a policy looks at is in one of the three, in its order."""

    changed: tuple[Change, ...]
    unchanged: tuple[str, ...]
    unknown: tuple[str, ...]
    """Known neither then nor now."""


def compared(keys: Iterable[str], before: KnownFacts, now: KnownFacts) -> Compared:
    """The facts of these keys, then and now."""
    changed: list[Change] = []
    unchanged: list[str] = []
    unknown: list[str] = []
    for key in keys:
        old, new = before.get(key), now.get(key)
        if is_unknown(old) and is_unknown(new):
            unknown.append(key)
        elif old == new:
            unchanged.append(key)
        else:
            changed.append(Change(key, old, new))
    return Compared(tuple(changed), tuple(unchanged), tuple(unknown))
