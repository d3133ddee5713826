"""The people of the company, what they hold, and where they can be reached."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from core.records.columns import moment_field, text_field


class Person(SQLModel, table=True):
    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    english_name: str = ""
    region: str = ""
    reports_to: int | None = Field(default=None, foreign_key="person.id")
    deputy: int | None = Field(default=None, foreign_key="person.id")
    away_from: date | None = None
    away_until: date | None = None
    language: str = ""
    """Empty: the company's."""
    active: bool = True


class Holding(SQLModel, table=True):
    """A role that a person holds; one person may hold several."""

    __tablename__ = "holding"

    person: int = Field(foreign_key="person.id", primary_key=True)
    role: str = Field(primary_key=True)
    """A code of `core.rules.permission.Role`."""


class Binding(SQLModel, table=True):
    """A place in a channel that is known to be a person's."""

    __tablename__ = "binding"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    address: str
    person: int = Field(foreign_key="person.id", index=True)
    made_at: datetime = moment_field()
    used_at: datetime = moment_field()
    trouble: str = text_field()
    """Why nothing arrives here any more (the bot was blocked); empty while it does."""


class Invitation(SQLModel, table=True):
    """A code that binds whoever enters it, once. Only its hash is kept."""

    __tablename__ = "invitation"

    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True)
    person: int = Field(foreign_key="person.id")
    expires_at: datetime = moment_field()
    used_at: datetime | None = moment_field(nullable=True)
