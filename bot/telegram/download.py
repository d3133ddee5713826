"""Fetching a file that a person sent."""

import asyncio
from pathlib import Path

from telegram.error import BadRequest, NetworkError

from bot.fetched import FileTooLarge
from bot.telegram.api import OFFICIAL, Api

_OVER_ITS_OWN_LIMIT = "file is too big"
"""How Telegram begins its refusal of a file of more than 20 MB."""


async def download(api: Api, file_id: str, limit_bytes: int) -> bytes:
    """The content of a file, never more than the limit in memory, whatever size Telegram names.

    A Bot API server of one's own that runs with ``--local`` names a path on this machine instead of a download.

    Errors: ``FileTooLarge``, also where it is over Telegram's own limit; ``telegram.error.BadRequest`` if the file is
    gone; ``telegram.error.NetworkError``, ``Throttled``: worth another try.
    """
    try:
        path, size = await api.file(file_id)
    except BadRequest as refused:
        if refused.message.casefold().startswith(_OVER_ITS_OWN_LIMIT):
            raise FileTooLarge(limit_bytes) from None
        raise
    if size is not None and size > limit_bytes:
        raise FileTooLarge(limit_bytes)
    if path.startswith("/") and api.base_url != OFFICIAL:
        return await asyncio.to_thread(_read, Path(path), limit_bytes)
    status, content = await api.request.fetch(api.file_address(path), limit_bytes)
    if status != 200:
        raise NetworkError(f"file download: HTTP {status}")
    return content


def _read(path: Path, limit_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(limit_bytes + 1)
    except OSError as error:
        raise NetworkError(f"file on the Bot API server: {type(error).__name__}") from None
    if len(content) > limit_bytes:
        raise FileTooLarge(limit_bytes)
    return content
