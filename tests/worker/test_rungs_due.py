"""The reminder ladder as a query over the ledger says the same as the rule (6.1)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, insert
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

import core.records  # noqa: F401 -- makes the schema known
from core.queries.ledger.due import RungDue, rungs_due, still_chased
from core.records.collection import Reminder
from core.records.ledger import Invoice
from core.records.tables import table_of
from core.rules.receivables.ladder import Ladder, Rung, next_rung

TODAY = date(2026, 3, 4)
INVOICE, REMINDER = table_of(Invoice), table_of(Reminder)

days = st.integers(-40, 120)
ladders = st.sets(st.integers(-20, 100), max_size=7).map(
    lambda rungs: Ladder(tuple(Rung(day, "sales") for day in sorted(rungs)))
)
items = st.fixed_dictionaries(
    {
        "late": days,
        "kind": st.sampled_from(["invoice", "invoice", "invoice", "credit_note"]),
        "status": st.sampled_from(["open", "open", "open", "settled"]),
        "open": st.integers(1, 3),
        "disputed": st.integers(0, 3),
        "climbed": st.dictionaries(st.integers(0, 6), st.integers(-3, 5), max_size=4),
    }
)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as found:
        yield found
    engine.dispose()


@settings(max_examples=300, deadline=None)
@given(ladder=ladders, ledger=st.lists(items, max_size=12))
def test_the_query_climbs_what_the_rule_climbs(session: Session, ladder: Ladder, ledger: list[dict]) -> None:
    session.execute(delete(REMINDER))
    session.execute(delete(INVOICE))
    expected, open_for_reminding = set(), set()
    for number, item in enumerate(ledger, 1):
        due = TODAY - timedelta(days=item["late"])
        climbed = {
            ladder.rungs[index].days: TODAY - timedelta(days=ago)
            for index, ago in item["climbed"].items()
            if index < len(ladder.rungs)
        }
        session.execute(
            insert(INVOICE),
            {
                "id": number,
                "number": str(number),
                "customer": 1,
                "kind": item["kind"],
                "issued": due,
                "due": due,
                "currency": "CNY",
                "amount_minor": 3,
                "disputed_minor": item["disputed"],
                "open_minor": item["open"],
                "status": item["status"],
            },
        )
        for rung, told in climbed.items():
            session.execute(
                insert(REMINDER), {"invoice": number, "rung": rung, "due_on": told, "told_on": told}
            )
        chased = item["kind"] == "invoice" and item["status"] == "open" and item["disputed"] < item["open"]
        open_for_reminding |= {number} if chased else set()
        rung = next_rung(ladder, due, TODAY, climbed, max(climbed.values(), default=None)) if chased else None
        if rung is not None:
            expected.add(RungDue(number, rung.days, due + timedelta(days=rung.days)))

    found = rungs_due(session, ladder, TODAY)

    assert list(found) == sorted(expected)
    some = range(1, len(ledger) + 1, 2)
    assert still_chased(session, list(some)) == open_for_reminding & set(some)
