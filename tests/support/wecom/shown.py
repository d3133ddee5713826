"""What WeCom makes of a message, as strictly as the service: a card that it would refuse is refused here."""

import re
import time
from dataclasses import dataclass, field
from typing import Any

from bot.wecom.cards import width

TEXT_BYTES = 20_480
_TASK_ID = re.compile(r"[0-9A-Za-z_\-@]{1,128}")
ADVISED = {"title": 36, "desc": 44, "sub_title_text": 160, "button": 12}
"""In Chinese characters; WeCom clips what is wider. A button is advised ten, and a mark before it."""


class Refusal(Exception):
    def __init__(self, errcode: int, errmsg: str) -> None:
        super().__init__(f"{errcode} {errmsg}")
        self.errcode = errcode
        self.errmsg = errmsg


class Clipped(Exception):
    """WeCom would take it, and show a part of it or none."""


@dataclass
class Shown:
    """A message in a member's chat."""

    kind: str
    """``text``, ``card``, ``file`` or ``image``."""
    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    """Label to key or option id, in the order shown."""
    card: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    content: bytes = b""
    at: float = field(default_factory=time.perf_counter)
    """When it came."""

    @property
    def task_id(self) -> str:
        return str(self.card.get("task_id", ""))

    @property
    def is_list(self) -> bool:
        return self.card.get("card_type") == "vote_interaction"

    def button(self, label: str) -> str:
        begins = [key for shown, key in self.buttons.items() if shown.startswith(label)]
        holds = [key for shown, key in self.buttons.items() if label in shown]
        assert begins or holds, f"no button {label!r} among {list(self.buttons)} under\n{self.text}"
        return (begins or holds)[0]


def shown(body: dict[str, Any], files: dict[str, tuple[str, str, bytes]], task_ids: set[str]) -> Shown:
    """The body of a message as a member sees it. Errors: ``Refusal``."""
    match body.get("msgtype"):
        case "markdown":
            content = _text(body["markdown"].get("content"), 44004)
            if len(content.encode()) > TEXT_BYTES:
                raise Refusal(45002, "content size out of limit")
            return Shown("text", content)
        case "template_card":
            card = shown_card(body["template_card"])
            if card.task_id in task_ids:
                raise Refusal(42014, "taskid has existed or empty or exceed max len")
            task_ids.add(card.task_id)
            return card
        case "file" | "image" as kind:
            kept = files.get(body[kind].get("media_id", ""))
            if kept is None or kept[0] != kind:
                raise Refusal(40007, "invalid media_id")
            return Shown(kind, "", name=kept[1], content=kept[2])
        case other:
            raise Refusal(40008, f"invalid message type {other!r}")


def shown_card(card: dict[str, Any]) -> Shown:
    if not _TASK_ID.fullmatch(str(card.get("task_id", ""))):
        raise Refusal(42014, "taskid has existed or empty or exceed max len")
    heading = card.get("main_title", {})
    title = _text(heading.get("title"), 40016)
    said = [title, *(part for part in (heading.get("desc"), card.get("sub_title_text")) if part)]
    for name, text in (*heading.items(), ("sub_title_text", card.get("sub_title_text", ""))):
        if width(text) > ADVISED[name]:
            raise Clipped(f"{name}: {text!r}")
    return Shown("card", "\n".join(said), _buttons(card), card)


def _buttons(card: dict[str, Any]) -> dict[str, str]:
    match card.get("card_type"):
        case "button_interaction":
            found = [(one.get("text"), one.get("key"), 1024) for one in card["button_list"]]
            most = 6
            if clipped := [text for text, _, _ in found if width(text) > ADVISED["button"]]:
                raise Clipped(f"buttons: {clipped}")
        case "vote_interaction":
            _text(card["submit_button"].get("text"), 40016)
            _text(card["submit_button"].get("key"), 40016)
            _text(card["checkbox"].get("question_key"), 40016)
            if "sub_title_text" in card:
                raise Clipped("a list has no sub_title_text")
            found = [(one.get("text"), one.get("id"), 128) for one in card["checkbox"]["option_list"]]
            most = 20
        case other:
            raise Refusal(42019, f"invalid card type {other!r}")
    if not 1 <= len(found) <= most:
        raise Refusal(42018, "button list size is invalid")
    keys = [_text(key, 42017) for _, key, _ in found]
    if len(set(keys)) < len(keys) or any(len(key.encode()) > longest for _, key, longest in found):
        raise Refusal(42017, "button key is invalid")
    labels = [_text(text, 40016) for text, _, _ in found]
    if len(set(labels)) < len(labels):
        raise Clipped(f"nobody can tell them apart: {labels}")
    return dict(zip(labels, keys, strict=True))


def _text(value: Any, errcode: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refusal(errcode, "a text is missing")
    return value
