"""The customer file (1.1)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from core.records.columns import minor_field, moment_field, text_field

REGISTERED_CAPITAL = "registered_capital"
"""The line of the file, and the fact that it gives, whose column holds minor units."""
FILE_CHANGED = "customer.changed"
"""What the audit trail calls a change of a file: ``field``, ``old`` and ``new``. Facts of past days are read from it."""
BANK_ACCOUNT_READ = "customer.bank_account_read"
"""What the audit trail calls it that somebody looked at a customer's bank account (9.3)."""
BANK_ACCOUNT_CARD = "bank-account"
"""The card that shows it, by the number of that record."""
_FILE = "customer:"


def file_subject(customer: int) -> str:
    """What the audit trail calls a customer's file."""
    return f"{_FILE}{customer}"


def customer_of_file(subject: str) -> int:
    """Whose file the audit trail means."""
    return int(subject.removeprefix(_FILE))


class Customer(SQLModel, table=True):
    __tablename__ = "customer"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    name_key: str = Field(index=True)
    """The name without what firms share (有限公司, place marks, spaces), for finding duplicates (1.2)."""
    uscc: str | None = Field(default=None, unique=True)
    kind: str = "customer"
    region: str = ""
    owner: int | None = Field(default=None, foreign_key="person.id", index=True)
    industry: str = ""
    size: str = ""
    founded: date | None = None
    registered_capital_minor: int | None = minor_field(nullable=True)
    legal_representative: str = ""
    address: str = ""
    phone: str = ""
    scope: str = text_field()
    bank_sealed: str = text_field()
    """Bank and account, encrypted (9.3)."""
    opened_at: datetime = moment_field()
    changed_at: datetime | None = moment_field(nullable=True)
    """When a line of the file was last changed; None while it stands as it was opened. What it said before is on the
    audit trail (1.9), and looked for there only where this is later than the day asked about."""
    grade: str | None = None
    """The grade in force; given with the last approval, until ``rated_until``."""
    rated_by_policy: str | None = None
    """The id of the policy that the grade was made by: letters of two schemes are never compared."""
    rated_on: date | None = None
    rated_until: date | None = Field(default=None, index=True)


class Contact(SQLModel, table=True):
    __tablename__ = "contact"

    id: int | None = Field(default=None, primary_key=True)
    customer: int = Field(foreign_key="customer.id", index=True)
    name: str
    phone: str = ""
