"""A policy as data for other programs and for the terminal: what it needs, and what each grade brings."""

from dataclasses import asdict
from typing import Any

from core.rules.limits.limit_rules import CeilingName, CeilingRule, FactTimes, Fixed, LimitRule, ModelOf
from core.rules.policy.conditions import leaf_tests
from core.rules.policy.grades import Grade
from core.rules.policy.parameters import Number, Parameter
from core.rules.policy.policy import Policy
from core.rules.policy.source import Text
from core.rules.rating.criteria import Criteria
from core.rules.rating.scorecard_plan import BandPlan, IndicatorPlan, ScorecardPlan, StandardScale
from core.rules.rating.three_tier import ThreeTier


def method_of(policy: Policy) -> str:
    """How it comes to a grade, or that it is a limit model."""
    match policy.method:
        case Criteria():
            return "criteria"
        case ScorecardPlan():
            return "scorecard"
        case ThreeTier():
            return "three_tier"
        case None:
            return "limit_model"


def listed(policy: Policy, *, in_force: bool) -> dict[str, Any]:
    """One line of the library."""
    return {
        "id": policy.id,
        "version": policy.version,
        "document": policy.source.document,
        "in_force_from": policy.source.in_force_from,
        "title": policy.title.zh,
        "english": policy.title.en,
        "method": method_of(policy),
        "grades": list(policy.codes),
        "needs": list(policy.needs),
        "limit_models": list(policy.limit_models),
        "unset": list(policy.unset),
        "in_force": in_force,
    }


def shown(policy: Policy, *, in_force: bool) -> dict[str, Any]:
    """All of it."""
    upkeep = policy.upkeep
    return listed(policy, in_force=in_force) | {
        "checksum": policy.checksum,
        "grades": [_grade(policy, grade) for grade in policy.grades],
        "parameters": [_parameter(parameter) for parameter in policy.parameters.values()],
        "criteria": _criteria(policy),
        "indicators": _indicators(policy),
        "gates": [
            {
                "key": gate.key,
                "article": gate.article,
                **_words(gate.title),
                "effect": gate.effect,
                "grade": gate.grade,
                "notches": gate.notches or None,
                "facts": [test.fact for test in leaf_tests(gate.when)],
                "if_unknown": gate.applies_if_unknown,
            }
            for gate in policy.gates
        ],
        "ceilings": [_ceiling(policy, ceiling) for ceiling in policy.ceilings],
        "validity": _plain(upkeep.validity),
        "rerating": _plain(upkeep.rerating),
        "override": _plain(upkeep.override),
        "appeal": _plain(upkeep.appeal),
        "publication": _plain(upkeep.publication),
    }


def _grade(policy: Policy, grade: Grade) -> dict[str, Any]:
    return {
        "code": grade.code,
        "name": _words(grade.called),
        "article": grade.article,
        "rule": grade.rule,
        "at_least": _number(policy, grade.at_least),
        "meaning": _words(grade.meaning) or None,
        "treatment": _words(grade.treatment) or None,
        "no_credit": grade.code in policy.grades_without_credit,
        "limits": [_limit(policy, rule) for rule in policy.limits if rule.grade == grade.code],
    }


def _limit(policy: Policy, rule: LimitRule) -> dict[str, Any]:
    term = rule.term
    return {
        "credit": rule.kind,
        "had_credit": rule.had_credit,
        "article": rule.article,
        "refusal": rule.refusal,
        "opens": rule.opens,
        "ceilings": [_ceiling(policy, ceiling) for ceiling in rule.ceilings],
        "guarantee": any(ceiling.amount is CeilingName.COLLATERAL for ceiling in rule.ceilings),
        "term_days": _number(policy, term.days) if term else None,
        "term_fact": term.fact if term else None,
        "longest_days": _number(policy, term.longest) if term else None,
        "only_when_necessary": rule.only_when_necessary,
    }


def _ceiling(policy: Policy, ceiling: CeilingRule) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": ceiling.name,
        "article": ceiling.article,
        "hard": ceiling.hard,
        **_words(ceiling.title),
    }
    values = policy.values_for(ceiling)
    match ceiling.amount:
        case FactTimes():
            return data | {"fact": ceiling.amount.fact, "times": _number(policy, ceiling.amount.times)}
        case Fixed():
            return data | {"amount": _number(policy, ceiling.amount.yuan)}
        case ModelOf():
            numbers = {name: _value(values, each) for name, each in ceiling.amount.numbers.items()}
            return data | {"model": ceiling.amount.model, "facts": dict(ceiling.amount.facts), **numbers}
        case _:
            return data


def _criteria(policy: Policy) -> list[dict[str, Any]]:
    if not isinstance(policy.method, Criteria):
        return []
    return [
        {
            "key": each.key,
            "grade": each.grade,
            "article": each.article,
            **_words(each.title),
            "facts": [test.fact for test in each.when.tests()],
        }
        for each in policy.method.all
    ]


def _indicators(policy: Policy) -> list[dict[str, Any]]:
    match policy.method:
        case ScorecardPlan():
            return [
                {
                    "group": group.title.zh,
                    "group_english": group.title.en,
                    "group_weight": _number(policy, group.weight),
                    "fact": each.fact,
                    **_words(each.title),
                    "article": each.article,
                    "weight": _number(policy, each.weight),
                    "missing": each.missing,
                    "scale": _scale(policy, each),
                }
                for group in policy.method.groups
                for each in group.indicators
            ]
        case ThreeTier():
            return [
                {
                    "group": policy.method.tables.titles[part.key].zh,
                    "group_english": policy.method.tables.titles[part.key].en,
                    "group_weight": part.weight,
                    "fact": item.key,
                    **_words(policy.method.titles[item.key]),
                    "article": policy.method.article,
                    "weight": item.weight,
                    "tier": tier,
                }
                for part in policy.method.tables.parts
                for tier, items in (("basic", part.basic), ("modifying", part.modifying))
                for item in items
            ]
        case _:
            return []


def _scale(policy: Policy, indicator: IndicatorPlan) -> Any:
    if isinstance(indicator.scale, StandardScale):
        return "standards"
    return [
        {
            "up_to" if part.end_included else "below": _number(policy, part.below),
            "points": _number(policy, part.points),
            "to": _number(policy, part.to),
        }
        if isinstance(part, BandPlan)
        else {"value": part.value, "points": _number(policy, part.points)}
        for part in indicator.scale
    ]


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "key": parameter.key,
        "type": parameter.kind,
        "value": parameter.value,
        "suggestion": parameter.suggestion,
        "suggested_by": _words(parameter.suggested_by) or None,
        "article": parameter.article,
        **_words(parameter.note),
    }


def _number(policy: Policy, given: Number | None) -> Any:
    """The number; while its parameter is unset the name of that."""
    return _value(policy.values, given)


def _value(values: Any, given: Number | None) -> Any:
    if not isinstance(given, str):
        return given
    return {"parameter": given} if values.get(given) is None else values[given]


def _words(text: Text | None) -> dict[str, str]:
    return {} if text is None else {"title": text.zh, "english": text.en}


def _plain(part: Any) -> dict[str, Any] | None:
    if part is None:
        return None
    data = asdict(part)
    return {key: sorted(value) if isinstance(value, frozenset) else value for key, value in data.items()}
