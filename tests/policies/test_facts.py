"""Reading facts by key or Chinese name, each of its kind and in its range (1.3)."""

from datetime import date
from decimal import Decimal

import pytest

from core.policies.fact_values import NotAFact, fact_value, read_fact, read_facts
from core.policies.library import Library
from core.rules.money import Money
from core.rules.policy.facts import FactKind, FactType, FactValue
from core.rules.rating.expert_sheets import Mark, Sheet

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


TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ({"debt_ratio": "65%"}, Decimal(65)),
        ({"debt_ratio": "６５％"}, Decimal(65)),
        ({"debt_ratio": 65}, Decimal(65)),
        ({"debt_ratio": "0.65%"}, Decimal("0.65")),
        ({"debt_ratio": 0}, Decimal(0)),
        ({"debt_ratio": 1}, Decimal(1)),
        ({"net_profit_last_year": "-30万"}, Money.of(-300_000)),
        ({"net_profit_last_year": "（３０万）"}, Money.of(-300_000)),
        ({"net_profit_last_year": "亏损1.5亿元"}, Money.of(-150_000_000)),
        ({"net_profit_last_year": "120万元"}, Money.of(1_200_000)),
        ({"net_profit_last_year": "1,200,000"}, Money.of(1_200_000)),
        ({"net_profit_last_year": "0"}, Money.of(0)),
        ({"broken_promises_12m": "２"}, 2),
        ({" 守法经营 ": "是"}, True),
    ],
)
def test_what_is_meant_is_understood_however_it_is_typed(raw: dict[str, object], value: FactValue) -> None:
    assert list(read_facts(VOCABULARY, raw).values()) == [value]


@pytest.mark.parametrize("raw", [Decimal("0.65"), "0.65", "０.65", Decimal("0.999")])
def test_a_percentage_below_one_has_two_readings_and_both_are_told(raw: object) -> None:
    with pytest.raises(NotAFact) as refused:
        read_facts(VOCABULARY, {"debt_ratio": raw})
    assert refused.value.reason == "fraction_or_percent"
    assert (refused.value.facts["large"], refused.value.facts["small"]) in {("65", "0.65"), ("99.9", "0.999")}


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({"debt_ratio": Decimal("1e16")}, "too_large_number"),
        ({"debt_ratio": "1e999999999"}, "too_large_number"),
        ({"debt_ratio": Decimal("1e-21")}, "too_large_number"),
        ({"debt_ratio": Decimal("Infinity")}, "wrong_type"),
        ({"net_profit_last_year": "99999亿亿"}, "wrong_type"),
        ({"net_profit_last_year": "3万5"}, "wrong_type"),
        ({"debt_ratio": 65, "资产负债率": 64}, "told_twice"),
        ({"净资产收益律": 1}, "unknown_fact"),
    ],
)
def test_absurd_sizes_and_names_given_twice_are_refused(raw: dict[str, object], reason: str) -> None:
    with pytest.raises(NotAFact) as refused:
        read_facts(VOCABULARY, raw)
    assert refused.value.reason == reason


def test_a_mistyped_chinese_name_is_answered_in_chinese() -> None:
    with pytest.raises(NotAFact) as refused:
        read_facts(VOCABULARY, {"净资产收益律": 1})
    assert refused.value.facts["nearest"] == "净资产收益率"


def test_an_answer_of_a_choice_is_taken_by_key_or_words_and_no_other() -> None:
    choice = next(kind for kind in VOCABULARY.kinds if kind.kind is FactType.CHOICE)
    first = choice.choices[0]
    for name in (first.value, first.zh, first.en):
        assert read_facts(VOCABULARY, {choice.key: name}) == {choice.key: first.value}
    with pytest.raises(NotAFact) as refused:
        read_facts(VOCABULARY, {choice.key: "不知道"})
    assert refused.value.reason == "not_a_choice"


def test_a_day_to_come_is_no_fact() -> None:
    founded = FactKind("founded", "成立日", "Founded", FactType.DATE, "", "survey", None)
    assert read_fact(founded, "2026年3月10日", TODAY) == TODAY
    with pytest.raises(NotAFact) as refused:
        read_fact(founded, "2026-03-11", TODAY)
    assert refused.value.reason == "future_day"
    with pytest.raises(NotAFact) as relative:
        read_fact(founded, "明天", TODAY)
    assert relative.value.reason == "wrong_type"


def test_sheets_of_experts_are_read_with_their_marks() -> None:
    kind = next(kind for kind in VOCABULARY.kinds if kind.kind is FactType.SHEETS)
    sheet = {"expert": "李", "marks": {"strategy": "A"}}
    assert read_fact(kind, [sheet]) == (Sheet("李", {"strategy": Mark.A}),)
    for wrong in ([{"expert": "李"}], [{**sheet, "marks": {"strategy": "F"}}], [{**sheet, "date": 1}], "A"):
        with pytest.raises(NotAFact):
            read_fact(kind, wrong)


def test_a_name_may_have_spaces_as_people_set_it() -> None:
    assert read_facts(VOCABULARY, {" 近 12 个月回款额 ": 5}) == {"receipts_12m": Money.of(5)}


def test_a_mistake_names_the_fact_as_it_was_written() -> None:
    with pytest.raises(NotAFact) as raised:
        read_facts(VOCABULARY, {"资产负债率": Decimal("0.65")})

    assert (raised.value.fact, raised.value.reason) == ("资产负债率", "fraction_or_percent")


def test_nothing_is_counted_below_zero() -> None:
    with pytest.raises(NotAFact) as raised:
        read_facts(VOCABULARY, {"合作月数": -5})

    assert (raised.value.reason, raised.value.facts["low"], raised.value.facts["high"]) == (
        "out_of_range",
        "0",
        "…",
    )
