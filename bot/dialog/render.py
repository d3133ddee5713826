"""An outbox row in its final words: a message as it was meant, or a card as its subject stands right now."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

import typst
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.dialog.filling import AS_PAGE
from bot.dialog.page_link import page_link
from bot.dialog.rendered import Rendered, RenderedButton
from core.queries.actor import Actor, actor_of
from core.queries.office import Office
from core.records.inbox import Upload
from core.records.tables import table_of
from core.services.tell import touch
from core.settings import Language
from core.texts.catalog import plain, say
from core.texts.message import Button, Message
from core.texts.picture import draw

log = logging.getLogger(__name__)

_UPLOAD = table_of(Upload)


class Said(Protocol):
    """A row of the outbox, as far as its words go."""

    @property
    def id(self) -> int | None: ...
    @property
    def conversation(self) -> str: ...
    @property
    def person(self) -> int | None: ...
    @property
    def card(self) -> str | None: ...
    @property
    def body(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...


Card = Callable[[Session, Office, int, Actor], Message]
"""Makes the message that shows a subject to a viewer as it stands."""


class Renderer:
    def __init__(self, office: Office, cards: Mapping[str, Card]) -> None:
        self._office = office
        self._cards = cards

    def render(self, session: Session, row: Said, language: Language, *, attach: bool = True) -> Rendered:
        """The words of ``row`` for its reader, with what it sends along; without `attach` only the name of that."""
        message = self._message(session, row)
        buttons = []
        index = 0
        for line in message.buttons:
            rendered = []
            for button in line:
                data = f"{row.id}.{button.do if row.card else index}"
                index += 1
                link = self._link(row, button)
                if link is not None:
                    rendered.append(RenderedButton(plain(language, button.key, button.facts), data, link))
            if rendered:
                buttons.append(tuple(rendered))
        return Rendered(
            say(language, message.key, message.facts),
            tuple(buttons),
            _attached(session, message, language, attach=attach),
            language,
            # A database that was restored counts the same numbers again, but not at the same moments.
            name=f"{row.id}-{touch(row.created_at)}",
        )

    def _link(self, row: Said, button: Button) -> str | None:
        """The page that a button opens, empty for one that opens none; None for one that its channel cannot open."""
        verb, _, what = button.do.partition(":")
        if verb != AS_PAGE:
            return ""
        form, _, subject = what.partition(":")
        return page_link(self._office.settings, form, subject, row.conversation) or None

    def _message(self, session: Session, row: Said) -> Message:
        if not row.card:
            return Message.from_text(row.body)
        kind, _, subject = row.card.partition(":")
        viewer = actor_of(session, row.person) if row.person is not None else None
        if viewer is None:
            return Message("card-not-yours")
        return self._cards[kind](session, self._office, int(subject), viewer)


def _attached(
    session: Session, message: Message, language: Language, *, attach: bool
) -> tuple[str, bytes] | None:
    """A stored file, or a picture drawn now; a picture that cannot be drawn must not hold back the words."""
    if message.upload is not None:
        name = session.execute(select(_UPLOAD.c.name).where(_UPLOAD.c.id == message.upload)).scalar()
        content = session.get_one(Upload, message.upload).content if name is not None and attach else b""
        return None if name is None else (name, content)
    if message.picture is None:
        return None
    name = plain(language, f"picture-name-{message.picture.name}", {}) + ".png"
    try:
        return name, draw(language, message.picture.name, message.picture.facts) if attach else b""
    except typst.TypstError:
        log.exception("the picture %s could not be drawn", message.picture.name)
        return None
