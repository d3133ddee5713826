"""What was meant by a value that TOML cannot read: ``是``, ``60天``, ``20%``, ``1,000,000``, the 30th of February."""

import re
from dataclasses import dataclass
from datetime import date

from core.policies.written_numbers import as_day, as_number

_PAIR = re.compile(r"(?:^\s*|[{,]\s*)([\w-]+)\s*=\s*([^\s,{}\[\]][^,{}\[\]]*)")
_GROUPED = re.compile(r"(?:^\s*|[{,]\s*)([\w-]+)\s*=\s*(\d{1,3}(?:,\d{3})+)\s*(?=[,}]|$)")
_VALUE = re.compile(
    r'""|true|false|[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf|nan)|\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d'
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HOUR = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?")
_YES, _NO = {"yes", "true", "是", "有"}, {"no", "false", "否", "无", "没有"}


@dataclass(frozen=True, slots=True)
class ValueSlip:
    """The value as it was written, the key of what is wrong with it, and how it is written right."""

    value: str
    problem: str
    example: str


def value_slip(masked: str) -> ValueSlip | None:
    """The first value that cannot be read in a line whose texts are emptied; None where all can be."""
    if grouped := _GROUPED.search(masked):
        return _number(grouped[1], grouped[2])
    for found in _PAIR.finditer(masked):
        key, raw = found[1], found[2].strip()
        if _DAY.fullmatch(raw) and not _is_day(raw):
            return ValueSlip(raw, "no_such_day", f"{key} = {raw[:5]}01-01")
        if not _VALUE.fullmatch(raw) and '"' not in raw and "=" not in raw:
            return _meant(key, raw)
    return None


def _meant(key: str, raw: str) -> ValueSlip:
    if raw.lower() in _YES | _NO:
        return ValueSlip(raw, "not_true_or_false", f"{key} = {str(raw.lower() in _YES).lower()}")
    if hour := _HOUR.fullmatch(raw):
        return ValueSlip(raw, "not_an_hour", f"{key} = {int(hour[1]):02}:{hour[2]}:00")
    if day := as_day(raw):
        return ValueSlip(raw, "not_a_day", f"{key} = {day}")
    return _number(key, raw) or ValueSlip(raw, "no_quotes", f'{key} = "{raw}"')


def _number(key: str, raw: str) -> ValueSlip | None:
    number = as_number(raw, key)
    return ValueSlip(raw, "not_bare", f"{key} = {number}") if number else None


def _is_day(raw: str) -> bool:
    try:
        date.fromisoformat(raw)
    except ValueError:
        return False
    return True
