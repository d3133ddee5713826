"""Reading the three-tier method (B11): which tables, how they are read, and how many experts it takes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from core.policies.names import Names, plain_number
from core.policies.reader import Table, nearest
from core.policies.scorecard_file import read_coverage
from core.rules.policy.facts import FactType
from core.rules.policy.source import Text
from core.rules.rating.efficacy import ExcellentRule
from core.rules.rating.efficacy_tables import EfficacyTables
from core.rules.rating.standards import StandardsBook
from core.rules.rating.three_tier import ThreeTier

T = TypeVar("T")
_CLIP = (Decimal("0.7"), Decimal("1.3"))
_SHARE = "review_share = 0.2"


def read_three_tier(
    method: Table,
    names: Names,
    weights: Mapping[str, EfficacyTables],
    standards: Mapping[str, StandardsBook],
) -> ThreeTier:
    """What a policy of this method says under ``[method]``; the tables are those of the library, by id."""
    tables = named(method, "tables", weights, "efficacy-2002")
    ratios = [
        *(item.key for part in tables.parts for item in part.basic),
        *(item.key for part in tables.parts for item in part.modifying),
    ]
    excellent = "excellent_rule"
    return ThreeTier(
        tables=tables,
        standards=named(method, "standards", standards, "standards-soe"),
        fewest_experts=names.number(
            method, "fewest_experts", "fewest_experts = 3", kinds=(FactType.COUNT,), at_least=1
        ),
        review_share=_share(method) if method.has("review_share") else tables.review_share,
        excellent_rule=method.one_of(excellent, ExcellentRule)
        if method.has(excellent)
        else ExcellentRule.CONTINUOUS,
        clip=_clip(method) if method.has("clip") else _CLIP,
        min_coverage=read_coverage(method),
        titles={ratio: _title(method, names, ratio) for ratio in ratios},
        article=method.text("article"),
    )


def named(method: Table, key: str, known: Mapping[str, T], example: str) -> T:
    """A table of the library by its id."""
    name = method.text(key, f'{key} = "{example}"')
    if name not in known:
        likely = nearest(name, list(known))
        raise method.error(key, "unknown_table", f'{key} = "{likely}"', table=name, known="|".join(known))
    return known[name]


def _title(method: Table, names: Names, ratio: str) -> Text:
    """The words of a ratio are those of its fact, without which nobody could give it."""
    fact = names.vocabulary.find(ratio)
    if fact is None:
        raise method.error("tables", "unknown_fact", f'[[facts]] key = "{ratio}"', fact=ratio)
    return Text(fact.zh, fact.en)


def _share(method: Table) -> Decimal:
    share = plain_number(method, "review_share", _SHARE)
    if not 0 <= share < 1:
        raise method.error("review_share", "share_out_of_range", _SHARE, at=share)
    return share


def _clip(method: Table) -> tuple[Decimal, Decimal] | None:
    raw = method.raw("clip", "clip = [0.7, 1.3]")
    if raw is False:
        return None
    if not isinstance(raw, list) or len(raw) != 2 or not all(isinstance(each, Decimal | int) for each in raw):
        raise method.error(
            "clip", "wrong_type", "clip = [0.7, 1.3]", key="clip", value=raw, wanted="[0.7, 1.3]"
        )
    least, most = (Decimal(each) for each in raw)
    if not 0 <= least <= 1 <= most:
        raise method.error("clip", "bad_clip", "clip = [0.7, 1.3]", at=f"{least}, {most}")
    return least, most
