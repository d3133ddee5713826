"""The shapes that schemas of policy files are put together from."""

from collections.abc import Iterable
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
PLAIN: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 1}
FROM_ZERO: Schema = {"type": "integer", "minimum": 0}
NOT_NEGATIVE: Schema = {"type": "number", "minimum": 0}
ANSWER: Schema = {"type": ["boolean", "number", "string"]}
NUMBER: Schema = {
    "description": "A number, or the key of the parameter that holds it",
    "type": ["number", "string"],
}
OWN_WORDS = {"zh": TEXT, "en": TEXT}
"""Words of a table, in both languages, beside what else it holds."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(title: str, shape: Schema, definitions: Schema) -> Schema:
    """A whole schema; its shapes are named by `ref`."""
    return {
        "$schema": _DIALECT,
        "title": title,
        **shape,
        "$defs": {"words": table(OWN_WORDS)} | definitions,
    }


def dated(kind: str) -> Schema:
    """What every dated file says of itself."""
    return {
        "kind": {"const": kind},
        "id": TEXT,
        "version": TEXT,
        "in_force_from": DAY,
        "document": TEXT,
        "title": ref("words"),
    }


def table(required: Schema, optional: Schema | None = None) -> Schema:
    """A table with these keys and no others."""
    return {
        "type": "object",
        "required": list(required),
        "properties": (optional or {}) | required,
        "additionalProperties": False,
    }


def named_tables(of: Schema) -> Schema:
    """A table whose keys are names."""
    return {"type": "object", "additionalProperties": of}


def list_of(of: Schema) -> Schema:
    """A list that is not empty."""
    return {"type": "array", "items": of, "minItems": 1}


def one_of(choices: Iterable[str]) -> Schema:
    """One of these words."""
    return {"enum": [str(choice) for choice in choices]}


def ref(name: str) -> Schema:
    """A shape of the schema, by its name."""
    return {"$ref": f"#/$defs/{name}"}
