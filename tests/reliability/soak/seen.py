"""What people saw, put down as it came: the stand-ins forget what lies far back."""

from collections import defaultdict
from collections.abc import Iterable

from tests.support.telegram import FakeTelegram
from tests.support.wecom.api_server import FakeApp
from tests.support.wecom.link_server import FakeWeCom

REMEMBERED = 20
"""Messages that a stand-in keeps of each chat once they were looked at: more than people scroll back to."""


class Seen:
    def __init__(self) -> None:
        self.telegram: set[int] = set()
        """The messages of the bot."""
        self.wecom: defaultdict[str, dict[int, None]] = defaultdict(dict)
        """Of each member, the outbox rows whose cards came, in the order in which they first did."""
        self.dropped = 0
        """What WeCom showed nobody because it was too much."""

    def looks(self, telegram: FakeTelegram, bot: FakeWeCom, app: FakeApp) -> None:
        """At what is new; the stand-ins then forget."""
        for address in telegram.world.chats:
            self.telegram |= {message.id for message in telegram.world.said_by_bot(address)}
        for member in bot.members.values():
            self._came(member.userid, (message.task_id for message in member.messages))
        for userid in app.world.members:
            self._came(userid, (message.body.get("task_id", "") for message in app.world.of(userid)))
        self.dropped = len(app.world.dropped)
        for service in (telegram.world, bot, app.world):
            service.forget(REMEMBERED)

    def _came(self, userid: str, task_ids: Iterable[str]) -> None:
        for task_id in task_ids:
            if task_id:
                self.wecom[userid].setdefault(int(task_id.partition("-")[0]))
