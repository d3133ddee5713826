"""As much of JSON Schema as the schemas of policy files use, for holding the shipped files against it."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str, date),
    "number": (int, Decimal),
    "integer": (int,),
    "boolean": (bool,),
}
USED = {
    *(
        "$schema",
        "title",
        "$defs",
        "$ref",
        "oneOf",
        "anyOf",
        "enum",
        "const",
        "type",
        "required",
        "properties",
        "additionalProperties",
    ),
    *("items", "minItems", "maxItems", "minLength", "minimum", "format", "description", "pattern"),
}


def faults(schema: dict[str, Any], root: dict[str, Any], value: Any, at: str = "") -> Iterator[str]:
    """Where a value does not have the shape that the schema says."""
    assert schema.keys() <= USED, schema.keys() - USED
    if "$ref" in schema:
        yield from faults(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, value, at)
    for several in ("oneOf", "anyOf"):
        if several in schema:
            fits = sum(not list(faults(each, root, value, at)) for each in schema[several])
            if fits != 1 and (several == "oneOf" or not fits):
                yield f"{at}: fits {fits} of {several}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of them"
    if "type" in schema and not _is(value, schema["type"]):
        yield f"{at}: {value!r} is no {schema['type']}"
        return
    if "minimum" in schema and isinstance(value, int | Decimal) and value < schema["minimum"]:
        yield f"{at}: {value!r} is below {schema['minimum']}"
    if isinstance(value, str) and len(value) < schema.get("minLength", 0):
        yield f"{at}: empty"
    if "pattern" in schema and not re.search(schema["pattern"], str(value)):
        yield f"{at}: {value!r} is not of the pattern"
    if isinstance(value, dict):
        yield from _of_table(schema, root, value, at)
    if isinstance(value, list) and "items" in schema:
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{at}: {len(value)} of them"
        for place, each in enumerate(value):
            yield from faults(schema["items"], root, each, f"{at}[{place}]")


def _of_table(schema: dict[str, Any], root: dict[str, Any], value: dict[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}: no {key}" for key in schema.get("required", ()) if key not in value)
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for key, each in value.items():
        if key in known:
            yield from faults(known[key], root, each, f"{at}.{key}")
        elif others is False:
            yield f"{at}: unknown {key}"
        elif isinstance(others, dict):
            yield from faults(others, root, each, f"{at}.{key}")


def _is(value: object, names: str | list[str]) -> bool:
    wanted = [names] if isinstance(names, str) else names
    if isinstance(value, bool):
        return "boolean" in wanted
    return any(isinstance(value, kind) for name in wanted for kind in _TYPES[name])
