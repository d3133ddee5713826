"""Facts and outcomes of many customers as text (2.9): JSON with decimals as bare numbers, so that it is short and quickly made.

Read back, a decimal without a fraction is a whole number: no rule tells the two apart.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from core.texts.wire import as_sheets, dumps, revived


def kept_text(value: Any) -> str:
    """The value as text; the same value gives the same text. Decimals are finite."""
    return _WRITERS.get(type(value), dumps)(value)


def kept_value(text: str) -> Any:
    """What `kept_text` was given, from its text."""
    value = json.loads(text, object_hook=revived, parse_float=Decimal)
    return [as_sheets(each) for each in value] if isinstance(value, list) else value


def _mapping(value: Mapping[str, Any]) -> str:
    return "{" + ",".join(f"{encode_basestring(key)}:{kept_text(value[key])}" for key in sorted(value)) + "}"


def _sequence(value: Sequence[Any]) -> str:
    # Nearly all that is kept of many customers is decimals.
    return "[" + ",".join([str(each) if type(each) is Decimal else kept_text(each) for each in value]) + "]"


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    Decimal: str,
    type(None): lambda _value: "null",
    bool: lambda value: "true" if value else "false",
    int: str,
    str: encode_basestring,
    dict: _mapping,
    list: _sequence,
    tuple: _sequence,
}
