"""The calls of WeCom at a company's address: sealed, signed, and repeated until they are taken."""

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

import aiohttp

from core.clock import Clock
from tests.support.wecom.sealing import seal, sign

PATIENCE_SECONDS = 5.0
TRIES = 3


@dataclass
class Call:
    """One call as it goes out; a test may change any part of it."""

    query: dict[str, str]
    body: bytes


class Caller:
    def __init__(self, clock: Clock, corp_id: str, agent_id: int, token: str, key: str) -> None:
        self.url = ""
        self.corp_id, self.token, self.key = corp_id, token, key
        self._agent_id = agent_id
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None
        self._going: set[asyncio.Task[int]] = set()
        self.last: Call | None = None
        """What was told last."""
        self.answers: list[int] = []
        """The last status of every message that was told."""

    async def open(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS))

    async def close(self) -> None:
        for task in self._going:
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def seconds(self) -> int:
        return int(self._clock.now().timestamp())

    def call(self, message: bytes, *, age: int = 0, receiver: str | None = None) -> Call:
        """A call that tells of ``message``."""
        sealed = seal(self.key, message, self.corp_id if receiver is None else receiver)
        body = (
            f"<xml><ToUserName><![CDATA[{self.corp_id}]]></ToUserName><AgentID><![CDATA[{self._agent_id}]]>"
            f"</AgentID><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        )
        return Call(self.signed(sealed, age=age), body.encode())

    def signed(self, sealed: str, *, age: int = 0) -> dict[str, str]:
        timestamp, nonce = str(self.seconds() - age), str(secrets.randbelow(10**10))
        signature = sign(self.token, timestamp, nonce, sealed)
        return {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce}

    async def post(self, call: Call) -> int:
        """Once; the status. The body of a 200 is empty: it would be shown to the member."""
        assert self._session is not None
        async with self._session.post(self.url, data=BytesIO(call.body), params=call.query) as answer:
            assert answer.status != 200 or await answer.read() == b""
            return answer.status

    async def get(self, query: dict[str, str]) -> tuple[int, bytes]:
        assert self._session is not None
        async with self._session.get(self.url, params=query) as answer:
            return answer.status, await answer.read()

    def tell(self, message: bytes) -> "asyncio.Task[int]":
        """Tell of a message, again and again until it is taken, three times at most."""
        self.last = self.call(message)
        task = asyncio.create_task(self._deliver(self.last))
        self._going.add(task)
        task.add_done_callback(self._going.discard)
        return task

    async def _deliver(self, call: Call) -> int:
        status = 0
        for _ in range(TRIES):
            with suppress(aiohttp.ClientError, TimeoutError):
                status = await self.post(call)
                if status == 200:
                    break
        self.answers.append(status)
        return status
