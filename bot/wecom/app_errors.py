"""What the app's API answers when it does not do as asked, and what is to be done about each number."""

import re
from enum import Enum


class Cure(Enum):
    """What helps."""

    AGAIN = "again"
    """The service is busy: later, as it is."""
    NEW_TOKEN = "new token"  # noqa: S105 -- a cure, no secret
    """The access token is used up: with a new one, at once."""
    WAIT = "wait"
    """Too much was asked: everything waits."""
    SETUP = "setup"
    """Nothing works until somebody puts a setting right, here or in the console: everything waits."""
    PERSON = "person"
    """The app may not write to this person: given up, and somebody has to widen 可见范围."""
    TAKEN = "taken"
    """A card of this name is there already: an earlier try arrived."""
    CODE = "code"
    """The response code is used up or too old: another one may do."""
    NONE = "none"
    """What was asked is itself refused: given up."""


_CURES = {
    Cure.AGAIN: (-1, 6000),
    Cure.NEW_TOKEN: (40014, 42001),
    Cure.WAIT: (45009, 45033, 45011),
    Cure.SETUP: (
        *(40001, 40013, 41002, 41004),  # CorpID or secret
        *(40056, 41011, 301002),  # AgentID
        *(43012, 48002, 60020),  # no callback address, no right to the call, no trusted address
    ),
    Cure.PERSON: (40003, 60111, 60011, 81013, 82001),
    Cure.TAKEN: (42014,),
    Cure.CODE: (42022, 40016),
}
_CURE_OF = {number: cure for cure, numbers in _CURES.items() for number in numbers}
_UNTRUSTED_ADDRESS = 60020
_ADDRESS = re.compile(r"from ip: *([0-9A-Fa-f.:]+[0-9A-Fa-f])")
_TOLD = 160


class NotDone(Exception):
    """The service surely did not do it."""


class NotSent(NotDone):
    """No connection was made: the service did not even see it."""


class ServerFault(NotDone):
    """Answered with an HTTP error."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class NoAnswer(Exception):
    """The request went out, and no answer came back that could be read: perhaps it was done."""


class Declined(Exception):
    """The service says no, with a number."""

    def __init__(self, number: int, hint: str) -> None:
        self.number = number
        self.cure = _CURE_OF.get(number, Cure.NONE)
        found = _ADDRESS.search(hint)
        self.address = found[1] if number == _UNTRUSTED_ADDRESS and found else ""
        """The address of this server as WeCom sees it, where that is what it does not trust."""
        super().__init__(f"{number} {' '.join(hint.split())[:_TOLD]}")
