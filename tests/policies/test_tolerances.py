"""A company's own tolerances for contradictions (1.6): single ones, from a day on, as strict as a policy (2.2)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.policies.findings.changes import changes, told
from core.policies.findings.places import Measure
from core.policies.findings.tolerances_file import shipped_tolerances
from core.policies.library import SHIPPED, Library
from core.policies.reader import PolicyError
from core.rules.statements.contradictions import Tolerances
from tests.policies.test_mistakes import FILES, refused, wrong_line

OWN = FILES["md-tolerances.toml"]
THEIR_DAY = date(2027, 1, 1)
ALL_OF_THEM = """
kind = "tolerances"
version = "2026-02"
in_force_from = 2026-02-01
[sums]
least_yuan = 10000
percent = 0.5
[jump_of_units]
times = 900
[copied]
percent = 95
fewest = 8
[stale]
months = 24
[sources]
percent = 7.5
days = 180
[jumps]
return_on_assets = 12
"""


def library_with(folder: Path, *files: str) -> Library:
    for number, content in enumerate(files):
        (folder / f"tolerances-{number}.toml").write_text(content, "utf-8")
    return Library((SHIPPED, folder))


def begun(library: Library, on: date) -> Tolerances:
    own = library.tolerances_begun(on)
    assert own is not None
    return own.tolerances


def test_what_is_not_named_is_as_shipped(tmp_path: Path) -> None:
    allow = begun(library_with(tmp_path, OWN), THEIR_DAY)
    shipped = shipped_tolerances()

    assert allow == replace(
        shipped, source_share=Decimal("0.1"), jumps={**shipped.jumps, "debt_ratio": Decimal(30)}
    )
    assert shipped.source_share == Decimal("0.05")
    assert shipped.jumps["debt_ratio"] == 20


def test_every_tolerance_can_be_the_companys(tmp_path: Path) -> None:
    allow = begun(library_with(tmp_path, ALL_OF_THEM), THEIR_DAY)

    assert (allow.least, allow.share, allow.unit_jump) == (10_000, Decimal("0.005"), 900)
    assert (allow.copied_share, allow.copied_fewest, allow.stale_months) == (Decimal("0.95"), 8, 24)
    assert (allow.source_share, allow.source_days) == (Decimal("0.075"), 180)
    assert allow.jumps == {**shipped_tolerances().jumps, "return_on_assets": Decimal(12)}


def test_each_may_be_in_force_from_its_day_and_the_newest_of_a_day_is_what_is_proposed(
    tmp_path: Path,
) -> None:
    library = library_with(tmp_path, OWN, ALL_OF_THEM)

    assert library.tolerances_begun(date(2026, 1, 31)) is None
    assert begun(library, date(2026, 2, 1)).stale_months == 24
    assert begun(library, date(2026, 12, 31)).stale_months == 24
    later = begun(library, THEIR_DAY)
    assert later.jumps["debt_ratio"] == 30
    assert later.stale_months == 18, "of two the later does not add to the earlier"


def test_a_file_that_names_nothing_is_the_way_back_to_the_shipped_ones(tmp_path: Path) -> None:
    head = 'kind = "tolerances"\nversion = "2026-02"\nin_force_from = 2026-02-01\n'

    assert begun(library_with(tmp_path, head), THEIR_DAY) == shipped_tolerances()


def test_what_was_confirmed_is_found_by_its_checksum_as_long_as_it_says_the_same(tmp_path: Path) -> None:
    """2.1: a comment changes nothing, a number does."""
    [own] = library_with(tmp_path, OWN).own_tolerances
    assert library_with(tmp_path, f"# Read by the board.\n{OWN}").tolerances_of(own.checksum) == own

    changed = library_with(tmp_path, OWN.replace("debt_ratio = 30", "debt_ratio = 31"))

    assert changed.tolerances_of(own.checksum) is None
    assert Library().tolerances_of(own.checksum) is None


def test_what_one_set_changes_in_another_is_told_in_the_measure_of_a_file(tmp_path: Path) -> None:
    allow = begun(library_with(tmp_path, ALL_OF_THEM), THEIR_DAY)

    found = {
        (each.after.field, each.after.ratio): (each.before, each.after.value)
        for each in changes(shipped_tolerances(), allow)
    }

    assert found == {
        ("least", ""): (1, 10_000),
        ("share", ""): (Decimal("0.1"), Decimal("0.5")),
        ("unit_jump", ""): (1000, 900),
        ("copied_share", ""): (80, 95),
        ("copied_fewest", ""): (5, 8),
        ("stale_months", ""): (18, 24),
        ("source_share", ""): (5, Decimal("7.5")),
        ("source_days", ""): (366, 180),
        ("jumps", "return_on_assets"): (None, 12),
    }
    measures = {each.ratio: each.measure for each in told(allow)}
    assert measures["return_on_assets"] is Measure.POINTS
    assert measures["inventory_turnover"] is Measure.TIMES
    assert changes(allow, allow) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "problem", "example"),
    [
        ("debt_ratio = 30", "debt_rato = 30", "unknown_choice", "debt_ratio = 20"),
        ("debt_ratio = 30", 'debt_ratio = "30"', "wrong_type", "debt_ratio = 20"),
        ("percent = 10", "percent = -10", "too_small", "percent = 5"),
        ("percent = 10", "percent = 10%", "not_bare", "percent = 10"),
        ("percent = 10", "percents = 10", "unknown_key", "percent = ..."),
        ("[sources]", "[source]", "unknown_key", "sources"),
        ("[jumps]", "[jump_of_units]\ntimes = 1\n[jumps]", "too_small", "times = 1000"),
        ("[jumps]", "[stale]\nmonths = 0\n[jumps]", "too_small", "months = 18"),
        ('version = "2027-01"', "", "missing_key", 'version = "2026-01"'),
        (
            "in_force_from = 2027-01-01",
            'in_force_from = "2027-01-01"',
            "wrong_type",
            "in_force_from = 2026-01-01",
        ),
        ('kind = "tolerances"', 'kind = "tolerance"', "unknown_choice", 'kind = "policy"'),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_would_be_right(
    tmp_path: Path, right: str, wrong: str, problem: str, example: str
) -> None:
    error = refused(tmp_path, OWN.replace(right, wrong, 1))

    assert (error.problem, error.example) == (problem, example)
    if wrong:
        assert abs(error.line - wrong_line(OWN, right)) <= 1


def test_what_a_contradiction_does_is_not_the_companys_to_soften(tmp_path: Path) -> None:
    """B9 art. 10: what may not be true makes no best grade, whatever is tolerated."""
    doubts = '[[doubts]]\ndoubt = "bars_rating"\narticle = "1"\nzh = "x"\nen = "x"\n'
    assert refused(tmp_path, OWN + doubts).problem == "unknown_key"


@pytest.mark.parametrize(
    ("right", "other", "key"),
    [
        ("in_force_from = 2027-01-01", "in_force_from = 2027-06-01", "version"),
        ('version = "2027-01"', 'version = "2027-02"', "in_force_from"),
    ],
)
def test_two_of_one_version_or_one_day_are_refused(tmp_path: Path, right: str, other: str, key: str) -> None:
    with pytest.raises(PolicyError) as found:
        library_with(tmp_path, OWN, OWN.replace(right, other))

    assert found.value.problem == "file_twice"
    assert found.value.facts["other"] == "tolerances-0.toml"
    assert found.value.line == wrong_line(OWN, f"{key} =")
