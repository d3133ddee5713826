"""What a command handler is given: the session, who asks, when, and the company's office."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from core.clock import day_of
from core.queries.actor import Actor
from core.queries.office import Office
from core.records.customer import Customer
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services import audit, tell
from core.texts.message import Message


@dataclass
class Work:
    """One command at work, inside a transaction that is not its own to commit."""

    session: Session
    by: Actor
    at: datetime
    office: Office

    @cached_property
    def today(self) -> date:
        return day_of(self.at, self.office.settings.zone)

    def record(self, action: str, subject: str, **data: Any) -> int:
        """Add to the audit trail. Returns the number of the record."""
        return audit.append(
            self.session, at=self.at, actor=self.by.ref, action=action, subject=subject, data=data
        )

    def tell(
        self,
        person: int,
        message: Message,
        *,
        key: str | None = None,
        urgent: bool = False,
    ) -> bool:
        """Say something to a person; see `core.services.tell.tell`."""
        return tell.tell(self.session, person, message, at=self.at, key=key, urgent=urgent)

    def tell_each(self, messages: Mapping[int, Message], topic: str) -> int:
        """Say something to many people; see `core.services.tell.tell_each`."""
        return tell.tell_each(self.session, messages, topic, at=self.at)

    def put_card(self, people: Iterable[int], card: str, topic: str | None = None) -> None:
        """Put a card before people, in every channel of theirs; with a topic each gets it once for that."""
        for person in people:
            key = f"{topic}:{person}" if topic is not None else None
            tell.tell(self.session, person, None, at=self.at, card=card, key=key, urgent=True)

    def refresh(self, card: str) -> None:
        """Bring every copy of a card up to date."""
        tell.refresh_cards(self.session, card, at=self.at)

    def customer(self, customer: int) -> Customer:
        """The customer, if it is one that the actor may see; otherwise it is as if there were none (9.1)."""
        found = self.session.get(Customer, customer)
        if found is None or not self.by.may(Permission.SEE_CUSTOMERS) or not self.by.sees(found):
            raise Refusal("customer-not-yours")
        return found
