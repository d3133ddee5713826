"""A message as what it means: a key, facts and buttons. The words come at delivery, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.texts.wire import dumps, loads


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap. ``do`` is what the dialogs read back; ``key`` and ``facts`` make the label."""

    do: str
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def named(cls, do: str, label: str) -> "Button":
        """A button whose label is data (a customer's name), not words."""
        return cls(do, "literal", {"text": label})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be drawn at delivery, in the reader's language (`core.texts.picture`)."""

    name: str
    facts: Mapping[str, Any]


Buttons = tuple[tuple[Button, ...], ...]


def rows(*buttons: Button, across: int = 2) -> Buttons:
    """Buttons in rows of ``across``."""
    return tuple(tuple(buttons[i : i + across]) for i in range(0, len(buttons), across))


@dataclass(frozen=True, slots=True)
class Message:
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    buttons: Buttons = ()
    upload: int | None = None
    """A stored file to send along."""
    picture: Picture | None = None
    """Drawn and sent along; a message has a file or a picture, not both."""

    def to_text(self) -> str:
        return dumps(
            {
                "key": self.key,
                "facts": dict(self.facts),
                "buttons": [[[b.do, b.key, dict(b.facts)] for b in row] for row in self.buttons],
                "upload": self.upload,
                "picture": [self.picture.name, dict(self.picture.facts)] if self.picture else None,
            }
        )

    @classmethod
    def from_text(cls, text: str) -> "Message":
        body = loads(text)
        buttons = tuple(tuple(Button(*button) for button in row) for row in body["buttons"])
        # A message kept by an earlier version says nothing of pictures.
        picture = Picture(*body["picture"]) if body.get("picture") else None
        return cls(body["key"], body["facts"], buttons, body["upload"], picture)

    def button(self, index: int) -> Button | None:
        """The button number ``index``, counted row by row."""
        flat = [button for row in self.buttons for button in row]
        return flat[index] if 0 <= index < len(flat) else None
