"""Fetching a file that a person sent."""

import asyncio
from pathlib import Path

from telegram.error import NetworkError

from bot.telegram.api import OFFICIAL, Api
from bot.telegram.request import TooLarge


async def download(api: Api, file_id: str, limit_bytes: int) -> bytes:
    """The content of a file, never more than the limit in memory, whatever size Telegram names.

    A Bot API server of one's own that runs with ``--local`` names a path on this machine instead of a download.

    Errors: ``TooLarge``; ``telegram.error.BadRequest`` if the file is gone or over Telegram's own 20 MB;
    ``telegram.error.NetworkError``, ``Throttled``: worth another try.
    """
    path, size = await api.file(file_id)
    if size is not None and size > limit_bytes:
        raise TooLarge(limit_bytes)
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
        raise TooLarge(limit_bytes)
    return content
