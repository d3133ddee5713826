"""The shape of the three-tier method (B11): which tables it goes by, and how the company reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.rules.policy.parameters import Number
from core.rules.policy.source import Text
from core.rules.rating.efficacy import ExcellentRule, Method
from core.rules.rating.efficacy_tables import EfficacyTables
from core.rules.rating.standards import Standards, StandardsBook

SHEETS = "review_sheets"
"""The fact that holds the experts' sheets."""


@dataclass(frozen=True)
class ThreeTier:
    """Basic and modifying ratios by efficacy coefficients, and a review by experts."""

    tables: EfficacyTables
    standards: StandardsBook
    fewest_experts: Number
    review_share: Decimal
    """Of the whole score; the ratios have the rest."""
    excellent_rule: ExcellentRule
    clip: tuple[Decimal, Decimal] | None
    min_coverage: Decimal
    titles: Mapping[str, Text]
    """Of the ratios, by key."""
    article: str

    def ratios(self) -> Iterator[str]:
        """Every ratio, part by part, the basic ones of each before its modifying ones."""
        for part in self.tables.parts:
            yield from (item.key for item in part.basic)
            yield from (item.key for item in part.modifying)

    def method(self, standards: Mapping[str, Standards]) -> Method:
        """The method with these standard values."""
        return replace(
            self.tables.method(standards),
            excellent_rule=self.excellent_rule,
            clip=self.clip,
            min_coverage=self.min_coverage,
        )
