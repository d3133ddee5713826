"""The shapes of limits and their ceilings."""

from collections.abc import Iterable

from core.policies.ceilings_file import ALL_FEATURES, ARGUMENTS
from core.policies.limits_file import Opens, Refused
from core.policies.schema.shapes import FLAG, NUMBER, OWN_WORDS, TEXT, Schema, list_of, one_of, ref, table
from core.rules.limits.limit_rules import CeilingName, CreditKind, Model


def limit() -> Schema:
    """One rule: for which grades and credit, from which ceilings, for how long; or why there is none."""
    return table(
        {"article": TEXT},
        {
            "grade": TEXT,
            "grades": list_of(TEXT),
            "credit": one_of(CreditKind),
            "had_credit": FLAG,
            "ceilings": list_of(ref("ceiling")),
            "term_days": NUMBER,
            "key_term_days": NUMBER,
            "term_fact": ref("fact"),
            "longest_days": NUMBER,
            "only_when_necessary": FLAG,
            "refusal": one_of(Refused),
            "opens": one_of(Opens),
        },
    )


def ceiling() -> Schema:
    """One of ledger or request, a fact times a factor, so many yuan, or a model with its arguments."""
    common = {"article": TEXT, "hard": FLAG}
    named = common | {"name": TEXT} | OWN_WORDS
    known = table(common | {"name": one_of(CeilingName)})
    times = table(named | {"fact": ref("fact"), "times": NUMBER})
    fixed = table(named | {"amount": NUMBER})
    models = [
        table(
            named | {"model": {"const": model}} | dict.fromkeys(_needed(numbers), NUMBER) | _special(model),
            dict.fromkeys(facts, ref("fact")) | dict.fromkeys(numbers, NUMBER),
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
            return {"points": list_of(ref("scale"))}
        case Model.FEATURES:
            step = table({"from": NUMBER}, {"added": NUMBER})
            return {"weights": table(dict.fromkeys(ALL_FEATURES, NUMBER)), "adjustments": list_of(step)}
        case _:
            return {}
