"""Every shipped policy and limit model with its case file."""

from functools import cache

from core.policies.cases import Cases, LimitCase, RatingCase, load_cases
from core.policies.library import SHIPPED, Library
from core.rules.policy.policy import Policy

LIBRARY = Library()
SHIPPED_POLICIES = {policy.id: policy for policy in (*LIBRARY.policies, *LIBRARY.limit_models)}
SCHEMES = [policy.id for policy in LIBRARY.policies]


@cache
def cases_of(policy_id: str) -> Cases:
    """The case file beside a policy, read against it."""
    path = SHIPPED / f"{policy_id}.cases.toml"
    return load_cases(path, SHIPPED_POLICIES[policy_id], LIBRARY.vocabulary)


def every_case() -> list[tuple[Policy, RatingCase | LimitCase]]:
    """Each case with the policy that it supposes."""
    return [
        (cases.policy, case)
        for cases in map(cases_of, SHIPPED_POLICIES)
        for case in (*cases.ratings, *cases.limits)
    ]
