"""Nothing is said that is not written, in both languages; and nothing is written that nobody says."""

from collections import Counter

import pytest

from core.settings import Language
from core.texts.catalog import LANGUAGES
from tests.texts.catalogs import cards, entries, exists, facts_of, messages, referred_to
from tests.texts.named import COLLECTED, RAISED, asked, families, in_cards, in_code, words

both = pytest.mark.parametrize("language", LANGUAGES)


def test_both_languages_have_the_same_keys() -> None:
    assert messages("zh_CN").keys() == messages("en").keys()


@both
def test_no_key_is_written_twice(language: Language) -> None:
    counted = Counter(key for _, key, _ in entries(language))
    assert [key for key, times in counted.items() if times > 1] == []


@both
def test_no_sentence_has_the_name_of_a_card(language: Language) -> None:
    """The card would be told, and the sentence never read."""
    assert messages(language).keys() & cards() == set()


@both
def test_everything_that_the_program_names_is_written(language: Language) -> None:
    named = (*in_code(), *in_cards(), *asked())
    assert {f"{each.where}: {each.key}" for each in named if not exists(language, each.key)} == set()


@both
def test_every_member_of_a_family_is_written(language: Language) -> None:
    keys = {beginning + end for beginning, ends in families().items() for end in ends}
    assert {key for key in keys if not exists(language, key)} == set()


@both
def test_no_sentence_needs_a_fact_that_it_is_not_given(language: Language) -> None:
    short = {
        f"{each.where}: {each.key} needs {', '.join(sorted(missing))}"
        for each in (*in_code(), *in_cards())
        if each.facts is not None and each.key in messages(language)
        if (missing := facts_of(language, each.key) - each.facts)
    }
    assert short == set()


@both
def test_nothing_is_written_that_nobody_says(language: Language) -> None:
    """What is raised is found by its end (``refusal-`` + ``not-allowed``), the rest of the computed keys in families()."""
    said = {each.key for each in (*in_code(), *in_cards(), *asked())} | words()
    said |= {beginning + end for beginning, ends in families().items() for end in ends}
    said |= {other for key in messages(language) for other in referred_to(language, key)}
    raised = {beginning + word for beginning in RAISED for word in words()}
    computed = tuple(
        word for word in words() if word.endswith("-") and word not in COLLECTED | families().keys()
    )
    assert {key for key in messages(language).keys() - said - raised if not key.startswith(computed)} == set()
