"""What is written of many customers (2.9) comes back as it was, but for decimals that are whole numbers."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.rules.money import Money
from core.rules.rating.expert_sheets import Mark, Sheet
from core.rules.rating.reading import Reading, Standing
from core.texts.kept import kept_text, kept_value

finite = st.decimals(allow_nan=False, allow_infinity=False)
plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.dates(),
    finite,
    st.builds(Money, st.integers(), st.sampled_from(["CNY", "EUR"])),
    st.builds(Reading, st.sampled_from(Standing), st.none() | finite, st.none() | st.text()),
)
names = st.text(min_size=1).filter(
    lambda name: name not in {"decimal", "money", "day", "moment", "label", "phrase", "reading"}
)
kept = st.recursive(
    plain, lambda inner: st.lists(inner) | st.dictionaries(names, inner, min_size=3), max_leaves=20
)


@given(kept)
def test_it_comes_back_as_it_was(value: Any) -> None:
    assert kept_value(kept_text(value)) == value


def test_the_text_is_short_and_in_order() -> None:
    facts = {"b": True, "a": 1, "c": 'says "so"\\\n', "d": Decimal("1.50"), "e": None, "f": Money(-5)}
    assert kept_text(facts) == (
        '{"a":1,"b":true,"c":"says \\"so\\"\\\\\\n","d":1.50,"e":null,"f":{"money":[-5,"CNY"]}}'
    )
    assert kept_text((date(2026, 3, 1), "资信")) == '[{"day":"2026-03-01"},"资信"]'


def test_the_sheets_of_experts_come_back_too() -> None:
    sheets = (Sheet("沈雅琴", {"leadership": Mark.A}),)
    assert kept_value(kept_text({"sheets": sheets})) == {"sheets": sheets}
    assert kept_value(kept_text([None, sheets])) == [None, sheets]
