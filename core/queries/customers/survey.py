"""What people answered of customers (1.3, 1.4): each fact with its source, its day and who answers for it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.records.survey import Fact
from core.records.tables import table_of
from core.rules.rating.reading import KnownValue
from core.storage.bulk import is_listed, listed
from core.storage.prepared import Prepared
from core.texts.wire import loads

_FACT = table_of(Fact)
_TOLD = select(_FACT.c.customer, _FACT.c.key, _FACT.c.value, _FACT.c.source, _FACT.c.as_of, _FACT.c.by)
_CURRENT = Prepared(_TOLD.where(_FACT.c.customer == bindparam("customer"), _FACT.c.current))
_KNOWN_ON = Prepared(
    _TOLD.where(is_listed(_FACT.c.customer), _FACT.c.known_on <= bindparam("on")).order_by(
        _FACT.c.customer, _FACT.c.id
    )
)


class KnownFact(NamedTuple):
    """What is known of one fact, and where it is from."""

    key: str
    value: KnownValue
    source: str
    as_of: date
    by: int | None
    """None: nobody said so, it was worked out."""


def survey_facts(session: Session, customer: int) -> dict[str, KnownFact]:
    """The answers that count, by fact key. None: “asked, and not to be had”."""
    return {row.key: _fact(*row[1:]) for row in _CURRENT.rows(session, customer=customer)}


def answers_of_many(
    session: Session, customers: Collection[int], on: date
) -> Mapping[int, Sequence[KnownFact]]:
    """Every answer of customers that was known at the end of `on`, each customer's in the order they were given.

    Who was never asked is left out.
    """
    answers: dict[int, list[KnownFact]] = {}
    for customer, *told in _KNOWN_ON.rows(session, on=on, **listed(customers)):
        answers.setdefault(customer, []).append(_fact(*told))
    return answers


def _fact(key: str, value: str, source: str, as_of: date, by: int) -> KnownFact:
    return KnownFact(key, _value(value), source, as_of, by)


@lru_cache(maxsize=4096)
def _value(text: str) -> KnownValue:
    """Of many customers a few answers are given again and again."""
    value: KnownValue = loads(text)
    return value
