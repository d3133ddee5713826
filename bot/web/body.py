"""Reading what a page sends, strictly: bounded in size and time, of the right type, with nothing that a database refuses."""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import BodyPartReader, web

from bot.web.declined import Declined
from core.files.sheet import MAX_FILE_BYTES

MOST_JSON_BYTES = 64 * 1024
MOST_NAME = 120
BODY_SECONDS = 20.0
"""For a body to come, and for a file to get under way."""
SLOWEST_BYTES_A_SECOND = 32 * 1024
"""Of a file: a poor mobile line. Who drips it byte by byte would keep a handler for ever."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")


async def read_json(request: web.Request) -> dict[str, Any]:
    """The object in the body. Declines anything else, more than `MOST_JSON_BYTES`, and what takes `BODY_SECONDS`."""
    # Asking for the type keeps forms of other sites out even where a browser sends no origin.
    if request.content_type != "application/json":
        raise Declined(415, "unreadable")
    try:
        async with _in_time():
            body = await request.json()
    except (ValueError, RecursionError):
        raise Declined(400, "unreadable") from None
    if not isinstance(body, dict):
        raise Declined(400, "unreadable")
    return body


def text_in(body: dict[str, Any], name: str) -> str:
    """A text of the body, storable everywhere: NUL and halves of characters become the replacement character."""
    value = body.get(name)
    if not isinstance(value, str):
        raise Declined(400, "unreadable")
    return _UNSTORABLE.sub("\ufffd", value)


def key_in(value: object) -> str:
    """The client's own name (a UUID) for what it asks, by which a repetition is recognised."""
    try:
        return str(uuid.UUID(str(value)))
    except ValueError:
        raise Declined(400, "unreadable") from None


async def read_file(request: web.Request) -> tuple[str, bytes]:
    """Name and content of the one part ``file``, read no further than `MAX_FILE_BYTES`, nor slower than `SLOWEST_BYTES_A_SECOND`."""
    if request.content_length is not None and request.content_length > MAX_FILE_BYTES + MOST_JSON_BYTES:
        raise Declined(413, "too-large")
    async with _in_time() as allowed:
        began = asyncio.get_running_loop().time()
        try:
            part = await (await request.multipart()).next()
        except (ValueError, AssertionError):
            raise Declined(400, "unreadable") from None
        if not isinstance(part, BodyPartReader) or part.name != "file" or not part.filename:
            raise Declined(400, "unreadable")
        content = bytearray()
        while chunk := await part.read_chunk(256 * 1024):
            content += chunk
            if len(content) > MAX_FILE_BYTES:
                raise Declined(413, "too-large")
            allowed.reschedule(began + BODY_SECONDS + len(content) / SLOWEST_BYTES_A_SECOND)
    if not content:
        raise Declined(400, "empty-file")
    return _plain_name(part.filename), bytes(content)


@asynccontextmanager
async def _in_time() -> AsyncIterator[asyncio.Timeout]:
    """Within `BODY_SECONDS`, unless more is allowed meanwhile. Declines what takes longer."""
    try:
        async with asyncio.timeout(BODY_SECONDS) as allowed:
            yield allowed
    except TimeoutError:
        raise Declined(408, "too-slow") from None


def _plain_name(name: str) -> str:
    """The last part of a path, without what a file system or a reader would trip over; the ending stays."""
    # Browsers write a quotation mark inside a name as %22.
    last = _UNPRINTABLE.sub("", name.replace("%22", "").replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem, dot, ending = last.rpartition(".")
    if len(last) > MOST_NAME and dot and len(ending) < 10:
        return f"{stem[: MOST_NAME - len(ending) - 1]}.{ending}"
    return last[:MOST_NAME] or "file"
