"""The self-built app as a way into WeCom: what delivery and the inbox ask of it."""

import time
from dataclasses import replace

from bot.dialog.outcome import Delivered, Later, Outcome
from bot.dialog.rendered import Rendered
from bot.wecom.api import AppApi
from bot.wecom.app_codes import ResponseCodes
from bot.wecom.app_decode import CHANNEL, MEDIA
from bot.wecom.app_repeats import Repeats
from bot.wecom.app_send import edit, send
from bot.wecom.pace import Pace

OURS = "app:"
"""Begins the id of every message that the app has sent, so that the bot's are told apart."""


class AppChannel:
    name: str = CHANNEL

    def __init__(self, api: AppApi, codes: ResponseCodes, pace: Pace | None = None) -> None:
        self._api = api
        self._codes = codes
        self._pace = pace or Pace()
        self._repeats = Repeats()

    def wait_for(self, address: str) -> float:
        return self._pace.wait_for(address, time.monotonic())

    async def send(self, address: str, rendered: Rendered, *, skip_parts: int) -> Outcome:
        began = time.monotonic()
        outcome = self._paced(
            await send(
                self._api,
                self._codes,
                self._take,
                self._may_only_repeat,
                address,
                rendered,
                skip_parts=skip_parts,
            )
        )
        self._pace.arrived(address, began, time.monotonic())
        if isinstance(outcome, Delivered):
            return replace(outcome, external_id=f"{OURS}{outcome.external_id}")
        return outcome

    async def edit(self, address: str, external_id: str, rendered: Rendered) -> Outcome:
        card = external_id.removeprefix(OURS)
        outcome = self._paced(await edit(self._api, self._codes, address, card, rendered))
        return Delivered(external_id) if isinstance(outcome, Delivered) else outcome

    async def fetch(self, file_id: str, limit_bytes: int) -> bytes:
        """The content of a picture that somebody sent; errors as in `bot.wecom.api`."""
        return await self._api.download(file_id.removeprefix(MEDIA), limit_bytes)

    def _take(self, member: str) -> float:
        now = time.monotonic()
        wait = self._pace.wait_for(member, now)
        if wait <= 0:
            self._pace.count(member, now)
        return wait

    def _may_only_repeat(self, member: str, name: str, words: str) -> bool:
        return self._repeats.may_only_repeat(member, name, words, time.monotonic())

    def _paced(self, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Later) and outcome.whole_channel:
            self._pace.pause(outcome.seconds, time.monotonic())
        return outcome
