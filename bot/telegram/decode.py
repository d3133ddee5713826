"""From a raw update to what a person did.

Straight from the JSON rather than through the library's objects: a field that Telegram adds or drops must not
turn a person's words into something unreadable, and only a handful of fields matter here.
"""

import logging
from typing import Any, Literal

from bot.dialog.incoming import Incoming

CHANNEL = "telegram"

log = logging.getLogger(__name__)

Kind = Literal["text", "tap", "file", "start", "gone", "back", "other"]
_FILES = ("document", "video", "audio", "voice")
_OUT = ("kicked", "left")


def key_of(raw: dict[str, Any]) -> str:
    """What makes an update the same update when it comes twice."""
    return str(raw.get("update_id", ""))


def conversation_of(raw: dict[str, Any]) -> str:
    """The conversation whose order the update keeps; unreadable updates share one of their own."""
    try:
        return f"{CHANNEL}:{_chat(raw)['id']}"
    except (LookupError, TypeError):
        return f"{CHANNEL}:unreadable"


def decode(raw: dict[str, Any]) -> Incoming | None:
    """What a person did, or ``None`` if it is nothing for the desk.

    Only private chats are served. An update that cannot be read gives ``None`` too, with the reason in the log;
    this never raises.
    """
    try:
        if _chat(raw)["type"] != "private":
            return None
        if "callback_query" in raw:
            return _tap(raw["callback_query"])
        if "message" in raw:
            return _message(raw["message"])
        if "edited_message" in raw:
            # A second telling must not count as a second answer: the dialog says so.
            return _incoming(raw["edited_message"], "other")
        if "my_chat_member" in raw:
            return _membership(raw["my_chat_member"])
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        log.warning("update %s cannot be read: %s: %s", key_of(raw), type(error).__name__, error)
    return None


def _chat(raw: dict[str, Any]) -> dict[str, Any]:
    bodies = {name: body for name, body in raw.items() if isinstance(body, dict)}
    body = (
        bodies["callback_query"]["message"] if "callback_query" in bodies else next(iter(bodies.values()), {})
    )
    chat: dict[str, Any] = body["chat"]
    return chat


def _tap(query: dict[str, Any]) -> Incoming:
    message = query["message"]
    return _incoming(
        {**message, "from": query["from"]},
        "tap",
        text=_text(query["data"]),
        tap_id=_text(query["id"]),
    )


def _membership(change: dict[str, Any]) -> Incoming:
    """The person has blocked the bot, or lets it write again."""
    blocked = change["new_chat_member"]["status"] in _OUT
    return _incoming({**change, "message_id": ""}, "gone" if blocked else "back")


def _message(message: dict[str, Any]) -> Incoming:
    if "text" in message:
        text = _text(message["text"])
        command, _, argument = text.partition(" ")
        if command == "/start":
            return _incoming(message, "start", text=argument.strip())
        return _incoming(message, "text", text=text)
    if "photo" in message:
        largest = message["photo"][-1]
        return _file(message, largest, f"{largest['file_unique_id']}.jpg")
    for kind in _FILES:
        if kind in message:
            return _file(message, message[kind], message[kind].get("file_name", ""))
    return _incoming(message, "other")


def _file(message: dict[str, Any], file: dict[str, Any], name: str) -> Incoming:
    return _incoming(
        message,
        "file",
        text=_text(message.get("caption", "")),
        file_id=_text(file["file_id"]),
        file_name=_text(name),
        file_size=int(file.get("file_size", 0)),
        album=_text(message.get("media_group_id", "")),
    )


def _incoming(message: dict[str, Any], kind: Kind, **what: Any) -> Incoming:
    person = message["from"]
    return Incoming(
        channel=CHANNEL,
        address=str(message["chat"]["id"]),
        sender=str(person["id"]),
        kind=kind,
        language=_text(person.get("language_code", "")),
        message=str(message["message_id"]),
        **what,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} where a text belongs")
    return value
