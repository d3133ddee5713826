"""The shipped tables of the efficacy method (B11): complete, adding up, ordered; a wrong one is refused at its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.policies.library import SHIPPED
from core.policies.reader import PolicyError, PolicyFile
from core.policies.tables.efficacy_file import read_efficacy, read_special_cases, read_standards
from core.rules.rating.standards import Direction

TABLES = SHIPPED / "tables"
WEIGHTS = read_efficacy(PolicyFile(TABLES / "efficacy-2002.toml"))
STANDARDS = read_standards(PolicyFile(TABLES / "standards-soe.toml")).of(None, None)


def test_the_weights_of_2002_are_8_basic_12_modifying_and_8_review_indicators() -> None:
    assert {part.key: part.weight for part in WEIGHTS.parts} == {
        "profitability": 38,
        "operations": 18,
        "solvency": 20,
        "growth": 24,
    }
    counted = [
        sum(len(part.basic) for part in WEIGHTS.parts),
        sum(len(part.modifying) for part in WEIGHTS.parts),
    ]
    assert [*counted, len(WEIGHTS.review)] == [8, 12, 8]
    assert WEIGHTS.review_share == Decimal("0.2")


def test_lower_is_better_for_debts_and_bad_assets_only() -> None:
    lower = {ratio for ratio, each in STANDARDS.items() if each.direction is Direction.LOWER}
    assert lower == {"debt_ratio", "bad_asset_share"}


def test_standard_values_are_in_the_units_of_the_ratios() -> None:
    assert STANDARDS["quick_ratio"].values[0] == Decimal("1.251")
    assert STANDARDS["return_on_equity"].values[0] == Decimal("10.6")


def test_cut_off_values_leave_a_ratio_unset() -> None:
    assert "revenue_growth" not in STANDARDS
    assert WEIGHTS.method(STANDARDS).unset == ("revenue_growth", "capital_accumulation")


def test_special_cases_reach_their_items() -> None:
    method = WEIGHTS.method(STANDARDS)
    basic = {item.key: item for part in method.parts for item in part.basic}
    modifying = {item.key: item for part in method.parts for item in part.modifying}
    assert basic["debt_ratio"].nothing_from == 100
    assert modifying["bad_asset_share"].average_suffices
    assert modifying["earnings_cash_cover"].by_reason["CASH_OUT_WITH_LOSS"] == Decimal("0.9")
    assert modifying["quick_ratio"].by_reason == {}


def test_the_special_cases_of_2006_are_their_own() -> None:
    cases = read_special_cases(PolicyFile(TABLES / "special-cases-2006.toml"))
    told = {(case.ratio, reason): case.coefficient for case in cases for reason in case.reasons}
    assert told[("earnings_cash_cover", "CASH_OUT_WITH_LOSS")] == Decimal("0.8")
    assert [(case.beyond, case.coefficient) for case in cases if case.beyond] == [(100, Decimal("0.8"))]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "problem"),
    [
        ("standards-soe", "[48.0, 58.9", "[58.9, 48.0", "not_ordered"),
        ("standards-soe", "[48.0, 58.9", "[58.9, 58.9", "not_ordered"),
        ("standards-soe", "[48.0, 58.9", '["48", 58.9', "wrong_type"),
        ("standards-soe", "[48.0, 58.9", "[nan, 58.9", "wrong_type"),
        ("standards-soe", 'ratio = "debt_ratio"', 'ratio = "debt_ration"', "unknown_choice"),
        ("standards-soe", 'ratio = "debt_ratio"', 'ratio = "quick_ratio"', "duplicate"),
        ("standards-soe", 'ratio = "debt_ratio"', 'ratio = "working_capital"', "unknown_choice"),
        ("efficacy-2002", "return_on_equity = 25", "return_on_equity = 24", "weights_do_not_add_up"),
        ("efficacy-2002", "weight = 16", "weight = 17", "weights_do_not_add_up"),
        ("efficacy-2002", "return_on_equity = 25", "return_on_equality = 25", "unknown_choice"),
        ("efficacy-2002", '"CASH_IN_WITH_LOSS"', '"CASH_IN"', "unknown_choice"),
        ("efficacy-2002", "nothing_from = 100", "nothing_form = 100", "unknown_key"),
    ],
)
def test_a_wrong_table_is_refused_at_its_line(
    tmp_path: Path, file: str, right: str, wrong: str, problem: str
) -> None:
    text = (TABLES / f"{file}.toml").read_text("utf-8")
    assert right in text
    broken = tmp_path / "table.toml"
    broken.write_text(text.replace(right, wrong, 1), "utf-8")
    read = read_standards if file == "standards-soe" else read_efficacy
    with pytest.raises(PolicyError) as refused:
        read(PolicyFile(broken))
    assert refused.value.problem == problem
    assert refused.value.line > 1
