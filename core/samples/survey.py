"""The answers of the sample company's surveys (1.3), read from `surveys.toml`."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from core.rules.money import Money
from core.samples.shapes import AnswerSample, CustomerSample, LineSample, SampleValue

_FILE = Path(__file__).with_name("surveys.toml")
_DAYS_BEFORE_RATING = 7
_EARLIEST_DAYS_AGO, _LATEST_DAYS_AGO = 200, 20
_YEARLY = ("_last_year", "_year_before")
_ROUND_YUAN = 100
_YEAR_DAYS = Decimal("365.25")


def surveys(
    customers: Iterable[CustomerSample], lines: Iterable[LineSample], today: date, seed: int
) -> dict[str, dict[str, AnswerSample]]:
    """Every customer's answers by code and fact key; a question without an answer is simply not there.

    A customer with a line was surveyed just before its rating, the others within the year (B9 art. 11).
    """
    rated_on = {line.customer_code: line.rated_on for line in lines}
    answers = {}
    for customer in customers:
        rng = Random(f"{seed}:survey:{customer.code}")  # noqa: S311 (a sample, no secret)
        days_ago = timedelta(days=rng.randint(_LATEST_DAYS_AGO, _EARLIEST_DAYS_AGO))
        rated = rated_on.get(customer.code)
        on = rated - timedelta(days=_DAYS_BEFORE_RATING) if rated else today - days_ago
        # A Random of its own: what B9 asks is answered the same whatever else is asked.
        other = Random(f"{seed}:thorough:{customer.code}")  # noqa: S311 (a sample, no secret)
        answers[customer.code] = _survey(customer, on, rng) | _thorough(customer, on, other)
    return answers


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"), parse_float=Decimal)


def _survey(customer: CustomerSample, on: date, rng: Random) -> dict[str, AnswerSample]:
    entry = _file()["customers"][customer.code]
    told: Mapping[str, Any] = {**_file()["profiles"][entry["profile"]], **entry.get("known", {})}
    return {
        key: _answered(key, answer, _file()["sources"][key], customer, on, rng)
        for key, answer in told.items()
        if key not in entry.get("gaps", ())
    }


def _thorough(customer: CustomerSample, on: date, rng: Random) -> dict[str, AnswerSample]:
    """What any scheme but B9 asks, of the customers that were asked it."""
    thorough = _file()["thorough"]
    own = thorough["customers"].get(customer.code)
    if own is None:
        return {}
    groups = thorough["questions"]
    sources = {fact: group["source"] for group in groups.values() for fact in group["facts"]}
    told: dict[str, Any] = {}
    for part in (thorough["everybody"], thorough["qualities"][own["quality"]], own):
        for key, answer in part.items():
            told |= dict.fromkeys(groups[key]["facts"] if key in groups else [key], answer)
    del told["quality"]
    return {key: _answered(key, answer, sources[key], customer, on, rng) for key, answer in told.items()}


def _answered(
    key: str, answer: Any, source: str, customer: CustomerSample, on: date, rng: Random
) -> AnswerSample:
    as_of = date(on.year - 1, 12, 31) if key.endswith(_YEARLY) else on
    return AnswerSample(_value(answer, customer, on, rng), source, as_of)


def _value(answer: Any, customer: CustomerSample, on: date, rng: Random) -> SampleValue:
    match answer:
        case {"between": [low, high]}:
            return _between(Decimal(low), Decimal(high), rng)
        case {"of_capital": [low, high]}:
            percent = _between(Decimal(low), Decimal(high), rng)
            # As told in an interview: to the nearest hundred yuan.
            return Money.of(
                round(customer.registered_capital.amount * percent / 100 / _ROUND_YUAN) * _ROUND_YUAN
            )
        case {"yuan": amount}:
            return Money.of(amount)
        case {"years_since": "founded"}:
            return round(Decimal((on - customer.founded).days) / _YEAR_DAYS, 1)
        case {"one_of": [*choices]}:
            return _value(rng.choice(choices), customer, on, rng)
        case bool() | int() | Decimal() | str():
            return answer
        case _:
            raise TypeError(f"not an answer: {answer!r}")


def _between(low: Decimal, high: Decimal, rng: Random) -> Decimal:
    """A number of the range, to as many places as its lower end is written with."""
    steps = int((high - low).scaleb(-_places(low)))
    return low + Decimal(rng.randint(0, steps)).scaleb(_places(low))


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "infinities are no ends of a range"
    return exponent
