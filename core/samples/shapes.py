"""What the sample company consists of. The fields of files, invoices and receipts are the import columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from core.rules.money import Money
from core.rules.permission import Role
from core.rules.rating.expert_sheets import Mark
from core.rules.statements.statements import Statement

SampleValue = bool | int | Decimal | Money | str
"""What is answered; a `str` is one of the fact's choices."""


@dataclass(frozen=True, slots=True)
class StaffSample:
    """One of the staff. `region` is empty for all regions; `reports_to` and `deputy` are names."""

    name: str
    english: str
    roles: tuple[Role, ...]
    region: str = ""
    reports_to: str | None = None
    deputy: str | None = None


@dataclass(frozen=True, slots=True)
class ContactSample:
    """Whom to call at a customer."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class CustomerSample:
    """A customer file (1.1); `owner` is the salesperson's name, `size` large, medium, small or micro."""

    code: str
    name: str
    short_name: str
    uscc: str
    kind: Literal["customer"]
    region: str
    owner: str
    industry: str
    size: str
    founded: date
    registered_capital: Money
    legal_representative: str
    address: str
    phone: str
    scope: str
    bank: str
    account: str
    contacts: tuple[ContactSample, ...]


@dataclass(frozen=True, slots=True)
class AnswerSample:
    """One answer of a survey (1.3) with where it comes from and the day it speaks of."""

    value: SampleValue
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class StatementSample:
    """The financial statements of a period (1.5), and the day since when the company has them."""

    customer_code: str
    statement: Statement
    audited: bool
    known_on: date


@dataclass(frozen=True, slots=True)
class InvoiceSample:
    """An invoice or credit note; both amounts are above zero or, when nothing is disputed, zero."""

    number: str
    customer_code: str
    issued: date
    shipped: date
    due: date
    amount: Money
    kind: Literal["invoice", "credit_note"]
    disputed: Money


@dataclass(frozen=True, slots=True)
class ReceiptSample:
    """Money received for the invoices it names in that order; for the oldest due when it names none (5.2)."""

    number: str
    customer_code: str
    received: date
    amount: Money
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineSample:
    """A credit line granted earlier with the grade it came with; `ends` is the last day it may be used."""

    customer_code: str
    kind: Literal["long_term", "temporary"]
    limit: Money
    term_days: int
    starts: date
    ends: date
    grade: Literal["A", "B"]
    rated_on: date
    rated_until: date
    collateral: Money | None


@dataclass(frozen=True, slots=True)
class SheetSample:
    """What one expert, by name, gave for each indicator (B11 评议)."""

    expert: str
    marks: Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class ReviewSample:
    """A customer looked at by experts on a day; `asked_by` is the assessor's name, `closed` why it ended without a grade."""

    customer_code: str
    on: date
    asked_by: str
    about: str
    closed: str
    sheets: tuple[SheetSample, ...]


@dataclass(frozen=True, slots=True)
class SampleCompany:
    """The whole company as it stands on a day. `surveys` goes by customer code, then by fact key."""

    staff: tuple[StaffSample, ...]
    customers: tuple[CustomerSample, ...]
    surveys: Mapping[str, Mapping[str, AnswerSample]]
    statements: tuple[StatementSample, ...]
    reviews: tuple[ReviewSample, ...]
    invoices: tuple[InvoiceSample, ...]
    receipts: tuple[ReceiptSample, ...]
    lines: tuple[LineSample, ...]
    closing_receivables_last_year: Money
    """What all customers owed at last year's end: the ceiling of all lines together (B9 art. 23)."""
