"""How the story ends: what must be the same however often the bot was killed, and what may differ by how much."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from core.queries.audit import verify
from core.queries.ledger.exposure import exposure
from core.storage.engines import writer_engine
from core.texts.wire import loads
from tests.reliability.journal import Journal, Shown

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Ending:
    """Everything that a crash must not change."""

    decisions: Rows
    lines: Rows
    invoices: Rows
    exposure: Rows
    """Each customer's, by the query that the deal check asks."""
    audit: Rows
    """What is on record, without the seals: chunks of an import may be cut differently."""
    imported: list[int]
    """The rows of the file, in the order in which the audit trail says that they were booked."""
    conversations: Rows
    updates: Rows
    messages: Rows
    read: Rows
    """What every message says in the end to whoever reads it."""

    def differences(self, other: "Ending") -> Iterator[str]:
        for field in fields(self):
            mine, theirs = getattr(self, field.name), getattr(other, field.name)
            if mine != theirs:
                missing = [row for row in mine if row not in theirs]
                added = [row for row in theirs if row not in mine]
                yield f"{field.name}: missing {missing[:3]}, instead {added[:3]}"


def ending(path: Path, journal: Journal) -> Ending:
    """Read the database as the last life left it. Raises AssertionError where the audit trail is not whole."""
    engine = writer_engine(path)
    try:
        with engine.connect() as connection:
            return _read(connection, journal)
    finally:
        engine.dispose()


def _read(connection: Connection, journal: Journal) -> Ending:
    def rows(statement: str) -> Rows:
        return [tuple(row) for row in connection.execute(text(statement))]

    session = Session(bind=connection)
    verified = verify(session)
    assert verified.whole, f"the audit trail breaks at record {verified.broken}"
    audit = rows("select actor, action, subject, data from audit order by seq")
    customers = [number for (number,) in rows("select id from customer order by id")]
    return Ending(
        decisions=rows(
            "select r.number, r.state, r.version, r.granted_minor, s.step, s.role, s.person, s.verdict"
            " from request r left join signature s on s.request = r.id order by r.id, s.id"
        ),
        lines=rows("select customer, limit_minor, starts, ends, state, request from line order by id"),
        invoices=rows("select customer, count(*), sum(amount_minor) from invoice group by customer"),
        exposure=[(number, exposure(session, number).minor) for number in customers],
        audit=[row for row in audit if row[1] != "import.booked"],
        imported=[
            row for entry in audit if entry[1] == "import.booked" for row in _booked(loads(entry[3])["rows"])
        ],
        conversations=rows("select conversation, person, state, version from session order by conversation"),
        updates=rows("select channel, key, state from inbox order by id"),
        messages=rows("select conversation, key, card, body, state from outbox order by id"),
        read=_read_by_people(rows("select id, external_id from outbox order by id"), journal.chats()),
    )


def _booked(span: list[int]) -> range:
    first, last = span
    return range(first, last + 1)


def _read_by_people(sent: Rows, chats: dict[str, Shown]) -> Rows:
    return [(number, chats[shown].now if shown in chats else "never arrived") for number, shown in sent]


def repeats(calm: Journal, killed: Journal) -> Iterator[str]:
    """Where a message was lost, or told more often than once in each life. ``calm`` is the story without a crash."""
    expected = Counter(_content(one) for one in calm.chats().values())
    copies: Counter[tuple[str, ...]] = Counter()
    for (content, life), number in Counter(
        (_content(one), one.life) for one in killed.chats().values()
    ).items():
        copies[content] += number
        if number > expected[content]:
            yield f"life {life} told {number} times: {content}"
    for content, number in expected.items():
        if copies[content] < number:
            yield f"told {copies[content]} instead of {number} times: {content}"


def repeated(calm: Journal, killed: Journal) -> int:
    """How many messages more than in the story without a crash."""
    return killed.count("sent") - calm.count("sent")


def _content(message: Shown) -> tuple[str, ...]:
    return (message.to, *message.arrived)
