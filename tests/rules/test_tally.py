"""The tallies of many customers are the ratings of one (2.1-2.4, 2.9): of every scorecard, in every case of its file."""

from decimal import Decimal
from operator import attrgetter

import pytest

from core.rules.rating.scorecard import Scorecard
from core.rules.rating.scorecard_plan import ScorecardPlan
from core.rules.rating.scoring import assess
from core.rules.rating.tally import tallied, tallier
from tests.policies.shelf import SCHEMES, cases_of

CARDS = [scheme for scheme in SCHEMES if isinstance(cases_of(scheme).policy.method, ScorecardPlan)]

each_card = pytest.mark.parametrize("scheme", CARDS)


def card_and_facts(scheme: str) -> list[tuple[Scorecard, dict]]:
    cases = cases_of(scheme)
    return [(cases.policy.card(case.facts), dict(case.facts)) for case in cases.ratings]


@each_card
def test_a_tally_is_the_assessment_without_its_words_or_none(scheme: str) -> None:
    for card, facts in card_and_facts(scheme):
        tally, found = tallier(card, attrgetter("points"))(facts), assess(card, facts)
        if tally is None:
            continue
        assert (tally.score, tally.grade, tally.scored_grade) == (
            found.score,
            found.grade,
            found.scored_grade,
        )
        assert str(tally.score) == str(found.score)
        assert tally.gates == tuple(each.gate.key for each in found.applied)
        points = {item.part.indicator: item.part.points for item in found.items}
        assert {row.key: told for row, told in zip(tallied(card), tally.told, strict=True)} == points


def test_most_scorecards_are_tallied_where_everything_is_known() -> None:
    """Else the shortcut would be none, and the tests above would prove nothing."""
    with_a_tally = {
        scheme
        for scheme in CARDS
        for card, facts in card_and_facts(scheme)
        if tallier(card, attrgetter("points"))(facts) is not None
    }
    assert len(with_a_tally) > len(CARDS) // 2, with_a_tally


@each_card
def test_with_a_figure_missing_or_strange_there_is_none(scheme: str) -> None:
    card, facts = card_and_facts(scheme)[0]
    tally = tallier(card, attrgetter("points"))
    for row in tallied(card):
        assert tally({**facts, row.key: None}) is None
        assert tally({key: value for key, value in facts.items() if key != row.key}) is None


@each_card
def test_whole_numbers_and_decimals_stand_in_the_same_place(scheme: str) -> None:
    """What is kept as text comes back with whole numbers for decimals without a fraction."""
    for card, facts in card_and_facts(scheme):
        whole = {
            key: int(value) if isinstance(value, Decimal) and value == int(value) else value
            for key, value in facts.items()
        }
        assert tallier(card, attrgetter("points"))(whole) == tallier(card, attrgetter("points"))(facts)
