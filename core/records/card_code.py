"""What WeCom hands out for changing a card later: a code that is good once."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.records.columns import moment_field


class CardCode(SQLModel, table=True):
    """A response code of a card: one comes with sending it, one with every tap."""

    __tablename__ = "card_code"

    code: str = Field(primary_key=True)
    card: str = Field(index=True)
    """The task id of the card."""
    got_at: datetime = moment_field(index=True)
    used: bool = False
