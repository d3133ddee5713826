"""The schema of a fact vocabulary."""

from itertools import product

from core.policies.facts import ASKED, KEY, SOURCES
from core.policies.schema.shapes import OWN_WORDS, TEXT, Schema, dated, list_of, one_of, ref, schema, table
from core.rules.policy.facts import FactType
from core.rules.statements.ratios import UNITS


def facts_schema() -> Schema:
    """The schema of a file of kind ``facts``: what is asked has a question, a choice has its answers."""
    facts = [_fact(asked=asked, choice=choice) for asked, choice in product((True, False), repeat=2)]
    whole = table(dated("facts") | {"facts": list_of(ref("fact"))})
    return schema("Zixin facts", whole, {"fact": {"oneOf": facts}})


def _fact(*, asked: bool, choice: bool) -> Schema:
    others = [kind for kind in FactType if kind is not FactType.CHOICE]
    required = {
        "key": {"type": "string", "pattern": f"^{KEY.pattern}$"},
        "type": {"const": str(FactType.CHOICE)} if choice else one_of(others),
        "source": {"const": ASKED} if asked else one_of(each for each in SOURCES if each != ASKED),
        **OWN_WORDS,
    }
    if asked:
        required["question"] = ref("words")
    if choice:
        required["choices"] = list_of(table({"value": TEXT, **OWN_WORDS}))
    bounds = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
    return table(required, {"unit": TEXT, "range": bounds, "ratio": one_of(UNITS)})
