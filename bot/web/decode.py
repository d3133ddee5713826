"""From a raw update, as this server wrote it into the inbox, to what a person did."""

import json
from typing import Literal, cast, get_args

from bot.dialog.incoming import STORED, Incoming
from bot.web.channel import NAME

Kind = Literal["text", "tap", "file", "start"]


def decode(body: str, conversation: str) -> Incoming:
    """What the person of ``conversation`` (``web:<person>``) did.

    Whoever speaks is who the signed pass said, by way of the conversation; nothing in the body can change it.
    Raises `ValueError` for a body that this server did not write.
    """
    raw = json.loads(body)
    if not isinstance(raw, dict) or raw.get("kind") not in get_args(Kind):
        raise ValueError("not an update of the browser chat")
    kind = cast("Kind", raw["kind"])
    address = conversation.partition(":")[2]
    return Incoming(
        channel=NAME,
        address=address,
        sender=address,
        kind=kind,
        text=raw["data"] if kind == "tap" else raw.get("text", ""),
        file_id=f"{STORED}{raw['upload']}" if kind == "file" else "",
        file_name=raw.get("name", ""),
        file_size=raw.get("size", 0),
        language=raw.get("language", ""),
        message=raw.get("message", ""),
    )
