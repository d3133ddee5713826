"""Questions and answers on one connection: every request has an id of its own, and its answer carries it back."""

import asyncio
import itertools
import json
import logging
import secrets
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

Frame = dict[str, Any]

MESSAGE, EVENT = "aibot_msg_callback", "aibot_event_callback"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What WeCom said to a request; ``errcode`` 0 is done."""

    errcode: int
    errmsg: str = ""
    body: Frame = field(default_factory=dict)


class NotSent(Exception):
    """There was no connection: WeCom surely did not see the request."""


class NoAnswer(Exception):
    """The request went out and no answer came back: perhaps it was done."""


class Wire:
    """One connection, from its opening to its end."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._asked: dict[str, asyncio.Future[Answer | None]] = {}
        self._name, self._numbers = secrets.token_hex(8), itertools.count(1)

    async def ask(self, cmd: str, body: Frame | None, *, req_id: str = "", seconds: float) -> Answer:
        """Send a request and wait for its answer.

        ``req_id`` names the callback that the request responds to; otherwise it gets an id of its own.
        Errors: ``NotSent``, ``NoAnswer``.
        """
        if self._connection.state is not State.OPEN:
            raise NotSent("the connection has ended")
        req_id = req_id or f"{cmd}-{self._name}-{next(self._numbers)}"
        frame: Frame = {"cmd": cmd, "headers": {"req_id": req_id}}
        if body is not None:
            frame["body"] = body
        answered: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self._asked[req_id] = answered
        try:
            async with asyncio.timeout(seconds):
                await self._connection.send(json.dumps(frame, ensure_ascii=False))
                answer = await answered
        except TimeoutError:
            raise NoAnswer(f"none to {cmd} within {seconds:g} s") from None
        except ConnectionClosed:
            answer = None
        finally:
            self._asked.pop(req_id, None)
        if answer is None:
            raise NoAnswer(f"the connection ended under {cmd}")
        return answer

    async def hear(self) -> Frame | None:
        """The next thing that WeCom tells of its own accord; None when the connection has ended, in whatever way.

        Answers on the way go to who asked.
        """
        while True:
            try:
                frame = _read(await self._connection.recv())
            except ConnectionClosed:
                return None
            if frame.get("cmd") in {MESSAGE, EVENT}:
                return frame
            self._answer(frame)

    async def close(self) -> None:
        """Hang up; what has arrived by then is still heard."""
        await self._connection.close()

    def end(self) -> None:
        """Nobody listens any more: whoever waits for an answer is told so."""
        for answered in self._asked.values():
            if not answered.done():
                answered.set_result(None)

    def _answer(self, frame: Frame) -> None:
        headers, body, errcode = frame.get("headers"), frame.get("body"), frame.get("errcode")
        asked = self._asked.get(str(headers.get("req_id", ""))) if isinstance(headers, dict) else None
        if asked is None or asked.done() or not isinstance(errcode, int):
            # An answer that came too late, or a kind of frame that is not known yet.
            log.info("passed over a frame: cmd %s, errcode %s", frame.get("cmd"), errcode)
            return
        asked.set_result(
            Answer(errcode, str(frame.get("errmsg", "")), body if isinstance(body, dict) else {})
        )


def _read(text: str | bytes) -> Frame:
    try:
        frame = json.loads(text)
    except ValueError:
        frame = None
    return frame if isinstance(frame, dict) else {}
