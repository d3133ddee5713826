"""Whatever is typed, a reader gives a value of its kind or a sentence that says what is wrong; never anything else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog import read
from bot.dialog.form import BadAnswer, Reader
from bot.dialog.talk import Talk
from core.rules.money import Money
from core.rules.uscc import parse_uscc
from core.texts.catalog import LANGUAGES, say

TODAY = date(2026, 3, 10)


@dataclass
class Day:
    """All that a reader asks of the conversation."""

    today: date = TODAY


TALK = cast("Talk", Day())

# What people and machines really send: emoji, markup, right-to-left marks, NULs, digits of every script.
MARKS = ("", " ", "\n", "\x00", "\u200f", "\u202e", "\ufeff", "\u0301", "🏭", "👨\u200d👩\u200d👧")
MARKUP = ("<b>", "</", "&amp;", "*_`[]()", "{}", "${", "%s", "/")
DIGITS = ("٣", "三", "５", "²", "½", "-", "−", "万", "亿", "¥", ".", ",", "，", "e9", "NaN", "inf")
LONG = ("1" * 30, "1" * 5_000, "字" * 10_000)
AWKWARD = st.sampled_from((*MARKS, *MARKUP, *DIGITS, *LONG, "2026-03-10", "明天"))
ANYTHING = st.one_of(st.text(max_size=60), st.lists(AWKWARD, max_size=6).map("".join))

Fits = Callable[[Any], bool]
READERS: dict[str, tuple[Reader, Fits]] = {
    "text": (read.text(most=20), lambda value: isinstance(value, str) and 1 <= len(value) <= 20),
    "amount": (
        read.amount,
        lambda value: isinstance(value, Money) and Money.zero() < value <= Money.of(10**12),
    ),
    "day": (read.day(), lambda value: isinstance(value, date) and 1900 <= value.year <= 2076),
    "past day": (read.day(future=False), lambda value: isinstance(value, date) and value <= TODAY),
    "credit code": (read.credit_code, lambda value: parse_uscc(value) == value),
    "phone": (read.phone, lambda value: 7 <= sum(c.isdigit() for c in value) <= 15),
    "number": (
        read.number(Decimal(0), Decimal(100)),
        lambda value: isinstance(value, Decimal) and 0 <= value <= 100,
    ),
    "whole number": (read.whole(0, 99), lambda value: isinstance(value, int) and 0 <= value <= 99),
    "choice": (read.one_of("yes", "no"), lambda value: value in {"yes", "no"}),
}


@pytest.mark.parametrize("reader", READERS)
@given(typed=ANYTHING)
def test_a_reader_takes_anything(reader: str, typed: str) -> None:
    reads, fits = READERS[reader]
    try:
        value = reads(typed, TALK)
    except BadAnswer as bad:
        told = [say(language, f"bad-{bad.key}", bad.facts) for language in LANGUAGES]
    else:
        told = []
        assert fits(value)
    assert all(sentence.strip() for sentence in told)


@given(typed=ANYTHING)
def test_what_is_kept_of_a_text_is_visible_and_on_one_line(typed: str) -> None:
    """No mark that turns the rest of a card around, no line that is not there (9.2: what was signed is what was read)."""
    kept = read.clean(typed)

    assert not set(kept) & set(
        "\x00\n\r\t\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    )
    assert kept == read.clean(kept)


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [("5万", 50_000), ("50,000", 50_000), ("¥50000", 50_000), ("５万", 50_000), ("\u202e5万", 50_000)],
)
def test_amounts_as_people_type_them(typed: str, yuan: int) -> None:
    assert read.amount(typed, TALK) == Money.of(yuan)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("明天", date(2026, 3, 11)), ("12-31", date(2026, 12, 31)), ("2026/12/31", date(2026, 12, 31))],
)
def test_days_as_people_type_them(typed: str, day: date) -> None:
    assert read.day()(typed, TALK) == day


@pytest.mark.parametrize(
    "typed", ["8e-99999999", "1e999999", "Infinity", "NaN", "sNaN", "-0", "0x10", "1_000", "1" * 5_000]
)
def test_numbers_that_are_traps_are_read_plainly_or_refused(typed: str) -> None:
    """None may hang, overflow, or be kept as something that is no number."""
    try:
        value = read.number(Decimal(0), Decimal(100))(typed, TALK)
    except BadAnswer:
        return
    assert value.is_finite()
    assert len(f"{value:f}") < 40
