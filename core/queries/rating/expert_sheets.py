"""The sheets that experts gave for a customer, as the rating takes them (B11 评议)."""

import json
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.records.review import ReviewSheet
from core.records.tables import table_of
from core.rules.rating.review import Mark, Sheet

_SHEET = table_of(ReviewSheet)


def given_sheets(session: Session, customer: int, on: date) -> tuple[tuple[Sheet, ...], date | None]:
    """Those of the newest review for which any were given by the end of `on`, with the day of the last; none before.

    An expert is named by number: two may have one name, and a sheet counts for itself alone.
    """
    given = (_SHEET.c.customer == customer, _SHEET.c.known_on <= on)
    newest = select(func.max(_SHEET.c.review)).where(*given).scalar_subquery()
    rows = session.execute(
        select(_SHEET.c.expert, _SHEET.c.marks, _SHEET.c.known_on)
        .where(*given, _SHEET.c.review == newest)
        .order_by(_SHEET.c.id)
    ).all()
    sheets = tuple(
        Sheet(str(row.expert), {key: Mark(mark) for key, mark in json.loads(row.marks).items()})
        for row in rows
    )
    return sheets, max((row.known_on for row in rows), default=None)
