"""Every policy decides every case of its case file as the file says (2.2)."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from core.policies.cases import LimitCase, RatingCase, load_cases
from core.policies.library import SHIPPED
from core.policies.reader import PolicyError
from core.rules.limits.limit_rules import CreditKind
from core.rules.policy.conditions import Answer
from core.rules.policy.policy import Policy
from core.rules.rating.assess import rate
from tests.policies.shelf import LIBRARY, SHIPPED_POLICIES, cases_of, every_case

VOCABULARY = LIBRARY.vocabulary
POLICY = SHIPPED_POLICIES["b9-abc"]
CASES = cases_of("b9-abc")
EVERY = [pytest.param(policy, case, id=f"{policy.id}: {case.title.en}") for policy, case in every_case()]


@pytest.mark.parametrize(("policy", "case"), EVERY)
def test_the_policy_decides_as_the_case_says(policy: Policy, case: RatingCase | LimitCase) -> None:
    assert case.outcome(policy) == case.expected


def test_there_is_a_policy_for_every_scheme_of_the_documents() -> None:
    """A9, A15, A18, A19, B1 to B11, each named after its document."""
    documents = ["A9", "A15", "A18", "A19", *(f"B{number}" for number in range(1, 12))]
    assert sorted(policy.source.document for policy in LIBRARY.policies) == sorted(documents)
    for policy in LIBRARY.policies:
        assert policy.id.split("-")[0] == policy.source.document.lower()


def test_no_case_is_broken_and_a_changed_policy_breaks_some() -> None:
    assert CASES.broken == ()
    stricter = dict(CASES.policy.parameters)
    stricter["bad_debt_days"] = replace(stricter["bad_debt_days"], value=89)
    assert replace(CASES, policy=replace(CASES.policy, parameters=stricter)).broken


def test_every_comparison_is_met_missed_and_unknown_in_some_case() -> None:
    inputs = [
        (case, item.key, each)
        for case in CASES.ratings
        for item in rate(CASES.policy, case.facts).items
        for each in item.inputs
    ]
    for criterion in CASES.policy.lists.criteria:
        for fact_test in criterion.when.tests():
            answers = {
                each.answer for _, key, each in inputs if (key, each.fact) == (criterion.key, fact_test.fact)
            }
            assert answers == set(Answer), (criterion.key, fact_test.fact)


def test_every_grade_and_every_kind_of_credit_has_a_case() -> None:
    assert {case.expected["grade"] for case in CASES.ratings} == {grade.code for grade in POLICY.grades}
    assert {case.facts.kind for case in CASES.limits} == set(CreditKind)


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ('policy = "b9-abc"', 'policy = "b11-tiers"', "other_policy"),
        ('like = "good"', 'like = "godo"', "unknown_choice"),
        ("debt_ratio = 58.9", "debt_ration = 58.9", "unknown_fact"),
        ("debt_ratio = 58.9", "debt_ratio = true", "wrong_type"),
        ("debt_ratio = 58.9", "debt_ratio = -1", "out_of_range"),
        ("annual_receipts_standard = 500000", "annual_sales = 500000", "unknown_parameter"),
        ("asked = 500000", "asked = 500000.5", "wrong_type"),
        ("term_days = 30", "days = 30", "unknown_key"),
    ],
)
def test_a_broken_case_file_is_refused_at_its_line(
    tmp_path: Path, right: str, wrong: str, problem: str
) -> None:
    broken = tmp_path / "b9-abc.cases.toml"
    shutil.copy(SHIPPED / "b9-abc.cases.toml", broken)
    text = broken.read_text("utf-8")
    assert right in text
    broken.write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(PolicyError) as refused:
        load_cases(broken, POLICY, VOCABULARY)
    assert refused.value.problem == problem
