"""What goes into the database as text comes out as what it was: a stored assessment replays from its inputs (2.9)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from core.rules.money import Money
from core.rules.rating.expert_sheets import Mark, Sheet
from core.rules.rating.reading import Reading, Standing
from core.rules.statements.worksheet import Reason
from core.texts.wire import Label, Named, dumps, loads

EXPERTS = (
    Sheet("沈雅琴", {"leadership": Mark.A, "reputation": Mark.E}),
    Sheet("林静秋", {"leadership": Mark.B, "reputation": Mark.C}),
)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        12,
        Decimal("0.7450"),
        Money.of("-12.34"),
        date(2025, 12, 31),
        datetime(2026, 3, 10, 2, 0, tzinfo=UTC),
        Label("role-cfo"),
        Named("速动比率", "Quick ratio"),
        Reading.of(Decimal("-3.10"), Reason.CASH_OUT_WITH_PROFIT),
        Reading.best(Reason.INTEREST_NON_POSITIVE),
        Reading.worst(Reason.OPENING_EQUITY_NON_POSITIVE),
        Reading.undefined(Reason.EQUITY_NON_POSITIVE),
        Reading.missing(Reason.PRIOR_MISSING),
        EXPERTS,
        EXPERTS[:1],
    ],
    ids=str,
)
def test_a_fact_comes_back_as_what_it_was(value: Any) -> None:
    for kept in (value, {"facts": {"a_fact": value}}, [1, {"b": value}]):
        again = loads(dumps(kept))
        assert again == kept
        assert dumps(again) == dumps(kept), "and is hashed alike"


def test_a_reading_is_never_taken_for_its_number() -> None:
    """1.5: an undefined ratio says why and is never a number."""
    again = loads(dumps({"return_on_equity": Reading.undefined(Reason.EQUITY_NON_POSITIVE)}))

    assert isinstance(again["return_on_equity"], Reading)
    assert again["return_on_equity"].value is None


def test_facts_that_have_the_name_of_a_kind_among_others_stay_facts() -> None:
    told = {"label": "货币资金", "day": "2026-03-10", "cell": "C6"}

    assert loads(dumps({"remarks": [told]})) == {"remarks": [told]}


@pytest.mark.parametrize("standing", Standing)
def test_each_standing_has_its_form(standing: Standing) -> None:
    assert loads(dumps(Reading(standing, None, "why"))).standing is standing
