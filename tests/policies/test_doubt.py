"""Contradictions in the material bar the best grade, or any grade, in every scheme (1.6; B9 art. 10)."""

from pathlib import Path

import pytest

from core.policies.findings.tolerances_file import (
    SHIPPED,
    read_finding_rules,
    shipped_doubts,
    shipped_tolerances,
)
from core.policies.library import Library
from core.policies.reader import PolicyError, PolicyFile
from core.rules.rating.assess import grade_only, lifts, rate
from core.rules.rating.doubt import DOUBT, Doubt, doubt
from core.rules.statements.contradictions import Severity
from core.rules.statements.ratios import UNITS
from tests.policies.shelf import SCHEMES, cases_of

each_scheme = pytest.mark.parametrize("scheme", SCHEMES)


def test_the_most_serious_finding_says_how_far_the_doubt_goes() -> None:
    assert doubt([]) is None
    assert doubt([Severity.EXPLAIN]) is None
    assert doubt([Severity.EXPLAIN, Severity.BLOCKS_BEST_GRADE]) is Doubt.BARS_BEST_GRADE
    assert doubt([Severity.BLOCKS_BEST_GRADE, Severity.REFUSE]) is Doubt.BARS_RATING


def test_the_fact_of_it_has_its_words() -> None:
    kind = Library().vocabulary.find(DOUBT)

    assert kind is not None
    assert kind.source == "findings", "nobody is asked for it"
    assert {choice.value for choice in kind.choices} == set(Doubt) == shipped_doubts().keys()


@each_scheme
def test_material_that_contradicts_itself_never_makes_the_best_grade(scheme: str) -> None:
    cases = cases_of(scheme)
    best_without = 0
    for case in cases.ratings:
        plain = rate(cases.policy, case.facts)
        held = rate(cases.policy, {**case.facts, DOUBT: "bars_best_grade"})
        if plain.grade == cases.policy.codes[0]:
            best_without += 1
            assert held.grade == cases.policy.codes[1]
            assert held.scored_grade == plain.scored_grade, "what the facts alone would give is still told"
            assert held.reasons[0].key == "statements_doubt.bars_best_grade", "it is the first reason"
        else:
            assert held.grade == plain.grade
    assert best_without, "the cases reach the best grade"


@each_scheme
def test_figures_of_impossible_size_are_not_rated_at_all(scheme: str) -> None:
    cases = cases_of(scheme)
    for case in cases.ratings:
        held = rate(cases.policy, {**case.facts, DOUBT: "bars_rating"})
        assert held.grade is None
        assert ("gate", "statements_doubt.bars_rating") in {(n.reason, n.of) for n in held.not_rated} or (
            rate(cases.policy, case.facts).grade is None
        )


@each_scheme
def test_many_ratings_at_once_see_the_same_doubt(scheme: str) -> None:
    cases = cases_of(scheme)
    grade = grade_only(cases.policy)
    for case in cases.ratings:
        for found in ("bars_best_grade", "bars_rating"):
            facts = {**case.facts, DOUBT: found}
            assert grade(facts) == rate(cases.policy, facts).grade


def test_a_doubt_is_not_lifted_by_an_answer() -> None:
    cases = cases_of("b9-abc")
    for case in cases.ratings:
        facts = {**case.facts, DOUBT: "bars_best_grade"}
        assert DOUBT not in {lift.fact for lift in lifts(cases.policy, facts)}


def test_the_tolerances_are_read_as_strictly_as_a_policy(tmp_path: Path) -> None:
    allow = shipped_tolerances()
    assert (allow.least, str(allow.share), allow.unit_jump) == (1, "0.001", 1000)
    assert allow.jumps.keys() <= UNITS.keys()

    for wrong, right in (
        ("debt_ratio = 20", "dept_ratio = 20"),
        ("percent = 80", 'percent = "80"'),
        ("months = 18", "months = 0"),
        ("[stale]", "[stale]\nyears = 2"),
        ('doubt = "bars_rating"', 'doubt = "bars_everything"'),
    ):
        path = tmp_path / "contradictions.toml"
        path.write_text(SHIPPED.read_text("utf-8").replace(wrong, right), "utf-8")
        with pytest.raises(PolicyError):
            read_finding_rules(PolicyFile(path))
