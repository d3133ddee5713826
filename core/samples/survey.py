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
from core.samples.shapes import AnswerSample, CustomerSample, LineSample

_FILE = Path(__file__).with_name("surveys.toml")
_DAYS_BEFORE_RATING = 7
_EARLIEST_DAYS_AGO, _LATEST_DAYS_AGO = 200, 20
_YEARLY = ("_last_year", "_year_before")
_ROUND_YUAN = 100


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
        answers[customer.code] = _survey(customer, on, rng)
    return answers


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def _survey(customer: CustomerSample, on: date, rng: Random) -> dict[str, AnswerSample]:
    entry = _file()["customers"][customer.code]
    told: Mapping[str, Any] = {**_file()["profiles"][entry["profile"]], **entry.get("known", {})}
    return {
        key: AnswerSample(
            value=_value(answer, customer.registered_capital, rng),
            source=_file()["sources"][key],
            as_of=date(on.year - 1, 12, 31) if key.endswith(_YEARLY) else on,
        )
        for key, answer in told.items()
        if key not in entry.get("gaps", ())
    }


def _value(answer: Any, capital: Money, rng: Random) -> bool | int | Decimal | Money:
    match answer:
        case {"between": [low, high]}:
            return _between(Decimal(low), Decimal(high), rng)
        case {"of_capital": [low, high]}:
            percent = _between(Decimal(low), Decimal(high), rng)
            # As told in an interview: to the nearest hundred yuan.
            return Money.of(round(capital.amount * percent / 100 / _ROUND_YUAN) * _ROUND_YUAN)
        case str():
            return Decimal(answer)
        case bool() | int():
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
