"""Where each conversation stands, and the forms that were left to be taken up again."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from core.records.columns import moment_field, text_field


class ChatSession(SQLModel, table=True):
    __tablename__ = "session"

    conversation: str = Field(primary_key=True)
    person: int | None = Field(default=None, foreign_key="person.id")
    state: str = text_field("{}")
    version: int = 0
    at: datetime = moment_field()


class CommandMenu(SQLModel, table=True):
    """The commands that a channel offers in a conversation, as they were last set there."""

    __tablename__ = "command_menu"

    conversation: str = Field(primary_key=True)
    menu: str
    """Language and commands: ``zh_CN:menu,check,help``."""


class Draft(SQLModel, table=True):
    """A form left half-way: one for each person, form and subject."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("person", "form", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    form: str
    subject: str = ""
    answers: str = text_field("{}")
    at: datetime = moment_field()
