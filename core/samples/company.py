"""The sample company of `make demo`: invented staff, customers, surveys, ledger and credit lines."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from core.rules.money import Money
from core.rules.permission import Role
from core.samples.expert_sheets import expert_reviews
from core.samples.ledger import receivables, write_up
from core.samples.lines import credit_lines
from core.samples.shapes import ContactSample, CustomerSample, SampleCompany, StaffSample
from core.samples.statements import statements
from core.samples.survey import surveys

_HERE = Path(__file__).parent
# 万元, in which registered capital is told.
_TEN_THOUSAND = 10_000


def sample_company(today: date, seed: int = 20260101) -> SampleCompany:
    """The company as it stands on a day; the same day and seed give the same company."""
    lines = credit_lines(today)
    invoices, receipts = write_up(today, {line.customer_code: line.limit for line in lines}, seed)
    customers = _customers()
    told = surveys(customers, lines, today, seed)
    return SampleCompany(
        staff=_staff(),
        customers=customers,
        surveys=told,
        statements=statements(customers, told, today, seed),
        reviews=expert_reviews(told),
        invoices=invoices,
        receipts=receipts,
        lines=lines,
        closing_receivables_last_year=receivables(invoices, receipts, date(today.year - 1, 12, 31)),
    )


def _staff() -> tuple[StaffSample, ...]:
    entries = tomllib.loads((_HERE / "staff.toml").read_text("utf-8"))["staff"]
    return tuple(StaffSample(**{**entry, "roles": tuple(map(Role, entry["roles"]))}) for entry in entries)


def _customers() -> tuple[CustomerSample, ...]:
    entries = tomllib.loads((_HERE / "customers.toml").read_text("utf-8"))["customer"]
    return tuple(_customer(entry) for entry in entries)


def _customer(entry: dict[str, Any]) -> CustomerSample:
    read = {
        "kind": "customer",
        "registered_capital": Money.of(entry["registered_capital"] * _TEN_THOUSAND),
        "contacts": tuple(ContactSample(**contact) for contact in entry["contacts"]),
    }
    return CustomerSample(**{**entry, **read})
