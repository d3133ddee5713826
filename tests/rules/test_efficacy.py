"""The method of efficacy coefficients (B11, 功效系数法): its worked examples to the last digit, and its bounds."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.policies.library import SHIPPED
from core.policies.reader import PolicyFile
from core.policies.tables.efficacy_file import read_efficacy, read_special_cases, read_standards
from core.rules.precision import rounded
from core.rules.rating.efficacy import (
    BasicItem,
    ExcellentRule,
    Method,
    ModifyingItem,
    Part,
    WeightsDoNotAddUp,
    score,
)
from core.rules.rating.efficacy_score import EfficacyScore, NotScored
from core.rules.rating.reading import Reading
from core.rules.rating.standards import Direction, Level, Standards

TABLES = SHIPPED / "tables"
WEIGHTS = read_efficacy(PolicyFile(TABLES / "efficacy-2002.toml"))
STANDARDS = read_standards(PolicyFile(TABLES / "standards-soe.toml")).of(None, None)
WITHOUT_GROWTH = replace(WEIGHTS, parts=WEIGHTS.parts[:3]).method(STANDARDS)
"""Its standard values are cut off in the published copies: 76 of the 100 points remain."""
EXAMPLE = {
    "return_on_equity": "5.5",
    "return_on_assets": "6.35",
    "capital_preservation": "105.0",
    "margin_on_sales": "23.85",
    "earnings_cash_cover": "1.5",
    "profit_on_costs": "2.35",
    "asset_turnover": "0.75",
    "current_asset_turnover": "1.65",
    "inventory_turnover": "6.1",
    "receivables_turnover": "8.85",
    "bad_asset_share": "4.35",
    "debt_ratio": "63.8",
    "interest_cover": "2.25",
    "quick_ratio": "0.61",
    "cash_to_current_liabilities": "9.65",
}


def values(figures: Mapping[str, str]) -> dict[str, Reading]:
    return {key: Reading.of(Decimal(value)) for key, value in figures.items()}


def scored(**changed: Reading) -> EfficacyScore:
    return score(WITHOUT_GROWTH, {**values(EXAMPLE), **changed})


def scored_alone(item: BasicItem, value: Decimal) -> EfficacyScore:
    """The score of a method that is this one item."""
    return score(Method((Part("alone", item.weight, (item,), ()),)), {item.key: Reading.of(value)})


def test_the_published_example_gives_15_23() -> None:
    machinery = Standards(
        (Decimal(15), Decimal("9.5"), Decimal("1.7"), Decimal(-4), Decimal(-10)), Direction.HIGHER
    )
    [part] = scored_alone(BasicItem("return_on_equity", Decimal(20), machinery), Decimal(8)).parts
    assert part.basic_score == Decimal("15.2308")
    assert rounded(part.basic_score, 2) == Decimal("15.23")


def test_the_two_tier_example_to_the_last_digit() -> None:
    found = scored()
    profitability, operations, solvency = found.parts
    assert [item.score for item in profitability.basic] == [Decimal("17.50"), Decimal("11.05")]
    assert (profitability.basic_score, profitability.analysis) == (Decimal("28.55"), Decimal("0.751316"))
    assert [item.coefficient for item in profitability.modifying] == [
        Decimal("0.948684"),
        Decimal("1.148684"),
        Decimal("0.848684"),
        Decimal("0.748684"),
    ]
    assert (profitability.factor, profitability.score) == (Decimal("0.917105"), Decimal("26.1834"))
    assert (operations.analysis, operations.factor, operations.score) == (Decimal("0.7"), 1, Decimal("12.6"))
    assert (solvency.analysis, solvency.factor, solvency.score) == (
        Decimal("0.7"),
        Decimal("0.9"),
        Decimal("12.6"),
    )
    assert found.score == Decimal("67.61")


def test_every_item_shows_where_it_stands() -> None:
    equity, assets = scored().parts[0].basic
    assert equity.placing is not None
    assert assets.placing is not None
    assert (equity.placing.level, equity.placing.way) == (Level.AVERAGE, Decimal("0.5"))
    assert (assets.placing.level, assets.placing.way) == (Level.GOOD, Decimal("0.25"))


@pytest.mark.parametrize(
    ("debts", "points"), [("48", "12"), ("47.99", "12"), ("96.6", "2.4"), ("96.61", "0"), ("100", "0")]
)
def test_debts_earn_less_the_more_they_are(debts: str, points: str) -> None:
    item = scored(debt_ratio=Reading.of(Decimal(debts))).parts[2].basic[0]
    assert item.score == Decimal(points)


def test_debts_of_all_assets_earn_nothing_even_by_lenient_standards() -> None:
    lenient = Standards((Decimal(60), Decimal(80), Decimal(100), Decimal(110), Decimal(120)), Direction.LOWER)
    item = BasicItem("debt_ratio", Decimal(12), lenient, nothing_from=Decimal(100))
    assert scored_alone(item, Decimal(100)).score == 0
    assert scored_alone(item, Decimal("99.99")).score != 0


def coefficients(method: Method, part: int = 0, **changed: Reading) -> dict[str, Decimal | None]:
    found = score(method, {**values(EXAMPLE), **changed})
    return {item.key: item.coefficient for item in found.parts[part].modifying}


@pytest.mark.parametrize(
    ("year", "ratio", "reading", "coefficient"),
    [
        (2002, "earnings_cash_cover", Reading.undefined("CASH_IN_WITH_LOSS"), "1.0"),
        (2002, "earnings_cash_cover", Reading.undefined("CASH_IN_WITHOUT_PROFIT"), "1.0"),
        (2002, "earnings_cash_cover", Reading.undefined("CASH_OUT_WITH_LOSS"), "0.9"),
        (2002, "capital_preservation", Reading.undefined("OPENING_EQUITY_RECOVERED"), "1.1"),
        (2006, "earnings_cash_cover", Reading.undefined("CASH_IN_WITH_LOSS"), "1.1"),
        (2006, "earnings_cash_cover", Reading.of(Decimal(-1), "CASH_OUT_WITH_PROFIT"), "0.9"),
        (2006, "earnings_cash_cover", Reading.undefined("CASH_OUT_WITH_LOSS"), "0.8"),
    ],
)
def test_special_cases_have_their_own_coefficient(
    year: int, ratio: str, reading: Reading, coefficient: str
) -> None:
    assert coefficients(of_year(year), **{ratio: reading})[ratio] == Decimal(coefficient)


@pytest.mark.parametrize(
    ("year", "reading", "coefficient"),
    [
        (2002, Reading.of(Decimal("6.9")), "1"),
        (2002, Reading.of(Decimal("0.1")), "1"),
        (2002, Reading.of(Decimal("12.8")), "0.7"),
        (2006, Reading.of(Decimal("0.1")), "1.3"),
        (2006, Reading.of(Decimal(100)), "0.8"),
        (2006, Reading.of(Decimal("99.99")), "0.7"),
        (2006, Reading.undefined("ASSETS_NON_POSITIVE"), "0.8"),
    ],
)
def test_bad_assets_have_cases_of_their_own(year: int, reading: Reading, coefficient: str) -> None:
    found = coefficients(of_year(year), part=1, bad_asset_share=reading)
    assert found["bad_asset_share"] == Decimal(coefficient)


def of_year(year: int) -> Method:
    if year == 2002:
        return WITHOUT_GROWTH
    cases = read_special_cases(PolicyFile(TABLES / "special-cases-2006.toml"))
    return replace(WEIGHTS, parts=WEIGHTS.parts[:3], special=cases).method(STANDARDS)


def test_a_ratio_without_an_industry_standard_modifies_nothing() -> None:
    without = {key: each for key, each in STANDARDS.items() if key != "quick_ratio"}
    method = replace(WEIGHTS, parts=WEIGHTS.parts[:3]).method(without)
    assert coefficients(method, part=2)["quick_ratio"] == 1


def test_below_poor_the_coefficient_is_one_without_what_the_part_earned() -> None:
    unclipped = replace(WITHOUT_GROWTH, clip=None)
    found = coefficients(unclipped, margin_on_sales=Reading.of(Decimal(-4)))
    assert found["margin_on_sales"] == Decimal("0.248684")  # 1 - 0.751316
    assert coefficients(WITHOUT_GROWTH, margin_on_sales=Reading.of(Decimal(-4)))[
        "margin_on_sales"
    ] == Decimal("0.7")


def test_at_excellent_the_literal_reading_jumps_and_the_continuous_one_does_not() -> None:
    literal = replace(WITHOUT_GROWTH, clip=None, excellent_rule=ExcellentRule.LITERAL)
    continuous = replace(WITHOUT_GROWTH, clip=None)
    at, below = Reading.of(Decimal("27.5")), Reading.of(Decimal("27.49999"))
    for method, jump in ((literal, Decimal("0.2")), (continuous, Decimal(0))):
        found = [coefficients(method, margin_on_sales=each)["margin_on_sales"] for each in (at, below)]
        assert found[0] is not None
        assert found[1] is not None
        assert abs(found[0] - found[1] - jump) < Decimal("0.0001")


def test_a_literal_part_is_held_to_its_weight() -> None:
    best = {key: Reading.best("X") for key in EXAMPLE}
    for rule in ExcellentRule:
        method = replace(WITHOUT_GROWTH, excellent_rule=rule, clip=None)
        assert [part.score for part in score(method, best).parts] == [38, 18, 20]


def test_a_missing_ratio_leaves_its_weight_to_the_rest_of_its_tier() -> None:
    found = scored(margin_on_sales=Reading.missing("FIGURE_MISSING"))
    part = found.parts[0]
    assert part.modifying[1].coefficient is None
    kept = [(item.weight, item.coefficient) for item in part.modifying if item.coefficient is not None]
    mean = sum(weight * each for weight, each in kept) / sum(weight for weight, _ in kept)
    assert abs(part.factor - mean) < Decimal("0.000001")


def test_with_too_little_known_there_is_no_score() -> None:
    # 9 of 18 points of turnover are half, and 70 % is asked for.
    found = scored(asset_turnover=Reading.missing("FIGURE_MISSING"))
    assert (found.score, found.not_scored) == (
        None,
        (NotScored("coverage_too_low", "operations", Decimal("0.5")),),
    )


def test_a_part_of_which_too_little_is_known_still_shows_what_is_known_of_it() -> None:
    """2.3: half of turnover is known; the half is told, the other parts are scored as ever."""
    whole = scored()
    found = scored(asset_turnover=Reading.missing("FIGURE_MISSING"))
    operations = found.parts[1]
    assert (found.parts[0], found.parts[2]) == (whole.parts[0], whole.parts[2])
    assert (operations.key, operations.score) == ("operations", None)
    assert [item.placing is not None for item in operations.basic] == [False, True]
    assert {item.coefficient for item in operations.modifying} == {None}


def test_a_part_without_enough_of_its_modifying_ratios_says_how_much_is_known_of_those() -> None:
    keys = [item.key for item in WITHOUT_GROWTH.parts[2].modifying]
    found = scored(**dict.fromkeys(keys, Reading.missing("FIGURE_MISSING")))
    assert found.not_scored == (NotScored("coverage_too_low", "solvency", Decimal(0)),)


def test_exactly_seventy_percent_known_are_enough() -> None:
    only_c = {key: Reading.of(Decimal(3)) for key in "abc"}
    assert score(ONE_PART, only_c).score == 60  # d is missing, 30 of 100
    assert score(replace(ONE_PART, min_coverage=Decimal("0.71")), only_c).score is None


def test_without_standards_nobody_is_scored_and_the_ratios_are_named() -> None:
    found = score(WEIGHTS.method(STANDARDS), values(EXAMPLE))
    assert found.not_scored == (
        NotScored("unset", "revenue_growth"),
        NotScored("unset", "capital_accumulation"),
    )


def test_items_must_add_up_to_their_part() -> None:
    item = BasicItem("debt_ratio", Decimal(12), STANDARDS["debt_ratio"])
    modifier = ModifyingItem("quick_ratio", Decimal(11), STANDARDS["quick_ratio"])
    assert Method((Part("solvency", Decimal(12), (item,), ()),)).unset == ()
    for part in (
        Part("solvency", Decimal(13), (item,), ()),
        Part("solvency", Decimal(12), (item,), (modifier,)),
    ):
        with pytest.raises(WeightsDoNotAddUp):
            Method((part,))


UNIT = Standards((Decimal(5), Decimal(4), Decimal(3), Decimal(2), Decimal(1)), Direction.HIGHER)
ONE_PART = Method(
    (
        Part(
            "only",
            Decimal(100),
            (BasicItem("a", Decimal(60), UNIT), BasicItem("b", Decimal(40), UNIT)),
            (ModifyingItem("c", Decimal(70), UNIT), ModifyingItem("d", Decimal(30), UNIT)),
        ),
    )
)
level = st.decimals(0, 6, places=2)
four = st.fixed_dictionaries(dict.fromkeys("abcd", level))


def total(method: Method, figures: Mapping[str, Decimal]) -> Decimal:
    found = score(method, {key: Reading.of(value) for key, value in figures.items()}).score
    assert found is not None
    return found


@given(four, st.fixed_dictionaries({key: st.decimals(0, 5, places=2) for key in "abcd"}))
def test_better_ratios_never_cost_more_than_2_25_percent(
    figures: Mapping[str, Decimal], more: Mapping[str, Decimal]
) -> None:
    better = {key: value + more[key] for key, value in figures.items()}
    assert total(ONE_PART, better) >= total(ONE_PART, figures) - Decimal("2.25")


def test_the_bound_of_2_25_percent_is_reached_and_without_the_clip_25_percent() -> None:
    # All modifying ratios poor: from half of the basic points, or 0.85 of them, up to all.
    poor = {"c": Decimal(0), "d": Decimal(0)}
    all_points = {"a": Decimal(5), "b": Decimal(5), **poor}
    half = {"a": Decimal("2.5"), "b": Decimal("2.5"), **poor}
    unclipped = replace(ONE_PART, clip=None)
    assert (total(unclipped, half), total(unclipped, all_points)) == (25, 0)
    assert total(ONE_PART, half) < total(ONE_PART, all_points)
    middling = {"a": Decimal(5), "b": Decimal(5), "c": Decimal("3.5"), "d": Decimal("3.5")}
    before = {**middling, "a": Decimal("4.25"), "b": Decimal("4.25")}
    assert total(ONE_PART, before) - total(ONE_PART, middling) == Decimal("2.25")


@given(four)
def test_a_score_stays_between_nothing_and_a_hundred(figures: Mapping[str, Decimal]) -> None:
    for method in (
        ONE_PART,
        replace(ONE_PART, clip=None),
        replace(ONE_PART, excellent_rule=ExcellentRule.LITERAL),
    ):
        assert 0 <= total(method, figures) <= 100
