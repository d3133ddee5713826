"""Two distributions for telling chance from fact: the binomial's exact interval and the tail of chi-square.

Probabilities are floats: they say how sure a figure is and decide nothing. Both are summed the way of Lentz's continued
fraction, which converges in a few dozen steps wherever it is used here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import exp, lgamma, log

LEVEL = 0.95
"""How sure an interval is unless told otherwise."""
_PLACES = 4
_STEPS = 10_000
_CLOSE = 1e-15
_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a share lies, both ends included, 0 to 1, to four decimals."""

    low: Decimal
    high: Decimal

    def overlaps(self, other: "Interval") -> bool:
        """Whether both may be the same share."""
        return self.low <= other.high and other.low <= self.high


def exact_interval(hits: int, of: int, level: float = LEVEL) -> Interval | None:
    """The exact (Clopper-Pearson) interval of a share of which ``hits`` in ``of`` were seen; None where none was looked at.

    It never covers less often than it says, however few there are.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of}")
    if not of:
        return None
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else _where(lambda share: beta_below(hits, of - hits + 1, share) - tail)
    high = 1.0 if hits == of else _where(lambda share: beta_below(hits + 1, of - hits, share) - (1 - tail))
    return Interval(share_of(low), share_of(high))


def share_of(value: float) -> Decimal:
    """A share or a probability as it is told: four decimals, the same on every machine."""
    return Decimal(f"{value:.{_PLACES}f}")


def beta_below(a: float, b: float, share: float) -> float:
    """The probability that a beta variable of these parameters, both above zero, is at most ``share``."""
    if share <= 0:
        return 0.0
    if share >= 1:
        return 1.0
    if share > (a + 1) / (a + b + 2):
        return 1 - beta_below(b, a, 1 - share)
    front = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(share) + b * log(1 - share)
    return exp(front) / (a * _fraction(_beta_terms(a, b, share)))


def chi_square_above(value: float, freedom: int) -> float:
    """The probability that chi-square with so many degrees of freedom is at least ``value``."""
    if value <= 0:
        return 1.0
    a, x = freedom / 2, value / 2
    front = a * log(x) - x - lgamma(a)
    if x < a + 1:
        return 1 - exp(front) * _series(a, x)
    return exp(front) / _fraction(_gamma_terms(a, x), first=x + 1 - a)


def root(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that rises through zero between two ends does so."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if of(middle) < 0 else (low, middle)
    return (low + high) / 2


def _where(rising: Callable[[float], float]) -> float:
    return root(rising, 0.0, 1.0)


Terms = Iterator[tuple[float, float]]


def _beta_terms(a: float, b: float, share: float) -> Terms:
    for step in range(1, _STEPS):
        half = step // 2
        if step % 2:
            above = -(a + half) * (a + b + half) * share / ((a + 2 * half) * (a + 2 * half + 1))
        else:
            above = half * (b - half) * share / ((a + 2 * half - 1) * (a + 2 * half))
        yield above, 1.0


def _gamma_terms(a: float, x: float) -> Terms:
    for step in range(1, _STEPS):
        yield -step * (step - a), x + 2 * step + 1 - a


def _fraction(terms: Terms, first: float = 1.0) -> float:
    """The value of ``first + above1 / (below1 + above2 / (below2 + …))``."""
    found = first
    above_part, below_part = first, 0.0
    for above, below in terms:
        below_part = 1 / (below + above * below_part or _TINY)
        above_part = below + above / above_part or _TINY
        change = above_part * below_part
        found *= change
        if abs(change - 1) < _CLOSE:
            break
    return found


def _series(a: float, x: float) -> float:
    term = total = 1 / a
    for step in range(1, _STEPS):
        term *= x / (a + step)
        total += term
        if term < total * _CLOSE:
            break
    return total
