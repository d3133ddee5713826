"""What is known of a customer besides its ledger: the page it has in the customer file (B3: 所属行业和规模)."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from core.policies.library import SHIPPED, Library
from core.policies.reader import PolicyFile
from core.policies.tables.efficacy_file import read_standards
from core.queries.customers.facts import known_facts
from core.records.customer import Customer
from tests.ledger.books import customer

TODAY = date(2026, 3, 10)
LIBRARY = Library()


def on_file(session: Session, industry: str, size: str) -> int:
    us = customer(session)
    kept = session.get(Customer, us)
    assert kept is not None
    kept.industry, kept.size = industry, size
    session.flush()
    return us


def test_industry_and_size_are_those_of_the_customer_file(session: Session) -> None:
    known = known_facts(session, LIBRARY, on_file(session, "manufacturing", "small"), TODAY)
    assert (known["industry"].value, known["size"].value) == ("manufacturing", "small")
    assert known["industry"].source == known["size"].source == "customer_file"


def test_what_the_customer_file_leaves_blank_is_unknown(session: Session) -> None:
    known = known_facts(session, LIBRARY, on_file(session, "", "large"), TODAY)
    assert "industry" not in known
    assert known["size"].value == "large"


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
    ours = known_facts(session, LIBRARY, on_file(session, "manufacturing", "small"), TODAY)
    found = book.of(ours["industry"].value, ours["size"].value)
    assert found["debt_ratio"].values[0] == 40
    assert book.of("retail", "small")["debt_ratio"].values[0] == 48
