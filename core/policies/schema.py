"""A JSON Schema of policy files, for editors that complete and check while one writes.

Made from the same enumerations and tables as the reader goes by; what depends on more than one place of a file
(weights that add up, grades that are reached) only the reader knows.
"""

import re
from collections.abc import Iterable
from typing import Any

from core.policies.ceilings_file import ALL_FEATURES, ARGUMENTS
from core.policies.limits_file import Opens, Refused
from core.policies.policy_file import MethodKind
from core.policies.upkeep_file import APPROVERS, ASSESSORS
from core.rules.limits.limit_rules import CeilingName, CreditKind, Model
from core.rules.policy.conditions import Comparison
from core.rules.policy.facts import FactType, Vocabulary
from core.rules.policy.gates import Effect
from core.rules.policy.grades import GradeRule
from core.rules.policy.policy import Clearance, Ground
from core.rules.policy.upkeep import RatingEvent
from core.rules.rating.efficacy import ExcellentRule
from core.rules.rating.scorecard import POINTS, Missing

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_FLAG: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "format": "date"}
_PLAIN: Schema = {"type": "number"}
_COUNT: Schema = {"type": "integer", "minimum": 1}
_NUMBER: Schema = {
    "description": "A number, or the key of the parameter that holds it",
    "type": ["number", "string"],
}
_ANSWER: Schema = {"type": ["boolean", "number", "string"]}
_OWN = {"zh": _TEXT, "en": _TEXT}


def policy_schema(vocabulary: Vocabulary) -> Schema:
    """The schema of policies, limit models and overlays; facts are those of the vocabulary."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Zixin policy",
        "oneOf": [_policy(), _limit_model(), _overlay()],
        "$defs": {
            "words": _table(_OWN),
            "fact": {"enum": [kind.key for kind in vocabulary.kinds]},
            "condition": _condition(),
            "parameters": {"type": "object", "additionalProperties": _parameter()},
            "scale": _scale(),
            "ceiling": _ceiling(),
        },
    }


def _policy() -> Schema:
    method = {
        "kind": _one_of(MethodKind),
        "article": _TEXT,
        "tables": _TEXT,
        "standards": _TEXT,
        "excellent_rule": _one_of(ExcellentRule),
        "clip": {
            "anyOf": [{"const": False}, {"type": "array", "items": _PLAIN, "minItems": 2, "maxItems": 2}]
        },
        "min_coverage": _PLAIN,
        "fewest_experts": _NUMBER,
        "review_share": _PLAIN,
    }
    return _table(
        _dated("policy")
        | {
            "validity": _table(
                {"months": _COUNT, "reminder_days": _list({"type": "integer"}), "article": _TEXT}
            )
        }
        | {"grades": _list(_grade())},
        {
            "clearance": _one_of(Clearance),
            "method": _table({"kind": method.pop("kind")}, method),
            "parameters": _ref("parameters"),
            "criteria": _list(_criterion()),
            "cap": _criterion(),
            "standards": _table({"table": _TEXT}),
            "groups": _list(_group()),
            "gates": _list(_gate()),
            "limits": _list(_limit()),
            "limit_models": _list(_TEXT),
            "portfolio": _table({"figure": _TEXT, "article": _TEXT}),
            "articles": _table({}, dict.fromkeys(Ground, _TEXT)),
        }
        | _upkeep(),
    )


def _limit_model() -> Schema:
    return _table(
        _dated("limit_model") | {"ceilings": _list(_ref("ceiling"))}, {"parameters": _ref("parameters")}
    )


def _overlay() -> Schema:
    values = {"type": "object", "additionalProperties": _ANSWER}
    return _table(
        {
            "kind": {"const": "overlay"},
            "over": _TEXT,
            "over_version": _TEXT,
            "version": _TEXT,
            "in_force_from": _DAY,
        },
        {"parameters": values, "clearance": _one_of(Clearance), "limit_models": _list(_TEXT)},
    )


def _dated(kind: str) -> Schema:
    return {
        "kind": {"const": kind},
        "id": _TEXT,
        "version": _TEXT,
        "in_force_from": _DAY,
        "document": _TEXT,
        "title": _ref("words"),
    }


def _grade() -> Schema:
    return _table(
        {"code": _TEXT, "article": _TEXT},
        {
            "rule": _one_of(GradeRule),
            "at_least": _NUMBER,
            "treatment": _ref("words"),
            "no_credit": _FLAG,
            **_OWN,
        },
    )


def _parameter() -> Schema:
    return _table(
        {"type": _one_of(FactType), "article": _TEXT, **_OWN},
        {"value": _ANSWER, "suggestion": _ANSWER, "suggested_by": _ref("words")},
    )


def _criterion() -> Schema:
    return _table(
        {"key": _TEXT, "grade": _TEXT, "article": _TEXT, "when": _ref("condition"), **_OWN},
        {"importance": {"type": "integer", "minimum": 0}},
    )


def _condition() -> Schema:
    """A test of a fact, or conditions joined."""
    inner = _ref("condition")
    fact = {"anyOf": [_ref("fact"), {"type": "string", "pattern": f"^{re.escape(POINTS)}"}]}
    test = _table({"fact": fact, "op": _one_of(Comparison)}, {"value": _ANSWER, "parameter": _TEXT})
    joined = [_table({"all": _list(inner)}), _table({"any": _list(inner)}), _table({"not": inner})]
    return {"oneOf": [test, *joined]}


def _group() -> Schema:
    indicator = _table(
        {"fact": _ref("fact"), "weight": _NUMBER, "article": _TEXT, "missing": _one_of(Missing)},
        _scales() | {"standards": {"const": True}},
    )
    return _table(
        {"key": _TEXT, "article": _TEXT, "weight": _NUMBER, "indicators": _list(indicator), **_OWN},
        {"min_coverage": _PLAIN},
    )


def _scales() -> Schema:
    band = _table({"points": _NUMBER}, {"below": _NUMBER, "up_to": _NUMBER, "to": _NUMBER})
    return {
        "bands": _list(band),
        "options": _list(_table({"value": _ANSWER, "points": _NUMBER})),
    }


def _scale() -> Schema:
    """A fact with its scale, where points are added up."""
    return _table({"fact": _ref("fact")}, _scales())


def _gate() -> Schema:
    return _table(
        {
            "key": _TEXT,
            "article": _TEXT,
            "when": _ref("condition"),
            "effect": _one_of(Effect),
            "if_unknown": _FLAG,
            **_OWN,
        },
        {"grade": _TEXT, "notches": _COUNT},
    )


def _limit() -> Schema:
    return _table(
        {"article": _TEXT},
        {
            "grade": _TEXT,
            "grades": _list(_TEXT),
            "credit": _one_of(CreditKind),
            "had_credit": _FLAG,
            "ceilings": _list(_ref("ceiling")),
            "term_days": _NUMBER,
            "key_term_days": _NUMBER,
            "term_fact": _ref("fact"),
            "longest_days": _NUMBER,
            "only_when_necessary": _FLAG,
            "refusal": _one_of(Refused),
            "opens": _one_of(Opens),
        },
    )


def _ceiling() -> Schema:
    """One of ledger or request, a fact times a factor, so many yuan, or a model with its arguments."""
    common = {"article": _TEXT, "hard": _FLAG}
    named = common | {"name": _TEXT} | _OWN
    known = _table(common | {"name": _one_of(CeilingName)})
    times = _table(named | {"fact": _ref("fact"), "times": _NUMBER})
    fixed = _table(named | {"amount": _NUMBER})
    models = [
        _table(
            named | {"model": {"const": model}} | dict.fromkeys(_needed(numbers), _NUMBER) | _special(model),
            dict.fromkeys(facts, _ref("fact")) | dict.fromkeys(numbers, _NUMBER),
        )
        for model, (facts, numbers) in ARGUMENTS.items()
    ]
    return {"oneOf": [known, times, fixed, *models]}


def _needed(numbers: Iterable[str]) -> list[str]:
    return [name for name in numbers if name != "min_coverage"]


def _special(model: Model) -> Schema:
    """What only one model has."""
    match model:
        case Model.POINTS:
            return {"points": _list(_ref("scale"))}
        case Model.FEATURES:
            step = _table({"from": _NUMBER}, {"added": _NUMBER})
            return {"weights": _table(dict.fromkeys(ALL_FEATURES, _NUMBER)), "adjustments": _list(step)}
        case _:
            return {}


def _upkeep() -> Schema:
    by_risk = _table({"grades": _list(_TEXT), "months": _COUNT})
    return {
        "rerating": _table(
            {"article": _TEXT},
            {
                "months_by_risk": _list(by_risk),
                "key_customers_months": _COUNT,
                "events": _list(_one_of(RatingEvent)),
                "assessors": _list(_one_of(ASSESSORS)),
                "tolerated_days": {"type": "integer", "minimum": 0},
                "escalate_days": {"type": "integer", "minimum": 0},
            },
        ),
        "override": _table(
            {
                "notches_up": {"type": "integer", "minimum": 0},
                "notches_down": {"type": "integer", "minimum": 0},
                "approvers": _list(_one_of(APPROVERS)),
                "article": _TEXT,
            }
        ),
        "appeal": _table({"days": _COUNT, "article": _TEXT}),
        "publication": _table({"article": _TEXT}, {"allowed": _FLAG}),
    }


def _table(required: Schema, optional: Schema | None = None) -> Schema:
    """A table with these keys and no others."""
    return {
        "type": "object",
        "required": list(required),
        "properties": (optional or {}) | required,
        "additionalProperties": False,
    }


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of, "minItems": 1}


def _one_of(choices: Iterable[str]) -> Schema:
    return {"enum": [str(choice) for choice in choices]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
