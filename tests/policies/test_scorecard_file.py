"""Reading a scorecard (2.1, 2.2): numbers that are parameters, structure checked by what is suggested, line by line."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.policies.library import Library, check_file, load_policy
from core.policies.reader import PolicyError
from core.rules.money import Money
from core.rules.policy.grades import Grade
from core.rules.policy.source import Text
from core.rules.rating.assess import rate
from core.rules.rating.scorecard_plan import ScorecardPlan

FILE = Path(__file__).parent / "files" / "scorecard.toml"
TEXT = FILE.read_text("utf-8")
FACTS = {
    "debt_ratio": Decimal(60),
    "net_profit_last_year": Money.of(5),
    "law_abiding": True,
    "ordered_to_stop": False,
    "months_with_business_12m": 12,
}


def overlay(folder: Path, **values: object) -> Path:
    path = folder / "company.toml"
    path.write_text(
        'kind = "overlay"\nover = "b0-card"\nover_version = "2026-01"\nversion = "1"\n'
        "in_force_from = 2026-01-01\n\n[parameters]\n"
        + "".join(f"{key} = {value}\n" for key, value in values.items()),
        "utf-8",
    )
    return path


def test_a_scorecard_says_what_its_grades_bring_and_what_is_unset() -> None:
    policy = load_policy(FILE)
    assert isinstance(policy.method, ScorecardPlan)
    assert policy.grade("A") == Grade(
        "A",
        "4",
        at_least="best_from",
        meaning=Text("信用好", "Good credit"),
        treatment=Text("可赊销", "may buy on credit"),
    )
    assert policy.grades_without_credit == {"C"}
    assert policy.unset == ("finance_weight",)
    assert policy.parameters["finance_weight"].suggestion == 60
    assert policy.needs == (*FACTS, "receipts_12m")


def test_a_suggestion_is_never_used_by_itself() -> None:
    assert rate(load_policy(FILE), FACTS).unset == ("finance_weight",)


def test_with_the_companys_weight_the_card_rates(tmp_path: Path) -> None:
    rating = rate(load_policy(FILE, overlay(tmp_path, finance_weight=60)), FACTS)
    # 12 of the 20.7 up the slope from 100 to 60: 76.81 points, of which 40 count.
    assert (rating.grade, rating.score) == ("A", Decimal("90.72"))
    debt = rating.items[0]
    assert (debt.band, debt.points, debt.weight, debt.contribution) == (
        "48–68.7",
        Decimal("76.81"),
        Decimal(40),
        Decimal("30.7240"),
    )


def test_a_companys_own_values_are_checked_as_strictly_as_the_policy(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as refused:
        load_policy(FILE, overlay(tmp_path, finance_weight=50))
    assert (refused.value.problem, refused.value.facts["at"]) == ("weights_not_100", "90")
    assert refused.value.line == 8


@pytest.mark.parametrize(
    ("right", "wrong", "problem", "line"),
    [
        ("suggestion = 60", "suggestion = 50", "weights_not_100", "[[groups]]"),
        ("suggestion = 60\n", "", "missing_key", "[parameters.finance_weight]"),
        ('suggested_by = { zh = "同业做法", en = "common practice" }\n', "", "missing_key", "[parameters.finance_weight]"),
        ("at_least = 70", "at_least = 85", "cutoffs_not_falling", "at_least = 85"),
        ("value = 85", "value = 70", "cutoffs_not_falling", "at_least = 70"),
        ("value = 85", "value = 101", "grade_unreachable", 'at_least = "best_from"'),
        ("at_least = 0", "at_least = 10", "last_cutoff_not_zero", "at_least = 10"),
        ("at_least = 70", "at_leest = 70", "unknown_key", "at_leest = 70"),
        ('at_least = "best_from"', 'at_least = "best_form"', "unknown_parameter", 'at_least = "best_form"'),
        ("{ below = 68.7, points = 100, to = 60 }", "{ below = 40, points = 100, to = 60 }", "band_upside_down", "bands"),
        ("    { points = 0 },\n]", "]", "not_open_ended", "{ up_to"),
        ("{ up_to = 96.6, points = 60, to = 20 }", "{ points = 60 }", "band_without_end", "{ points = 60 }"),
        ("{ below = 48, points = 100 }", "{ below = 48, points = 100, to = 90 }", "open_ended_slope", "{ below = 48"),
        ("up_to = 96.6, points", "up_to = 96.6, below = 97, points", "two_ends", "{ up_to = 96.6"),
        ("{ below = 48, points = 100 }", "{ below = 48, points = 120 }", "points_out_of_range", "[[groups.indicators]]"),
        ("{ below = 48, points = 100 }", "{ below = nan, points = 100 }", "wrong_type", "{ below = nan"),
        ("{ value = true, points = 100 }, ", "", "options_missing", "options"),
        ("{ value = false, points = 0 }", "{ value = true, points = 0 }", "duplicate", "options"),
        ("options = [", "bands = [", "one_scale", "bands = [{ value"),
        ('fact = "law_abiding"', 'fact = "debt_ratio"', "one_scale", "options"),
        ('missing = "refuse"', 'missing = "guess"', "unknown_choice", 'missing = "guess"'),
        ("weight = 40", "weight = 0", "weight_not_positive", '[[groups]]\nkey = "conduct"'),
        ('key = "conduct"', 'key = "figures"', "duplicate", 'key = "figures"'),
        ('article = "3(1)"', 'article = "3(1)"\nstandards = true', "one_scale", '[[groups.indicators]]\nfact = "debt'),
        ('grade = "C"\nif_unknown', 'grade = "D"\nif_unknown', "unknown_grade", 'grade = "D"'),
        ('effect = "veto"', 'effect = "downgrade"', "missing_key", '[[gates]]\nkey = "ordered'),
        ('key = "little_business"', 'key = "ordered_to_stop"', "duplicate", 'key = "ordered_to_stop"'),
        ("[validity]", 'include = "other.toml"\n\n[validity]', "unknown_key", "include"),
        ('fact = "receipts_12m", times', 'fact = "debt_ratio", times', "wrong_fact_type", "{ name = \"two_months\""),
        ("times = 2,", 'times = "twice",', "unknown_parameter", '{ name = "two_months"'),
    ],
)  # fmt: skip
def test_each_mistake_is_refused_at_its_line(
    tmp_path: Path, right: str, wrong: str, problem: str, line: str
) -> None:
    assert right in TEXT
    broken = TEXT.replace(right, wrong, 1)
    path = tmp_path / "card.toml"
    path.write_text(broken, "utf-8")
    with pytest.raises(PolicyError) as refused:
        load_policy(path)
    assert refused.value.problem == problem
    assert refused.value.example
    below = "\n".join(broken.split("\n")[refused.value.line - 1 :]).lstrip()
    assert below.startswith(line) or line in below.split("\n")[0], below.split("\n")[0]


def test_a_file_of_ten_megabytes_and_one_nested_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    path.write_bytes(TEXT.encode() + b"#" * 10_000_000)
    with pytest.raises(PolicyError) as large:
        check_file(path)
    path.write_text(f"kind = {'[' * 50_000}", "utf-8")
    with pytest.raises(PolicyError) as deep:
        check_file(path)
    path.write_bytes(b"kind = \xff\xfe")
    with pytest.raises(PolicyError) as binary:
        check_file(path)
    problems = [error.value.problem for error in (large, deep, binary)]
    assert problems == ["too_large", "too_deep", "not_utf8"]


MODEL = """kind = "limit_model"
id = "limit-ours"
version = "2026-01"
in_force_from = 2026-01-01
document = "L"
title = { zh = "额度模型", en = "Limit model" }

[parameters.share]
type = "percent"
article = "1"
zh = "比例"
en = "Share"

[[ceilings]]
name = "share_of_receipts"
model = "net_worth_share"
net_worth = "receipts_12m"
share = "share"
article = "1"
hard = true
zh = "回款的一部分"
en = "A share of receipts"
"""


def test_a_policy_takes_the_ceilings_of_a_limit_model_with_its_parameters(tmp_path: Path) -> None:
    """3.2: the lowest binds; what the model leaves open holds up the policy."""
    shelf = Path(__file__).parents[2] / "core" / "policies"
    (tmp_path / "model.toml").write_text(MODEL, "utf-8")
    (tmp_path / "card.toml").write_text(
        TEXT.replace('document = "B0"', 'document = "B0"\nlimit_models = ["limit-ours"]'), "utf-8"
    )
    policy = next(each for each in Library((shelf, tmp_path)).policies if each.id == "b0-card")
    assert policy.unset == ("finance_weight", "limit-ours.share")
    assert [(each.name, each.model) for each in policy.ceilings] == [("share_of_receipts", "limit-ours")]
    alone = load_policy(tmp_path / "card.toml")
    assert policy.checksum != alone.checksum
    (tmp_path / "card.toml").write_text(
        TEXT.replace('document = "B0"', 'document = "B0"\nlimit_models = ["limit-theirs"]'), "utf-8"
    )
    with pytest.raises(PolicyError) as refused:
        Library((shelf, tmp_path))
    assert (refused.value.problem, refused.value.facts["over"]) == ("unknown_policy", "limit-theirs")


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ('share = "share"', "share = 0.1", "share_or_percent"),
        ('type = "percent"', 'type = "number"', "wrong_parameter_type"),
        ('model = "net_worth_share"', 'model = "net_worth"', "unknown_choice"),
        ('net_worth = "receipts_12m"', 'net_worth = "debt_ratio"', "wrong_fact_type"),
        ('zh = "回款的一部分"\n', "", "missing_key"),
        ("hard = true", "hard = true\nterm_days = 3", "unknown_key"),
    ],
)
def test_a_limit_model_is_read_as_strictly(tmp_path: Path, right: str, wrong: str, problem: str) -> None:
    assert right in MODEL
    path = tmp_path / "model.toml"
    path.write_text(MODEL.replace(right, wrong, 1), "utf-8")
    with pytest.raises(PolicyError) as refused:
        check_file(path)
    assert refused.value.problem == problem
