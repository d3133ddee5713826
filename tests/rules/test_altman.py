"""Z-scores by hand, with their zones on both sides of the limits."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.rules.statements.altman import GENERAL, LISTED, PRIVATE, AltmanModel, AltmanRatios, Zone, z_score

TENTHS = AltmanRatios(Decimal("0.1"), Decimal("0.1"), Decimal("0.1"), Decimal("0.1"), Decimal("0.1"))


@pytest.mark.parametrize(("model", "score"), [(LISTED, "0.7499"), (PRIVATE, "0.6089"), (GENERAL, "1.7590")])
def test_the_published_weights(model: AltmanModel, score: str) -> None:
    assert z_score(model, TENTHS).score == Decimal(score)


@pytest.mark.parametrize(
    ("equity_to_liabilities", "zone"),
    [("1.0476", Zone.GREY), ("1.0475", Zone.DISTRESS), ("2.4761", Zone.GREY), ("2.4763", Zone.SAFE)],
)
def test_the_limits_themselves_are_grey(equity_to_liabilities: str, zone: Zone) -> None:
    only = AltmanRatios(Decimal(0), Decimal(0), Decimal(0), Decimal(equity_to_liabilities))
    assert z_score(GENERAL, only).zone is zone


def test_turnover_counts_for_manufacturers_only() -> None:
    without = replace(TENTHS, sales_to_assets=None)
    assert z_score(GENERAL, without).score is not None
    assert z_score(PRIVATE, without) == z_score(LISTED, without)
    assert z_score(PRIVATE, without).score is None
