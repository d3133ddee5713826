"""Many rows and long lists go to the database at once, and say what they would say one by one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, String, Table, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.records.columns import Moment
from core.storage.bulk import insert_columns, is_listed, listed
from core.storage.engines import writer_engine
from core.storage.once import insert_unless_there

ENTRY = Table(
    "entry",
    MetaData(),
    Column("name", String, unique=True),
    Column("amount", Integer),
    Column("on", Date),
    Column("at", Moment),
    Column("note", String),
)
DAY = date(2026, 3, 4)
MOMENT = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = writer_engine(tmp_path / "zixin.db")
    with engine.connect() as connection, connection.begin():
        ENTRY.create(connection)
        with Session(bind=connection) as session:
            yield session
    engine.dispose()


def test_rows_by_column_read_back_as_rows(session: Session) -> None:
    insert_columns(
        session,
        insert(ENTRY),
        {"on": [DAY, None, DAY], "name": ["甲", "O'Neill", "c"], "amount": [1, 2, 3], "at": [MOMENT] * 3},
    )
    assert session.execute(select(ENTRY)).all() == [
        ("甲", 1, DAY, MOMENT, None),
        ("O'Neill", 2, None, MOMENT, None),
        ("c", 3, DAY, MOMENT, None),
    ]


def test_columns_of_different_length_are_no_rows(session: Session) -> None:
    with pytest.raises(ValueError, match="shorter"):
        insert_columns(session, insert(ENTRY), {"name": ["a", "b"], "amount": [1]})


def test_a_row_that_breaks_a_rule_is_told_as_by_any_insert(session: Session) -> None:
    with pytest.raises(IntegrityError):
        insert_columns(session, insert(ENTRY), {"name": ["a", "a"]})


def test_rows_that_are_there_are_passed_over_where_the_insert_says_so(session: Session) -> None:
    insert_columns(session, insert(ENTRY), {"name": ["a"], "amount": [1]})
    unless_there = insert_unless_there(session, ENTRY, "name")
    insert_columns(session, unless_there, {"name": ["a", "b"], "amount": [2, 2]})
    assert session.execute(select(ENTRY.c.name, ENTRY.c.amount)).all() == [("a", 1), ("b", 2)]


def test_a_list_finds_its_rows_whatever_its_length_and_its_marks(session: Session) -> None:
    names = ["甲", 'a "quoted" one', "O'Neill", "back\\slash", "1"]
    insert_columns(session, insert(ENTRY), {"name": names, "amount": range(5)})
    found = select(ENTRY.c.name).where(is_listed(ENTRY.c.name)).order_by(ENTRY.c.amount)
    many = [f"I{number}" for number in range(50_000)]
    assert session.scalars(found, listed([*many, *names])).all() == names
    assert session.scalars(found, listed(many)).all() == []
    assert session.scalars(found, listed([])).all() == []


def test_numbers_are_listed_as_numbers(session: Session) -> None:
    insert_columns(session, insert(ENTRY), {"name": ["a", "b"], "amount": [1, 2]})
    found = select(ENTRY.c.name).where(is_listed(ENTRY.c.amount))
    assert session.scalars(found, listed({2, 3})).all() == ["b"]
