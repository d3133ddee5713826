"""Everything that can be said, said once: in both languages, short enough, and whatever people typed stays inert."""

import re
from typing import Any

import pytest

from core.settings import Language
from core.texts.catalog import LANGUAGES, plain, say, sentence
from tests.texts.catalogs import cards, facts_of, messages
from tests.texts.named import asked, families, in_code
from tests.texts.plausible import CARDS, fact

both = pytest.mark.parametrize("language", LANGUAGES)
LONGEST = 3_500
"""Characters of a message; Telegram takes 4 096 (2.3: the whole checklist is one message)."""
LABEL = {"zh_CN": 14, "en": 24}
"""Characters of a button's label, so that two stand side by side on a phone."""
BY_DATA = {
    "literal",
    "button-request",
    "button-review-named",
    "button-waiting-request",
    "button-draft",
    "button-draft-of",
    "button-policy-named",
    "ask-survey-question-short",
}
"""Labels that hold a name: they have a line to themselves, or are cut by the channel."""
HOSTILE = '<b>&"\u202e\u200f公司'
OWN_FACTS = {"key", "sign", "answer", "grade", "bar"}
OWN_WORDS = {"", *(end for ends in families().values() for end in ends)}
"""What the program itself hands over, and no person ever typed."""
MARKUP = re.compile(r"</?(b|i|code)>")


def facts_for(language: Language, key: str, **given: Any) -> dict[str, Any]:
    return {name: given.get(name, fact(name)) for name in facts_of(language, key)}


@both
def test_every_sentence_can_be_said(language: Language) -> None:
    for key in messages(language):
        said = sentence(language, key, facts_for(language, key))
        assert said.strip(), key
        assert len(said) <= LONGEST, key


@both
@pytest.mark.parametrize("number", [0, 1, 2, 1000])
def test_every_sentence_can_be_said_of_any_number(language: Language, number: int) -> None:
    for key in messages(language):
        facts = {
            name: number if type(value) is int else value for name, value in facts_for(language, key).items()
        }
        assert sentence(language, key, facts).strip(), key


@both
def test_markup_is_what_telegram_takes_and_is_closed(language: Language) -> None:
    for key in messages(language):
        _is_well_formed(sentence(language, key, facts_for(language, key)))
    for card, variants in CARDS.items():
        for facts in variants.values():
            _is_well_formed(say(language, card, facts))


@both
def test_what_people_typed_comes_out_inert(language: Language) -> None:
    """What withstands: HTML, quotation and right-to-left marks in any answer."""
    for key in messages(language):
        facts = facts_for(language, key)
        typed = {name: HOSTILE if isinstance(value, str) else value for name, value in facts.items()}
        _is_inert(sentence(language, key, typed))


@both
@pytest.mark.parametrize("card", sorted(CARDS))
def test_a_hostile_name_comes_out_of_a_card_inert(language: Language, card: str) -> None:
    for facts in CARDS[card].values():
        said = say(language, card, _poisoned(facts))
        _is_inert(said)
        _is_well_formed(said)


def test_every_card_of_the_flows_has_an_example() -> None:
    elsewhere = {"digest", "import-preview", "import-done"}
    assert cards() - elsewhere == set(CARDS)


def test_the_examples_have_the_facts_that_the_flows_hand_over() -> None:
    handed_over = {each.key: each.facts for each in in_code() if each.key in CARDS and each.facts is not None}
    for card, facts in handed_over.items():
        for variant in CARDS[card].values():
            assert variant.keys() == facts, card


@both
@pytest.mark.parametrize("card", sorted(CARDS))
def test_no_card_is_longer_than_a_message(language: Language, card: str) -> None:
    for variant, facts in CARDS[card].items():
        assert len(say(language, card, facts)) <= LONGEST, variant


@both
def test_a_request_is_decided_by_at_a_glance(language: Language) -> None:
    """3.4, ten seconds: ten lines before the signatures."""
    said = say(language, "request", CARDS["request"]["your turn"])
    assert len(said.splitlines()) <= 10


@both
def test_labels_of_buttons_are_short(language: Language) -> None:
    labels = {
        each.key for each in (*in_code(), *asked()) if each.key.startswith(("button-", "choice-", "short-"))
    }
    labels |= {
        key for key in messages(language) if key.startswith(("industry-", "size-", "source-", "reason-"))
    }
    long = {
        key: label
        for key in labels - BY_DATA
        if len(label := plain(language, key, facts_for(language, key))) > LABEL[language]
    }
    assert long == {}


@both
def test_every_wrong_answer_is_shown_a_right_one(language: Language) -> None:
    """A question that is not understood is asked again with an example (design: chat manners)."""
    example = re.compile(r"\d|例如|for example|For example|是不是|Did you mean", re.IGNORECASE)
    for key in messages(language):
        if key.startswith("bad-"):
            assert example.search(sentence(language, key, facts_for(language, key))), key


@both
def test_nobody_is_shouted_at(language: Language) -> None:
    for key in messages(language):
        assert not set("!！") & set(sentence(language, key, facts_for(language, key))), key


def _is_well_formed(said: str) -> None:
    open_tags: list[str] = []
    for tag in re.findall(r"<[^>]*>", said):
        assert MARKUP.fullmatch(tag), f"{tag} in {said}"
        if tag.startswith("</"):
            assert open_tags.pop() == tag[2:-1], said
        else:
            open_tags.append(tag[1:-1])
    assert open_tags == [], said


def _is_inert(said: str) -> None:
    assert '<b>&"' not in said
    assert not set("\u202e\u200f") & set(said)


def _poisoned(value: Any) -> Any:
    """The same facts with everything that a person could have typed made hostile."""
    if isinstance(value, dict):
        return {key: each if key in OWN_FACTS else _poisoned(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_poisoned(each) for each in value]
    return HOSTILE if isinstance(value, str) and value not in OWN_WORDS else value
