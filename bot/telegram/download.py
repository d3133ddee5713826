"""Fetching a file that a person sent."""

from telegram.error import NetworkError

from bot.telegram.api import Api
from bot.telegram.request import TooLarge


async def download(api: Api, file_id: str, limit_bytes: int) -> bytes:
    """The content of a file, never more than the limit in memory, whatever size Telegram names.

    Errors: ``TooLarge``; ``telegram.error.BadRequest`` if the file is gone or over Telegram's own 20 MB;
    ``telegram.error.NetworkError``, ``Throttled``: worth another try.
    """
    file = await api.bot.get_file(file_id)
    if file.file_path is None:
        raise NetworkError("Telegram names no path for the file")
    if file.file_size is not None and file.file_size > limit_bytes:
        raise TooLarge(limit_bytes)
    status, content = await api.request.fetch(file.file_path, limit_bytes)
    if status != 200:
        raise NetworkError(f"file download: HTTP {status}")
    return content
