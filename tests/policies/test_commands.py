"""Rating, listing, showing and checking policies from the command line (2.1-2.4, design: contract of `rate`)."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.clock import SetClock
from core.commandline import COMMANDS
from core.policies.library import SHIPPED
from tests.support.town import SHANGHAI

Zixin = Callable[..., Result]
SAMPLES = SHIPPED.parent / "samples" / "policy"
CARD = Path(__file__).parent / "files" / "scorecard.toml"


@pytest.fixture
def zixin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Zixin:
    """The command line of the sample company's policies on 2026-03-10, without a database yet."""
    moment = datetime(2026, 3, 10, 10, tzinfo=SHANGHAI)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZIXIN_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'zixin.db'}")
    monkeypatch.setenv("ZIXIN_POLICY_DIR", str(SAMPLES))
    monkeypatch.setattr("core.commandline.running.SystemClock", lambda: SetClock(moment))
    return lambda name, *words: CliRunner().invoke(COMMANDS[name], [str(word) for word in words])


def facts(folder: Path, **known: object) -> Path:
    path = folder / "facts.json"
    path.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
    return path


def answer(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_file_of_facts_is_rated_with_limit_term_and_every_ceiling(zixin: Zixin, tmp_path: Path) -> None:
    """B9 arts. 16 and 26: a B against collateral."""
    path = facts(
        tmp_path,
        debt_ratio={"value": "65%", "source": "报表", "as_of": "2026-01-31"},
        receipts_12m="120万",
        shipments_12m=900000,
        months_with_business_12m=12,
        collateral=50000,
        had_credit=False,
    )
    found = answer(zixin("rate", "--facts", path, "--json"))
    assert (found["grade"], found["ratable"], found["score"]) == ("B", True, None)
    assert (found["limit"], found["term_days"]) == ("50000.00", 30)
    assert {each["name"]: (each["amount"], each["binds"]) for each in found["ceilings"]} == {
        "average_month_receipts": ("100000.00", False),
        "average_month_shipments": ("75000.00", False),
        "collateral": ("50000.00", True),
    }
    solvent = next(item for item in found["items"] if item["name"] == "a5_solvent")
    assert solvent["value"] == {"debt_ratio": "65", "quick_ratio": None}
    assert solvent["sources"] == {"debt_ratio": {"source": "报表", "as_of": "2026-01-31"}}
    assert found["completeness"] == "0.16"


def test_the_kind_of_credit_and_the_amount_asked_for_may_be_told(zixin: Zixin, tmp_path: Path) -> None:
    path = facts(
        tmp_path,
        receipts_12m=1200000,
        shipments_12m=900000,
        months_with_business_12m=12,
        collateral=50000,
        had_credit=False,
    )
    found = answer(zixin("rate", "--facts", path, "--kind", "temporary", "--asked", "2万", "--json"))
    assert (found["limit"], found["term_days"]) == ("20000.00", 15)
    assert zixin("rate", "--facts", path, "--asked", "两万").exit_code == 1


def test_a_scored_policy_tells_points_weights_and_what_they_came_to(zixin: Zixin, tmp_path: Path) -> None:
    path = facts(tmp_path, debt_ratio=50)
    found = answer(zixin("rate", "--policy", "b5-four-indicators", "--facts", path, "--json"))
    debt = next(item for item in found["items"] if item["name"] == "debt_ratio")
    assert {"name", "value", "band", "points", "weight", "contribution"} <= debt.keys()
    assert debt["value"] == "50"
    assert found["ratable"] == (found["grade"] is not None)


def test_a_limit_model_gives_a_limit_and_no_grade(zixin: Zixin, tmp_path: Path) -> None:
    path = facts(
        tmp_path,
        current_assets="500万",
        inventory="100万",
        current_liabilities="200万",
        total_liabilities="250万",
        net_worth="400万",
    )
    found = answer(zixin("rate", "--policy", "limit-working-assets", "--facts", path, "--json"))
    # (300 + 400) / 2 = 350 at 2.5 + 2 - 0.5 - 0.625 = 3.375, which is worth a quarter.
    assert (found["grade"], found["limit"]) == (None, "875000.00")
    assert found["ceilings"][0]["inputs"]["evaluation"] == "3.375"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"debt_rato": 1}', "debt_ratio"),
        ('{"debt_ratio": 0.65}', "65%"),
        ('{"debt_ratio": NaN}', "NaN"),
        ('{"debt_ratio": -Infinity}', "Infinity"),
        ('{"debt_ratio": 1e400}', "1E+400"),
        ('{"debt_ratio": {"value": 65, "as_of": "2199-01-01"}}', "2199-01-01"),
        ('{"debt_ratio": {"worth": 65}}', "value"),
        ('{"debt_ratio": 65, "debt_ratio": 64}', "debt_ratio"),
        ("[1]", "JSON"),
        ('{"debt_ratio": ' + "[" * 100_000, "JSON"),
        ('{"debt_ratio": 6' + "5" * 5_000 + "}", "JSON"),
        (" " * 1_100_000, "1048576"),
    ],
)
def test_bad_facts_are_a_sentence(zixin: Zixin, tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "facts.json"
    path.write_text(content, "utf-8")
    result = zixin("rate", "--facts", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr
    assert result.stderr.count("\n") <= 2


def test_a_file_of_facts_that_is_no_json_is_told_with_its_line_and_its_encoding(
    zixin: Zixin, tmp_path: Path
) -> None:
    path = tmp_path / "facts.json"
    path.write_text('{\n "资产负债率": 65，\n "速动比率": 1\n}', "utf-8")
    assert "第 2 行" in zixin("rate", "--facts", path).stderr
    path.write_bytes('{"资产负债率": 65}'.encode("gbk"))
    assert "UTF-8" in zixin("rate", "--facts", path).stderr


def test_a_draft_is_rated_by_its_file_and_one_of_the_library_before_its_day(
    zixin: Zixin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (SHIPPED / "b5-four-indicators.toml").read_text("utf-8").replace("2026-01-01", "2099-01-01", 1)
    draft = tmp_path / "b5x-draft.toml"
    draft.write_text(text.replace('id = "b5-four-indicators"', 'id = "b5x-draft"', 1), "utf-8")
    path = facts(tmp_path, debt_ratio=50)
    assert answer(zixin("rate", "--policy", draft, "--facts", path, "--json"))["policy"] == "b5x-draft"
    monkeypatch.setenv("ZIXIN_POLICY_DIR", str(tmp_path))
    assert answer(zixin("rate", "--policy", "b5x-draft", "--facts", path, "--json"))["policy"] == "b5x-draft"
    assert "b5y" in zixin("rate", "--policy", "b5y", "--facts", path).stderr


def test_a_figure_that_is_not_known_is_told_as_that_and_not_as_no_points(
    zixin: Zixin, tmp_path: Path
) -> None:
    said = zixin("rate", "--policy", "b5-four-indicators", "--facts", facts(tmp_path, debt_ratio=50)).stdout
    assert said.count("不知道，没有分") == 3


def test_the_library_is_listed_with_what_is_needed_and_what_is_in_force(zixin: Zixin) -> None:
    found = {each["id"]: each for each in answer(zixin("policy", "list", "--json"))}
    assert len(found) == 20
    assert [key for key, each in found.items() if each["in_force"]] == ["b9-abc"]
    assert found["b9-abc"]["grades"] == ["A", "B", "C"]
    assert found["limit-net-worth"]["method"] == "limit_model"
    assert all(each["needs"] for each in found.values())
    assert all(key in zixin("policy", "list").output for key in found)


def test_every_policy_is_shown_with_what_its_grades_bring(zixin: Zixin) -> None:
    for each in answer(zixin("policy", "list", "--json")):
        shown = answer(zixin("policy", "show", each["id"], "--json"))
        assert shown["method"] == "limit_model" or all(grade["article"] for grade in shown["grades"])
        assert shown["criteria"] or shown["indicators"] or shown["ceilings"]
        assert each["title"] in zixin("policy", "show", each["id"]).output
    b9 = answer(zixin("policy", "show", "--json"))
    best, middle, worst = b9["grades"]
    assert [limit["guarantee"] for limit in middle["limits"]] == [True] * 4
    assert (best["limits"][1]["term_days"], worst["no_credit"]) == ("30", True)
    assert b9["validity"]["months"] == 12


def test_what_a_grade_brings_is_shown_to_people_as_well(zixin: Zixin) -> None:
    """2.1: limit, term, guarantee, who approves and how long it holds, each with its article (B9 arts. 11, 18-29)."""
    told = zixin("policy", "show", "b9-abc").stdout

    assert (
        "长期、临时、原来有赊销〔25(2)〕：额度取最低的：月均回款、月均发货、上年平均赊销额；30 天\n" in told
    )
    assert "临时、原来没有赊销〔26〕：额度取最低的：月均回款、月均发货、抵押；15 天、要有抵押\n" in told
    assert "总经理〔18, 25, 26, 29〕 → 董事长〔28, 29〕" in told
    assert "评级有效 12 个月〔11〕，到期前 30、7、0 天提醒" in told
    assert "人工调整：不许上调，最多下调 2 级，财务总监、总经理批准〔本系统的规定〕" in told
    assert "要 24 项资料：合作月数；" in told


def test_a_policy_in_english_has_its_groups_in_english_with_what_each_is_worth(
    zixin: Zixin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZIXIN_LANGUAGE", "en")
    told = zixin("policy", "show", "b11-three-tier").stdout

    assert "Financial return: Return on equity [6], basic, up to 20 points" in told
    assert "Review by experts: Quality of the management [6], up to 3.6 points" in told
    assert (
        "Firms without regular accounts are rated by other rules [2] → not rated (also while it is not known)"
        in told
    )
    assert "no rule of amount: the approvers decide how much" in told


def test_what_a_gate_does_is_shown_with_it(zixin: Zixin) -> None:
    """A15: one overdue ends the class; a customer of less than three years is at most average."""
    told = zixin("policy", "show", "a15-three-classes").stdout

    assert "· 出现一次逾期，降级为次级客户〔二2〕→ 直接评 次级\n" in told
    assert "· 不是长期客户〔二1〕→ 最高评 一般（不知道也算）\n" in told


def test_a_limit_model_shows_what_it_holds_a_limit_to_and_what_it_needs(zixin: Zixin) -> None:
    told = zixin("policy", "show", "limit-working-assets").stdout

    assert "额度不超过：营运资产 × 评估比例〔营运资产分析〕" in told
    assert "要 5 项资料：流动资产；存货；" in told
    assert "审批" not in told


def test_a_file_in_order_says_what_is_still_to_be_set_and_what_is_suggested(zixin: Zixin) -> None:
    result = zixin("policy", "check", CARD)
    assert result.exit_code == 0
    assert "finance_weight" in result.output
    assert "同业做法" in result.output
    assert answer(zixin("policy", "check", CARD, "--json"))["unset"] == ["finance_weight"]


def test_a_file_that_is_wrong_is_told_with_file_line_and_example(zixin: Zixin, tmp_path: Path) -> None:
    path = tmp_path / "card.toml"
    path.write_text(CARD.read_text("utf-8").replace("at_least = 70", "at_least = 90"), "utf-8")
    result = zixin("policy", "check", path)
    line = path.read_text("utf-8").split("\n").index("at_least = 90") + 1
    assert result.exit_code == 1
    assert all(said in result.stderr for said in (str(path), str(line), "at_least = 70"))
    data = json.loads(zixin("policy", "check", path, "--json").stdout)
    assert (data["in_order"], data["line"], data["problem"]) == (False, line, "cutoffs_not_falling")


def test_a_policy_is_held_against_its_cases(zixin: Zixin, tmp_path: Path) -> None:
    policy, cases = SHIPPED / "b9-abc.toml", SHIPPED / "b9-abc.cases.toml"
    assert zixin("policy", "check", policy, "--cases", cases).exit_code == 0
    stricter = tmp_path / "b9-abc.toml"
    stricter.write_text(policy.read_text("utf-8").replace("value = 58.9", "value = 58", 1), "utf-8")
    result = zixin("policy", "check", stricter, "--cases", cases, "--json")
    broken = json.loads(result.stdout)["broken_cases"]
    assert result.exit_code == 1
    assert {"stated", "found", "title", "english"} <= broken[0].keys()
    assert any(case["stated"].get("grade") == "A" and case["found"]["grade"] == "B" for case in broken)
    assert 'grade = "A"' in zixin("policy", "check", stricter, "--cases", cases).stdout


def test_cases_by_themselves_are_held_against_the_policy_that_they_name(zixin: Zixin, tmp_path: Path) -> None:
    text = (SHIPPED / "b5-four-indicators.cases.toml").read_text("utf-8")
    cases = tmp_path / "b5-four-indicators.cases.toml"
    cases.write_text(text, "utf-8")
    assert answer(zixin("policy", "check", cases, "--json"))["broken_cases"] == []
    cases.write_text(text.replace("score = 84.99", "score = 84.98", 1), "utf-8")
    result = zixin("policy", "check", cases, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["broken_cases"][0]["found"] == {"score": "84.99"}
    cases.write_text(text.replace('"b5-four-indicators"', '"b55"', 1), "utf-8")
    assert "b55" in zixin("policy", "check", cases).stderr


def test_cases_beside_a_draft_are_held_against_the_draft(zixin: Zixin, tmp_path: Path) -> None:
    for name in ("b5-four-indicators.toml", "b5-four-indicators.cases.toml"):
        (tmp_path / name).write_text((SHIPPED / name).read_text("utf-8"), "utf-8")
    draft, cases = (tmp_path / f"b5-four-indicators{end}" for end in (".toml", ".cases.toml"))
    assert answer(zixin("policy", "check", cases, "--json"))["broken_cases"] == []
    draft.write_text(draft.read_text("utf-8").replace("below = 48", "below = 49"), "utf-8")
    assert zixin("policy", "check", cases).exit_code == 1


def test_a_check_says_in_order_only_where_nothing_is_left_to_do(zixin: Zixin, tmp_path: Path) -> None:
    assert "没有问题" in zixin("policy", "check", SAMPLES / "b5-four-indicators.company.toml").stdout
    assert "还有 1 个空白" in zixin("policy", "check", CARD).stdout
    odd = tmp_path / "b9-abc.toml"
    text = (SHIPPED / "b5-four-indicators.toml").read_text("utf-8")
    limits = """
[[limits]]
grade = "A"
article = "1"
ceilings = [{ name = "x", fact = "net_worth", times = 10, article = "1", hard = true, zh = "一成", en = "a tenth" }]
"""
    odd.write_text(text + limits, "utf-8")
    [remark] = answer(zixin("policy", "check", odd, "--json"))["remarks"]
    assert (remark["remark"], remark["title"], remark["share"]) == ("many-times", "一成", "0.1")
    assert "times = 0.1" in zixin("policy", "check", odd).stdout


def test_grades_whose_limit_nothing_holds_are_told(zixin: Zixin) -> None:
    """B5 has no rule of amount: what is asked for is for the approvers to decide."""
    found = answer(zixin("policy", "check", SHIPPED / "b5-four-indicators.toml", "--json"))
    assert found["without_limit"] == ["A", "B", "C", "D", "E"]
    assert "A B C D E" in zixin("policy", "check", SHIPPED / "b5-four-indicators.toml").stdout
    assert answer(zixin("policy", "check", SHIPPED / "b9-abc.toml", "--json"))["without_limit"] == []


def test_facts_are_found_by_a_part_of_their_key_or_name(zixin: Zixin) -> None:
    found = answer(zixin("policy", "facts", "资产负债率", "--json"))
    assert [(each["key"], each["type"], each["source"]) for each in found] == [
        ("debt_ratio", "percent", "survey")
    ]
    assert "负债率" in zixin("policy", "facts", "DEBT_RATIO").stdout
    assert "区块链" in zixin("policy", "facts", "区块链").stdout
    near = zixin("policy", "facts", "注册资本")
    assert "registered_capital 注册资金" in near.stdout
    assert "相近" in near.stdout
    by_question = answer(zixin("policy", "facts", "提供的担保", "--json"))
    assert "guarantees_given" in [each["key"] for each in by_question]


@pytest.mark.parametrize("day", ["2026-03-09", "2026/3/9", "2026年3月9日"])
def test_a_day_is_understood_as_it_is_written(zixin: Zixin, day: str) -> None:
    result = zixin("policy", "activate", "b9-abc", "--from", day)
    assert result.exit_code == 1
    assert "2026-03-09" in result.stderr


def test_an_overlay_is_checked_against_its_policy(zixin: Zixin) -> None:
    for path in sorted(SAMPLES.glob("*.company.toml")):
        assert zixin("policy", "check", path).exit_code == 0, path


def test_the_schema_of_each_kind_of_file_is_printed_for_an_editor(zixin: Zixin) -> None:
    schema = answer(zixin("policy", "schema"))
    assert {one["properties"]["kind"]["const"] for one in schema["oneOf"]} == {
        "policy",
        "limit_model",
        "overlay",
        "tolerances",
    }
    for kind in ("facts", "cases"):
        assert answer(zixin("policy", "schema", kind))["properties"]["kind"]["const"] == kind


def test_where_nothing_was_assessed_nothing_is_replayed(zixin: Zixin) -> None:
    assert answer(zixin("audit", "replay", "--json")) == []
    unknown = zixin("audit", "replay", "REQ-2026-0001")
    assert unknown.exit_code == 1
    assert "REQ-2026-0001" in unknown.stderr
