"""What goes wrong, one thing in every minute: on the way in, on the way out, and in the program itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.reliability.soak.program import ANSWER_SECONDS

if TYPE_CHECKING:
    from tests.reliability.soak.company import Company

Do = Callable[["Company"], Awaitable[object] | None]
_LATE, _TOO_LATE = ANSWER_SECONDS / 4, ANSWER_SECONDS * 2
_SEND = "message/send"


def _nothing(_company: "Company") -> None:
    """Most faults strike either before people act or after."""


@dataclass(frozen=True)
class Fault:
    name: str
    before: Do = _nothing
    after: Do = _nothing
    may_repeat: bool = False
    """It hides an answer, or cuts a sending short: a message may come once more."""
    may_deafen: bool = False
    """What members of the WeCom bot say meanwhile may reach nobody, and is not told again."""


async def _killed(company: "Company") -> None:
    await company.program.kill()
    await company.starts()


async def _taken_over(company: "Company") -> None:
    """Somebody else connects as our bot: it gives way, and a person starts it again."""
    if company.bot.up:
        await company.bot.kicks()
    await _killed(company)


def _silent(company: "Company") -> None:
    """Until the minute is over."""
    company.bot.silent = True


async def _closed(company: "Company", code: int) -> None:
    if company.bot.up:
        await company.bot.closes(code)


def _cut(company: "Company") -> None:
    if company.bot.up:
        company.bot.aborts()


async def _told_twice(company: "Company") -> None:
    if company.last_frame is not None:
        await company.bot.repeat(company.last_frame)


async def _called_twice(company: "Company") -> None:
    if company.app.caller.last is not None:
        assert await company.app.caller.post(company.app.caller.last) == 200


def _update_told_twice(company: "Company") -> None:
    updates = company.telegram.world.updates
    if updates.knows(updates.last_id):
        updates.repeat(updates.last_id)


# fmt: off
FAULTS = (
    Fault("Telegram: too many requests", lambda it: it.telegram.faults.throttle("*", seconds=20)),
    Fault("Telegram: too many requests in a chat", lambda it: it.telegram.faults.throttle("sendMessage", seconds=5, times=3)),
    Fault("Telegram: 502", lambda it: it.telegram.faults.error("sendMessage", times=2)),
    Fault("Telegram: cut before", lambda it: it.telegram.faults.drop_before("sendMessage"), may_repeat=True),
    Fault("Telegram: cut after", lambda it: it.telegram.faults.drop_after("sendMessage"), may_repeat=True),
    Fault("Telegram: no JSON", lambda it: it.telegram.faults.garble("sendMessage"), may_repeat=True),
    Fault("Telegram: slow", lambda it: it.telegram.faults.delay("sendMessage", seconds=_LATE)),
    Fault("Telegram: time-out", lambda it: it.telegram.faults.delay("sendMessage", seconds=_TOO_LATE), may_repeat=True),
    Fault("Telegram: edits cut", lambda it: it.telegram.faults.drop_after("editMessageText")),
    Fault("Telegram: a question for updates cut", lambda it: it.telegram.faults.drop_after("getUpdates")),
    Fault("Telegram: a question for updates refused", lambda it: it.telegram.faults.error("getUpdates", times=2)),
    Fault("Telegram: told twice", after=_update_told_twice),
    Fault("Telegram: told backwards", after=lambda it: it.telegram.world.updates.reverse()),
    Fault("bot: line cut", after=_cut, may_deafen=True),
    Fault("bot: orderly close", lambda it: _closed(it, 1000), may_deafen=True),
    Fault("bot: close in error", after=lambda it: _closed(it, 1011), may_deafen=True),
    Fault("bot: dead line", after=_silent, may_deafen=True),
    Fault("bot: no answer", lambda it: it.bot.swallows("aibot_send_msg"), may_repeat=True),
    Fault("bot: slow", lambda it: it.bot.delays("aibot_send_msg", _LATE)),
    Fault("bot: time-out", lambda it: it.bot.delays("aibot_send_msg", 2.0), may_repeat=True),
    Fault("bot: busy", lambda it: it.bot.refuses("aibot_send_msg", -1)),
    Fault("bot: too much", lambda it: it.bot.refuses("aibot_send_msg", 45009)),
    Fault("bot: conversation full", lambda it: it.bot.refuses("aibot_send_msg", 846607)),
    Fault("bot: a change refused", lambda it: it.bot.refuses("aibot_respond_update_msg", 846605)),
    Fault("bot: told twice", after=_told_twice),
    Fault("bot: told backwards", lambda it: it.bot.hold(), lambda it: it.bot.release(backwards=True)),
    Fault("bot: taken over", after=_taken_over, may_repeat=True, may_deafen=True),
    Fault("app: busy", lambda it: it.app.refuses(_SEND, -1)),
    Fault("app: too much", lambda it: it.app.refuses(_SEND, 45009)),
    Fault("app: 502", lambda it: it.app.fails(_SEND, 502)),
    Fault("app: cut before", lambda it: it.app.cuts(_SEND, done=False), may_repeat=True),
    Fault("app: cut after", lambda it: it.app.cuts(_SEND, done=True), may_repeat=True),
    Fault("app: slow", lambda it: it.app.dawdles(_SEND, _LATE)),
    Fault("app: time-out", lambda it: it.app.dawdles(_SEND, _TOO_LATE), may_repeat=True),
    Fault("app: no JSON", lambda it: it.app.garbles(_SEND), may_repeat=True),
    Fault("app: token expired", lambda it: it.app.tokens.clear()),
    Fault("app: token refused", lambda it: (it.app.tokens.clear(), it.app.fails("gettoken", 502))[1]),
    Fault("app: a change refused", lambda it: it.app.refuses("message/update_template_card", 42022)),
    Fault("app: called twice", after=_called_twice),
    Fault("killed", after=_killed, may_repeat=True, may_deafen=True),
)
# fmt: on
"""Everything that has happened to somebody's bot."""
