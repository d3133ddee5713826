"""The review tier (评议, B11): several experts, each with a sheet of their own, and the three tiers together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from core.rules.precision import WORKING, rounded

_PLACES = 2
_ITEM_PLACES = 4


class Mark(StrEnum):
    """An expert's mark for one indicator."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


PARAMETERS = {
    Mark.A: Decimal("1.0"),
    Mark.B: Decimal("0.8"),
    Mark.C: Decimal("0.6"),
    Mark.D: Decimal("0.4"),
    Mark.E: Decimal("0.2"),
}
"""等级参数: the share of an indicator's weight that each mark earns."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One expert's marks, by indicator."""

    expert: str
    marks: Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One indicator reviewed: its weight, and the mean of what the experts gave, to four decimals."""

    key: str
    weight: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class NotReviewed:
    """Why there is no review: ``too_few_experts``, ``expert_twice`` or ``sheet_incomplete`` (`of`: whom)."""

    reason: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class ReviewScore:
    """The mean of the experts, of 100, rounded half up to two decimals; None when it cannot be had."""

    score: Decimal | None
    items: tuple[ReviewItem, ...] = ()
    not_reviewed: tuple[NotReviewed, ...] = ()


def review(weights: Mapping[str, Decimal], sheets: Iterable[Sheet], fewest: int) -> ReviewScore:
    """The review of at least as many experts: Σ (weight × mark's parameter) ÷ their number.

    Every sheet has to be complete: a blank is no mark, neither a good one nor a bad one.
    """
    given = tuple(sheets)
    not_reviewed = tuple(_objections(weights, given, fewest))
    if not_reviewed:
        return ReviewScore(None, not_reviewed=not_reviewed)
    with localcontext(WORKING):
        earned = {
            key: weight * sum((PARAMETERS[sheet.marks[key]] for sheet in given), Decimal(0)) / len(given)
            for key, weight in weights.items()
        }
        whole = sum(weights.values(), Decimal(0))
        return ReviewScore(
            rounded(sum(earned.values(), Decimal(0)) / whole * 100, _PLACES),
            tuple(
                ReviewItem(key, weights[key], rounded(points, _ITEM_PLACES)) for key, points in earned.items()
            ),
        )


def combined(quantitative: Decimal, reviewed: Decimal, review_share: Decimal) -> Decimal:
    """The whole score from both: the review counts for its share (0.2 in 2002, 0.3 in 2006), to two decimals."""
    return rounded(quantitative * (1 - review_share) + reviewed * review_share, _PLACES)


def _objections(
    weights: Mapping[str, Decimal], sheets: tuple[Sheet, ...], fewest: int
) -> Iterable[NotReviewed]:
    experts = [sheet.expert for sheet in sheets]
    if len(experts) < max(fewest, 1):
        yield NotReviewed("too_few_experts", str(len(experts)))
    yield from (
        NotReviewed("expert_twice", expert) for expert in dict.fromkeys(experts) if experts.count(expert) > 1
    )
    yield from (
        NotReviewed("sheet_incomplete", sheet.expert)
        for sheet in sheets
        if weights.keys() - sheet.marks.keys()
    )
