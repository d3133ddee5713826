"""The tables of the efficacy method (B11): one version's weights and special cases; standard values are separate."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.rules.policy.source import Source, Text
from core.rules.rating.efficacy import BasicItem, Method, ModifyingItem, Part
from core.rules.rating.standards import Standards


@dataclass(frozen=True, slots=True)
class ReviewIndicator:
    """One indicator of the review tier, with its weight among all of them."""

    key: str
    title: Text
    weight: Decimal


@dataclass(frozen=True, slots=True)
class SpecialCase:
    """What takes the place of the standard values for one ratio; each field None or empty where it says nothing."""

    ratio: str
    reasons: tuple[str, ...]
    coefficient: Decimal | None
    beyond: Decimal | None
    nothing_from: Decimal | None
    average_suffices: bool


@dataclass(frozen=True, slots=True)
class EfficacyTables:
    """Weights and special cases of one version of the method; the standard values are the company's."""

    source: Source
    parts: tuple[Part, ...]
    titles: Mapping[str, Text]
    """Of the parts."""
    review: tuple[ReviewIndicator, ...]
    review_share: Decimal
    special: tuple[SpecialCase, ...]

    def method(self, standards: Mapping[str, Standards]) -> Method:
        """The method with an industry's standard values; a ratio without any stays unset."""
        return Method(
            tuple(
                replace(
                    part,
                    basic=tuple(self._basic(item, standards) for item in part.basic),
                    modifying=tuple(self._modifying(item, standards) for item in part.modifying),
                )
                for part in self.parts
            )
        )

    def _basic(self, item: BasicItem, standards: Mapping[str, Standards]) -> BasicItem:
        ends = [case.nothing_from for case in self._cases(item.key) if case.nothing_from is not None]
        return replace(item, standards=standards.get(item.key), nothing_from=next(iter(ends), None))

    def _modifying(self, item: ModifyingItem, standards: Mapping[str, Standards]) -> ModifyingItem:
        fixed = [(case, case.coefficient) for case in self._cases(item.key) if case.coefficient is not None]
        beyond = [(case.beyond, coefficient) for case, coefficient in fixed if case.beyond is not None]
        return replace(
            item,
            standards=standards.get(item.key),
            by_reason={reason: coefficient for case, coefficient in fixed for reason in case.reasons},
            beyond=next(iter(beyond), None),
            average_suffices=any(case.average_suffices for case in self._cases(item.key)),
        )

    def _cases(self, ratio: str) -> tuple[SpecialCase, ...]:
        return tuple(case for case in self.special if case.ratio == ratio)
