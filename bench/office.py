"""A company for the benches: an office of its own, and people and customers by the thousand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from core.clock import Clock
from core.policies.library import SHIPPED, Library
from core.queries.office import Office
from core.records.customer import Customer
from core.records.staff import Binding, Holding, Person
from core.records.tables import table_of
from core.settings import Settings
from core.storage.engines import writer_engine
from core.storage.secrets import Vault
from core.storage.upgrade import upgrade

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
_SAMPLE_POLICY = Path(__file__).parents[1] / "core" / "samples" / "policy"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the staff: the number is the address in the channel, too."""

    number: int
    role: str
    region: str = ""


def office(path: Path, clock: Clock) -> Office:
    """The office of a company with its database at ``path`` and the sample company's policy."""
    settings = Settings(database_url=f"sqlite+aiosqlite:///{path}", _env_file=None)
    return Office(settings, Library([SHIPPED, _SAMPLE_POLICY]), clock, Vault(settings))


@contextmanager
def settling(path: Path) -> Iterator[Session]:
    """A new database, for a bench to put in what it needs."""
    upgrade(path)
    engine = writer_engine(path)
    with Session(engine) as session, session.begin():
        yield session
    engine.dispose()


def add(session: Session, records: Sequence[SQLModel]) -> None:
    """Records of one kind, in one statement."""
    rows = [record.model_dump(exclude_none=True) for record in records]
    session.execute(insert(table_of(type(records[0]))), rows)


def add_staff(session: Session, channel: str, staff: Sequence[Member]) -> None:
    """People who can be reached in a channel."""
    add(session, [Person(id=one.number, name=f"员工{one.number}", region=one.region) for one in staff])
    add(session, [Holding(person=one.number, role=one.role) for one in staff])
    add(
        session,
        [
            Binding(
                id=one.number,
                channel=channel,
                address=str(one.number),
                person=one.number,
                made_at=SINCE,
                used_at=SINCE,
            )
            for one in staff
        ],
    )


def customer(number: int, code: str, owner: int, region: str = "") -> Customer:
    """A customer with nothing but a name and somebody who looks after it."""
    name = f"华东机械{number}厂"
    return Customer(
        id=number, code=code, name=name, name_key=name, region=region, owner=owner, opened_at=SINCE
    )
