"""A refusal: the desk says no, and why, and leaves everything as it was."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A business no: a key of the text catalog and the facts for it. Never a crash, never pages anyone.

    The person reads ``refusal-<key>`` in their own language; it says what is wrong and what to do next.
    """

    def __init__(self, key: str, **facts: Any) -> None:
        super().__init__(key)
        self.key = key
        self.facts: Mapping[str, Any] = facts
        self.on_record = False
        """The desk has written it to the audit trail; whoever else refuses does it themselves."""

    def __str__(self) -> str:
        return f"{self.key} {dict(self.facts)}" if self.facts else self.key
