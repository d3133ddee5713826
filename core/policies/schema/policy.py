"""The schema of policies, limit models, overlays and tolerances."""

import re
from collections.abc import Iterator

from core.policies.findings.places import JUMPS, PLACES, tables
from core.policies.policy_file import MethodKind
from core.policies.schema.limits import ceiling, limit
from core.policies.schema.shapes import (
    ANSWER,
    COUNT,
    DAY,
    FLAG,
    FROM_ZERO,
    NOT_NEGATIVE,
    NUMBER,
    OWN_WORDS,
    PLAIN,
    TEXT,
    Schema,
    dated,
    list_of,
    named_tables,
    one_of,
    ref,
    schema,
    table,
)
from core.policies.upkeep_file import APPROVERS, ASSESSORS
from core.rules.policy.conditions import Comparison
from core.rules.policy.facts import FactType, Vocabulary
from core.rules.policy.gates import Effect
from core.rules.policy.grades import GradeRule
from core.rules.policy.policy import Clearance, Ground
from core.rules.policy.upkeep import RatingEvent
from core.rules.rating.efficacy import ExcellentRule
from core.rules.rating.indicators import Missing
from core.rules.rating.scorecard import POINTS
from core.rules.statements.ratios import UNITS


def policy_schema(vocabulary: Vocabulary) -> Schema:
    """The schema of policies, limit models, overlays and tolerances; facts are those of the vocabulary."""
    return schema(
        "Zixin policy",
        {"oneOf": [_policy(), _limit_model(), _overlay(), _tolerances()]},
        {
            "fact": {"enum": [kind.key for kind in vocabulary.kinds]},
            "condition": _condition(),
            "parameters": named_tables(_parameter()),
            "scale": _scale(),
            "ceiling": ceiling(),
        },
    )


def _policy() -> Schema:
    method = {
        "kind": one_of(MethodKind),
        "article": TEXT,
        "tables": TEXT,
        "standards": TEXT,
        "excellent_rule": one_of(ExcellentRule),
        "clip": {
            "anyOf": [{"const": False}, {"type": "array", "items": PLAIN, "minItems": 2, "maxItems": 2}]
        },
        "min_coverage": PLAIN,
        "fewest_experts": NUMBER,
        "review_share": PLAIN,
    }
    return table(
        dated("policy")
        | {
            "validity": table(
                {"months": COUNT, "reminder_days": list_of({"type": "integer"}), "article": TEXT}
            )
        }
        | {"grades": list_of(_grade())},
        {
            "clearance": one_of(Clearance),
            "method": table({"kind": method.pop("kind")}, method),
            "parameters": ref("parameters"),
            "criteria": list_of(_criterion()),
            "cap": _criterion(),
            "standards": table({"table": TEXT}),
            "groups": list_of(_group()),
            "gates": list_of(_gate()),
            "limits": list_of(limit()),
            "limit_models": list_of(TEXT),
            "portfolio": table({"figure": TEXT, "article": TEXT}),
            "articles": table({}, dict.fromkeys(Ground, TEXT)),
        }
        | _upkeep(),
    )


def _limit_model() -> Schema:
    return table(
        dated("limit_model") | {"ceilings": list_of(ref("ceiling"))}, {"parameters": ref("parameters")}
    )


def _overlay() -> Schema:
    return table(
        {
            "kind": {"const": "overlay"},
            "over": TEXT,
            "over_version": TEXT,
            "version": TEXT,
            "in_force_from": DAY,
        },
        {"parameters": named_tables(ANSWER), "clearance": one_of(Clearance), "limit_models": list_of(TEXT)},
    )


def _tolerances() -> Schema:
    """Any of them; what is left out stays as shipped."""
    found = {name: table({}, dict(_places_of(name))) for name in tables()}
    jumps = table({}, dict.fromkeys(UNITS, NOT_NEGATIVE))
    head = {"kind": {"const": "tolerances"}, "version": TEXT, "in_force_from": DAY}
    return table(head, {**found, JUMPS: jumps})


def _places_of(name: str) -> Iterator[tuple[str, Schema]]:
    for place in PLACES:
        if place.table == name:
            yield place.key, {"type": "integer" if place.whole else "number", "minimum": place.at_least}


def _grade() -> Schema:
    return table(
        {"code": TEXT, "article": TEXT},
        {
            "rule": one_of(GradeRule),
            "at_least": NUMBER,
            "name": ref("words"),
            "treatment": ref("words"),
            "no_credit": FLAG,
            **OWN_WORDS,
        },
    )


def _parameter() -> Schema:
    return table(
        {"type": one_of(FactType), "article": TEXT, **OWN_WORDS},
        {"value": ANSWER, "suggestion": ANSWER, "suggested_by": ref("words")},
    )


def _criterion() -> Schema:
    return table(
        {"key": TEXT, "grade": TEXT, "article": TEXT, "when": ref("condition"), **OWN_WORDS},
        {"importance": FROM_ZERO},
    )


def _condition() -> Schema:
    """A test of a fact, or conditions joined."""
    inner = ref("condition")
    fact = {"anyOf": [ref("fact"), {"type": "string", "pattern": f"^{re.escape(POINTS)}"}]}
    test = table({"fact": fact, "op": one_of(Comparison)}, {"value": ANSWER, "parameter": TEXT})
    joined = [table({"all": list_of(inner)}), table({"any": list_of(inner)}), table({"not": inner})]
    return {"oneOf": [test, *joined]}


def _group() -> Schema:
    indicator = table(
        {"fact": ref("fact"), "weight": NUMBER, "article": TEXT, "missing": one_of(Missing)},
        _scales() | {"standards": {"const": True}},
    )
    return table(
        {"key": TEXT, "article": TEXT, "weight": NUMBER, "indicators": list_of(indicator), **OWN_WORDS},
        {"min_coverage": PLAIN},
    )


def _scales() -> Schema:
    band = table({"points": NUMBER}, {"below": NUMBER, "up_to": NUMBER, "to": NUMBER})
    return {
        "bands": list_of(band),
        "options": list_of(table({"value": ANSWER, "points": NUMBER})),
    }


def _scale() -> Schema:
    """A fact with its scale, where points are added up."""
    return table({"fact": ref("fact")}, _scales())


def _gate() -> Schema:
    return table(
        {
            "key": TEXT,
            "article": TEXT,
            "when": ref("condition"),
            "effect": one_of(Effect),
            "if_unknown": FLAG,
            **OWN_WORDS,
        },
        {"grade": TEXT, "notches": COUNT},
    )


def _upkeep() -> Schema:
    by_risk = table({"grades": list_of(TEXT), "months": COUNT})
    return {
        "rerating": table(
            {"article": TEXT},
            {
                "months_by_risk": list_of(by_risk),
                "key_customers_months": COUNT,
                "events": list_of(one_of(RatingEvent)),
                "assessors": list_of(one_of(ASSESSORS)),
                "tolerated_days": FROM_ZERO,
                "escalate_days": FROM_ZERO,
            },
        ),
        "override": table(
            {
                "notches_up": FROM_ZERO,
                "notches_down": FROM_ZERO,
                "approvers": list_of(one_of(APPROVERS)),
                "article": TEXT,
            }
        ),
        "appeal": table({"days": COUNT, "article": TEXT}),
        "publication": table({"article": TEXT}, {"allowed": FLAG}),
    }
