"""From the XML of a callback to what a person did."""

import hashlib
import logging
from dataclasses import dataclass
from typing import Any, Literal

from bot.dialog.incoming import Incoming
from bot.wecom.app_xml import Fields, Unreadable, each, read_xml, text_of
from bot.wecom.cards import QUESTION

CHANNEL = "wecom"
MEDIA = "app-media:"
"""How a picture is named that lies with the service: ``app-media:1G6nrL…``."""

_TAPPED = "template_card_event"
_EVENTS = frozenset({"click", "enter_agent", _TAPPED})
_WARNINGS = frozenset({"inactive_alert", "low_active_alert", "close_inactive_agent"})
"""The service switches apps off that nobody uses, and says so before."""

log = logging.getLogger(__name__)

Kind = Literal["text", "tap", "file", "start", "other"]
Row = tuple[str, str, str]
"""Key, conversation and body, as the inbox keeps them."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a card, and the response code with which that card may be changed."""

    did: Incoming
    code: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that was opened: for the inbox, and what is to be seen of it at once."""

    row: Row
    tap: Tap | None = None


def heard(message: bytes) -> Heard | None:
    """What a message that was opened says; None for an event that is no one's business.

    One that cannot be read is kept as well, for a person to look at.
    """
    body = message.decode("utf-8", "replace")
    try:
        fields = read_xml(message)
        user = text_of(fields, "FromUserName")
        event = text_of(fields, "Event") if text_of(fields, "MsgType") == "event" else ""
        key = _key(fields, user, event)
    except Unreadable as error:
        log.warning("a callback cannot be read: %s", error)
        return Heard((f"app:{hashlib.sha256(message).hexdigest()}", f"{CHANNEL}:unreadable", body))
    if event in _WARNINGS:
        log.warning("WeCom is about to switch the app off, because it is hardly used: %s", event)
    if event and event not in _EVENTS:
        return None
    row = key, f"{CHANNEL}:{user}" if user else f"{CHANNEL}:unreadable", body
    return Heard(row, _tap_in(fields, user) if user and event == _TAPPED else None)


def _key(fields: Fields, user: str, event: str) -> str:
    """What makes a callback the same when it comes twice.

    Two events of one second are told apart by more than their moment. Somebody is welcomed once, on entering for the
    first time: every later entrance has the same key, and is no news.
    """
    if event == "enter_agent":
        return f"app:{user}|enter_agent"
    if event:
        told = (text_of(fields, name) for name in ("CreateTime", "Event", "EventKey", "TaskId"))
        return "|".join((f"app:{user}", *told))
    return f"app:{text_of(fields, 'MsgId')}"


def _tap_in(fields: Fields, user: str) -> Tap | None:
    """The tap of an event that is one; None where there is no telling which card was tapped, or it cannot be changed."""
    try:
        did, code = _incoming(fields, user), text_of(fields, "ResponseCode")
    except Unreadable:  # of which its turn will tell
        return None
    return Tap(did, code) if did.message and code else None


def read(body: str, _conversation: str) -> Incoming | None:
    """A stored callback as what a person did; nothing for one that cannot be read, with the reason in the log."""
    try:
        fields = read_xml(body.encode())
        user = text_of(fields, "FromUserName")
        return _incoming(fields, user) if user else None
    except Unreadable as error:
        log.warning("a callback cannot be read: %s", error)
        return None


def _incoming(fields: Fields, user: str) -> Incoming:
    match text_of(fields, "MsgType"), text_of(fields, "Event"):
        case "text", _:
            return _did(user, "text", text=text_of(fields, "Content"))
        case "image", _:
            media = text_of(fields, "MediaId")
            return _did(user, "file", file_id=f"{MEDIA}{media}", file_name=f"{text_of(fields, 'MsgId')}.jpg")
        case "event", "enter_agent":
            return _did(user, "start")
        case "event", "click":  # the keys of the menu are the words of the commands
            return _did(user, "text", text=text_of(fields, "EventKey"))
        case "event", "template_card_event":
            return _did(user, "tap", text=_chosen(fields), message=text_of(fields, "TaskId"))
        case _:
            return _did(user, "other")


def _chosen(fields: Fields) -> str:
    """The data of the button, or of what was chosen from a list."""
    key = text_of(fields, "EventKey")
    if key != QUESTION:
        return key
    for items in each(fields, "SelectedItems"):
        for item in each(items, "SelectedItem") if isinstance(items, dict) else ():
            for ids in each(item, "OptionIds") if isinstance(item, dict) else ():
                if isinstance(ids, dict) and ids:
                    return str(each(ids, "OptionId")[0])
    return ""


def _did(user: str, kind: Kind, **what: Any) -> Incoming:
    return Incoming(channel=CHANNEL, address=user, sender=user, kind=kind, **what)
