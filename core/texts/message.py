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

    def to_text(self) -> str:
        return dumps(
            {
                "key": self.key,
                "facts": dict(self.facts),
                "buttons": [[[b.do, b.key, dict(b.facts)] for b in row] for row in self.buttons],
                "upload": self.upload,
            }
        )

    @classmethod
    def from_text(cls, text: str) -> "Message":
        body = loads(text)
        buttons = tuple(tuple(Button(*button) for button in row) for row in body["buttons"])
        return cls(body["key"], body["facts"], buttons, body["upload"])

    def button(self, index: int) -> Button | None:
        """The button number ``index``, counted row by row."""
        flat = [button for row in self.buttons for button in row]
        return flat[index] if 0 <= index < len(flat) else None
