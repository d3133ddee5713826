"""From a callback of the long connection to rows of the inbox, and from a row to what a person did."""

import hashlib
import json
import logging
import reprlib
from typing import Any, Literal

from bot.dialog.incoming import Incoming
from bot.wecom.cards import QUESTION
from bot.wecom.frames import Frame
from bot.wecom.media import name_of

CHANNEL = "wecom"

log = logging.getLogger(__name__)

Kind = Literal["text", "tap", "file", "start", "other"]
Row = tuple[str, str, str]
"""Key, conversation and body, as the inbox keeps them."""
Body = dict[str, Any]

_MEDIA = frozenset({"image", "file", "video"})
_UNREADABLE = f"{CHANNEL}:unreadable"
"""The conversation of what is nobody's."""
_EVENTS = {"enter_chat": "start", "template_card_event": "tap"}


def rows_of(frame: Frame) -> list[Row]:
    """A callback for the inbox: one row, or one for each picture of a message that has several.

    No row for an event that is no one's business. What cannot be read is kept as well, for a person to look at.
    """
    body = frame.get("body")
    if not isinstance(body, dict):
        return [_row(frame, {}, 0)]
    if body.get("msgtype") == "event" and _event(body).get("eventtype") not in _EVENTS:
        return []
    return [_row(frame, body, number) for number in range(max(1, len(_pictures(body))))]


def unreadable(frame: Frame) -> Row:
    """A callback that cannot even be taken apart, as a row for a person to look at; nothing is made of it."""
    try:
        stored = json.dumps({"unreadable": frame})
    except RecursionError:
        stored = json.dumps({"unreadable": reprlib.repr(frame)})
    return f"bot:{hashlib.sha256(stored.encode()).hexdigest()}", _UNREADABLE, stored


def conversation_of(body: Body) -> str:
    """The conversation whose order a callback keeps; unreadable ones share one of their own."""
    user, chat = _userid(body), body.get("chatid")
    if body.get("chattype") == "group":
        return f"{CHANNEL}:group:{chat}"
    return f"{CHANNEL}:{user}" if user else _UNREADABLE


def read(stored: str, _conversation: str) -> Incoming | None:
    """A stored callback as what a person did; nothing for a group, where the desk does not talk, or if unreadable."""
    try:
        frame = json.loads(stored)
    except ValueError as error:
        log.warning("a callback cannot be read: %s", error)
        return None
    return _done(frame)


def tap_of(frame: Frame) -> Incoming | None:
    """The tap on a card that a callback tells of, if it does."""
    incoming = _done(frame)
    return incoming if incoming is not None and incoming.kind == "tap" else None


def _done(frame: Any) -> Incoming | None:
    """What a person did, as a callback tells it."""
    try:
        body = frame["body"]
        if body.get("chattype", "single") != "single" or not _userid(body):
            return None
        if body["msgtype"] == "event":
            return _happened(frame, body)
        return _said(body, frame.get("part", 0))
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        log.warning("a callback cannot be read: %s: %s", type(error).__name__, error)
        return None


def entered(frame: Frame) -> tuple[str, str] | None:
    """The member who has opened the chat and the request to answer, if that is what a callback tells."""
    body, headers = frame.get("body"), frame.get("headers")
    if not isinstance(body, dict) or _event(body).get("eventtype") != "enter_chat":
        return None
    user, req_id = _userid(body), headers.get("req_id") if isinstance(headers, dict) else None
    return (user, req_id) if user and isinstance(req_id, str) else None


def _row(frame: Frame, body: Body, number: int) -> Row:
    stored = json.dumps({**frame, "part": number}, ensure_ascii=False, separators=(",", ":"))
    return f"{_key(body)}#{number}" if number else _key(body), conversation_of(body), stored


def _key(body: Body) -> str:
    """What makes a callback the same when it comes twice: WeCom's id of it.

    Without one, all that it says: its moment is in seconds, and two events of a second are two.
    """
    given = body.get("msgid")
    if isinstance(given, str | int) and given:
        return f"bot:{given}"
    said = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return f"bot:{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _userid(body: Body) -> str:
    sender = body.get("from")
    user = sender.get("userid") if isinstance(sender, dict) else None
    return user if isinstance(user, str) else ""


def _event(body: Body) -> Body:
    event = body.get("event")
    return event if isinstance(event, dict) else {}


def _items(body: Body) -> list[Body]:
    """The parts of a message that mixes words and pictures."""
    mixed = body.get("mixed")
    items = mixed.get("msg_item") if isinstance(mixed, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _pictures(body: Body) -> list[Body]:
    return [item for item in _items(body) if item.get("msgtype") in _MEDIA]


def _said(body: Body, part: int) -> Incoming:
    match body["msgtype"]:
        case "text":
            return _did(body, "text", text=_text(body["text"]["content"]))
        case "voice":  # WeCom has written down what was said
            return _did(body, "text", text=_text(body["voice"]["content"]))
        case "mixed":
            words = "\n".join(
                _text(item["text"]["content"]) for item in _items(body) if item.get("msgtype") == "text"
            )
            pictures = _pictures(body)
            if not pictures:
                return _did(body, "text", text=words)
            # Pictures after the first come without the words: they were said once.
            return _file(body, pictures[part], "" if part else words)
        case kind if kind in _MEDIA:
            return _file(body, body, "")
        case _:
            return _did(body, "other")


def _file(body: Body, item: Body, words: str) -> Incoming:
    media = item[item["msgtype"]]
    name = f"{_key(body).partition(':')[2][:32]}.jpg" if item["msgtype"] == "image" else ""
    return _did(
        body,
        "file",
        text=words,
        file_id=name_of(_text(media["url"]), _text(media["aeskey"])),
        file_name=name,
    )


def _happened(frame: Frame, body: Body) -> Incoming:
    event = _event(body)
    if _EVENTS[event["eventtype"]] == "start":
        return _did(body, "start")
    card = event["template_card_event"]
    return _did(
        body,
        "tap",
        text=_chosen(card) if card["event_key"] == QUESTION else _text(card["event_key"]),
        tap_id=_text(frame["headers"]["req_id"]),
        message=_text(card.get("task_id", "")),
    )


def _chosen(card: Body) -> str:
    """What was chosen from a list; WeCom writes one of something as itself and several as a list."""
    for item in _each(card.get("selected_items"), "selected_item"):
        for option in _each(item.get("option_ids"), "option_id"):
            return _text(option)
    return ""


def _each(around: Any, name: str) -> list[Any]:
    found = around.get(name, []) if isinstance(around, dict) else []
    return found if isinstance(found, list) else [found]


def _did(body: Body, kind: Kind, **what: Any) -> Incoming:
    user = _userid(body)
    return Incoming(channel=CHANNEL, address=user, sender=user, kind=kind, **what)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} where a text belongs")
    return value
