"""Readers of answers: from what a person typed to a value, or a sentence that says what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.dialog.form import BadAnswer, Reader
from core.rules.calendar import NotADay, parse_day
from core.rules.money import Money, NotAnAmount, parse_amount
from core.rules.uscc import NotACode, parse_uscc

if TYPE_CHECKING:
    from bot.dialog.talk import Talk

_SPACES = str.maketrans({"\n": " ", "\r": " ", "\t": " "})
_MOST_DIGITS = 18
# No exponents: 8e-99999999 is a number of a hundred million places.
_NUMBER = re.compile(rf"[+-]?(\d{{1,{_MOST_DIGITS}}}(\.\d{{0,{_MOST_DIGITS}}})?|\.\d{{1,{_MOST_DIGITS}}})")


def clean(typed: str) -> str:
    """What was typed, without control, format and direction marks, and with single spaces."""
    kept = (
        c for c in typed.translate(_SPACES) if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return " ".join("".join(kept).split())


def text(most: int = 80, least: int = 1) -> Reader:
    """A line of text of ``least`` to ``most`` characters."""

    def read(typed: str, _talk: "Talk") -> str:
        value = clean(typed)
        if len(value) < least:
            raise BadAnswer("too-short", least=least)
        if len(value) > most:
            raise BadAnswer("too-long", most=most, length=len(value))
        return value

    return read


def amount(typed: str, _talk: "Talk") -> Money:
    try:
        return parse_amount(clean(typed))
    except NotAnAmount as error:
        raise BadAnswer(f"amount-{error.reason.replace('_', '-')}", typed=clean(typed)[:40]) from None


def day(*, future: bool = True) -> Reader:
    """A day; with ``future=False`` not after today."""

    def unread(typed: str) -> BadAnswer:
        """With examples that would do."""
        written = clean(typed)[:40]
        return BadAnswer("day", typed=written) if future else BadAnswer("day-past", typed=written)

    def read(typed: str, talk: "Talk") -> date:
        try:
            value = parse_day(clean(typed), talk.today)
        except NotADay:
            raise unread(typed) from None
        if not future and value > talk.today:
            raise BadAnswer("day-future", day=value)
        if value.year < 1900 or value.year > talk.today.year + 50:
            raise unread(typed)
        return value

    return read


def credit_code(typed: str, _talk: "Talk") -> str:
    try:
        return parse_uscc(clean(typed))
    except NotACode as error:
        raise BadAnswer(f"uscc-{error.reason.replace('_', '-')}", typed=clean(typed)[:40]) from None


def phone(typed: str, _talk: "Talk") -> str:
    value = unicodedata.normalize("NFKC", clean(typed))
    digits = [c for c in value if c.isdigit()]
    if not 7 <= len(digits) <= 15 or any(not (c.isdigit() or c in "+-() ") for c in value):
        raise BadAnswer("phone", typed=value[:40])
    return value


def number(least: Decimal, most: Decimal) -> Reader:
    """A decimal number from ``least`` to ``most``; a percent sign is taken for what it says."""

    def read(typed: str, _talk: "Talk") -> Decimal:
        value = unicodedata.normalize("NFKC", clean(typed)).replace(",", "").rstrip("%").strip()
        if not _NUMBER.fullmatch(value):
            raise BadAnswer("number", typed=clean(typed)[:40])
        found = Decimal(value)
        if not least <= found <= most:
            raise BadAnswer("number-range", least=least, most=most)
        return found

    return read


def one_of(*values: str) -> Reader:
    """One of the buttons; typing it does as well, but nothing else does."""

    def read(typed: str, _talk: "Talk") -> str:
        if typed not in values:
            raise BadAnswer("choose")
        return typed

    return read


def whole(least: int, most: int) -> Reader:
    def read(typed: str, _talk: "Talk") -> int:
        digits = unicodedata.normalize("NFKC", clean(typed))
        if not digits.isdecimal() or len(digits) > _MOST_DIGITS or not least <= int(digits) <= most:
            raise BadAnswer("number-range", least=least, most=most)
        return int(digits)

    return read


def either(special: str, otherwise: Reader) -> Callable[[str, "Talk"], object]:
    """The value of one special button, or what ``otherwise`` reads."""

    def read(typed: str, talk: "Talk") -> object:
        return special if typed == special else otherwise(typed, talk)

    return read
