"""Ratings that are due or that something has happened to are opened for review; late reviews go up (2.5, 2.6)."""

from datetime import date

from core.queries.actor import CLOCK
from core.queries.rating.rerating import reratings_due, reviews_overstayed
from core.services.desk import Desk
from core.services.rating.rerating import EscalateReview, OpenReratings
from core.storage.database import Database
from worker.report import Report

CHUNK = 20
"""Reviews in a transaction: keeps the write lock well under 50 ms."""


async def rerate(day: date, *, database: Database, desk: Desk) -> Report:
    """Found by one question, which locks nothing; opened in chunks that ask again before they write."""
    due = await database.read(lambda session: reratings_due(session, desk.office, day))
    opened = 0
    for start in range(0, len(due), CHUNK):
        opened += await desk.run(database, OpenReratings(due[start : start + CHUNK]), CLOCK)
    late = await database.read(lambda session: reviews_overstayed(session, day))
    escalated = 0
    for review in late:
        escalated += await desk.run(database, EscalateReview(review, day), CLOCK)
    return Report("rerate", day, {"opened": opened, "escalated": escalated})
