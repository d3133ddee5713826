"""Template cards: how a message with buttons is shown in WeCom. Pure functions, for the bot and the self-built app.

Decided here and nowhere else: up to six short buttons are buttons; more, or longer ones, are a list to choose from; more
than a list holds are several lists. What opens a page is a button where there are buttons, else a link of its own. Words that a card has room for stand on it; else they come first, as a text of
their own, and the card repeats their first line.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bot.dialog.rendered import Rendered, RenderedButton
from bot.wecom.markdown import split
from core.settings import Language
from core.texts.catalog import plain, strip

MOST_BUTTONS = 6
MOST_OPTIONS = 20
QUESTION = "choice"
"""The key of the list on a card that is one."""

# Widths in characters as WeCom advises them; what is wider is clipped on the screen.
_LABEL, _TITLE, _DETAIL, _LIST_DETAIL = 10, 36, 160, 44
_STOP = re.compile(r"[。？！；：，]|[.?!;:,] | · ")
_OPENS = 1
"""The type of a button that opens an address instead of telling of a tap."""
_TASK_ID = re.compile(r"[0-9A-Za-z_\-@]{1,128}")


@dataclass(frozen=True, slots=True)
class Door:
    """What differs between the ways into WeCom."""

    text_bytes: int
    """The longest Markdown."""
    link_buttons: bool
    """Can a button of a card open a page?"""


BOT = Door(text_bytes=20_480, link_buttons=False)
APP = Door(text_bytes=2_048, link_buttons=True)


@dataclass(frozen=True, slots=True)
class Text:
    markdown: str


@dataclass(frozen=True, slots=True)
class Card:
    """What goes into ``template_card``."""

    json: dict[str, Any]

    @property
    def task_id(self) -> str:
        return str(self.json["task_id"])


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes


Part = Text | Card | File


def parts(rendered: Rendered, door: Door) -> list[Part]:
    """A message as WeCom takes it, in order: its file, its words, its buttons.

    The same message gives the same task ids, so that WeCom itself refuses a card that is sent twice.
    """
    found: list[Part] = [] if rendered.file is None else [File(*rendered.file)]
    links = _links(rendered)
    if links and not (door.link_buttons and not _is_list(rendered)):
        rendered = _without_links(rendered)
    else:
        links = []
    face = _face(rendered)
    if not (len(face.pages) == 1 and face.holds_all):
        found += [Text(text) for text in split(rendered.html, door.text_bytes)]
    if links:
        found.append(Text("\n".join(f"[{one.label}]({one.link})" for one in links)))
    for number, page in enumerate(face.pages, 1):
        turning = f" {number}/{len(face.pages)}" if len(face.pages) > 1 else ""
        found.append(Card(_card(face, page, f"{rendered.name}-{number}", turning)))
    return found


def answered(rendered: Rendered, tapped: str, task_id: str) -> dict[str, Any] | None:
    """The card of ``task_id`` once a button of it was tapped: the message as it stands, the tap marked on it.

    None if there is nothing left to tap: a card of these kinds cannot be without. What opened a page stays on the
    message that was sent first.
    """
    face = _face(_without_links(rendered))
    page = next(
        (page for page in face.pages if any(button.data == tapped for button in page)),
        face.pages and face.pages[-1],
    )
    return _card(face, page, task_id, tapped=tapped) if page else None


def closed(rendered: Rendered) -> dict[str, Any]:
    """What a card becomes when its message has nothing left to tap: the words, over a button that is grey.

    For the app, whose cards can be changed into any other; it keeps the task id that it has.
    """
    title, detail = _heading(rendered.html)
    return {
        "card_type": "button_interaction",
        "main_title": {"title": _clipped(title, _TITLE)},
        **({"sub_title_text": _clipped(detail, _DETAIL)} if detail else {}),
        "button_list": [],
        "replace_text": plain(rendered.language, "wecom-closed", {}),
    }


def width(text: str) -> float:
    """In Chinese characters; any other is half as wide."""
    return (len(text) + sum(map(_is_wide, text))) / 2


@lru_cache(maxsize=2**13)
def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "FWA"


@dataclass(frozen=True, slots=True)
class _Face:
    """What the cards of a message show."""

    title: str
    detail: str
    """Empty where it is told before the card."""
    holds_all: bool
    """Have the words room on the card?"""
    is_list: bool
    pages: list[list[RenderedButton]]
    """The buttons by the card that they stand on."""
    language: Language


def _face(rendered: Rendered) -> _Face:
    title, detail = _heading(rendered.html)
    is_list = _is_list(rendered)
    room = _LIST_DETAIL if is_list else _DETAIL
    holds_all = bool(title) and width(title) <= _TITLE and width(detail) <= room
    buttons = [button for row in rendered.buttons for button in row]
    pages = [buttons[i : i + MOST_OPTIONS] for i in range(0, len(buttons), MOST_OPTIONS)]
    return _Face(title, detail if holds_all else "", holds_all, is_list, pages, rendered.language)


def _links(rendered: Rendered) -> list[RenderedButton]:
    return [button for row in rendered.buttons for button in row if button.link]


def _without_links(rendered: Rendered) -> Rendered:
    return replace(rendered, buttons=tuple(tuple(b for b in row if not b.link) for row in rendered.buttons))


def _is_list(rendered: Rendered) -> bool:
    labels = [button.label for row in rendered.buttons for button in row]
    return len(labels) > MOST_BUTTONS or any(width(label) > _LABEL for label in labels)


def _heading(html: str) -> tuple[str, str]:
    """The first line and the rest; of a first line that is too wide, what stands before a stop."""
    title, _, detail = strip(html).strip().partition("\n")
    if width(title) > _TITLE:
        stops = [stop.end() for stop in _STOP.finditer(title) if width(title[: stop.end()]) <= _TITLE]
        if stops:
            title, detail = title[: stops[-1]], f"{title[stops[-1] :]}\n{detail}"
    return title.strip().rstrip(" ·"), detail.strip()


def _clipped(text: str, room: int) -> str:
    if width(text) <= room:
        return text
    kept = text
    while width(kept) > room - 1:
        kept = kept[:-1]
    return f"{kept}…"


def _card(
    face: _Face, page: Sequence[RenderedButton], task_id: str, turning: str = "", tapped: str = ""
) -> dict[str, Any]:
    if not _TASK_ID.fullmatch(task_id):
        raise ValueError(f"no task id: {task_id!r}")
    title, detail = _clipped(face.title, _TITLE - len(turning)) + turning, face.detail
    if face.is_list:
        return {
            "card_type": "vote_interaction",
            "main_title": {"title": title, **({"desc": detail} if detail else {})},
            "checkbox": {
                "question_key": QUESTION,
                "mode": 0,
                "option_list": [
                    {"id": one.data, "text": one.label, "is_checked": one.data == tapped} for one in page
                ],
            },
            "submit_button": {"text": plain(face.language, "wecom-choose", {}), "key": QUESTION},
            "task_id": task_id,
        }
    return {
        "card_type": "button_interaction",
        "main_title": {"title": title},
        **({"sub_title_text": detail} if detail else {}),
        "button_list": [
            {
                "text": f"✓ {one.label}" if one.data == tapped else one.label,
                "key": one.data,
                **({"type": _OPENS, "url": one.link} if one.link else {}),
            }
            for one in page
        ],
        "task_id": task_id,
    }
