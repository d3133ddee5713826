"""Where a conversation stands: the form being filled and its answers so far. Plain data, kept in the database."""

from dataclasses import dataclass, field, fields
from typing import Any

from core.texts.wire import dumps, loads

Answers = dict[str, Any]
REVIEW = "review"
"""What ``ask`` says when every question is answered and the form waits to be sent off."""


@dataclass(slots=True)
class State:
    form: str = ""
    subject: str = ""
    ask: str = ""
    answers: Answers = field(default_factory=dict)
    album: str = ""
    """The album that files last came in, what was written under it, and the refusal that was told for it."""
    caption: str = ""
    told: str = ""

    def clear(self) -> None:
        self.form, self.subject, self.ask, self.answers = "", "", "", {}

    def to_text(self) -> str:
        return dumps({each.name: getattr(self, each.name) for each in fields(self)})

    @classmethod
    def from_text(cls, text: str) -> "State":
        return cls(**loads(text))
