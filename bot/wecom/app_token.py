"""The access token of the app: asked for once, however many need it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

MARGIN_SECONDS = 300.0
"""A token is asked for anew this long before it ends."""

Ask = Callable[[], Awaitable[tuple[str, float]]]
"""Asks the service: the token, and the seconds that it is good for."""


class AccessToken:
    """Everybody who finds the token missing or used up waits for the same question, and gets its error too."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._token = ""
        self._good_until = 0.0
        self._asking: asyncio.Task[str] | None = None

    async def get(self, *, used_up: str = "") -> str:
        """The token; ``used_up`` is one that the service just refused. Errors are those of the question."""
        if self._token and self._token != used_up and time.monotonic() < self._good_until:
            return self._token
        if self._asking is None:
            self._asking = asyncio.create_task(self._renew())
            self._asking.add_done_callback(self._asked)
        # Whoever is told to stop must not take the answer away from the others.
        return await asyncio.shield(self._asking)

    async def close(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _renew(self) -> str:
        token, seconds = await self._ask()
        self._token = token
        self._good_until = time.monotonic() + max(seconds - MARGIN_SECONDS, seconds / 2)
        return token

    def _asked(self, asking: asyncio.Task[str]) -> None:
        self._asking = None
        if not asking.cancelled():
            asking.exception()  # seen by those who waited, if there is still anybody
