"""Mistakes that a credit manager makes in a first policy, each told with file, line and what would be right (2.2).

The files are those of the page that teaches it.
"""

from pathlib import Path

import pytest

from core.commandline.running import policy_problem
from core.policies.cases import load_cases
from core.policies.library import SHIPPED, Library, check_file
from core.policies.reader import PolicyError
from core.policies.remarks import Remark, remarks
from core.rules.policy.upkeep import RatingEvent
from core.settings import Settings
from tests.docs.pages import ROOT, Page

FILES = Page(ROOT / "docs" / "policy.zh-CN.md").files()
LIST, SCORE, FACTS, CASES = (FILES[f"md-{name}.toml"] for name in ("list", "score", "facts", "score.cases"))
LANGUAGES = (Settings(language="zh_CN"), Settings(language="en"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The company's folder with its own facts."""
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "md-facts.toml").write_text(FACTS, "utf-8")
    return tmp_path


def refused(folder: Path, content: str | bytes, name: str = "draft.toml") -> PolicyError:
    """The error of a draft, once it was told in both languages with its place and its example."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(PolicyError) as found:
        check_file(path, (SHIPPED, folder / "policy"))
    error = found.value
    for settings in LANGUAGES:
        told = policy_problem(settings, error)
        assert str(path) in told
        assert str(error.line) in told
        assert error.example.split("  #")[0] in told
    return error


def wrong_line(text: str, right: str) -> int:
    return text[: text.index(right)].count("\n") + 1


TYPING = [
    ('code = "A"', "code = “A”", "full_width", 'code = "A"'),
    ('zh = "付款"', "zh = “付款，收款”", "full_width", 'zh = "付款，收款"'),
    ("{ below = 10, points = 0 },", "{ below = 10， points = 0 },", "full_width", "{ below = 10, points = 0 },"),
    ("{ below = 10, points = 0 },", "{ below = 10, points = 0 }，", "full_width", "{ below = 10, points = 0 },"),
    ("weight = 60", "weight ＝ 60", "full_width", "weight = 60"),
    ("weight = 60", "weight：60", "full_width", "weight=60"),
    ("weight = 60", "weight = ６０", "full_width", "weight = 60"),
    ("[[gates]]", "【【gates】】", "full_width", "[[gates]]"),
    ("weight = 60", "weight: 60", "colon", "weight = 60"),
    ("weight = 60", "权重 = 60", "bare_name", '"权重" = 60'),
    ('code = "A"', "code = A", "no_quotes", 'code = "A"'),
    ('zh = "付款"', "zh = 付款", "no_quotes", 'zh = "付款"'),
    ('version = "2026-01"', "version = 2026-01", "no_quotes", 'version = "2026-01"'),
    ('zh = "付款"', 'zh = "付款', "open_quote", 'zh = "..."'),
    ('zh = "付款"', "zh = '付款\"", "open_quote", 'zh = "..."'),
    ("below = 50", "below = 50%", "not_bare", "below = 50"),
    ("below = 50", "below = 50％", "not_bare", "below = 50"),
    ("weight = 60", "weight = 6万", "not_bare", "weight = 60000"),
    ("weight = 60", "weight = 6,000", "not_bare", "weight = 6000"),
    ("term_days = 45", "term_days = 45天", "not_bare", "term_days = 45"),
    ("in_force_from = 2026-01-01", "in_force_from = 2027/1/1", "not_a_day", "in_force_from = 2027-01-01"),
    ("in_force_from = 2026-01-01", "in_force_from = 2027年1月1日", "not_a_day", "in_force_from = 2027-01-01"),
    ("hard = true", "hard = 是", "not_true_or_false", "hard = true"),
    ("hard = true", "hard = True", "not_true_or_false", "hard = true"),
    ("if_unknown = false", "if_unknown = no", "not_true_or_false", "if_unknown = false"),
    ("{ below = 10, points = 0 },", "{ below = 10 points = 0 },", "no_comma", "{ below = 10, points = 0 },"),
    ("{ below = 10, points = 0 },", "{ below = 10, points = 0 }", "no_comma", "{ below = 10, points = 0 },"),
    ("# 一票否决", "// 一票否决", "not_a_comment", "# 一票否决"),
    ("[[gates]]", "[[gates]", "bad_header", "[[gates]]"),
    ("[[gates]]", "(gates)", "bad_header", "[[gates]]"),
    ("weight = 60", "weight = 9:00", "not_an_hour", "weight = 09:00:00"),
    ("weight = 60", "weight = 09:00", "not_an_hour", "weight = 09:00:00"),
    ("weight = 60", "weight 60", "no_equals", "weight = 60"),
    ("{ below = 10, points = 0 },", "{ below 10, points = 0 },", "no_equals", "{ below = 10, points = 0 },"),
    ("weight = 60", "weight = 60。", "full_width", "weight = 60"),
    ("weight = 60", "weight\u00a0= 60", "unseen", "weight = 60"),
    ("weight = 60", "\u200bweight = 60", "unseen", "weight = 60"),
    ('code = "A"', 'code = "A" // 最好', "not_a_comment", 'code = "A"  # 最好'),
    ("{ below = 10, points = 0 },", "{ below = 1,000,000, points = 0 },", "not_bare", "below = 1000000"),
    ("value = 60", "value = 60天", "not_bare", "value = 60"),
    ("value = 60", "value = 是", "not_true_or_false", "value = true"),
    ("times = 2,", "times = 20%,", "not_bare", "times = 0.2"),
    ("in_force_from = 2026-01-01", "in_force_from = 2026-02-30", "no_such_day", "in_force_from = 2026-01-01"),
    ("weight = 60", "weight = 60\nweight = 60", "key_twice", "weight = 60"),
    ("[method]", "[validity]\n\n[method]", "table_twice", "[validity]"),
    (
        'when = { fact = "days_overdue_now", op = ">", value = 60 }',
        'when = fact = "days_overdue_now", op = ">", value = 60',
        "no_braces",
        'when = { fact = "days_overdue_now", op = ">", value = 60 }',
    ),
    (
        'when = { fact = "days_overdue_now", op = ">", value = 60 }',
        'when = {\n    fact = "days_overdue_now", op = ">", value = 60\n}',
        "row_over_lines",
        'when = { fact = "debt_ratio", op = "<=", value = 65 }',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "problem", "example"), TYPING)
def test_a_slip_of_typing_is_told_at_its_line(
    folder: Path, right: str, wrong: str, problem: str, example: str
) -> None:
    error = refused(folder, SCORE.replace(right, wrong, 1))
    assert (error.problem, error.example) == (problem, example)
    assert error.line - wrong_line(SCORE, right) in (0, wrong.count("\n"))


MEANING = [
    ('code = "B"', 'code = "A"', "grade_twice", 'code = "B"'),
    ("at_least = 80", "at_least = 50", "cutoffs_not_falling", "at_least = 70"),
    ("at_least = 80", "at_lest = 80", "unknown_key", "at_least = 80"),
    ("at_least = 80", 'at_least = "80分"', "number_in_quotes", "at_least = 80"),
    ("term_days = 45", 'term_days = "45天"', "number_in_quotes", "term_days = 45"),
    ("below = 50", 'below = "50%"', "number_in_quotes", "below = 50"),
    ("times = 2,", 'times = "两",', "no_parameters", "times = 2"),
    ("times = 2,", 'times = "20%",', "number_in_quotes", "times = 0.2"),
    ("value = 60", 'value = "60天"', "number_in_quotes", "value = 60"),
    ('fact = "debt_ratio"', 'fact = "debt_rato"', "unknown_fact", 'fact = "debt_ratio"  # 资产负债率'),
    ('fact = "debt_ratio"', 'fact = "资产负债率"', "fact_by_name", 'fact = "debt_ratio"  # 资产负债率'),
    ('fact = "debt_ratio"', 'fact = "资产负责率"', "unknown_fact", 'fact = "debt_ratio"  # 资产负债率'),
    ('op = ">"', 'op = "大于"', "unknown_choice", 'op = ">"'),
    ('op = ">"', 'op = "≥"', "unknown_choice", 'op = ">="'),
    ('op = ">"', 'op = "＞＝"', "unknown_choice", 'op = ">="'),
    ('missing = "zero"', 'missing = "零"', "unknown_choice", 'missing = "zero"'),
    ('missing = "zero"', 'missing = "zeros"', "unknown_choice", 'missing = "zero"'),
    ("hard = true", 'hard = "true"', "wrong_type", "hard = true"),
    ("in_force_from = 2026-01-01", 'in_force_from = "2026-01-01"', "wrong_type", "in_force_from = 2026-01-01"),
    ("{ below = 10, points = 0 }", "{ from = 0, to = 10, points = 0 }", "band_from", "{ below = 48, points = 100 }"),
    ("{ below = 10, points = 0 }", "{ points = 0 }", "band_without_end", "{ below = 48, points = 100 }"),
    ("points = 60 }", "points = 160 }", "points_out_of_range", "points = 100"),
    ("[[groups.indicators]]", "[[group.indicators]]", "unknown_key", "groups"),
    ('grade = "C"\narticle = "六"', 'grades = ["C", "E"]\narticle = "六"', "unknown_grade", 'grades = ["C"]'),
    ('"grade_has_no_credit"', '"no_credit"', "unknown_choice", 'refusal = "no_earlier_credit"'),
    ("amount = 500000", "amount = 50万", "not_bare", "amount = 500000"),
    ("amount = 500000", "amount = 0.001", "too_small", "amount = 500000"),
    ("amount = 500000", "amount = 1.001", "too_precise", "amount = 500000"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "problem", "example"), MEANING)
def test_what_cannot_be_meant_is_told_with_what_can(
    folder: Path, right: str, wrong: str, problem: str, example: str
) -> None:
    error = refused(folder, SCORE.replace(right, wrong, 1))
    assert (error.problem, error.example) == (problem, example)


def test_fractions_for_percentages_are_noticed_in_bands_and_in_comparisons(folder: Path) -> None:
    bands = SCORE.replace("below = 50", "below = 0.5").replace("below = 70", "below = 0.7")
    assert refused(folder, bands).example == "below = 50"
    compared = LIST.replace(
        '"cooperation_months", op = ">=", value = 12', '"debt_ratio", op = "<=", value = 0.65'
    )
    assert refused(folder, compared).example == "value = 65"
    (folder / "meant.toml").write_text(SCORE.replace("below = 50", "below = 0.5"), "utf-8")
    assert check_file(folder / "meant.toml", (SHIPPED, folder / "policy")) is not None


def test_a_key_that_is_unknown_is_told_with_every_key_that_may_stand_there(folder: Path) -> None:
    error = refused(folder, SCORE.replace("term_days = 45", "term = 3", 1))
    assert error.problem == "unknown_key"
    assert {"term_days", "term_fact", "refusal", "credit"} <= set(str(error.facts["known"]).split("|"))


@pytest.mark.parametrize("name", ["draft.toml.txt", "draft.txt", "draft.TOML"])
def test_a_file_that_the_library_would_not_look_at_is_refused_by_its_name(folder: Path, name: str) -> None:
    error = refused(folder, SCORE, name)
    assert (error.problem, error.example) == ("not_named_toml", "draft.toml")


REMARKS = [
    ("times = 2,", "times = 20,", "many-times", "两个月的发货额", "share", "0.2"),
    ("below = 50", "below = 0.5", "small-percent", "资产负债率", "percent", "50"),
    ("amount = 500000", "amount = 50", "few-yuan", "最多 50 万元", "yuan", "50"),
    (
        '{ value = "good", points = 100 }',
        '{ value = "good", points = 20 }',
        "low-points",
        "门店走访印象",
        "most",
        "60",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "key", "of", "fact", "figure"), REMARKS)
def test_what_may_be_meant_but_hardly_is_passes_with_a_remark(
    folder: Path, right: str, wrong: str, key: str, of: str, fact: str, figure: str
) -> None:
    [remark] = remarked(folder, SCORE.replace(right, wrong, 1))
    assert (remark.key, remark.of.zh, str(remark.facts[fact])) == (key, of, figure)


def test_amounts_in_units_of_ten_thousand_are_remarked_on(folder: Path) -> None:
    bands = "    { below = 50, points = 100 },\n    { below = 70, points = 60 },\n"
    in_wan = SCORE.replace('fact = "debt_ratio"', 'fact = "net_worth"').replace(
        bands, bands.replace("50", "30")
    )
    assert [(each.key, each.facts) for each in remarked(folder, in_wan)] == [("few-yuan", {"yuan": 70})]


def test_of_two_ceilings_of_one_name_the_odd_one_is_remarked_on(folder: Path) -> None:
    one_name = SCORE.replace("一个月的发货额", "两个月的发货额").replace("One month of", "Two months of")
    assert [each.key for each in remarked(folder, one_name.replace("times = 2,", "times = 20,"))] == [
        "many-times"
    ]


def test_years_where_months_are_counted_are_remarked_on(folder: Path) -> None:
    bands = "    { below = 50, points = 100 },\n    { below = 70, points = 60 },\n"
    in_years = SCORE.replace('fact = "debt_ratio"', 'fact = "cooperation_months"')
    in_years = in_years.replace(bands, bands.replace("50", "1").replace("70", "3"))
    assert [(each.key, each.facts) for each in remarked(folder, in_years)] == [("few-months", {"months": 3})]


def test_a_cycle_by_grade_leaves_every_event_that_calls_for_a_review(folder: Path) -> None:
    """2.6: who writes only how often does not thereby say that an overdue invoice is to be left until then."""
    upkeep = '[rerating]\nmonths_by_risk = [{ grades = ["B"], months = 6 }]\narticle = "七"\n'
    (folder / "draft.toml").write_text(SCORE + upkeep, "utf-8")
    policy = check_file(folder / "draft.toml", (SHIPPED, folder / "policy"))
    assert policy is not None
    assert policy.upkeep.rerating is not None
    assert policy.upkeep.rerating.events == set(RatingEvent)


def test_a_cap_at_the_best_grade_is_remarked_on(folder: Path) -> None:
    capped = SCORE.replace('effect = "veto"\ngrade = "C"', 'effect = "cap"\ngrade = "A"')
    assert [each.key for each in remarked(folder, capped)] == ["cap-at-best"]


def test_the_worked_example_and_every_policy_of_the_library_pass_without_remark(folder: Path) -> None:
    assert remarked(folder, SCORE) == []
    library = Library((SHIPPED, SHIPPED.parent / "samples" / "policy"))
    every = (*library.policies, *library.limit_models)
    assert [each for policy in every for each in remarks(policy, library.vocabulary)] == []


def remarked(folder: Path, content: str) -> list[Remark]:
    """What is worth a second look in a draft that is in order."""
    path = folder / "draft.toml"
    path.write_text(content, "utf-8")
    policy = check_file(path, (SHIPPED, folder / "policy"))
    assert policy is not None
    return list(remarks(policy, Library((SHIPPED, folder / "policy")).vocabulary))


def test_weights_that_make_ninety_are_told_with_their_sum(folder: Path) -> None:
    error = refused(folder, SCORE.replace("weight = 60", "weight = 50"))
    assert (error.problem, error.facts["at"]) == ("weights_not_100", "90")


def test_a_list_left_open_is_told_where_it_begins(folder: Path) -> None:
    error = refused(folder, SCORE.replace("    { points = 20 },\n]", "    { points = 20 },", 1))
    assert (error.problem, error.line) == ("list_left_open", wrong_line(SCORE, "bands = [\n    { below = 50"))
    last = refused(folder, LIST[: LIST.rindex("]\n\n[[limits]]")])
    assert last.problem == "list_left_open"


def test_single_brackets_are_told_where_the_second_grade_begins(folder: Path) -> None:
    error = refused(folder, SCORE.replace("[[grades]]", "[grades]"))
    assert (error.problem, error.example) == ("table_twice", "[[grades]]")


def test_a_limit_rule_that_is_lacking_or_twice_there_is_told_with_its_case(folder: Path) -> None:
    lacking = refused(folder, LIST.replace("term_days = 30", 'credit = "temporary"\nterm_days = 30'))
    assert (lacking.problem, lacking.facts["grade"]) == ("gap", "B")
    assert lacking.line == wrong_line(LIST, '[[limits]]\ngrade = "B"')
    twice = refused(folder, LIST.replace('grade = "B"\narticle = "五"', 'grade = "A"\narticle = "五"'))
    assert (twice.problem, twice.facts["grade"]) == ("overlap", "A")


def test_a_list_without_a_grade_for_the_rest_is_told(folder: Path) -> None:
    assert refused(folder, LIST.replace('rule = "else"', 'rule = "any"')).problem == "no_else_grade"


@pytest.mark.parametrize(
    ("content", "problem", "line"),
    [
        (SCORE.encode("gbk"), "not_utf8", 1),
        (SCORE.encode("utf-16"), "not_utf8", 1),
        (b'kind = "policy"\nid = "x"\ntitle = "\xb8\xb6\xbf\xee"\n', "not_utf8", 3),
        (b"PK\x03\x04\x14\x00\x06\x00", "not_text", 1),
        (b"{\\rtf1\\ansi\n", "not_text", 1),
        (b"", "missing_key", 1),
    ],
)
def test_a_file_saved_by_another_program_is_told_as_that(
    folder: Path, content: bytes, problem: str, line: int
) -> None:
    error = refused(folder, content)
    assert error.problem == problem
    # The first line of the worked example that is not in letters a to z is its title.
    assert error.line in {line, wrong_line(SCORE, 'zh = "')}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + SCORE.encode(),
        SCORE.replace("\n", "\r\n").encode(),
        SCORE.replace("    {", "\t{").encode(),
        SCORE.replace("weight = 60", "\t  weight = 60").encode(),
    ],
    ids=["mark of the editor", "lines of Windows", "tabs", "indented keys"],
)
def test_what_does_no_harm_is_not_refused(folder: Path, content: bytes) -> None:
    path = folder / "draft.toml"
    path.write_bytes(content)
    checked = check_file(path, (SHIPPED, folder / "policy"))
    assert checked is not None
    assert checked.unset == ()


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ('key = "md_visit"', 'key = "走访"', "bad_key"),
        ('key = "md_visit"', 'key = "debt_ratio"', "fact_twice"),
        ('zh = "门店走访印象"', 'zh = "资产负债率"', "fact_twice"),
        ('zh = "门店走访印象"', 'zh = "预付定金比例"', "duplicate"),
        ('source = "survey"', 'source = "ledger"', "not_yours"),
        ('type = "choice"', 'type = "选一个"', "unknown_choice"),
        ('value = "fair"', 'value = "good"', "duplicate"),
        ("[facts.question]", "[facts.quest]", "unknown_key"),
        ("range = [0, 100]", "range = [100, 0]", "bad_range"),
    ],
)
def test_mistakes_in_facts_of_ones_own_are_told(folder: Path, right: str, wrong: str, problem: str) -> None:
    error = refused(folder, FACTS.replace(right, wrong, 1))
    assert error.problem == problem
    assert abs(error.line - wrong_line(FACTS, right)) <= 1


def test_facts_of_ones_own_join_the_vocabulary_and_are_asked_for_by_a_policy_that_uses_them(
    folder: Path,
) -> None:
    (folder / "policy" / "md-score.toml").write_text(SCORE, "utf-8")
    library = Library((SHIPPED, folder / "policy"))
    [policy] = [each for each in library.policies if each.id == "md-score"]
    asked = library.vocabulary.asked_for(policy.fact_keys)
    assert {"md_deposit_share", "md_visit"} <= {kind.key for kind in asked}
    assert "md_visit" not in {kind.key for kind in Library().vocabulary.kinds}


def test_a_second_file_that_names_a_fact_again_keeps_the_library_from_loading(folder: Path) -> None:
    other = folder / "policy" / "more.toml"
    other.write_text(FACTS.replace('id = "md-facts"', 'id = "more"'), "utf-8")
    with pytest.raises(PolicyError) as found:
        Library((SHIPPED, folder / "policy"))
    assert (found.value.problem, found.value.facts["other"]) == ("fact_twice", "md-facts.toml")


@pytest.mark.parametrize(
    ("right", "wrong", "problem", "example"),
    [
        ("debt_ratio = 45", "debt_ratio = 0.45", "fraction_or_percent", "debt_ratio = 65"),
        ("debt_ratio = 45", 'debt_ratio = "45天"', "wrong_type", "debt_ratio = 65"),
        ("debt_ratio = 45", "debt_rato = 45", "unknown_fact", "debt_ratio = ..."),
        (
            'not_known = ["debt_ratio"]',
            'not_known = ["资产负责率"]',
            "unknown_fact",
            'not_known = ["资产负债率"]',
        ),
        ('md_visit = "good"', 'md_visit = "很好"', "not_a_choice", 'md_visit = "good"'),
        ('"预付定金比例" = 30', '"预付定金比例" = 300', "out_of_range", "md_deposit_share = 65"),
        (
            '"预付定金比例" = 30',
            '"预付定金比例" = 30\nmd_deposit_share = 30',
            "told_twice",
            "md_deposit_share = 65",
        ),
        ('"预付定金比例" = 30', "预付定金比例 = 30", "bare_name", '"预付定金比例" = 30'),
    ],
)
def test_mistakes_in_cases_are_told(folder: Path, right: str, wrong: str, problem: str, example: str) -> None:
    (folder / "policy" / "md-score.toml").write_text(SCORE, "utf-8")
    library = Library((SHIPPED, folder / "policy"))
    [policy] = [each for each in library.policies if each.id == "md-score"]
    path = folder / "md-score.cases.toml"
    path.write_text(CASES.replace(right, wrong, 1), "utf-8")
    with pytest.raises(PolicyError) as found:
        load_cases(path, policy, library.vocabulary)
    assert (found.value.problem, found.value.example) == (problem, example)
    assert found.value.line - wrong_line(CASES, right) == wrong.count("\n")
    for settings in LANGUAGES:
        assert str(found.value.line) in policy_problem(settings, found.value)


def test_what_is_not_known_in_a_case_is_named_by_its_key_or_in_chinese(folder: Path) -> None:
    """Taken for nothing, the name would leave the customer rated and the case wrong (2.2: unknown is not zero)."""
    (folder / "policy" / "md-score.toml").write_text(SCORE, "utf-8")
    library = Library((SHIPPED, folder / "policy"))
    [policy] = [each for each in library.policies if each.id == "md-score"]
    path = folder / "md-score.cases.toml"
    path.write_text(CASES.replace('not_known = ["debt_ratio"]', 'not_known = ["资产负债率"]', 1), "utf-8")
    assert load_cases(path, policy, library.vocabulary).broken == ()


OVERLAY = (SHIPPED.parent / "samples" / "policy" / "b5-four-indicators.company.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "problem", "example"),
    [
        ("b_from = 70", "b_from = 90", "cutoffs_not_falling", "b_from = 70"),
        ("weight_years = 25", "weight_years = 0", "weight_not_positive", "weight_years = 10"),
        ("large_revenue = 400000000", "large_revenue = 4亿", "not_bare", "large_revenue = 400000000"),
        (
            "large_revenue = 400000000",
            'large_revenue = "4亿"',
            "number_in_quotes",
            "large_revenue = 400000000",
        ),
        ("a_from = 85", "a_form = 85", "unknown_parameter", "a_from = ..."),
        ("a_from = 85", 'clearance = "all"\na_from = 85', "above_parameters", 'clearance = "all"'),
        ('b5-four-indicators"', 'b5-four"', "unknown_policy", 'over = "b5-four-indicators"'),
        (
            'over_version = "2026-01"',
            'over_version = "2026-02"',
            "unknown_version",
            'over_version = "2026-01"',
        ),
    ],
)
def test_mistakes_in_an_overlay_are_told_at_the_parameter(
    folder: Path, right: str, wrong: str, problem: str, example: str
) -> None:
    error = refused(folder, OVERLAY.replace(right, wrong, 1))
    assert (error.problem, error.example) == (problem, example)
    assert error.line == wrong_line(OVERLAY, right)


def test_a_file_too_large_to_be_a_policy_promises_no_example(folder: Path) -> None:
    error = refused(folder, "#" * 10_000_000)

    assert error.problem == "too_large"
    for settings in LANGUAGES:
        assert policy_problem(settings, error).endswith(("。", ".")), (
            "nothing after a colon that is not there"
        )
