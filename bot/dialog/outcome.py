"""What became of a message handed to a channel: a value, because every case is an everyday one."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Delivered:
    """The channel has it."""

    external_id: str
    """The channel's id of the message, for a later edit; of the last part, where the buttons are."""
    beside: Callable[[Session], None] | None = field(default=None, compare=False)
    """What the channel has to keep of it, in the transaction that marks it as sent."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """It lies there to be read, and nobody is looking: what can go elsewhere is better told elsewhere."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not delivered; try again."""

    seconds: float
    reason: str
    whole_channel: bool
    """Every message has to wait, not only this one."""
    parts_done: int = 0
    """Parts of a long message that did arrive: the next try leaves them out."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """Perhaps delivered: the request went out and no answer came back."""

    reason: str
    parts_done: int = 0
    """Parts that surely arrived: the next try leaves them out."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Never to be delivered like this: trying again changes nothing."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Nothing arrives in this conversation any more, until its person does something: blocked, left, not known here."""

    reason: str


Outcome = Delivered | Unseen | Later | Unsure | Refused | Unreachable
