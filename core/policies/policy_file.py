"""Reading a policy or a limit model, whatever its method, with a company's overlay over it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from core.policies.ceilings_file import read_ceiling
from core.policies.criteria_file import read_criteria, refuse_unreachable_lists
from core.policies.findings.tolerances_file import shipped_doubts
from core.policies.gates_file import read_gates
from core.policies.grades_file import read_grades, without_names
from core.policies.limits_file import read_limits
from core.policies.names import Names, read_parameters, value_of
from core.policies.reader import PolicyFile, Table, checksum, nearest
from core.policies.scorecard_file import read_scorecard
from core.policies.source_file import read_source
from core.policies.structure import Fault, faults
from core.policies.tier_file import named, read_three_tier
from core.policies.upkeep_file import read_upkeep
from core.rules.policy.conditions import leaf_tests
from core.rules.policy.facts import Vocabulary
from core.rules.policy.policy import Clearance, Ground, Method, Policy, PortfolioCap
from core.rules.policy.upkeep import Upkeep
from core.rules.rating.criteria import Criteria
from core.rules.rating.efficacy_tables import EfficacyTables
from core.rules.rating.scorecard_plan import ScorecardPlan
from core.rules.rating.standards import StandardsBook
from core.rules.rating.three_tier import ThreeTier

_LIMIT_MODELS = 'limit_models = ["limit-net-worth"]'
_ABOVE = {"clearance": 'clearance = "all"', "limit_models": _LIMIT_MODELS}
"""What an overlay says besides values: below ``[parameters]`` it would be one of them."""


class MethodKind(StrEnum):
    """How a policy comes to a grade."""

    CRITERIA = "criteria"
    SCORECARD = "scorecard"
    THREE_TIER = "three_tier"


@dataclass(frozen=True)
class Shelf:
    """What policy files may name besides themselves: facts, and tables of weights and standard values by id."""

    vocabulary: Vocabulary
    weights: Mapping[str, EfficacyTables] = field(default_factory=dict)
    standards: Mapping[str, StandardsBook] = field(default_factory=dict)


@dataclass(frozen=True)
class Overlay:
    """A company's own values over one version of a policy."""

    file: PolicyFile
    over: str
    over_version: str
    version: str
    in_force_from: date


def read_overlay(file: PolicyFile) -> Overlay:
    """What an overlay is over; its values are read against the policy, by `overlaid`."""
    file.text("kind")
    return Overlay(
        file,
        file.text("over", 'over = "b9-abc"'),
        file.text("over_version", 'over_version = "2026-01"'),
        file.text("version", 'version = "2026-01"'),
        file.day("in_force_from"),
    )


def read_policy(file: PolicyFile, shelf: Shelf) -> Policy:
    """The policy that a file of kind ``policy`` holds, as its document leaves it; `PolicyError` where wrong."""
    source = read_source(file)
    kind, method_table = _method_kind(file)
    bare = Names(shelf.vocabulary, read_parameters(file))
    grades = read_grades(file, bare, by_list=kind is MethodKind.CRITERIA)
    names = replace(bare, grades=tuple(grade.code for grade in grades))
    method = _method(file, kind, method_table, names, shelf)
    policy = Policy(
        source=replace(source, checksum=_checksum(file, method)),
        grades=grades,
        method=method,
        limits=read_limits(file, names),
        parameters=names.parameters,
        upkeep=read_upkeep(file, names),
        gates=read_gates(file, names, _with_points(method)),
        doubts=shipped_doubts(),
        limit_models=file.texts("limit_models", _LIMIT_MODELS) if file.has("limit_models") else (),
        clearance=file.one_of("clearance", Clearance) if file.has("clearance") else Clearance.OVERDUE,
        portfolio=_portfolio(file.table("portfolio", '[portfolio] figure = "..."'))
        if file.has("portfolio")
        else None,
        articles=_articles(file.table("articles", '[articles] overdue = "34"'))
        if file.has("articles")
        else {},
    )
    file.finish()
    if isinstance(method, Criteria):
        refuse_unreachable_lists(file, method, grades)
    _refuse_faults(policy, file)
    _refuse_unused_parameters(policy, file)
    return policy


def read_limit_model(file: PolicyFile, shelf: Shelf) -> Policy:
    """A file of kind ``limit_model``: ceilings without grades."""
    source = read_source(file)
    names = Names(shelf.vocabulary, read_parameters(file))
    tables = file.tables("ceilings", '[[ceilings]] name = "net_worth_share"')
    policy = Policy(
        source=source,
        grades=(),
        method=None,
        limits=(),
        parameters=names.parameters,
        upkeep=Upkeep(),
        ceilings=tuple(read_ceiling(table, names) for table in tables),
    )
    file.finish()
    _refuse_faults(policy, file)
    _refuse_unused_parameters(policy, file)
    return policy


def overlaid(policy: Policy, overlay: Overlay, base: PolicyFile) -> Policy:
    """The policy with the company's values; `PolicyError` for what the policy does not leave to it."""
    file = overlay.file
    if file.has("parameters"):
        values = file.table("parameters", "[parameters]")
        for name, example in _ABOVE.items():
            if values.has(name):
                raise values.error(name, "above_parameters", example, key=name)
        policy = with_values(policy, values)
    clearance = file.one_of("clearance", Clearance) if file.has("clearance") else policy.clearance
    models = file.texts("limit_models", _LIMIT_MODELS) if file.has("limit_models") else policy.limit_models
    file.finish()
    source = replace(policy.source, checksum=_checksum(base, policy.method, file))
    policy = replace(policy, source=source, clearance=clearance, limit_models=models)
    for fault in faults(policy):
        key = _parameter_at(base, fault)
        if key is None or key not in file.content.get("parameters", {}):
            raise file.error("parameters", fault.problem, fault.example, **fault.facts)
        example = f"{key} = {fault.example.rpartition('= ')[2]}"
        raise file.error_in(("parameters", key), fault.problem, example, **fault.facts)
    return policy


def _parameter_at(base: PolicyFile, fault: Fault) -> str | None:
    """The parameter that stands in the policy where something is wrong by the company's values."""
    found: Any = base.content
    for step in fault.at:
        if isinstance(found, dict) and step not in found:
            return None
        found = found[step]
    if isinstance(found, dict):
        found = found.get(fault.example.partition(" =")[0])
    return found if isinstance(found, str) else None


def with_values(policy: Policy, values: Table) -> Policy:
    """The policy with some parameters set; `PolicyError` for one that it does not have."""
    parameters = dict(policy.parameters)
    for key in values.names():
        if key not in parameters:
            likely = nearest(key, list(parameters))
            raise values.error(key, "unknown_parameter", f"{likely} = ...", parameter=key, policy=policy.id)
        parameters[key] = replace(parameters[key], value=value_of(values, key, parameters[key].kind))
    return replace(policy, parameters=parameters)


def _checksum(file: PolicyFile, method: Method | None, *overlays: PolicyFile) -> str:
    """Of what the files decide, and of the tables that the method goes by."""
    match method:
        case ThreeTier():
            tables = [method.tables.source.checksum, method.standards.source.checksum]
        case ScorecardPlan(standards=StandardsBook(source=table)):
            tables = [table.checksum]
        case _:
            tables = []
    contents = [without_names(each.content) for each in (file, *overlays)]
    return checksum(*contents, *({"table": table} for table in tables))


def _method_kind(file: PolicyFile) -> tuple[MethodKind, Table | None]:
    if not file.has("method"):
        return MethodKind.CRITERIA, None
    table = file.table("method", '[method] kind = "scorecard"')
    return table.one_of("kind", MethodKind), table


def _method(file: PolicyFile, kind: MethodKind, table: Table | None, names: Names, shelf: Shelf) -> Method:
    if kind is MethodKind.THREE_TIER and table is not None:
        return read_three_tier(table, names, shelf.weights, shelf.standards)
    if kind is MethodKind.SCORECARD:
        standards = None
        if file.has("standards"):
            chosen = file.table("standards", '[standards] table = "standards-soe"')
            standards = named(chosen, "table", shelf.standards, "standards-soe")
        return read_scorecard(file, names, standards)
    return read_criteria(file, names)


def _with_points(method: Method) -> Iterable[str]:
    match method:
        case ScorecardPlan():
            return [indicator.fact for indicator in method.indicators()]
        case ThreeTier():
            return list(method.ratios())
        case _:
            return ()


def _portfolio(table: Table) -> PortfolioCap:
    return PortfolioCap(table.text("figure"), table.text("article"))


def _articles(table: Table) -> dict[Ground, str]:
    return {ground: table.text(ground, f'{ground} = "34"') for ground in Ground if table.has(ground)}


def _refuse_faults(policy: Policy, file: PolicyFile) -> None:
    for fault in faults(policy):
        raise file.error_in(fault.at, fault.problem, fault.example, **fault.facts)


def _refuse_unused_parameters(policy: Policy, file: PolicyFile) -> None:
    tested = {test.parameter for gate in policy.gates for test in leaf_tests(gate.when)}
    if isinstance(policy.method, Criteria):
        tested |= {test.parameter for test in policy.method.tests()}
    used = tested | {each for each in policy.numbers() if isinstance(each, str)}
    for key in policy.parameters:
        if key not in used:
            raise file.error_in(
                ("parameters", key), "unused_parameter", f'parameter = "{key}"', parameter=key
            )
