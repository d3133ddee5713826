"""Reading how far material may contradict itself, and what that does to a rating (1.6), as strictly as a policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from core.policies.reader import PolicyFile, Table
from core.policies.source_file import read_source
from core.rules.policy.conditions import Comparison, FactTest
from core.rules.policy.gates import Effect, Gate
from core.rules.rating.doubt import DOUBT, Doubt
from core.rules.statements.contradictions import Tolerances
from core.rules.statements.ratios import UNITS

SHIPPED = Path(__file__).with_name("contradictions.toml")
_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class FindingRules:
    """The tolerances, and the gate of each doubt; what the best grade gives way to is the policy's to say."""

    tolerances: Tolerances
    doubts: Mapping[str, Gate]


def shipped_tolerances() -> Tolerances:
    """The tolerances that the product comes with."""
    return _shipped().tolerances


def shipped_doubts() -> Mapping[str, Gate]:
    """The gates that the product comes with, by doubt."""
    return _shipped().doubts


@cache
def _shipped() -> FindingRules:
    return read_finding_rules(PolicyFile(SHIPPED))


def read_finding_rules(file: PolicyFile) -> FindingRules:
    """What a file of kind ``contradictions`` says; `PolicyError` where it is wrong."""
    read_source(file)
    within, copied = file.table("sums", "[sums]"), file.table("copied", "[copied]")
    sources = file.table("sources", "[sources]")
    tolerances = Tolerances(
        least=_number(within, "least_yuan"),
        share=_number(within, "percent") / _PERCENT,
        unit_jump=_number(file.table("jump_of_units", "[jump_of_units]"), "times"),
        copied_share=_number(copied, "percent") / _PERCENT,
        copied_fewest=copied.integer("fewest", "fewest = 5", at_least=1),
        jumps=_jumps(file.table("jumps", "[jumps]")),
        stale_months=file.table("stale", "[stale]").integer("months", "months = 18", at_least=1),
        source_share=_number(sources, "percent") / _PERCENT,
        source_days=sources.integer("days", "days = 366", at_least=0),
    )
    doubts = _doubts(file)
    file.finish()
    return FindingRules(tolerances, doubts)


def _doubts(file: PolicyFile) -> Mapping[str, Gate]:
    found: dict[str, Gate] = {}
    for table in file.tables("doubts", '[[doubts]] doubt = "bars_best_grade"'):
        doubt = table.one_of("doubt", Doubt)
        found[doubt.value] = Gate(
            key=f"{DOUBT}.{doubt}",
            article=table.text("article"),
            when=FactTest(DOUBT, Comparison.IS, doubt.value),
            effect=Effect.NOT_RATED if doubt is Doubt.BARS_RATING else Effect.CAP,
            applies_if_unknown=False,
            title=table.words(),
        )
    return found


def _jumps(table: Table) -> Mapping[str, Decimal]:
    for ratio in table.names():
        if ratio not in UNITS:
            raise table.error(ratio, "unknown_choice", "debt_ratio = 20", value=ratio, known="|".join(UNITS))
    return {ratio: _number(table, ratio) for ratio in table.names()}


def _number(table: Table, key: str) -> Decimal:
    """A number of zero or more."""
    value = table.raw(key, f"{key} = 5")
    known = isinstance(value, Decimal | int) and not isinstance(value, bool)
    if not known or not Decimal(value).is_finite() or value < 0:
        raise table.error(key, "wrong_type", f"{key} = 5", key=key, value=value, wanted="number")
    return Decimal(value)
