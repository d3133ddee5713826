"""The review tier (B11): several experts, each with a sheet of their own; a blank is no mark."""

from decimal import Decimal

import pytest

from core.policies.library import SHIPPED
from core.policies.reader import PolicyFile
from core.policies.tables.efficacy_file import read_efficacy
from core.rules.rating.expert_sheets import Mark, NotReviewed, Sheet, combined, review

TABLES = read_efficacy(PolicyFile(SHIPPED / "tables" / "efficacy-2002.toml"))
WEIGHTS = {each.key: each.weight for each in TABLES.review}


def sheet(expert: str, mark: Mark, **others: Mark) -> Sheet:
    return Sheet(expert, {**dict.fromkeys(WEIGHTS, mark), **others})


@pytest.mark.parametrize(("mark", "score"), [("A", 100), ("B", 80), ("C", 60), ("D", 40), ("E", 20)])
def test_one_mark_for_everything_is_its_parameter(mark: str, score: int) -> None:
    assert review(WEIGHTS, [sheet("Li", Mark(mark))], 1).score == score


def test_the_experts_count_alike() -> None:
    found = review(
        WEIGHTS, [sheet("Li", Mark.A), sheet("Wu", Mark.B), sheet("He", Mark.B, strategy=Mark.C)], 3
    )
    points = {item.key: item.points for item in found.items}
    assert points["strategy"] == Decimal("9.6")  # 12 x (1.0 + 0.8 + 0.6) / 3
    assert points["innovation"] == Decimal("12.1333")  # 14 x (1.0 + 0.8 + 0.8) / 3
    assert found.score == Decimal("85.87")


def test_a_review_says_why_there_is_none() -> None:
    blank = Sheet("Wu", {"strategy": Mark.A})
    found = review(WEIGHTS, [sheet("Li", Mark.A), sheet("Li", Mark.A), blank], 7)
    assert found.score is None
    assert found.not_reviewed == (
        NotReviewed("too_few_experts", "3"),
        NotReviewed("expert_twice", "Li"),
        NotReviewed("sheet_incomplete", "Wu"),
    )
    assert review(WEIGHTS, [], 0).not_reviewed == (NotReviewed("too_few_experts", "0"),)


def test_exactly_enough_experts_are_enough() -> None:
    experts = [sheet(str(at), Mark.A) for at in range(7)]
    assert review(WEIGHTS, experts, 7).score == 100
    assert review(WEIGHTS, experts[:6], 7).score is None


def test_the_three_tiers_come_together_80_to_20() -> None:
    assert combined(Decimal("67.61"), Decimal(80), TABLES.review_share) == Decimal("70.09")  # 70.088
