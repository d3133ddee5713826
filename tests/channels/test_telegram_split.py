"""Long texts are cut where a reader would cut them, and each part is whole markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.telegram.split import TEXT_LIMIT, split, width
from tests.support.telegram.markup import length, plain


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert split("<b>甲</b>\n") == ["<b>甲</b>\n"]
    assert split("") == [""]


def test_markup_does_not_count() -> None:
    text = "<b>" + "x" * TEXT_LIMIT + "</b>"
    assert split(text) == [text]
    assert len(split("x" + text)) == 2


@pytest.mark.parametrize(
    ("html", "expected"), [("a&lt;b", 3), ("<code>五万</code>", 2), ("😀", 2), ("&#8364;", 1)]
)
def test_width_is_counted_as_telegram_counts(html: str, expected: int) -> None:
    assert width(html) == expected == length(plain(html))


def test_it_is_cut_behind_the_last_line_that_fits() -> None:
    assert split("aaa\nbbb\nccc", limit=8) == ["aaa\nbbb", "ccc"]


def test_a_line_longer_than_a_message_is_cut_within() -> None:
    assert split("abcdefgh", limit=3) == ["abc", "def", "gh"]


def test_open_markup_is_closed_and_opened_again() -> None:
    assert split("<b>aa <i>bb\ncc</i> dd</b>", limit=7) == ["<b>aa <i>bb</i></b>", "<b><i>cc</i> dd</b>"]


def test_an_entity_is_never_torn() -> None:
    assert split("&lt;" * 5, limit=2) == ["&lt;&lt;", "&lt;&lt;", "&lt;"]


def test_empty_stretches_make_no_messages() -> None:
    assert split("a" + "\n" * 30 + "b", limit=5) == ["a", "b"]
    assert split("\n" * 30, limit=5) == [""]


piece = some.sampled_from(["甲", "b ", "\n", "&amp;", "😀", "<b>x</b>", "<i>a\n<code>b</code></i>"])


@given(some.lists(piece, max_size=60).map("".join), some.integers(2, 20))
def test_every_part_is_whole_markup_within_the_limit_and_no_word_is_lost(html: str, limit: int) -> None:
    parts = split(html, limit)
    assert all(length(plain(part)) <= limit for part in parts)
    assert re.sub(r"\s", "", "".join(map(plain, parts))) == re.sub(r"\s", "", plain(html))
