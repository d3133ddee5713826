"""The sheets of experts (B11 评议): what is marked, and what was given for customers, as the rating takes it."""

import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.queries.office import Office
from core.queries.policies.activation import upcoming
from core.records.review import ReviewSheet
from core.records.tables import table_of
from core.rules.rating.efficacy_tables import ReviewIndicator
from core.rules.rating.expert_sheets import Mark, Sheet
from core.rules.rating.three_tier import ThreeTier
from core.storage.bulk import is_listed, listed
from core.storage.prepared import Prepared

_SHEET = table_of(ReviewSheet)
_GIVEN = Prepared(
    select(_SHEET.c.customer, _SHEET.c.review, _SHEET.c.expert, _SHEET.c.marks, _SHEET.c.known_on)
    .where(is_listed(_SHEET.c.customer), _SHEET.c.known_on <= bindparam("on"))
    .order_by(_SHEET.c.id)
)


class GivenSheets(NamedTuple):
    """The sheets given for one review, and the day of the last."""

    sheets: tuple[Sheet, ...]
    last_given: date


def marked(session: Session, office: Office, on: date) -> tuple[ReviewIndicator, ...]:
    """What experts mark: for the policy in force on a day, and for one that is confirmed to follow it.

    Nothing where none of them asks experts.
    """
    methods = (each.method for each in upcoming(session, office, on))
    tiers = (method for method in methods if isinstance(method, ThreeTier) and method.review_share)
    return tuple({each.key: each for method in tiers for each in method.tables.review}.values())


def given_sheets(session: Session, customers: Collection[int], on: date) -> Mapping[int, GivenSheets]:
    """Each customer's of the newest review for which any were given by the end of `on`; without any it is left out.

    An expert is named by number: two may have one name, and a sheet counts for itself alone.
    """
    by_review: dict[int, dict[int, list[Any]]] = {}
    for row in _GIVEN.rows(session, on=on, **listed(customers)):
        by_review.setdefault(row.customer, {}).setdefault(row.review, []).append(row)
    newest = {customer: reviews[max(reviews)] for customer, reviews in by_review.items()}
    return {
        customer: GivenSheets(tuple(map(_sheet, rows)), max(row.known_on for row in rows))
        for customer, rows in newest.items()
    }


def _sheet(row: Any) -> Sheet:
    return Sheet(str(row.expert), {key: Mark(mark) for key, mark in json.loads(row.marks).items()})
