"""Reading a body that anybody may have sent: bounded in size and in time."""

import asyncio

from aiohttp import web


class TooLong(Exception):
    """More came than is ever sent by those for whom the address is."""


class TooSlow(Exception):
    """It did not come in time: who drips byte by byte would keep a handler for ever."""


async def body_of(request: web.Request, *, most_bytes: int, seconds: float) -> bytes:
    """The body, read no further than ``most_bytes`` and no longer than ``seconds``. Raises `TooLong`, `TooSlow`."""
    if (request.content_length or 0) > most_bytes:
        raise TooLong
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.content.iter_any():
                body += piece
                if len(body) > most_bytes:
                    raise TooLong
    except TimeoutError:
        raise TooSlow from None
    return bytes(body)
