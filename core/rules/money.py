"""Exact money: whole minor units of one currency, and reading an amount as people type it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction

from core.rules.halfwidth import halfwidth

_MINOR_PER_UNIT = 100
_LARGEST = 10**12
_LONGEST = 64
# Wide enough that a product of any amount and any factor is exact before the one named rounding.
_EXACT = Context(prec=80)

_UNITS = {
    "": 1,
    "百": 10**2,
    "千": 10**3,
    "k": 10**3,
    "万": 10**4,
    "w": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "m": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_PART = re.compile(rf"\s*({_NUMBER})\s*(十万|百万|千万|[百千k万wm亿]|)\s*")
_CURRENCY_BEFORE = re.compile(r"^(?:人民币|rmb|cny|¥)\s*")
_CURRENCY_AFTER = re.compile(r"\s*(?:元整|圆整|元|圆|块钱|块|人民币|rmb|cny)$")
_SIGN = re.compile(r"^(?:-|负)\s*")


class CurrencyMismatch(ValueError):
    """Two currencies met in one sum or comparison; the rules never convert."""


class NotAnAmount(ValueError):
    """A text or number that is no amount of money.

    ``reason`` is one of ``empty``, ``unreadable``, ``negative``, ``zero``, ``too_large`` (over 10¹² yuan)
    and ``too_precise`` (finer than a minor unit).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in hundredths of a currency unit (分 for CNY), of either sign.

    Sums and comparisons raise `CurrencyMismatch` across currencies; equality across them is just false.
    """

    minor: int
    currency: str = "CNY"

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str = "CNY") -> "Money":
        """Money from an amount in whole units (yuan); `NotAnAmount` when it is finer than a minor unit."""
        decimal = Decimal(amount)
        if not decimal.is_finite():
            raise NotAnAmount("unreadable")
        numerator, denominator = decimal.as_integer_ratio()
        minor, finer = divmod(numerator * _MINOR_PER_UNIT, denominator)
        if finer:
            raise NotAnAmount("too_precise")
        return cls(minor, currency)

    @classmethod
    def zero(cls, currency: str = "CNY") -> "Money":
        """Nothing, in a currency."""
        return cls(0, currency)

    @property
    def amount(self) -> Decimal:
        """The amount in whole units (yuan), exact, with two decimals."""
        return _EXACT.scaleb(Decimal(self.minor), -2)

    def times(self, factor: Decimal, rounding: str = ROUND_DOWN) -> "Money":
        """The amount times a factor, rounded once to a minor unit: down, so that no limit grows by it."""
        product = _EXACT.multiply(Decimal(self.minor), factor)
        return Money(int(product.to_integral_value(rounding)), self.currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._minor_of(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._minor_of(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._minor_of(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._minor_of(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._minor_of(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._minor_of(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def _minor_of(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} with {other.currency}")
        return other.minor


def total(items: Iterable[Money], currency: str = "CNY") -> Money:
    """The sum of amounts in one currency; nothing at all is zero of that currency."""
    return sum(items, Money.zero(currency))


def parse_amount(text: str) -> Money:
    """An amount of yuan as typed in chat: ``5万``, ``50,000``, ``¥50000``, ``3万5千``, ``5w``, ``50k``, ``1.2m``.

    Always above zero and at most 10¹² yuan; anything else raises `NotAnAmount` with its reason.
    """
    typed = halfwidth(text).lower()
    if not typed:
        raise NotAnAmount("empty")
    if len(typed) > _LONGEST:
        raise NotAnAmount("unreadable")
    unmarked, minus_before = _SIGN.subn("", typed)
    unmarked, minus_after = _SIGN.subn("", _CURRENCY_BEFORE.sub("", unmarked))
    amount = _sum_of_parts(_CURRENCY_AFTER.sub("", unmarked))
    if amount == 0:
        raise NotAnAmount("zero")
    if minus_before or minus_after:
        raise NotAnAmount("negative")
    if amount > _LARGEST:
        raise NotAnAmount("too_large")
    if (amount * _MINOR_PER_UNIT).denominator != 1:
        raise NotAnAmount("too_precise")
    return Money(int(amount * _MINOR_PER_UNIT))


def _sum_of_parts(typed: str) -> Fraction:
    """The value of ``3万5千``: every part smaller in unit than the one before, a bare number only alone."""
    amount, position, smallest = Fraction(0), 0, None
    while position < len(typed) or smallest is None:
        part = _PART.match(typed, position)
        if part is None:
            raise NotAnAmount("unreadable")
        unit = _UNITS[part[2]]
        if smallest is not None and (unit >= smallest or not part[2]):
            raise NotAnAmount("unreadable")  # 3万5 is 35,000 to one person and 30,005 to another
        amount += Fraction(re.sub("[, ]", "", part[1])) * unit
        position, smallest = part.end(), unit
    return amount
