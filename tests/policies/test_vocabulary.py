"""The vocabulary as people meet it: every ratio of the statements, questions to be asked aloud, answers told apart."""

from core.policies.fact_values import read_fact
from core.rules.limits.features import FEATURES
from core.rules.limits.limit_rules import FEATURE
from core.rules.policy.facts import FactType
from core.rules.statements.ratios import UNITS, Unit
from tests.policies.shelf import LIBRARY

KINDS = LIBRARY.vocabulary.kinds
OF_UNIT = {
    Unit.PERCENT: (FactType.PERCENT, ("%",)),
    Unit.TIMES: (FactType.NUMBER, ("倍", "次")),
    Unit.YUAN: (FactType.MONEY, ("元",)),
}


def test_every_ratio_of_the_statements_is_a_fact_in_its_own_unit() -> None:
    """1.5: statements give it, or people do."""
    given = {kind.ratio: kind for kind in KINDS if kind.ratio is not None}
    assert set(given) == set(UNITS)
    for key, unit in UNITS.items():
        wanted, units = OF_UNIT[unit]
        assert (given[key].key, given[key].kind, given[key].source) == (key, wanted, "survey")
        assert given[key].unit in units


def test_every_feature_of_the_features_model_is_a_fact() -> None:
    features = {FEATURE + feature for group in FEATURES.values() for feature in group}
    assert features <= {kind.key for kind in KINDS}


def test_every_question_is_one_question_in_both_languages() -> None:
    """1.3: asked one at a time."""
    for kind in KINDS:
        if kind.question is not None:
            assert kind.question.zh.count("？") == 1, kind.key
            assert kind.question.en.count("?") == 1, kind.key
            assert len(kind.question.zh) <= 70, kind.key


def test_only_what_people_are_asked_has_a_question() -> None:
    assert {kind.key for kind in KINDS if kind.question} == {
        kind.key for kind in KINDS if kind.source == "survey"
    }


def test_no_answer_can_be_taken_for_another() -> None:
    for kind in KINDS:
        for choice in kind.choices:
            for word in (choice.value, choice.zh, choice.en):
                assert read_fact(kind, word) == choice.value, (kind.key, word)


def test_every_fact_that_a_policy_needs_can_be_known() -> None:
    for policy in (*LIBRARY.policies, *LIBRARY.limit_models):
        for key in policy.needs:
            assert LIBRARY.vocabulary.find(key) is not None, (policy.id, key)
