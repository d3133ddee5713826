"""Reading facts by key or Chinese name, each of its kind and in its range (1.3)."""

from datetime import date
from decimal import Decimal

import pytest

from core.policies.fact_values import NotAFact, fact_value, read_facts
from core.policies.library import Library
from core.rules.facts import FactType, FactValue
from core.rules.money import Money

VOCABULARY = Library().vocabulary


def test_a_fact_is_named_by_its_key_or_its_chinese_name() -> None:
    assert read_facts(VOCABULARY, {"资产负债率": Decimal("58.9"), "law_abiding": True}) == {
        "debt_ratio": Decimal("58.9"),
        "law_abiding": True,
    }


def test_nothing_said_of_a_fact_stays_unknown() -> None:
    assert read_facts(VOCABULARY, {"debt_ratio": None}) == {"debt_ratio": None}


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (FactType.YES_NO, False, False),
        (FactType.COUNT, 3, 3),
        (FactType.MONEY, -5, Money.of(-5)),
        (FactType.MONEY, "12.34", Money(1234)),
        (FactType.PERCENT, 59, Decimal(59)),
        (FactType.NUMBER, "0.745", Decimal("0.745")),
        (FactType.DATE, "2026-03-10", date(2026, 3, 10)),
        (FactType.DATE, date(2026, 3, 10), date(2026, 3, 10)),
    ],
)
def test_a_value_is_read_as_its_kind(kind: FactType, raw: object, value: FactValue) -> None:
    assert fact_value(kind, raw) == value
    assert type(fact_value(kind, raw)) is type(value)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({"debt_rato": 1}, "unknown_fact"),
        ({"law_abiding": 1}, "wrong_type"),
        ({"law_abiding": "yes"}, "wrong_type"),
        ({"broken_promises_12m": True}, "wrong_type"),
        ({"broken_promises_12m": Decimal("1.5")}, "wrong_type"),
        ({"net_profit_last_year": True}, "wrong_type"),
        ({"net_profit_last_year": Decimal("0.001")}, "wrong_type"),
        ({"debt_ratio": "NaN"}, "wrong_type"),
        ({"debt_ratio": "much"}, "wrong_type"),
        ({"debt_ratio": 0.5}, "wrong_type"),
        ({"debt_ratio": -1}, "out_of_range"),
        ({"months_with_business_12m": 13}, "out_of_range"),
    ],
)
def test_a_value_that_a_fact_cannot_have_is_refused_with_its_reason(
    raw: dict[str, object], reason: str
) -> None:
    with pytest.raises(NotAFact) as refused:
        read_facts(VOCABULARY, raw)
    assert refused.value.reason == reason


def test_a_mistyped_fact_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(NotAFact) as refused:
        read_facts(VOCABULARY, {"debt_rato": 1})
    assert refused.value.facts["nearest"] == "debt_ratio"
