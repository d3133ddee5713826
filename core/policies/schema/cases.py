"""The schema of the cases beside a policy: customers by what is known of them, and what is due to each."""

from core.policies.cases import KNOWN_AMOUNTS, LIMIT_WORDS, STATED_LISTS, STATED_OF_LIMIT, STATED_TEXTS
from core.policies.fact_values import NO, YES
from core.policies.schema.shapes import (
    ANSWER,
    COUNT,
    FLAG,
    FROM_ZERO,
    OWN_WORDS,
    PLAIN,
    TEXT,
    Schema,
    list_of,
    named_tables,
    one_of,
    ref,
    schema,
    table,
)
from core.rules.limits.limit_rules import CreditKind
from core.rules.policy.facts import FactKind, FactType, Vocabulary
from core.rules.rating.expert_sheets import Mark
from core.rules.rating.standards import LEVELS, Direction
from core.rules.statements.ratios import UNITS, Unit

_YUAN: Schema = {"type": "integer"}
_WRITTEN: Schema = {"type": ["number", "string"]}
"""A number, or one as it is written in chat: ``65%``, ``30万``."""


def cases_schema(vocabulary: Vocabulary) -> Schema:
    """The schema of a file of kind ``cases``; facts are those of the vocabulary, by key or Chinese name."""
    names = [name for kind in vocabulary.kinds for name in (kind.key, kind.zh)]
    whole = table(
        {
            "kind": {"const": "cases"},
            "policy": TEXT,
            "customers": named_tables(ref("known")),
            "ratings": list_of(_rating()),
        },
        {"parameters": named_tables(ANSWER), "standards": list_of(_standards()), "limits": list_of(_limit())},
    )
    known = {name: _value(kind) for kind in vocabulary.kinds for name in (kind.key, kind.zh)}
    return schema("Zixin cases", whole, {"known": table({}, known), "name": one_of(names)})


def _value(kind: FactKind) -> Schema:
    """What may stand for a fact."""
    match kind.kind:
        case FactType.YES_NO:
            return {"anyOf": [FLAG, one_of(sorted(YES | NO))]}
        case FactType.CHOICE:
            return one_of(name for each in kind.choices for name in (each.value, each.zh, each.en))
        case FactType.DATE:
            return {"type": "string"}
        case FactType.TEXT:
            return TEXT
        case FactType.SHEETS:
            marks = named_tables(one_of(Mark))
            return {"type": "array", "items": table({"expert": TEXT, "marks": marks})}
        case _:
            return _WRITTEN


def _rating() -> Schema:
    optional: Schema = {
        "but": ref("known"),
        "not_known": list_of(ref("name")),
        "grade": TEXT,
        "score": PLAIN,
        "conflict": FLAG,
        "limit": {"anyOf": [_YUAN, one_of(LIMIT_WORDS)]},
        "term_days": FROM_ZERO,
    }
    optional |= dict.fromkeys(STATED_LISTS, list_of(TEXT)) | dict.fromkeys(STATED_TEXTS, TEXT)
    return table({"like": TEXT, **OWN_WORDS}, optional)


def _limit() -> Schema:
    required: Schema = {
        "credit": one_of(CreditKind),
        "asked": _YUAN,
        "had_credit": FLAG,
        "months_with_business": FROM_ZERO,
        "limit": _YUAN,
        **OWN_WORDS,
    }
    optional: Schema = {"grade": TEXT, "is_new": FLAG, "term_days": COUNT, "only_when_necessary": FLAG}
    optional |= dict.fromkeys(KNOWN_AMOUNTS, _YUAN) | dict.fromkeys(STATED_OF_LIMIT, list_of(TEXT))
    return table(required, optional)


def _standards() -> Schema:
    required: Schema = {
        "ratio": one_of(UNITS),
        "unit": one_of(Unit),
        "direction": one_of(Direction),
        "values": {"type": "array", "items": PLAIN, "maxItems": len(LEVELS)},
    }
    return table(required, {"industry": TEXT, "size": TEXT})
