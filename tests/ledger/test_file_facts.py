"""What a customer's file said on any day, whatever is changed and when (1.1, 1.9): held against a diary kept beside it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from core.clock import day_of
from core.queries.actor import OPERATOR
from core.queries.customers.facts import Known, facts_of_many, known_facts
from core.queries.customers.file_fields import FileField, file_value
from core.records.customer import Customer
from core.rules.money import Money
from core.services.customers.customer import OpenCustomer, open_customer
from core.services.customers.file_change import ChangeCustomer, change_customer
from core.services.work import Work
from tests.ledger.books import office
from tests.support.prepared import shipped_library

OFFICE = office(shipped_library())
SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)
CUSTOMERS = 3
CHANGES = st.tuples(
    st.integers(0, CUSTOMERS - 1),
    st.one_of(
        st.tuples(st.just("industry"), st.sampled_from([None, "retail", "manufacturing"])),
        st.tuples(st.just("size"), st.sampled_from([None, "small", "large"])),
        st.tuples(st.just("registered_capital"), st.sampled_from([None, Money.of(0), Money.of(5_000_000)])),
        st.tuples(st.just("phone"), st.just("021-1")),
    ),
)
OPENED = st.fixed_dictionaries(
    {
        "industry": st.sampled_from(["", "retail"]),
        "size": st.sampled_from(["", "medium"]),
        "registered_capital": st.sampled_from([None, Money.of(0), Money.of(30_000_000)]),
    }
)
"""What a file is opened with."""
STEPS = st.lists(st.tuples(st.integers(0, 40), CHANGES), min_size=8, max_size=25)
"""Hours that go by, and who is changed how."""


@dataclass
class Diary:
    """What each file said at the end of each day, written down by hand."""

    said: dict[int, dict[date, dict[str, Any]]] = field(default_factory=dict)

    def notes(self, customer: int, at: datetime, **now: Any) -> None:
        pages, day = self.said.setdefault(customer, {}), day_of(at, SHANGHAI)
        pages[day] = {**(pages[max(pages)] if pages else {}), **now}

    def on(self, customer: int, day: date) -> Mapping[str, Any]:
        written = [each for each in self.said[customer] if each <= day]
        page = self.said[customer][max(written)] if written else {}
        return {key: value for key, value in page.items() if value is not None and value != ""}


@contextmanager
def an_empty_company() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def on_file(known: Known) -> Mapping[str, Any]:
    return {key: fact.value for key, fact in known.items() if fact.source == "customer_file"}


def lives_through(
    session: Session, opened: list[dict[str, Any]], steps: list[tuple[int, tuple[int, tuple[str, Any]]]]
) -> Diary:
    """Files are opened two days apart, then changed as time goes on; the operator sees them all."""
    diary, at = Diary(), FIRST
    for number, lines in enumerate(opened, 1):
        at += timedelta(days=2)
        customer = open_customer(Work(session, OPERATOR, at, OFFICE), OpenCustomer(f"客户{number}", **lines))
        diary.notes(customer, at, **lines)
    for hours, (place, (line, value)) in steps:
        at += timedelta(hours=hours)
        work, customer = Work(session, OPERATOR, at, OFFICE), place % len(opened) + 1
        seen = file_value(session, session.get_one(Customer, customer), FileField(line))
        change_customer(work, ChangeCustomer(customer, line, value, seen))
        if line != "phone":
            diary.notes(customer, at, **{line: value})
    session.flush()
    return diary


@settings(max_examples=60, deadline=None)
@given(opened=st.lists(OPENED, min_size=1, max_size=CUSTOMERS), steps=STEPS, days=st.integers(-1, 25))
def test_a_file_said_on_a_day_what_the_diary_says_of_one_customer_as_of_many(
    opened: list[dict[str, Any]], steps: list[tuple[int, tuple[int, tuple[str, Any]]]], days: int
) -> None:
    """1.9: opened, changed, changed back, made blank; on any day, and of nobody what is another's."""
    with an_empty_company() as session:
        diary = lives_through(session, opened, steps)
        customers, on = list(diary.said), day_of(FIRST, SHANGHAI) + timedelta(days=days)

        at_once = facts_of_many(session, OFFICE, customers, on)

        assert at_once == {each: known_facts(session, OFFICE, each, on) for each in customers}
        assert {each: on_file(known) for each, known in at_once.items()} == {
            each: diary.on(each, on) for each in customers
        }


def test_the_trail_is_asked_once_for_everybody_and_only_about_days_before_a_change() -> None:
    opened = [{"industry": "retail"}] * CUSTOMERS
    steps = [(24, (place, ("industry", "manufacturing"))) for place in range(CUSTOMERS)]
    with an_empty_company() as session:
        diary = lives_through(session, opened, steps)
        last = max(max(pages) for pages in diary.said.values())

        asked = {
            ago: questions_about(session, list(diary.said), last - timedelta(days=ago)) for ago in (0, 1, 3)
        }

    assert asked == {0: 0, 1: 1, 3: 1}


def questions_about(session: Session, customers: list[int], on: date) -> int:
    """How often the audit trail is asked."""
    questions: list[str] = []
    driver = session.connection().connection.driver_connection
    assert driver is not None
    driver.set_trace_callback(questions.append)
    facts_of_many(session, OFFICE, customers, on)
    driver.set_trace_callback(None)
    return len([each for each in questions if "FROM audit" in each])
