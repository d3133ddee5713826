"""The sample company's files fill every blank of every policy, so that each of the fifteen schemes rates (2.2)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import core.samples
from core.policies.library import SHIPPED, Library
from core.rules.policy.policy import Policy
from core.rules.rating.assess import rate
from core.rules.rating.scorecard_plan import ScorecardPlan
from core.rules.rating.three_tier import ThreeTier
from tests.policies.shelf import SCHEMES, SHIPPED_POLICIES, cases_of

SPRING = date(2026, 3, 10)
COMPANY = Library((SHIPPED, Path(core.samples.__file__).parent / "policy"))


def in_force(policy_id: str) -> Policy:
    return COMPANY.policy_in_force(policy_id, SPRING)


@pytest.mark.parametrize("policy_id", SHIPPED_POLICIES)
def test_the_company_has_set_every_parameter(policy_id: str) -> None:
    assert in_force(policy_id).unset == ()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_set_silently(scheme: str) -> None:
    """A blank of a document has no value of its own: without the company's file nobody is rated."""
    shipped = SHIPPED_POLICIES[scheme]
    set_by_company = {key for key, value in in_force(scheme).values.items() if shipped.values[key] != value}
    assert set_by_company == set(shipped.unset)
    assert shipped.unset
    assert rate(shipped, cases_of(scheme).ratings[0].facts).unset


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_rates_somebody_by_the_company_s_settings(scheme: str) -> None:
    grades = {rate(in_force(scheme), case.facts).grade for case in cases_of(scheme).ratings}
    assert len(grades - {None}) >= len(in_force(scheme).codes) - 1


def test_the_company_s_table_has_all_that_the_shipped_one_lacks() -> None:
    for scheme in SCHEMES:
        method = in_force(scheme).method
        if isinstance(method, ThreeTier):
            assert set(method.ratios()) <= set(in_force(scheme).standards({}))
        elif isinstance(method, ScorecardPlan):
            assert method.without_standards(in_force(scheme).standards({})) == ()


def test_a_limit_model_is_added_to_a_policy_that_names_it() -> None:
    """3.2: the lowest of all ceilings binds."""
    model = in_force("limit-net-worth")
    assert [ceiling.name for ceiling in model.ceilings] == ["net_worth_share"]
    named = replace(in_force("b5-four-indicators"), ceilings=model.ceilings)
    assert "tangible_net_worth" in named.needs
