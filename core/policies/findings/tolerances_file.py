"""Reading how far material may contradict itself, and what that does to a rating (1.6), as strictly as a policy."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from core.policies.findings.places import JUMPS, PLACES, Place, tables
from core.policies.reader import PolicyFile, Table, checksum, nearest
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


@dataclass(frozen=True, slots=True)
class OwnTolerances:
    """A company's own, which two people may put in force from a day on; what its file does not name is as shipped."""

    version: str
    in_force_from: date
    """The first day on which they may be in force."""
    checksum: str
    """Of what the file says; this is what is confirmed."""
    tolerances: Tolerances


def shipped_tolerances() -> Tolerances:
    """The tolerances that the product comes with, whatever the day."""
    return _shipped().tolerances


def shipped_doubts() -> Mapping[str, Gate]:
    """The gates that the product comes with, by doubt."""
    return _shipped().doubts


@cache
def _shipped() -> FindingRules:
    return read_finding_rules(PolicyFile(SHIPPED))


def read_finding_rules(file: PolicyFile) -> FindingRules:
    """What a file of kind ``contradictions`` says, every tolerance of it; `PolicyError` where it is wrong."""
    read_source(file)
    opened = {name: file.table(name, f"[{name}]") for name in tables()}
    values: dict[str, Any] = {place.field: _value(opened[place.table], place) for place in PLACES}
    tolerances = Tolerances(**values, jumps=_jumps(file.table(JUMPS, f"[{JUMPS}]")))
    doubts = _doubts(file)
    file.finish()
    return FindingRules(tolerances, doubts)


def read_own_tolerances(file: PolicyFile) -> OwnTolerances:
    """What a company's file of kind ``tolerances`` puts over the shipped ones; `PolicyError` where it is wrong."""
    file.text("kind")
    version, begins = file.text("version", 'version = "2026-01"'), file.day("in_force_from")
    shipped = shipped_tolerances()
    own = dict(_own_values(file))
    if file.has(JUMPS):
        own["jumps"] = {**shipped.jumps, **_jumps(file.table(JUMPS, f"[{JUMPS}]"))}
    file.finish(*tables(), JUMPS)
    return OwnTolerances(version, begins, checksum(file.content), replace(shipped, **own))


def read_all_own(files: Iterable[PolicyFile]) -> tuple[OwnTolerances, ...]:
    """Every such file of a company, the oldest first; of two of one version or day nobody could tell which is meant."""
    found: dict[Path, OwnTolerances] = {}
    for file in files:
        own = read_own_tolerances(file)
        for path, other in found.items():
            for key, value, same in (
                ("version", own.version, other.version == own.version),
                ("in_force_from", own.in_force_from, other.in_force_from == own.in_force_from),
            ):
                if same:
                    raise file.error(
                        key, "file_twice", f"{key} = ...", id=file.kind, value=value, other=path.name
                    )
        found[file.path] = own
    return tuple(sorted(found.values(), key=lambda each: each.in_force_from))


def _own_values(file: PolicyFile) -> Iterator[tuple[str, Any]]:
    for name in tables():
        if not file.has(name):
            continue
        table = file.table(name, f"[{name}]")
        places = [place for place in PLACES if place.table == name]
        for place in places:
            if table.has(place.key):
                yield place.field, _value(table, place)
        table.finish(*(place.key for place in places))


def _value(table: Table, place: Place) -> Decimal | int:
    if place.whole:
        return table.integer(place.key, place.example, at_least=place.at_least)
    value = _number(table, place.key, place.example, place.at_least)
    return value / _PERCENT if place.is_share else value


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
            example = f"{nearest(ratio, tuple(UNITS))} = 20"
            raise table.error(ratio, "unknown_choice", example, value=ratio, known="|".join(UNITS))
    return {ratio: _number(table, ratio, f"{ratio} = 20", 0) for ratio in table.names()}


def _number(table: Table, key: str, example: str, at_least: int) -> Decimal:
    """A number with a floor."""
    value = table.raw(key, example)
    known = isinstance(value, Decimal | int) and not isinstance(value, bool)
    if not known or not Decimal(value).is_finite():
        raise table.error(key, "wrong_type", example, key=key, value=value, wanted="number")
    if value < at_least:
        raise table.error(key, "too_small", example, key=key, value=value, at_least=at_least)
    return Decimal(value)
