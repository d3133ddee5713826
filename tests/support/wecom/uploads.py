"""Files that a bot leaves with the service, piece by piece."""

import base64
import binascii
import hashlib
import itertools
from dataclasses import dataclass, field
from typing import Any

from tests.support.wecom.shown import Refusal

MOST_BYTES, PIECE_BYTES, MOST_PIECES = 20 << 20, 512 << 10, 100


@dataclass
class _Upload:
    kind: str
    name: str
    size: int
    count: int
    md5: str
    pieces: dict[int, bytes] = field(default_factory=dict)


class Uploads:
    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, str, bytes]] = {}
        """By media id: kind, name, content."""
        self._open: dict[str, _Upload] = {}
        self._numbers = itertools.count(1)

    def begin(self, body: dict[str, Any]) -> dict[str, Any]:
        size, count = body["total_size"], body["total_chunks"]
        if body["type"] not in {"file", "image", "voice", "video"} or not body["filename"]:
            raise Refusal(40004, "invalid media type")
        if not 5 < size <= MOST_BYTES or not 1 <= count <= MOST_PIECES:
            raise Refusal(40006, "invalid media size")
        upload = f"upload-{next(self._numbers)}"
        self._open[upload] = _Upload(body["type"], body["filename"], size, count, body["md5"])
        return {"upload_id": upload}

    def piece(self, body: dict[str, Any]) -> dict[str, Any]:
        upload = self._of(body)
        try:
            piece = base64.b64decode(body["base64_data"], validate=True)
        except binascii.Error:
            raise Refusal(40009, "invalid chunk") from None
        if len(piece) > PIECE_BYTES or not 0 <= body["chunk_index"] < upload.count:
            raise Refusal(40009, "invalid chunk")
        upload.pieces[body["chunk_index"]] = piece
        return {}

    def finish(self, body: dict[str, Any]) -> dict[str, Any]:
        upload = self._of(body)
        content = b"".join(upload.pieces[number] for number in sorted(upload.pieces))
        whole = len(upload.pieces) == upload.count and len(content) == upload.size
        if not whole or hashlib.md5(content).hexdigest() != upload.md5:
            raise Refusal(40009, "the chunks do not make the file")
        media = f"media-{next(self._numbers)}"
        self.kept[media] = (upload.kind, upload.name, content)
        del self._open[body["upload_id"]]
        return {"type": upload.kind, "media_id": media, "created_at": 1773108000}

    def _of(self, body: dict[str, Any]) -> _Upload:
        try:
            return self._open[body["upload_id"]]
        except KeyError:
            raise Refusal(40007, "invalid upload_id") from None
