"""Telegram as one of the bot's channels: what delivery and the inbox ask of it."""

import json
import time
from collections.abc import Sequence

from bot.dialog.incoming import Incoming
from bot.dialog.outcome import Later, Outcome
from bot.dialog.rendered import Rendered
from bot.telegram.api import Api
from bot.telegram.decode import CHANNEL, conversation_of, decode, key_of
from bot.telegram.download import download
from bot.telegram.pace import Limits, Pace
from bot.telegram.send import edit, send


class TelegramChannel:
    name: str = CHANNEL

    def __init__(self, api: Api, limits: Limits | None = None) -> None:
        self._api = api
        self._pace = Pace(limits or Limits())

    def wait_for(self, address: str) -> float:
        return self._pace.wait_for(address, time.monotonic())

    async def send(self, address: str, rendered: Rendered, *, skip_parts: int) -> Outcome:
        return self._paced(await send(self._api.bot, address, rendered, skip_parts=skip_parts))

    async def edit(self, address: str, external_id: str, rendered: Rendered) -> Outcome:
        return self._paced(await edit(self._api.bot, address, external_id, rendered))

    async def fetch(self, file_id: str, limit_bytes: int) -> bytes:
        """The content of a file that somebody sent; errors as in `bot.telegram.download`."""
        return await download(self._api, file_id, limit_bytes)

    def _paced(self, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Later) and outcome.whole_channel:
            self._pace.pause(outcome.seconds, time.monotonic())
        return outcome


def rows_of(updates: Sequence[dict[str, object]]) -> list[tuple[str, str, str]]:
    """Raw updates as the inbox keeps them: key, conversation, body."""
    return [
        (key_of(raw), conversation_of(raw), json.dumps(raw, ensure_ascii=False, separators=(",", ":")))
        for raw in updates
    ]


def read(body: str, _conversation: str) -> Incoming | None:
    """A stored update as what a person did; nothing for what is not for the desk."""
    return decode(json.loads(body))
