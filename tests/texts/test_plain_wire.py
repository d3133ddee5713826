"""What is written for many is byte for byte what is written for one (2.9): it is hashed, and it is replayed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.rules.money import Money
from core.rules.rating.doubt import Doubt
from core.rules.rating.reading import Reading, Standing
from core.rules.rating.review import Mark, Sheet
from core.texts.plain_wire import plain_dumps
from core.texts.wire import Label, dumps

plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.dates(),
    st.decimals(allow_nan=False),
    st.builds(Money, st.integers(), st.sampled_from(["CNY", "EUR"])),
    st.builds(
        Reading, st.sampled_from(Standing), st.none() | st.decimals(allow_nan=False), st.none() | st.text()
    ),
)
others = st.sampled_from(
    [
        Doubt.BARS_RATING,
        Label("role-cfo"),
        datetime(2026, 3, 10, 2, 0, tzinfo=UTC),
        0.5,
        Sheet("沈雅琴", {"leadership": Mark.A}),
    ]
)
kept = st.recursive(
    plain | others,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(kept)
def test_the_text_is_the_same_byte_for_byte(value: Any) -> None:
    assert plain_dumps(value) == dumps(value)


def test_yes_is_no_number_and_marks_in_a_text_are_no_end_of_it() -> None:
    facts = {
        "b": True,
        "a": 1,
        "c": 'says "so"\\\n',
        "d": Decimal("1.50"),
        "e": date(2026, 3, 1),
        "f": Money(-5),
    }

    assert plain_dumps(facts) == (
        '{"a":1,"b":true,"c":"says \\"so\\"\\\\\\n","d":{"decimal":"1.50"},"e":{"day":"2026-03-01"},'
        '"f":{"money":[-5,"CNY"]}}'
    )
