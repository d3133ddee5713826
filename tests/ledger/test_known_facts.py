"""What is known of a customer besides its ledger: the page it has in the customer file (B3: 所属行业和规模)."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.policies.library import SHIPPED
from core.policies.reader import PolicyFile
from core.policies.tables.efficacy_file import read_standards
from core.queries.customers.facts import known_facts, known_unasked
from core.records.customer import Customer
from core.records.survey import Fact
from core.records.tables import table_of
from core.rules.money import Money
from core.texts.wire import dumps
from tests.ledger.books import customer, office, salesperson
from tests.support.prepared import shipped_library

TODAY = date(2026, 3, 10)
OFFICE = office(shipped_library())


def on_file(session: Session, industry: str, size: str) -> int:
    us = customer(session)
    kept = session.get(Customer, us)
    assert kept is not None
    kept.industry, kept.size = industry, size
    session.flush()
    return us


def test_industry_and_size_are_those_of_the_customer_file(session: Session) -> None:
    known = known_facts(session, OFFICE, on_file(session, "manufacturing", "small"), TODAY)
    assert (known["industry"].value, known["size"].value) == ("manufacturing", "small")
    assert known["industry"].source == known["size"].source == "customer_file"


def test_what_the_customer_file_leaves_blank_is_unknown(session: Session) -> None:
    known = known_facts(session, OFFICE, on_file(session, "", "large"), TODAY)
    assert "industry" not in known
    assert known["size"].value == "large"


def test_registered_capital_is_that_of_the_file_where_the_survey_has_not_said_otherwise(
    session: Session,
) -> None:
    """1.1, 1.3: nobody is asked for what they have written down already; an answer with its source stands before it."""
    us, who = on_file(session, "retail", "small"), salesperson(session)
    session.get_one(Customer, us).registered_capital_minor = Money.of(5_000_000).minor
    session.flush()

    told = [known_facts(session, OFFICE, us, TODAY)["registered_capital"]]
    for answer in (None, Money.of(8_000_000)):
        answered(session, who, us, answer)
        told.append(known_facts(session, OFFICE, us, TODAY)["registered_capital"])

    assert [(fact.value, fact.source) for fact in told] == [
        (Money.of(5_000_000), "customer_file"),
        (Money.of(5_000_000), "customer_file"),
        (Money.of(8_000_000), "authority"),
    ]
    assert "registered_capital" not in known_unasked(session, OFFICE, us, TODAY)


def test_a_file_without_registered_capital_leaves_it_to_be_asked(session: Session) -> None:
    us = on_file(session, "retail", "small")

    assert "registered_capital" not in known_facts(session, OFFICE, us, TODAY)
    assert "registered_capital" not in known_unasked(session, OFFICE, us, TODAY)


def answered(session: Session, who: int, customer: int, value: Money | None) -> None:
    """What somebody answered in a survey; None is not to be had."""
    table = table_of(Fact)
    session.execute(update(table).values(current=False))
    session.add(
        Fact(
            customer=customer,
            key="registered_capital",
            value=dumps(value),
            source="authority",
            as_of=TODAY,
            by=who,
            at=datetime(2026, 3, 10, tzinfo=UTC),
            known_on=TODAY,
            current=True,
        )
    )
    session.flush()


def test_standard_values_of_its_own_industry_are_found_by_the_customer_file(
    session: Session, tmp_path: Path
) -> None:
    """B3 三2: by industry and size; a customer of another industry has those of all."""
    table = tmp_path / "standards.toml"
    shipped = (SHIPPED / "tables" / "standards-soe.toml").read_text("utf-8")
    table.write_text(
        shipped + '\n[[standards]]\nratio = "debt_ratio"\nunit = "percent"\ndirection = "lower"\n'
        'industry = "manufacturing"\nvalues = [40, 50, 60, 70, 80]\n',
        "utf-8",
    )
    book = read_standards(PolicyFile(table))
    ours = known_facts(session, OFFICE, on_file(session, "manufacturing", "small"), TODAY)
    found = book.of(ours["industry"].value, ours["size"].value)
    assert found["debt_ratio"].values[0] == 40
    assert book.of("retail", "small")["debt_ratio"].values[0] == 48
