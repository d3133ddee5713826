"""Facts of many customers read at once are those that each has by itself (1.3-1.6, 2.9), on any day."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from core.queries.customers.contradictions import findings
from core.queries.customers.facts import Known, facts_of_many, known_facts
from core.queries.ledger.accounts import accounts_of_many
from core.queries.ledger.exposure import exposures_on
from core.queries.office import Office
from core.records.customer import Customer
from core.records.review import ReviewSheet
from core.records.statement import FindingExplanation, StatementVersion
from core.records.survey import Fact
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.rating.doubt import DOUBT
from core.rules.rating.expert_sheets import Mark
from core.rules.rating.three_tier import SHEETS
from core.services.ledger.ledger import InvoiceEntry, ReceiptEntry, record_invoices, record_receipts
from core.texts.wire import dumps
from tests.ledger.books import customer, office
from tests.support.balances import balance
from tests.support.prepared import shipped_library
from tests.support.town import Town
from tests.year.ledgers import paid_ahead_ledger, sample_ledger

OFFICE = office(shipped_library())
TODAY = date(2026, 3, 10)
AT = datetime(2026, 3, 10, 2, tzinfo=UTC)
FIRST = date(2023, 1, 1)
LATER_DAYS = 1400
CODES = [f"C{number}" for number in range(4)]
YEAR = json.dumps(
    {
        "total_assets": {"decimal": "900"},
        "total_liabilities": {"decimal": "500"},
        "equity": {"decimal": "400"},
        "revenue": {"decimal": "1200"},
        "net_profit": {"decimal": "60"},
    }
)
FIGURES = (YEAR, YEAR.replace("400", "150"), YEAR.replace("60", "-500"), "{}")
"""In order, out of balance, with a great loss, and withdrawn."""
ANSWERS = {
    "law_abiding": (True, False, None),
    "net_worth": (Money.of(400), Money.of(150), Money.of(9_000)),
    "debt_ratio": (None,),
}
SOURCES = ("visit", "customer", "credit_agency")


def one_by_one(session: Session, office: Office, customers: Sequence[int], on: date) -> Mapping[int, Known]:
    return {each: known_facts(session, office, each, on) for each in customers}


def everybody(session: Session) -> list[int]:
    return list(session.scalars(select(table_of(Customer).c.id).order_by(table_of(Customer).c.id)))


async def test_the_sample_company_at_once_is_the_sample_company_one_by_one(sample: Town) -> None:
    """Today, and on days that have passed: before the last statements, before any survey, before there were books."""
    office = sample.desk.office

    def ask(session: Session) -> list[tuple[Mapping[int, Known], Mapping[int, Known]]]:
        customers = everybody(session)
        return [
            (facts_of_many(session, office, customers, on), one_by_one(session, office, customers, on))
            for on in (TODAY, *(TODAY - timedelta(days=ago) for ago in (1, 10, 69, 200, 380, 800)))
        ]

    told = await sample.database.read(ask)
    for at_once, alone in told:
        assert at_once == alone
    newest = told[0][0]
    assert len(newest) == 40
    assert any(DOUBT in facts for facts in newest.values())
    assert {fact.source for facts in newest.values() for fact in facts.values()} > {
        "ledger",
        "filed_statements",
        "customer_file",
        "findings",
    }


def test_the_books_of_a_year_at_once_are_each_customers_own(session: Session) -> None:
    """5.1, 5.2: at every month end, credit notes, advances and all; balances are those of plain SQL."""
    customers = books_of_a_year(session)
    for month in range(1, 13):
        on = date(2026, month, 1) - timedelta(days=1)
        assert facts_of_many(session, OFFICE, customers, on) == one_by_one(session, OFFICE, customers, on)
        accounts = accounts_of_many(session, customers, on)
        owed = {each: balance(account, on) for each, account in accounts.items()}
        assert {each: money for each, money in owed.items() if money} == {
            each: money for each, money in exposures_on(session, on).items() if money
        }


def books_of_a_year(session: Session) -> list[int]:
    ledger = sample_ledger() + paid_ahead_ledger()
    ids = {one.code: customer(session, one.code) for one in ledger.customers}
    record_invoices(
        session,
        [
            InvoiceEntry(
                one.number,
                ids[one.customer],
                one.issued,
                one.due,
                Money(one.minor),
                "credit_note" if one.is_note else "invoice",
                disputed=Money(one.disputed),
            )
            for one in ledger.invoices
        ],
    )
    record_receipts(
        session,
        [
            ReceiptEntry(one.number, ids[one.customer], one.received, Money(one.minor), one.named)
            for one in ledger.receipts
        ],
    )
    return list(ids.values())


@pytest.mark.parametrize("asked", [1, 40])
async def test_of_many_customers_no_more_is_asked_than_of_one(sample: Town, asked: int) -> None:
    office = sample.desk.office

    def ask(session: Session) -> int:
        with questions_of(session) as questions:
            facts_of_many(session, office, everybody(session)[:asked], TODAY)
        return len(questions)

    # The list of customers, then file, books, answers, statements, tolerances, explanations and sheets.
    assert await sample.database.read(ask) <= 8


@contextmanager
def questions_of(session: Session) -> Iterator[list[str]]:
    """Every statement that reaches SQLite."""
    questions: list[str] = []
    driver = session.connection().connection.driver_connection
    assert driver is not None
    driver.set_trace_callback(questions.append)
    try:
        yield questions
    finally:
        driver.set_trace_callback(None)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    days=st.integers(0, LATER_DAYS),
    asked=st.permutations(range(len(CODES))),
    how_many=st.integers(1, len(CODES)),
)
def test_whatever_is_told_of_whom_and_when_nothing_of_one_is_said_of_another(
    seed: int, days: int, asked: list[int], how_many: int
) -> None:
    """Answers given again, statements corrected, withdrawn and explained, sheets of several reviews; on any day."""
    with an_empty_company() as (session, customers):
        tell(session, customers, Random(seed))
        some = [customers[place] for place in asked[:how_many]]
        on = FIRST + timedelta(days=days)

        at_once = facts_of_many(session, OFFICE, some, on)

        assert list(at_once) == some
        assert at_once == one_by_one(session, OFFICE, some, on)


def test_what_is_told_at_random_has_everything_that_is_compared() -> None:
    """A comparison of nothing with nothing proves nothing."""
    with an_empty_company() as (session, customers):
        tell(session, customers, Random(1))
        known = facts_of_many(session, OFFICE, customers, FIRST + timedelta(days=LATER_DAYS))
        assert {fact.source for facts in known.values() for fact in facts.values()} > {
            "ledger",
            "filed_statements",
            "findings",
            "review",
        }
        assert {DOUBT, SHEETS} <= {key for facts in known.values() for key in facts}
        found = [each for one in customers for each in findings(session, OFFICE.library, one, TODAY)]
        assert {each.explanation is None for each in found} == {True, False}


@contextmanager
def an_empty_company() -> Iterator[tuple[Session, list[int]]]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield session, [customer(session, code) for code in CODES]
    engine.dispose()


def tell(session: Session, customers: Sequence[int], chance: Random) -> None:
    """Some sixty things of every kind, of some customer or other and on some day or other."""
    for number in range(20):
        record(session, chance, f"{number}", chance.choice(customers))
    for expert in range(20):
        whose = chance.choice(customers)
        session.add(answer(chance, whose))
        session.add(statement(chance, whose))
        session.add(sheet(chance, whose, expert))
    session.flush()
    explained = [
        FindingExplanation(customer=one, finding=each.name, words="查过", at=AT, known_on=a_day(chance))
        for one in customers[::2]
        for each in findings(session, OFFICE.library, one, TODAY)
    ]
    session.add_all(explained)
    session.flush()


def a_day(chance: Random) -> date:
    return FIRST + timedelta(days=chance.randrange(LATER_DAYS))


def record(session: Session, chance: Random, number: str, whose: int) -> None:
    issued, amount = a_day(chance), Money(chance.randrange(1, 10_000))
    kind = "credit_note" if chance.random() < 0.2 else "invoice"
    due = issued + timedelta(days=chance.randrange(90))
    record_invoices(session, [InvoiceEntry(f"I{number}", whose, issued, due, amount, kind)])
    record_receipts(session, [ReceiptEntry(f"R{number}", whose, a_day(chance), amount)])


def answer(chance: Random, whose: int) -> Fact:
    key = chance.choice(list(ANSWERS))
    said = a_day(chance)
    return Fact(
        customer=whose,
        key=key,
        value=dumps(chance.choice(ANSWERS[key])),
        source=chance.choice(SOURCES),
        as_of=said - timedelta(days=chance.randrange(60)),
        by=1,
        at=AT,
        known_on=said,
        current=False,
    )


def statement(chance: Random, whose: int) -> StatementVersion:
    ends = date(chance.choice((2022, 2023, 2024, 2025)), 12, 31)
    known_on = ends + timedelta(days=chance.randrange(400))
    figures = chance.choice(FIGURES)
    return StatementVersion(
        customer=whose, ends=ends, months=12, figures=figures, source="customer", at=AT, known_on=known_on
    )


def sheet(chance: Random, whose: int, expert: int) -> ReviewSheet:
    """Of one of two reviews of each customer; some experts have not given theirs yet."""
    given = None if chance.random() < 0.2 else a_day(chance)
    marks = json.dumps({"market": chance.choice(list(Mark))}) if given else ""
    review = whose * 2 + chance.randrange(2)
    return ReviewSheet(
        review=review, customer=whose, expert=expert, asked_by=1, asked_at=AT, marks=marks, known_on=given
    )
