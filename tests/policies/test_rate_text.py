"""What `zixin rate` tells people: the grade, what it rests on, what is not known, the limit and what held it (2.3, 2.4)."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from core.clock import SetClock
from core.commandline.rating import rate
from tests.support.town import SAMPLE_POLICY, SHANGHAI

Rate = Callable[..., str]

_WHOLE_FILE = {
    "debt_ratio": 48,
    "quick_ratio": 1.251,
    "reputation": "excellent",
    "invoices_12m": 12,
    "shipments_12m": 5_000_000,
    "late_share_12m": 0,
    "breach_36m": False,
    "max_days_overdue_36m": 5,
    "max_days_overdue_12m": 5,
    "cooperation_months": 36,
    "false_statements": False,
    "unpaid_debts": False,
}
"""All that A15 looks at: full points everywhere, a clean record of 36 months."""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rate:
    """What is printed of facts under a policy of the sample company, on 2026-03-10."""
    moment = datetime(2026, 3, 10, 10, tzinfo=SHANGHAI)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZIXIN_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'zixin.db'}")
    monkeypatch.setenv("ZIXIN_POLICY_DIR", str(SAMPLE_POLICY))
    monkeypatch.setattr("core.commandline.running.SystemClock", lambda: SetClock(moment))

    def run(policy: str, *more: str, **known: object) -> str:
        path = tmp_path / "facts.json"
        path.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
        result = CliRunner().invoke(rate, ["--policy", policy, "--facts", str(path), *more])
        return result.stdout or result.stderr

    return run


def test_a_grade_on_next_to_nothing_says_so(told: Rate) -> None:
    """B9 arts. 16, 17: who is neither A nor C is B, also of whom nobody knows anything; the reader has to see that."""
    said = told("b9-abc", cooperation_months=30)

    assert "B 级\n⚠ 制度要看的，只知道 4%。" in said
    assert "资料完整度 4%，23 项不知道" in said
    assert "不知道的：近2年最长逾期天数；" in said
    assert "算不出额度，还要知道：原来已有赊销" in said


def test_a_grade_of_whom_nobody_knows_anything_says_so_before_all_else(told: Rate) -> None:
    """B7 has a grade for everybody: C for a firm of which nothing is known, as its document has it."""
    first, second, *_ = told("b7-shipping").splitlines()

    assert first.endswith("C 级")
    assert second.startswith("⚠ 制度要看的，只知道 0%。")


def test_a_grade_on_a_whole_file_is_told_without_a_warning(told: Rate) -> None:
    assert "⚠" not in told("a15-three-classes", **_WHOLE_FILE)


def test_a_grade_that_is_a_word_has_no_word_behind_it(told: Rate) -> None:
    """A15 calls its grades 优质, 一般 and 次级; nobody says 优质级."""
    said = told("a15-three-classes", **_WHOLE_FILE)

    assert "：优质 " in said
    assert "优质 级" not in said


def test_answers_for_programs_have_what_would_lift_and_groups_in_both_languages(told: Rate) -> None:
    """Design 5: keys are added, none renamed."""
    poorer = {"debt_ratio": 96.6, "quick_ratio": 0.1, "reputation": "fair"}
    found = json.loads(told("a15-three-classes", "--json", **_WHOLE_FILE | poorer))
    groups = {(item["group"], item["group_english"]) for item in found["items"]}

    assert found["grade"] == "一般"
    assert [(lift["fact"], lift["op"], lift["grade"]) for lift in found["lifts"]] == [
        ("debt_ratio", "<=", "优质"),
        ("quick_ratio", ">=", "优质"),
    ]
    assert groups == {("外部评定", "External score"), ("内部评定", "Internal score")}


def test_a_criterion_shows_what_was_compared_with_what_and_where_it_is_from(told: Rate) -> None:
    said = told(
        "b9-abc", debt_ratio={"value": "65%", "source": "报表", "as_of": "2026-01-31"}, quick_ratio=0.8
    )

    assert (
        "资金实力雄厚、偿债能力强〔14(5)〕：资产负债率 65% > 58.9%；速动比率 0.8 ≥ 0.745；报表 2026-01-31"
        in said
    )


def test_an_indicator_shows_its_value_its_band_its_points_and_its_weight(told: Rate) -> None:
    said = told("a15-three-classes", debt_ratio=96.6)

    assert "资产负债率〔三·外部1〕：96.6%；在 86.4–96.6 档，得 20 分，满 16.7 计 3.3" in said
    assert "速动比率〔三·外部1〕：不知道，没有分" in said


def test_a_gate_says_what_it_does_and_whether_it_is_known_to_hold(told: Rate) -> None:
    """A15: one overdue ends the class; nobody knows yet whether anything was overdue in three years."""
    said = told("a15-three-classes", max_days_overdue_12m=30)

    assert "出现一次逾期，降级为次级客户〔二2〕→ 直接评 次级\n" in said
    assert "过去3年内发生过逾期〔二1〕→ 最高评 一般（资料不全，先按此处理）" in said


def test_what_would_lift_the_grade_is_told_with_the_smallest_change(told: Rate) -> None:
    """2.3; B7 art. 11."""
    said = told("b7-shipping", vessel_calls_last_year=59)

    assert "只差一条：上年代理船舶作业艘次 ≥ 60 → A 级" in said


def test_each_ceiling_has_its_article_and_the_limit_its_term(told: Rate) -> None:
    """B9 art. 26: a new B against collateral."""
    said = told(
        "b9-abc",
        "--kind",
        "temporary",
        receipts_12m="120万",
        shipments_12m=900000,
        months_with_business_12m=12,
        collateral=50000,
        had_credit=False,
    )

    assert "上限：月均回款〔26〕¥100,000" in said
    assert "上限：抵押〔26〕¥50,000 （起作用）" in said
    assert said.rstrip().endswith("额度 ¥50,000，15 天")


def test_where_a_policy_has_no_rule_of_amount_it_is_said(told: Rate) -> None:
    said = told(
        "b5-four-indicators",
        debt_ratio=40,
        annual_revenue="2亿",
        years_in_business=12,
        borrowing_record="clean",
    )

    assert "没有额度规则：给多少由审批人定" in said


@pytest.mark.parametrize(
    ("fact", "value", "says"),
    [
        ("资产负债率", "much", "事实「资产负债率」写的是 much，这里要的是百分数（65% 写 65）。"),
        ("合作月数", -5, "事实「合作月数」的值 -5 超出范围（0 到 …）。"),
        ("借款记录", "none", "可以写：clean 没有逾期超过 30 天 · one_late "),
    ],
)
def test_a_value_that_cannot_be_is_told_in_the_words_of_the_file(
    told: Rate, fact: str, value: object, says: str
) -> None:
    assert says in told("b9-abc", **{fact: value})


@pytest.mark.parametrize("content", ["[1, 2]", "7", '"facts"'])
def test_json_that_is_no_file_of_facts_is_told_as_that(tmp_path: Path, told: Rate, content: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(content, "utf-8")

    refused = CliRunner().invoke(rate, ["--facts", str(path)])

    assert refused.exit_code == 1
    assert "list.json 是 JSON，但不是事实文件" in refused.stderr
