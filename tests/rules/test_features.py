"""The features model (特征分析): eighteen features, the company's weights, and no information is not a bad score."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.rules.limits.features import (
    FEATURES,
    Adjustment,
    AdjustmentsNotRising,
    FeaturesModel,
    NotAFeatureScore,
    adjusted,
    judge,
)
from core.rules.money import Money

ALL = tuple(feature for group in FEATURES.values() for feature in group)
BALANCED = FeaturesModel(
    weights={
        feature: Decimal(weight)
        for key, weight in zip(FEATURES, (30, 30, 40), strict=True)
        for feature in FEATURES[key]
    },
    adjustments=(
        Adjustment(Decimal(0), None),
        Adjustment(Decimal(21), Decimal(0)),
        Adjustment(Decimal(46), Decimal(50)),
        Adjustment(Decimal(66), Decimal(100)),
    ),
    min_coverage=Decimal("0.8"),
)


def test_there_are_eighteen_features_in_three_groups() -> None:
    assert ([len(group) for group in FEATURES.values()], len(set(ALL))) == ([6, 6, 6], 18)


def test_the_result_is_the_weighted_share_of_the_highest() -> None:
    scores = {**dict.fromkeys(ALL, 5), **dict.fromkeys(FEATURES["credit_and_finance"], 10)}
    found = judge(BALANCED, scores)
    assert (found.result, found.coverage, found.unknown) == (70, 1, ())  # 30 x .5 + 30 x .5 + 40
    assert found.factor == Decimal("1.7")


def test_no_information_is_left_out_and_not_counted_as_nothing() -> None:
    scores: dict[str, int | None] = dict.fromkeys(ALL, 6)
    found = judge(BALANCED, {**scores, "appearance": 0, "prospects": None})
    assert (found.result, found.unknown) == (60, ("appearance", "prospects"))


def test_too_little_information_gives_no_result() -> None:
    known = dict.fromkeys((*FEATURES["customer"], *FEATURES["credit_and_finance"]), 6)
    found = judge(BALANCED, known)
    assert (found.result, found.factor, found.coverage) == (None, None, Decimal("0.70"))
    enough = replace(BALANCED, min_coverage=Decimal("0.7"))
    assert judge(enough, known).result == 60


@pytest.mark.parametrize(
    ("score", "factor"),
    [
        ("20.99", "0"),
        ("21", "0.21"),
        ("45.99", "0.4599"),
        ("46", "0.96"),
        ("65.99", "1.1599"),
        ("66", "1.66"),
    ],
)
def test_a_limit_is_adjusted_by_the_result(score: str, factor: str) -> None:
    # Two features of which one has 10 and the other 1 make any result between.
    high = (Decimal(score) - 10) / 90
    two = {ALL[0]: high, ALL[1]: 1 - high}
    model = replace(BALANCED, weights={**dict.fromkeys(ALL, Decimal(0)), **two})
    found = judge(model, {ALL[0]: 10, ALL[1]: 1})
    assert (found.result, found.factor) == (Decimal(score), Decimal(factor))
    assert adjusted(Money.of(100_000), found) == Money.of(100_000).times(Decimal(factor))


def test_unset_weights_or_adjustments_refuse() -> None:
    for model, unset in (
        (replace(BALANCED, weights={**BALANCED.weights, "prospects": None}), ("prospects",)),
        (replace(BALANCED, weights={}), ALL),
        (replace(BALANCED, adjustments=None), ("adjustments",)),
    ):
        found = judge(model, dict.fromkeys(ALL, 5))
        assert (found.result, found.factor, found.unset) == (None, None, unset)
        assert adjusted(Money.of(100), found) is None


@pytest.mark.parametrize("starts", [(21, 46), (0, 46, 21), (0, 21, 21)])
def test_adjustments_rise_from_zero(starts: tuple[int, ...]) -> None:
    with pytest.raises(AdjustmentsNotRising):
        replace(BALANCED, adjustments=tuple(Adjustment(Decimal(each), None) for each in starts))


@pytest.mark.parametrize("scores", [{"prospects": 11}, {"prospects": -1}, {"prospect": 5}])
def test_a_score_of_no_feature_or_beyond_ten_is_a_mistake(scores: dict[str, int | None]) -> None:
    with pytest.raises(NotAFeatureScore):
        judge(BALANCED, scores)
