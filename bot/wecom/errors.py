"""What WeCom's error codes on the long connection mean for a message: one table."""

from bot.dialog.outcome import Later, Outcome, Refused, Unreachable
from bot.wecom.frames import Answer

MINUTE = 60.0
BUSY_SECONDS = 3.0

_BUSY = frozenset({-1, 6000})
_CONVERSATION_FULL = frozenset({846607})
"""Thirty messages a minute, a thousand an hour."""
_TOO_MUCH = frozenset({45009, 45033})
_UNREACHABLE = frozenset({93006, 93001, 60111, 40003, 82001, 81013})
"""Nobody of this id writes with the bot: unknown, gone, or they have not opened the chat yet."""
_THERE_ALREADY = frozenset({42014})
"""A card of this task id was sent before. Ours name their message, so it is this one: it had arrived after all."""


def outcome_of(answer: Answer, parts_done: int, *, is_card: bool) -> Outcome | None:
    """What becomes of a message; None: it has arrived."""
    code, why = answer.errcode, f"{answer.errcode} {answer.errmsg}".strip()
    if code == 0 or (is_card and code in _THERE_ALREADY):
        return None
    if code in _BUSY:
        return Later(BUSY_SECONDS, why, whole_channel=False, parts_done=parts_done)
    if code in _CONVERSATION_FULL:
        return Later(MINUTE, why, whole_channel=False, parts_done=parts_done)
    if code in _TOO_MUCH:
        return Later(MINUTE, why, whole_channel=True, parts_done=parts_done)
    if code in _UNREACHABLE:
        return Unreachable(why)
    return Refused(why)
