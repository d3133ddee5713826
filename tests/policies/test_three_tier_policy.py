"""The worked example of the method, through the policy file of B11 rather than the bare engine."""

from decimal import Decimal

from core.rules.rating.assess import rate
from tests.policies.shelf import cases_of

CASES = cases_of("b11-three-tier")
WORKED = next(case for case in CASES.ratings if case.title.en.startswith("The worked example"))
RATING = rate(CASES.policy, WORKED.facts)
RATIOS_SHARE = Decimal("0.8")


def of_part(title: str) -> Decimal:
    """What a part came to after modification, in the ratios' own points."""
    earned = (item.contribution for item in RATING.items if item.group is not None and item.group.zh == title)
    return sum((each or Decimal(0) for each in earned), Decimal(0)) / RATIOS_SHARE


def test_basic_ratios_earn_their_published_points() -> None:
    """5.5 % between 平均 3.9 and 良好 7.1 is 17.50 of 25, 6.35 % is 11.05 of 13; the ratios count for 80 %."""
    points = {item.key: item.contribution for item in RATING.items}
    assert points["return_on_equity"] == Decimal("17.50") * RATIOS_SHARE
    assert points["return_on_assets"] == Decimal("11.05") * RATIOS_SHARE


def test_the_parts_come_to_their_published_scores() -> None:
    """26.1834, 12.6, 12.6, and 67.61 of the 76 points that the three have together."""
    parts = [of_part(title) for title in ("财务效益状况", "资产营运状况", "偿债能力状况")]
    assert [round(part, 3) for part in parts] == [Decimal("26.183"), Decimal("12.600"), Decimal("12.600")]
    assert round(sum(parts, Decimal(0)) / 76 * 100, 2) == Decimal("67.61")


def test_what_every_item_added_makes_the_score_but_for_its_roundings() -> None:
    added = sum((item.contribution or Decimal(0) for item in RATING.items), Decimal(0))
    assert RATING.score == Decimal("70.54")
    assert abs(added - RATING.score) <= Decimal("0.01")


def test_a_part_that_too_little_is_known_of_stays_in_the_list_with_its_ratios() -> None:
    """2.3: with one of two basic ratios of solvency the part has no score; the one that is known is told as it is."""
    rating = rate(CASES.policy, {**WORKED.facts, "debt_ratio": None})
    items, before = ({item.key: item for item in each.items} for each in (rating, RATING))

    assert [item.key for item in rating.items] == [item.key for item in RATING.items]
    assert [(each.reason, each.of, each.share) for each in rating.not_rated] == [
        ("coverage_too_low", "solvency", Decimal("0.4"))
    ]
    assert items["debt_ratio"].points is None
    assert items["interest_cover"].points == before["interest_cover"].points
    assert items["interest_cover"].weight == 8 * RATIOS_SHARE


def test_review_indicators_that_nobody_marked_stay_in_the_list() -> None:
    rating = rate(CASES.policy, {**WORKED.facts, "review_sheets": None})
    review = [item for item in rating.items if item.group is None]

    assert [item.key for item in review] == [item.key for item in RATING.items if item.group is None]
    assert all(item.unanswered and item.contribution == 0 for item in review)
