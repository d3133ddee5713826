"""A broken policy file is refused with its file, its line, what is wrong, and an example of right (2.1)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.policies.library import (
    SHIPPED,
    Library,
    PolicyError,
    load_chain,
    load_facts,
    load_policy,
    load_reminders,
)

POLICY = [
    ('version = "2026-01"', 'versoin = "2026-01"', "unknown_key"),
    ('clearance = "overdue"', 'clearance = "overdue"\ncolour = "red"', "unknown_key"),
    ('clearance = "overdue"', 'clearance = "some"', "unknown_choice"),
    ("in_force_from = 2026-01-01", 'in_force_from = "2026-01-01"', "wrong_type"),
    ("in_force_from = 2026-01-01", "in_force_from = 2026-01-01T09:00:00", "wrong_type"),
    ("months = 12", "months = 0", "too_small"),
    ("months = 12", "months = true", "wrong_type"),
    ("reminder_days = [30, 7, 0]", 'reminder_days = [30, "7", 0]', "wrong_type"),
    ("reminder_days = [30, 7, 0]", "reminder_days = []", "wrong_type"),
    ('run_down = "32"', 'runs_down = "32"', "unknown_key"),
    ('zh = "新开发客户"', 'zh = " "', "empty_text"),
    ("value = 90", 'value = "ninety"', "wrong_type"),
    ("value = 90", "value = 90.5", "wrong_type"),
    ("value = 90", "values = 90", "unknown_key"),
    ('type = "money"', 'type = "gold"', "unknown_choice"),
    ('code = "B"', 'code = "A"', "grade_twice"),
    ('rule = "else"', 'rule = "any"', "no_else_grade"),
    ('rule = "all"', 'rule = "else"', "one_else_grade"),
    ('grade = "A"\narticle = "14(1)"', 'grade = "B"\narticle = "14(1)"', "unreachable_grade"),
    (
        '[[grades]]\ncode = "B"',
        '[[grades]]\ncode = "AA"\nrule = "all"\narticle = "14"\n\n[[grades]]\ncode = "B"',
        "unreachable_grade",
    ),
    ('key = "c2_breaks_promises"\ngrade = "C"', 'key = "c2_breaks_promises"\ngrade = "D"', "unknown_grade"),
    ('key = "c2_breaks_promises"', 'key = "c1_bad_record"', "duplicate"),
    ('fact = "debt_ratio"', 'fact = "debt_rato"', "unknown_fact"),
    ('fact = "debt_ratio"', 'fact = "资产负债率"', "fact_by_name"),
    ('parameter = "bad_debt_days"', 'parameter = "bad_debts"', "unknown_parameter"),
    ('parameter = "bad_debt_days"', 'parameter = "severe_loss_above"', "wrong_parameter_type"),
    ('parameter = "falling_turnover_months"', "value = 3", "unused_parameter"),
    (
        'fact = "law_abiding", op = "=", value = true',
        'fact = "law_abiding", op = ">", value = true',
        "no_order",
    ),
    (
        'fact = "law_abiding", op = "=", value = true',
        'fact = "law_abiding", op = "=", value = 1',
        "wrong_type",
    ),
    ('fact = "law_abiding", op = "="', 'fact = "law_abiding", op = "=="', "unknown_choice"),
    ('op = "<", value = 1 }', 'op = "<", value = 1, parameter = "bad_debt_days" }', "unknown_key"),
    ('[[limits]]\ngrade = "C"', '[[limits]]\ngrade = "C"\ncredit = "temporary"', "gap"),
    ('[[limits]]\ngrade = "A"\nhad_credit = true', '[[limits]]\ngrade = "A"', "overlap"),
    ('[[limits]]\ngrade = "C"', '[[limits]]\ngrade = "Z"', "unknown_grade"),
    ('name = "collateral"', 'name = "collaterals"', "unknown_choice"),
    ("term_days = 15", "term_days = 0", "too_small"),
    ("hard = true", "hard = 1", "wrong_type"),
    ('opens = "better_grade"', "", "missing_key"),
]

CHAIN = [
    ('"cfo"]', '"cof"]', "unknown_role"),
    ("nag_after_hours = 4", "nag_after_hours = 8", "escalates_before_nagging"),
    ("nag_after_hours = 4", "nag_after_hours = 0", "too_small"),
    ("end = 18:00:00", "end = 09:00:00", "no_time"),
    ("end = 18:00:00", "end = 18", "wrong_type"),
    ('roles = ["gm"]', "roles = []", "wrong_type"),
    ('roles = ["gm"]', 'roles = ["gm"]\nweight = 2', "unknown_key"),
]

REMINDERS = [
    ("days = 8\n", "days = 1\n", "not_rising"),
    ('roles = ["legal"]', 'roles = ["lawyer"]', "unknown_role"),
    ("digest_at = 09:00:00", 'digest_at = "9"', "wrong_type"),
]

FACTS = [
    ('key = "quick_ratio"', 'key = "debt_ratio"', "duplicate"),
    ('zh = "速动比率"', 'zh = "资产负债率"', "duplicate"),
    ('source = "survey"', 'source = "rumour"', "unknown_choice"),
    ("range = [0, 12]", "range = [12, 0]", "bad_range"),
    ("range = [0, 12]", "range = [12]", "bad_range"),
    ("question = {", "answer = {", "missing_key"),
    ('type = "yes_no"', 'type = "maybe"', "unknown_choice"),
]

KINDS: list[tuple[str, Callable[[Path], object], list[tuple[str, str, str]]]] = [
    ("b9-abc.toml", load_policy, POLICY),
    ("b9-chain.toml", load_chain, CHAIN),
    ("reminders.toml", load_reminders, REMINDERS),
    ("facts.toml", load_facts, FACTS),
]


@pytest.mark.parametrize(
    ("name", "load", "right", "wrong", "problem"),
    [(name, load, *tampering) for name, load, tamperings in KINDS for tampering in tamperings],
)
def test_each_kind_of_mistake_is_refused_at_its_line(
    tmp_path: Path, name: str, load: Callable[[Path], object], right: str, wrong: str, problem: str
) -> None:
    text = (SHIPPED / name).read_text("utf-8")
    assert right in text
    broken = tmp_path / name
    broken.write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(PolicyError) as refused:
        load(broken)
    assert refused.value.problem == problem
    assert refused.value.file == broken
    assert refused.value.example
    assert str(refused.value).startswith(f"{broken}:{refused.value.line}: {problem}")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("value = 90\n", 'value = "ninety"\n'),
        ('op = "<", value = 1 }', 'op = "!", value = 1 }'),
        ('name = "average_month_receipts", article = "25(1)", hard = false', 'name = "x", article = "25(1)"'),
        ('clearance = "overdue"', 'clearance = "some"'),
    ],
)
def test_the_line_told_is_the_line_that_is_wrong_or_the_list_around_it(
    tmp_path: Path, right: str, wrong: str
) -> None:
    text = (SHIPPED / "b9-abc.toml").read_text("utf-8")
    broken = tmp_path / "b9-abc.toml"
    broken.write_text(text.replace(right, wrong, 1), "utf-8")
    wrong_line = text[: text.index(right)].count("\n") + 1
    with pytest.raises(PolicyError) as refused:
        load_policy(broken)
    assert 0 <= wrong_line - refused.value.line <= 1


def test_a_mistyped_fact_is_answered_with_the_nearest_one(tmp_path: Path) -> None:
    broken = tmp_path / "b9-abc.toml"
    text = (SHIPPED / "b9-abc.toml").read_text("utf-8")
    broken.write_text(text.replace('"max_days_overdue_24m"', '"max_days_overdue_24"', 1), "utf-8")
    with pytest.raises(PolicyError, match=r'fact = "max_days_overdue_24m"'):
        load_policy(broken)


def test_what_is_not_toml_is_refused_at_the_line_of_the_parser(tmp_path: Path) -> None:
    broken = tmp_path / "b9-abc.toml"
    broken.write_text('kind = "policy"\nid = \n', "utf-8")
    with pytest.raises(PolicyError) as refused:
        load_policy(broken)
    assert (refused.value.problem, refused.value.line) == ("not_toml", 2)


def test_a_library_refuses_a_file_of_an_unknown_kind(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text('kind = "poem"\n', "utf-8")
    with pytest.raises(PolicyError) as refused:
        Library((SHIPPED, tmp_path))
    assert refused.value.problem == "unknown_choice"
