"""The credit lines the sample company granted before the sample begins, read from `lines.toml`."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from core.rules.calendar import add_months
from core.rules.money import Money
from core.samples.shapes import LineSample

_FILE = Path(__file__).with_name("lines.toml")
_RATING_MONTHS = 12
_LINE_MONTHS = 12
_USUAL_TERM = 30
_DAYS_TO_GRANT = 6


def credit_lines(today: date) -> tuple[LineSample, ...]:
    """The lines as of a day, in the order of customer codes."""
    return tuple(_line(code, entry, today) for code, entry in _entries().items())


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def _line(code: str, entry: dict[str, Any], today: date) -> LineSample:
    rated_on, rated_until = _rating(entry, today)
    starts, ends = _life(entry, rated_on, today)
    return LineSample(
        customer_code=code,
        kind=entry.get("kind", "long_term"),
        limit=Money.of(entry["limit"]),
        term_days=entry.get("term", _USUAL_TERM),
        starts=starts,
        ends=ends,
        grade=entry["grade"],
        rated_on=rated_on,
        rated_until=rated_until,
        collateral=Money.of(entry["collateral"]) if "collateral" in entry else None,
    )


def _rating(entry: dict[str, Any], today: date) -> tuple[date, date]:
    if "rating_ends_in" in entry:
        until = today + timedelta(days=entry["rating_ends_in"])
        return add_months(until, -_RATING_MONTHS), until
    on = today - timedelta(days=entry["rated"])
    return on, add_months(on, _RATING_MONTHS)


def _life(entry: dict[str, Any], rated_on: date, today: date) -> tuple[date, date]:
    one_day = timedelta(days=1)
    if "ended" in entry:
        ends = today - timedelta(days=entry["ended"])
        return add_months(ends, -_LINE_MONTHS) + one_day, ends
    starts = rated_on + timedelta(days=_DAYS_TO_GRANT)
    return starts, add_months(starts, _LINE_MONTHS) - one_day
