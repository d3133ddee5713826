"""How well the ratios of shipped schemes tell companies that fail: 5 910 Polish ones, 410 bankrupt within a year (UCI 365).

Beside Z'' (0.764) and the basic tier of B11 (0.794), with the suggestions of the files and nothing fitted. What the
data do not have, answers of people among it, is the same for every company and so ranks nobody; a missing figure
takes the median of the known ones, for this measurement only.
"""

from decimal import Decimal

import pytest

from core.rules.money import Money
from core.rules.rating.assess import rate
from core.rules.rating.reading import KnownFacts, KnownValue
from core.rules.rating.scorecard_plan import OptionPlan, ScorecardPlan, StandardScale
from tests.policies.shelf import cases_of
from tests.rules.test_polish_companies import FILE, Row, auc, column, companies, indicators

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="needs ZIXIN_TEST_DATA with polish")

SAME_FOR_ALL: KnownFacts = {
    "years_in_business": Decimal(10),
    "annual_revenue": Money.of(20_000_000),
    "total_assets": Money.of(1_000_000_000),
    "size": "large",
    "collection_only": False,
}


def ratios(row: Row) -> dict[str, Decimal | None]:
    """The ratios that a company's figures give, more than the basic tier looks at."""
    margin, costs, profit = row[55], row[57], row[18]
    return indicators(row) | {
        "quick_ratio": row[45],
        "margin_on_sales": None if margin is None else margin * 100,
        "profit_on_costs": None if profit is None or not costs else profit / costs * 100,
    }


def middle_answers(method: ScorecardPlan) -> dict[str, KnownValue]:
    """The answer in the middle of every list."""
    found: dict[str, KnownValue] = {}
    for each in method.indicators():
        parts = () if isinstance(each.scale, StandardScale) else each.scale
        options = [part for part in parts if isinstance(part, OptionPlan)]
        if options:
            found[each.fact] = options[len(options) // 2].value
    return found


@pytest.mark.parametrize(
    ("scheme", "known"), [("b3-sixty-forty", 0.823), ("b1-reputation", 0.811), ("b4-bank-seven", 0.770)]
)
def test_the_ratios_of_a_scheme_separate(scheme: str, known: float) -> None:
    rows, bankrupt = companies()
    policy = cases_of(scheme).policy
    assert isinstance(policy.method, ScorecardPlan)
    told = [ratios(row) for row in rows]
    filled = {key: column([each[key] for each in told]) for key in told[0] if key in policy.fact_keys}
    same = {**SAME_FOR_ALL, **middle_answers(policy.method)}
    scores = [
        rate(policy, {**same, **{key: values[at] for key, values in filled.items()}}).score
        for at in range(len(rows))
    ]
    assert auc([score for score in scores if score is not None], bankrupt) == pytest.approx(known, abs=0.002)
