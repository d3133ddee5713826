"""Where a conversation stands: the form being filled and its answers so far. Plain data, kept in the database."""

from dataclasses import dataclass, field
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

    def clear(self) -> None:
        self.form, self.subject, self.ask, self.answers = "", "", "", {}

    def to_text(self) -> str:
        return dumps({"form": self.form, "subject": self.subject, "ask": self.ask, "answers": self.answers})

    @classmethod
    def from_text(cls, text: str) -> "State":
        body = loads(text)
        return cls(
            body.get("form", ""), body.get("subject", ""), body.get("ask", ""), body.get("answers", {})
        )
