"""What reaches the dialogs: one thing that a person did, in words no channel owns."""

from dataclasses import dataclass
from typing import Literal

STORED = "upload:"
"""Begins the id of a file that is kept already: ``upload:12``."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did in a conversation, whatever the channel."""

    channel: str
    """``telegram``, ``wecom`` or ``web``."""
    address: str
    """Where to answer: the chat, as text."""
    sender: str
    """Who did it: the channel's own id of the person, as text."""
    kind: Literal["text", "tap", "file", "start", "page", "gone", "back", "other"]
    """``page``: filled in on a page that was opened from here; ``gone``: nothing reaches the person here any more
    (they blocked the bot); ``back``: it does again."""
    text: str = ""
    """The text as typed; for ``start`` its argument; for ``tap`` the data of the button."""
    tap_id: str = ""
    file_id: str = ""
    """The channel's own id of the file; once it is kept, ours."""
    file_name: str = ""
    file_size: int = 0
    trouble: str = ""
    """Why a file that was sent could not be had: the key of a refusal."""
    language: str = ""
    message: str = ""
    """The channel's id of the message whose button was tapped."""
    album: str = ""
    """What several files that were sent as one have in common."""

    @property
    def upload(self) -> int:
        """The number of the kept file that was sent."""
        return int(self.file_id.removeprefix(STORED))

    @property
    def conversation(self) -> str:
        return f"{self.channel}:{self.address}"
