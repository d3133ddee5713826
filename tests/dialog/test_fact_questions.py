"""Every fact as a question (1.3): what the question takes the desk takes, and what it does not take it says why."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.form import BadAnswer
from bot.flows.fact_questions import fact_reader
from core.policies.library import Library
from core.rules.money import Money
from core.rules.policy.facts import FactKind, FactType
from core.rules.refusal import Refusal
from core.services.customers.survey import refuse_unfit
from core.texts.catalog import LANGUAGES, say

VOCABULARY = Library().vocabulary
ASKED = [kind for kind in VOCABULARY.kinds if kind.source == "survey"]
TALK: Any = SimpleNamespace(today=date(2026, 3, 10), at=datetime(2026, 3, 10, tzinfo=UTC))
NUMBERS = st.decimals(min_value=-(10**13), max_value=10**13, places=3).map(lambda number: f"{number:f}")
MARKED = st.tuples(
    st.sampled_from(["", "-", "−", "亏损", "(", "¥"]),
    st.one_of(NUMBERS, st.integers(-(10**6), 10**6).map(str), st.just("")),
    st.sampled_from(["", "%", "万", "元", "亿", ")", "万元", " "]),
).map("".join)
WORDS = st.one_of(
    st.sampled_from(["yes", "no", "是", "明天", "2025-12-31", "12-31", "9999-01-01", "unknown", ""]),
    st.sampled_from(
        [name for kind in ASKED for choice in kind.choices for name in (choice.value, choice.zh)]
    ),
    st.text(max_size=12),
)
TYPED = st.one_of(MARKED, NUMBERS, WORDS)
MOST_YUAN = 10**12
"""What an amount may be at most, whatever it is for."""
ENDS = [
    pytest.param(kind, end, step, id=f"{kind.key} {end}")
    for kind in ASKED
    for end, step in ((kind.low, -1), (kind.high, 1))
    if end is not None and not (kind.kind is FactType.MONEY and abs(end) >= MOST_YUAN)
]


@given(kind=st.sampled_from(ASKED), typed=TYPED)
def test_whatever_the_question_takes_the_desk_takes(kind: FactKind, typed: str) -> None:
    try:
        value = fact_reader(kind)(typed, TALK)
    except BadAnswer:
        return
    refuse_unfit(kind, value)


@pytest.mark.parametrize(("kind", "end", "step"), ENDS)
def test_what_lies_outside_is_told_at_the_question_in_the_desks_own_sentence(
    kind: FactKind, end: Decimal, step: int
) -> None:
    with pytest.raises(BadAnswer) as told:
        fact_reader(kind)(f"{end + step:f}", TALK)
    with pytest.raises(Refusal) as refused:
        refuse_unfit(kind, _value(kind, end + step))

    for language in LANGUAGES:
        question = say(language, f"bad-{told.value.key}", told.value.facts)
        assert question == say(language, f"refusal-{refused.value.key}", refused.value.facts)


@pytest.mark.parametrize(("kind", "end", "_step"), ENDS)
def test_the_ends_of_a_range_are_in_it(kind: FactKind, end: Decimal, _step: int) -> None:
    assert fact_reader(kind)(f"{end:f}", TALK) == _value(kind, end)


def _value(kind: FactKind, number: Decimal) -> Decimal | int | Money:
    if kind.kind is FactType.MONEY:
        return Money.of(number)
    return int(number) if kind.kind is FactType.COUNT else number


@pytest.mark.parametrize("typed", ["亏损", "-", "元", "()", "亏", "..."])
def test_a_loss_without_its_amount_is_not_nothing(typed: str) -> None:
    """Unknown is not zero."""
    with pytest.raises(BadAnswer):
        fact_reader(_of_type(FactType.MONEY, unbounded=True))(typed, TALK)


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [("0", 0), ("0元", 0), ("-0", 0), ("亏损30万", -300_000), ("(30万)", -300_000), ("5w", 50_000)],
)
def test_an_amount_may_be_a_loss_or_nothing(typed: str, yuan: int) -> None:
    assert fact_reader(_of_type(FactType.MONEY, unbounded=True))(typed, TALK) == Money.of(yuan)


@pytest.mark.parametrize("typed", ["1.5", "0.1", "-0.5"])
def test_a_count_is_whole(typed: str) -> None:
    with pytest.raises(BadAnswer, match="count"):
        fact_reader(_of_type(FactType.COUNT))(typed, TALK)


def _of_type(wanted: FactType, *, unbounded: bool = False) -> FactKind:
    return next(kind for kind in ASKED if kind.kind is wanted and not (unbounded and kind.low is not None))
