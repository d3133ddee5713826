"""Statements handed to the driver as it takes them say and do what they do through SQLAlchemy."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import bindparam, case, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from core.records.card_code import CardCode
from core.records.tables import table_of
from core.storage.engines import reader_engine, writer_engine
from core.storage.prepared import Prepared
from core.storage.upgrade import upgrade

AT = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)
_CODE = table_of(CardCode)
ADD = Prepared(insert(_CODE), "code", "card", "got_at", "used")
OF_CARD = Prepared(select(_CODE).where(_CODE.c.card == bindparam("card")).order_by(_CODE.c.code))
USE = Prepared(
    update(_CODE)
    .where(_CODE.c.code == bindparam("this"), ~_CODE.c.used)
    .values(used=True, card=case((_CODE.c.card == "a", "one"), else_=bindparam("otherwise")))
    .returning(_CODE.c.card)
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    upgrade(tmp_path / "zixin.db")
    engine = writer_engine(tmp_path / "zixin.db")
    with Session(engine) as session:
        yield session
    engine.dispose()


def add(session: Session, code: str, card: str = "a", at: datetime = AT) -> None:
    ADD.run(session, code=code, card=card, got_at=at, used=False)


def test_a_row_reads_as_it_would_through_sqlalchemy(session: Session) -> None:
    add(session, "1", at=AT.astimezone(timezone(timedelta(hours=8))))
    [row] = OF_CARD.rows(session, card="a")
    assert row._asdict() == session.execute(select(_CODE)).one()._asdict()
    assert (row.got_at, row.used) == (AT, False)
    assert row.got_at.tzinfo is UTC


def test_by_column_and_as_rows_of_ones_own_it_reads_the_same(session: Session) -> None:
    add(session, "1")
    add(session, "2", at=AT + timedelta(hours=1))
    rows = [tuple(row) for row in session.execute(select(_CODE).order_by(_CODE.c.code))]
    assert list(zip(*OF_CARD.columns(session, card="a"), strict=True)) == rows
    assert Prepared(select(_CODE).order_by(_CODE.c.code), row=lambda *row: row).rows(session) == rows


def test_of_nothing_every_column_is_empty(session: Session) -> None:
    assert [len(column) for column in OF_CARD.columns(session, card="a")] == [0] * len(_CODE.c)


def test_a_moment_without_its_zone_is_refused_here_too(session: Session) -> None:
    with pytest.raises(ValueError, match="time zone"):
        add(session, "1", at=AT.replace(tzinfo=None))


def test_what_an_update_brings_along_and_what_it_is_given_both_count(session: Session) -> None:
    add(session, "1", card="a")
    add(session, "2", card="b")
    returned = [USE.first(session, this=code, otherwise="other") for code in ("1", "2", "2")]
    assert [row and row.card for row in returned] == ["one", "other", None]
    assert all(session.scalars(select(_CODE.c.used)))


def test_it_is_done_for_each_of_many(session: Session) -> None:
    ADD.run_each(session, ({"code": str(n), "card": "a", "got_at": AT, "used": False} for n in range(3)))
    assert [row.code for row in OF_CARD.rows(session, card="a")] == ["0", "1", "2"]


def test_it_is_part_of_the_transaction_and_undone_with_it(session: Session) -> None:
    savepoint = session.begin_nested()
    add(session, "1")
    savepoint.rollback()
    assert OF_CARD.first(session, card="a") is None
    add(session, "2")
    session.rollback()
    assert OF_CARD.rows(session, card="a") == []


def test_in_a_connection_s_own_transaction_it_is_part_of_that(tmp_path: Path) -> None:
    upgrade(tmp_path / "zixin.db")
    engine = writer_engine(tmp_path / "zixin.db")
    with engine.connect() as connection, connection.begin() as transaction:
        session = Session(bind=connection)
        savepoint = connection.begin_nested()
        add(session, "1")
        savepoint.rollback()
        assert OF_CARD.rows(session, card="a") == []
        add(session, "2")
        assert session.scalars(select(_CODE.c.code)).all() == ["2"]
        transaction.rollback()
        assert OF_CARD.rows(session, card="a") == []
        session.close()
    engine.dispose()


def test_a_savepoint_that_is_gone_is_missed_in_sqlalchemy_s_words(session: Session) -> None:
    savepoint = session.connection().begin_nested()
    session.connection().exec_driver_sql("ROLLBACK")  # as SQLite does itself when the disk is full
    with pytest.raises(OperationalError, match="no such savepoint"):
        savepoint.rollback()


def test_a_value_that_is_not_given_is_missed(session: Session) -> None:
    with pytest.raises(KeyError, match="card"):
        OF_CARD.rows(session)


def test_its_errors_are_those_of_sqlalchemy(session: Session, tmp_path: Path) -> None:
    add(session, "1")
    with pytest.raises(IntegrityError, match="UNIQUE"):
        add(session, "1")
    session.commit()
    reader = reader_engine(tmp_path / "zixin.db")
    with Session(reader) as reading, pytest.raises(OperationalError, match="readonly"):
        add(reading, "2")
    reader.dispose()
