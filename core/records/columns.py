"""Column types and field makers that the tables share."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from core.rules.money import Money


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC. A naive one is refused, so that no local time slips in."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC)


BigKey = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key; SQLite counts by itself only where the type is spelled INTEGER."""


def key_field() -> Any:
    """A primary key that counts by itself."""
    return Field(default=None, sa_column=Column(BigKey, primary_key=True, autoincrement=True))


def moment_field(*, nullable: bool = False, index: bool = False) -> Any:
    if nullable:
        return Field(default=None, sa_column=Column(Moment, nullable=True, index=index))
    return Field(sa_column=Column(Moment, nullable=False, index=index))


def minor_field(*, nullable: bool = False) -> Any:
    """An amount in minor units (分)."""
    if nullable:
        return Field(default=None, sa_column=Column(BigInteger, nullable=True))
    return Field(sa_column=Column(BigInteger, nullable=False))


def text_field(default: str = "") -> Any:
    return Field(default=default, sa_column=Column(Text, nullable=False))


def money(minor: int, currency: str) -> Money:
    return Money(minor, currency)
