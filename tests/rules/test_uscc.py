"""The unified social credit code (1.1, GB 32100)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.uscc import NotACode, check_character, parse_uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALID = "91350100M000100Y43"

codes = st.text(ALPHABET, min_size=17, max_size=17).map(lambda first: first + check_character(first))


@pytest.mark.parametrize(
    "typed", [VALID, VALID.lower(), " 91350100 M000100Y43 ", "９１３５０１００M000100Y43"]
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_uscc(typed) == VALID


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "length"),
        (VALID[:-1], "length"),
        (VALID + "0", "length"),
        ("I1350100M000100Y43", "alphabet"),
        ("91350100M000100Y44", "check_digit"),
    ],
)
def test_what_is_no_code_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(NotACode) as refused:
        parse_uscc(typed)
    assert refused.value.reason == reason


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(code: str, place: int, character: str) -> None:
    mistyped = code[:place] + character + code[place + 1 :]
    if mistyped == code:
        assert parse_uscc(mistyped) == code
    else:
        with pytest.raises(NotACode):
            parse_uscc(mistyped)


@given(codes, st.integers(0, 16))
def test_two_neighbours_changed_over_are_always_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(NotACode):
            parse_uscc(swapped)
