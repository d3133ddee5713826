"""Putting the reviews in which the sample company's experts gave their sheets into the database."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.records.review import RatingReview, ReviewSheet
from core.records.tables import table_of
from core.rules.lifecycles.review_lifecycle import Cause, ReviewState
from core.samples.shapes import ReviewSample

_REVIEW, _SHEET = table_of(RatingReview), table_of(ReviewSheet)
_MORNING = time(10)


def load_sheets(
    session: Session,
    reviews: tuple[ReviewSample, ...],
    ids: Mapping[str, int],
    people: Mapping[str, int],
    zone: ZoneInfo,
) -> None:
    """Each review as its assessor opened and closed it, with the sheets that were given in between."""
    by_day = sorted(reviews, key=lambda each: (each.on, each.customer_code))
    session.execute(
        insert(_REVIEW),
        [
            {
                "number": f"RR-{year}-{place:04d}",
                "customer": ids[one.customer_code],
                "cause": Cause.MANUAL,
                "about": one.about,
                "state": ReviewState.WITHDRAWN,
                "version": 2,
                "opened_by": people[one.asked_by],
                "opened_on": one.on,
                "opened_at": _morning(one.on, zone),
                "due_on": one.on,
                "assessor": people[one.asked_by],
                "reason": "",
                "answer": one.closed,
                "ended_at": _morning(one.on, zone),
            }
            for year, of_year in groupby(by_day, key=lambda each: each.on.year)
            for place, one in enumerate(of_year, 1)
        ],
    )
    review_of = {row.customer: row.id for row in session.execute(select(_REVIEW.c.customer, _REVIEW.c.id))}
    session.execute(
        insert(_SHEET),
        [
            {
                "review": review_of[ids[one.customer_code]],
                "customer": ids[one.customer_code],
                "expert": people[sheet.expert],
                "asked_by": people[one.asked_by],
                "asked_at": _morning(one.on, zone),
                "marks": json.dumps(dict(sheet.marks), sort_keys=True),
                "given_at": _morning(one.on, zone),
                "known_on": one.on,
            }
            for one in by_day
            for sheet in one.sheets
        ],
    )


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, _MORNING, zone)
