"""What Telegram's errors mean for a message: one table, from the error to what becomes of it.

The text of an error is all that tells many of them apart; what matches no row of its kind is refused for good.
"""

from collections.abc import Callable
from dataclasses import dataclass

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.dialog.outcome import Later, Outcome, Refused, Unreachable, Unsure
from bot.telegram.request import NotSent, ServerFault, Throttled

FAULT_SECONDS = 5.0
"""Before the first retry; delivery stretches the pauses of a message that fails again and again."""
WRONG_TOKEN_SECONDS = 60.0
"""A person has to change the token; meanwhile nothing is lost."""


@dataclass(frozen=True, slots=True)
class _Row:
    """An error, the beginning of its text (any case; empty: whatever it says), and its outcome.

    The outcome is made of the error's text and the parts of the message that arrived before it.
    """

    kind: type[TelegramError]
    begins: str
    outcome: Callable[[TelegramError, int], Outcome]


def _unreachable(error: TelegramError, _done: int) -> Outcome:
    return Unreachable(error.message)


def _refused(error: TelegramError, _done: int) -> Outcome:
    return Refused(error.message)


def _later(reason: str, *, whole_channel: bool) -> Callable[[TelegramError, int], Outcome]:
    def outcome(error: TelegramError, done: int) -> Outcome:
        return Later(FAULT_SECONDS, f"{reason}{error.message}", whole_channel, done)

    return outcome


def _throttled(error: TelegramError, done: int) -> Outcome:
    seconds = error.seconds if isinstance(error, Throttled) else FAULT_SECONDS
    return Later(seconds, str(error), whole_channel=True, parts_done=done)


def _wrong_token(_error: TelegramError, done: int) -> Outcome:
    return Later(WRONG_TOKEN_SECONDS, "wrong token", whole_channel=True, parts_done=done)


def _unsure(error: TelegramError, done: int) -> Outcome:
    return Unsure(f"no answer: {error}", done)


# fmt: off
_TABLE = (
    #    error         begins with                      what becomes of the message
    _Row(Throttled,    "",                              _throttled),                            # 429
    _Row(NotSent,      "",                              _later("not sent: ", whole_channel=True)),
    _Row(ServerFault,  "",                              _later("", whole_channel=False)),       # 5xx
    _Row(InvalidToken, "",                              _wrong_token),                          # 401, 404
    _Row(Forbidden,    "",                              _unreachable),  # 403: blocked, deactivated, never started
    _Row(BadRequest,   "chat not found",                _unreachable),
    _Row(BadRequest,   "peer_id_invalid",               _unreachable),
    _Row(BadRequest,   "user not found",                _unreachable),
    _Row(BadRequest,   "input_user_deactivated",        _unreachable),
    _Row(BadRequest,   "chat_write_forbidden",          _unreachable),
    _Row(ChatMigrated, "",                              _unreachable),
    _Row(BadRequest,   "",                              _refused),
    _Row(TelegramError, "",                             _unsure),   # it went out, and no answer came back
)
# fmt: on


def outcome_of(error: TelegramError, parts_done: int) -> Outcome:
    """What becomes of a message whose sending ended in this error after so many parts had arrived."""
    text = error.message.casefold()
    row = next(row for row in _TABLE if isinstance(error, row.kind) and text.startswith(row.begins))
    return row.outcome(error, parts_done)
