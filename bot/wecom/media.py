"""Files: what a person sent is fetched from where WeCom keeps it sealed for five minutes; ours go up in pieces."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import PurePath
from urllib.parse import unquote

import aiohttp
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from bot.fetched import FetchedFile, FileTooLarge
from bot.wecom.frames import Answer, Frame, NoAnswer

MOST_BYTES = 20 << 20
"""Of a file that WeCom takes."""
LEAST_BYTES = 6
"""And it takes none that is smaller."""
PICTURE_BYTES = 10 << 20
_PIECE_BYTES = 512 << 10
_PADDING_BYTES = 32
_FETCH_SECONDS = 60.0
_NAME = re.compile(r"filename\*=(?:UTF-8'')?([^;]+)|filename=\"?([^\";]+)\"?", re.IGNORECASE)
_PICTURES = frozenset({".png", ".jpg", ".jpeg"})

Ask = Callable[[str, Frame], Awaitable[Answer]]


class Unsealable(Exception):
    """What was fetched is not what WeCom sealed with this key."""


class NotTaken(Exception):
    """WeCom refused a file of ours."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.errcode} {answer.errmsg}")
        self.answer = answer


class UploadStopped(Exception):
    """An answer stayed away: nobody was sent the file yet, so that it may go up once more."""


def name_of(url: str, aeskey: str) -> str:
    """A file that lies with WeCom, as the name by which `fetch` finds it."""
    return json.dumps([url, aeskey])


async def fetch(session: aiohttp.ClientSession, file_id: str, limit_bytes: int) -> FetchedFile:
    """The file of this name, opened; never more than the limit in memory.

    Errors: ``FileTooLarge``; ``Unsealable``; ``aiohttp.ClientError``, ``TimeoutError``: worth another try.
    """
    url, aeskey = json.loads(file_id)
    sealed = bytearray()
    async with session.get(url, timeout=aiohttp.ClientTimeout(total=_FETCH_SECONDS)) as response:
        response.raise_for_status()
        async for piece in response.content.iter_chunked(64 << 10):
            sealed += piece
            if len(sealed) > limit_bytes + _PADDING_BYTES:
                raise FileTooLarge
        name = _file_name(response.headers.get("Content-Disposition", ""))
    content = unsealed(bytes(sealed), aeskey)
    if len(content) > limit_bytes:
        raise FileTooLarge
    return FetchedFile(content, name)


def unsealed(sealed: bytes, aeskey: str) -> bytes:
    """AES-256-CBC with the key's own beginning for a start, padded to 32 bytes. Errors: ``Unsealable``."""
    try:
        key = base64.b64decode(aeskey + "=" * (-len(aeskey) % 4))
        decryptor = Cipher(AES(key), CBC(key[:16])).decryptor()
        unpadder = PKCS7(_PADDING_BYTES * 8).unpadder()
        padded = decryptor.update(sealed) + decryptor.finalize()
        return unpadder.update(padded) + unpadder.finalize()
    except (ValueError, binascii.Error) as error:
        raise Unsealable(str(error)) from None


def _file_name(disposition: str) -> str:
    found = _NAME.search(disposition)
    if found is None:
        return ""
    encoded, plain = found.groups()
    # Their servers write the bytes of the name as they are; what reads the header takes them for Latin letters.
    name = unquote(encoded or plain.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return PurePath(name.replace("\\", "/")).name


def kind_of(name: str, content: bytes) -> str:
    """How WeCom shows it: ``image`` for a picture it can show, else ``file``."""
    is_picture = PurePath(name).suffix.lower() in _PICTURES and len(content) <= PICTURE_BYTES
    return "image" if is_picture else "file"


async def upload(ask: Ask, name: str, content: bytes) -> str:
    """Leave a file with WeCom for three days; the id to send it by.

    Errors: ``NotTaken``, ``UploadStopped``, ``NotSent``.
    """
    pieces = [content[start : start + _PIECE_BYTES] for start in range(0, len(content), _PIECE_BYTES)]
    begun = await _done(
        ask(
            "aibot_upload_media_init",
            {
                "type": kind_of(name, content),
                "filename": name,
                "total_size": len(content),
                "total_chunks": len(pieces),
                "md5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
            },
        )
    )
    upload_id = begun.get("upload_id", "")
    for number, piece in enumerate(pieces):
        sent = {
            "upload_id": upload_id,
            "chunk_index": number,
            "base64_data": base64.b64encode(piece).decode(),
        }
        await _done(ask("aibot_upload_media_chunk", sent))
    finished = await _done(ask("aibot_upload_media_finish", {"upload_id": upload_id}))
    return str(finished.get("media_id", ""))


async def _done(asking: Awaitable[Answer]) -> Frame:
    try:
        answer = await asking
    except NoAnswer as error:
        raise UploadStopped(str(error)) from None
    if answer.errcode != 0:
        raise NotTaken(answer)
    return answer.body
