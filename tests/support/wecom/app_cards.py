"""Template cards, read as strictly as the service does: what the documents forbid is a number, not a guess."""

import re
from dataclasses import dataclass
from typing import Any

from bot.wecom.cards import width

_TASK_ID = re.compile(r"[0-9A-Za-z_\-@]{1,128}")
_KEY_BYTES, _OPTION_BYTES, _TITLE_ROOM, _TEXT_ROOM = 1024, 128, 36, 160
INTERACTIVE = ("button_interaction", "vote_interaction", "multiple_interaction")


class ApiError(Exception):
    """A refusal: its number and its words."""

    def __init__(self, number: int, hint: str) -> None:
        super().__init__(hint)
        self.number = number
        self.hint = hint


@dataclass(frozen=True)
class Choice:
    """Something that can be tapped."""

    label: str
    key: str
    listed: bool = False
    """It is an option of a list, sent with the list's button."""


def text_on(card: dict[str, Any]) -> str:
    """What a person reads on a card."""
    title = card.get("main_title", {})
    lines = [title.get("title", ""), title.get("desc", ""), card.get("sub_title_text", "")]
    return "\n".join(line for line in lines if line)


def choices_on(card: dict[str, Any]) -> list[Choice]:
    if card.get("replace_text"):
        return []
    buttons = [Choice(one["text"], one["key"]) for one in card.get("button_list", [])]
    options = card.get("checkbox", {}).get("option_list", [])
    return buttons + [Choice(one["text"], one["id"], listed=True) for one in options]


def check(card: Any, *, sending: bool) -> None:
    """Raises `ApiError` for a card that the service would not take. Only what is sent needs a task id."""
    if not isinstance(card, dict):
        raise ApiError(40008, "template_card")
    kind = card.get("card_type")
    if kind not in INTERACTIVE:
        raise ApiError(40008, f"card_type {kind!r} is not one that this stand-in knows")
    title = card.get("main_title", {})
    if not isinstance(title.get("title"), str) or not title["title"]:
        raise ApiError(41016, "main_title.title")
    if width(title["title"]) > _TITLE_ROOM or width(title.get("desc", "")) > 44:
        raise ApiError(45002, "main_title is clipped on the screen")
    if width(card.get("sub_title_text", "")) > _TEXT_ROOM:
        raise ApiError(45002, "sub_title_text is clipped on the screen")
    if sending and not _TASK_ID.fullmatch(card.get("task_id", "")):
        raise ApiError(42014, "taskid has existed or empty or exceed max len")
    if kind == "button_interaction":
        _check_buttons(card)
    if kind == "vote_interaction":
        _check_list(card)


def _check_buttons(card: dict[str, Any]) -> None:
    buttons = card.get("button_list", [])
    if not buttons and card.get("replace_text"):
        return
    if not 1 <= len(buttons) <= 6:
        raise ApiError(40008, "button_list has 1 to 6")
    keys = [button.get("key") for button in buttons]
    if len(set(keys)) != len(keys) or not all(isinstance(key, str) and key for key in keys):
        raise ApiError(42017, "button key is not exist")
    if any(len(key.encode()) > _KEY_BYTES for key in keys):
        raise ApiError(40008, "button key is too long")
    if any(not button.get("text") or width(button["text"]) > 12 for button in buttons):
        raise ApiError(45002, "button text is clipped on the screen")


def _check_list(card: dict[str, Any]) -> None:
    checkbox = card.get("checkbox", {})
    options = checkbox.get("option_list", [])
    if not checkbox.get("question_key") or not 1 <= len(options) <= 20 or checkbox.get("mode") not in (0, 1):
        raise ApiError(40008, "checkbox")
    ids = [option.get("id", "") for option in options]
    if len(set(ids)) != len(ids) or any(not 0 < len(one.encode()) <= _OPTION_BYTES for one in ids):
        raise ApiError(40008, "option id")
    if not card.get("submit_button", {}).get("key"):
        raise ApiError(40008, "submit_button")
