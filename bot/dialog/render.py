"""An outbox row in its final words: a message as it was meant, or a card as its subject stands right now."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from bot.dialog.rendered import Rendered, RenderedButton
from core.queries.actor import Actor, actor_of
from core.records.inbox import Upload
from core.records.outbox import OutboxMessage
from core.services.tell import touch
from core.services.work import Office
from core.settings import Language
from core.texts.catalog import plain, say
from core.texts.message import Message

Card = Callable[[Session, Office, int, Actor], Message]
"""Makes the message that shows a subject to a viewer as it stands."""


class Renderer:
    def __init__(self, office: Office, cards: Mapping[str, Card]) -> None:
        self._office = office
        self._cards = cards

    def render(self, session: Session, row: OutboxMessage, language: Language) -> Rendered:
        """The words of ``row`` for its reader. A file it sends along is read in as well."""
        message = self._message(session, row)
        buttons = []
        index = 0
        for line in message.buttons:
            rendered = []
            for button in line:
                data = f"{row.id}.{button.do if row.card else index}"
                rendered.append(RenderedButton(plain(language, button.key, button.facts), data))
                index += 1
            buttons.append(tuple(rendered))
        file = None
        if message.upload is not None:
            upload = session.get(Upload, message.upload)
            file = (upload.name, upload.content) if upload else None
        return Rendered(
            say(language, message.key, message.facts),
            tuple(buttons),
            file,
            language,
            # A database that was restored counts the same numbers again, but not at the same moments.
            name=f"{row.id}-{touch(row.created_at)}",
        )

    def _message(self, session: Session, row: OutboxMessage) -> Message:
        if not row.card:
            return Message.from_text(row.body)
        kind, _, subject = row.card.partition(":")
        viewer = actor_of(session, row.person) if row.person is not None else None
        if viewer is None:
            return Message("card-not-yours")
        return self._cards[kind](session, self._office, int(subject), viewer)
