"""One turn of a conversation: who speaks, where it stands, and what can be said and done about it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.dialog.incoming import Incoming
from bot.dialog.state import State
from core.clock import day_of
from core.queries.actor import Actor
from core.queries.policies.activation import active_policy, needs
from core.queries.rating.expert_sheets import marked
from core.records.session import Draft
from core.records.staff import Person
from core.records.tables import table_of
from core.rules.permission import Permission
from core.rules.policy.policy import Policy
from core.rules.rating.efficacy_tables import ReviewIndicator
from core.services import tell
from core.services.desk import Command, Desk
from core.settings import Language, language_named
from core.texts.message import Button, Buttons, Message, Picture
from core.texts.wire import dumps, facts_of

_DRAFT = table_of(Draft)


@dataclass
class Talk:
    """Everything a flow may touch. It speaks through the outbox and changes things through the desk."""

    session: Session
    desk: Desk
    incoming: Incoming
    actor: Actor | None
    state: State
    at: datetime
    message: int | None = None
    """The outbox row whose button was tapped."""
    followups: list[tuple[str, int]] = field(default_factory=list)
    """Work to be taken up after the commit: (kind, id), for what is too long for a turn."""

    @property
    def me(self) -> Actor:
        """The person who speaks; flows that need one are only reached by people who are known."""
        assert self.actor is not None
        return self.actor

    @property
    def today(self) -> date:
        return day_of(self.at, self.desk.office.settings.zone)

    @property
    def policy(self) -> Policy:
        """The policy in force today."""
        return active_policy(self.session, self.desk.office, self.today)

    @property
    def needs(self) -> frozenset[str]:
        """The facts that it looks at, and the policy that is confirmed to follow it."""
        return needs(self.session, self.desk.office, self.today)

    @property
    def marked(self) -> tuple[ReviewIndicator, ...]:
        """What experts mark for either of them (B11)."""
        return marked(self.session, self.desk.office, self.today)

    @property
    def language(self) -> Language:
        if self.actor is not None and self.actor.person is not None:
            person = self.session.get(Person, self.actor.person)
            if person is not None and (chosen := language_named(person.language)) is not None:
                return chosen
        elif self.incoming.language:
            return "zh_CN" if self.incoming.language.lower().startswith("zh") else "en"
        return self.desk.office.settings.language

    def may(self, permission: Permission) -> bool:
        return self.actor is not None and self.actor.may(permission)

    def say(
        self,
        key: str,
        buttons: Buttons = (),
        /,
        *,
        upload: int | None = None,
        picture: Picture | None = None,
        **facts: Any,
    ) -> None:
        """Say something here: what flows answer with."""
        self.speak(Message(key, facts, buttons, upload, picture))

    def speak(self, message: Message) -> None:
        """Put a message into this conversation."""
        person = self.actor.person if self.actor else None
        tell.say(self.session, self.incoming.conversation, message, at=self.at, person=person, urgent=True)

    def show(self, card: str) -> None:
        """Put a card that follows its subject (``request:12``) into this conversation."""
        tell.say(
            self.session,
            self.incoming.conversation,
            None,
            at=self.at,
            person=self.me.person,
            card=card,
            urgent=True,
        )

    def do(self, command: Command) -> Any:
        """Hand a command to the desk, as the person who speaks. Raises `Refusal`."""
        return self.desk.do(self.session, command, self.me)

    # forms that are left and taken up again

    def keep_draft(self) -> None:
        """Put the form that is open away, to be taken up again from the menu."""
        if not self.state.form:
            return
        if self.state.answers and self.me.person is not None:
            self.drop_draft(self.state.form, self.state.subject)
            self.session.add(
                Draft(
                    person=self.me.person,
                    form=self.state.form,
                    subject=self.state.subject,
                    answers=dumps(self.state.answers),
                    at=self.at,
                )
            )
            self.session.flush()
        self.state.clear()

    def take_draft(self, form: str, subject: str) -> dict[str, Any] | None:
        """The answers of a form that was put away; it is open again now, so the draft goes."""
        draft = self.session.execute(
            select(Draft).where(
                _DRAFT.c.person == self.me.person,
                _DRAFT.c.form == form,
                _DRAFT.c.subject == subject,
            )
        ).scalar_one_or_none()
        if draft is None:
            return None
        self.session.delete(draft)
        self.session.flush()
        return dict(facts_of(draft.answers))

    def drop_draft(self, form: str, subject: str) -> None:
        self.session.execute(
            delete(_DRAFT).where(
                _DRAFT.c.person == self.me.person,
                _DRAFT.c.form == form,
                _DRAFT.c.subject == subject,
            )
        )

    def drafts(self) -> list[Draft]:
        return list(
            self.session.execute(
                select(Draft).where(_DRAFT.c.person == self.me.person).order_by(_DRAFT.c.at.desc())
            ).scalars()
        )


MENU = Button("menu", "button-menu")
