"""Sending one rendered message, and saying what became of it."""

import json
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.dialog.outcome import Delivered, Outcome, Refused, Unsure
from bot.dialog.rendered import Rendered, RenderedButton
from bot.telegram.faults import outcome_of
from bot.telegram.request import AiohttpRequest
from bot.telegram.split import CAPTION_LIMIT, split, width

_NO_TEXT = "There is no text in the message to edit"
_NOT_MODIFIED = "Message is not modified"
_PICTURES = (".png", ".jpg")
"""Files that are shown, and not only offered."""
_TEXT = {"parse_mode": ParseMode.HTML.value, "link_preview_options": '{"is_disabled": true}'}
"""Of every text: how it is marked up, and that no page it names is shown under it."""


async def send(bot: Bot, address: str, rendered: Rendered, *, skip_parts: int = 0) -> Outcome:
    """Send a message, in parts if it is long; the buttons are on the last.

    A file comes first, with the text as its caption if that fits. ``skip_parts`` leaves out what an earlier try
    delivered (``parts_done`` of its outcome), so that a retry repeats nothing.
    """
    parts = _parts(rendered)
    external_id = ""
    for done, part in enumerate(parts[skip_parts:], start=skip_parts):
        outcome = await _attempt(_send_part(bot, address, part), done)
        if not isinstance(outcome, Delivered):
            return outcome
        external_id = outcome.external_id
    return Delivered(external_id)


async def edit(bot: Bot, address: str, external_id: str, rendered: Rendered) -> Outcome:
    """Replace text and buttons of a message; of a document its caption, the document itself stays.

    A message that already reads so counts as delivered. ``Refused`` if it is gone, too old, or the text too long.
    """
    message_id = int(external_id)
    change = _edit_caption if _is_caption(rendered) else _edit_text
    outcome = await _attempt(change(bot, address, message_id, rendered))
    if outcome == Refused(_NO_TEXT):  # the message is a document, and the new words bring none along
        outcome = await _attempt(_edit_caption(bot, address, message_id, rendered))
    if isinstance(outcome, Refused) and outcome.reason.startswith(_NOT_MODIFIED):
        return Delivered(external_id)
    return outcome


async def answer_tap(bot: Bot, tap_id: str) -> None:
    """Stop the waiting sign on a tapped button.

    A courtesy: late (Telegram forgets a tap after 150 s) or lost, it must not get in the way of the tap's work.
    """
    transport = bot.request
    assert isinstance(transport, AiohttpRequest)
    with suppress(TelegramError, KeyError, TypeError, ValueError):
        await transport.call(f"{bot.base_url}/answerCallbackQuery", {"callback_query_id": tap_id})


def _is_caption(rendered: Rendered) -> bool:
    return rendered.file is not None and width(rendered.html) <= CAPTION_LIMIT


def _parts(rendered: Rendered) -> list[Rendered]:
    if _is_caption(rendered):
        return [rendered]
    texts = [Rendered(html) for html in split(rendered.html)]
    texts[-1] = replace(texts[-1], buttons=rendered.buttons)
    return texts if rendered.file is None else [Rendered("", file=rendered.file), *texts]


async def _attempt(call: Coroutine[Any, Any, str], parts_done: int = 0) -> Outcome:
    try:
        return Delivered(await call)
    except TelegramError as error:
        return outcome_of(error, parts_done)
    except (KeyError, TypeError, ValueError) as error:
        # Telegram said yes in a form that the library cannot read: most likely the message is out.
        return Unsure(f"unreadable answer: {type(error).__name__}: {error}", parts_done)


async def _send_part(bot: Bot, address: str, part: Rendered) -> str:
    if part.file is None:
        return await _text(bot, "sendMessage", part, chat_id=address)
    name, content = part.file
    send_file = bot.send_photo if name.endswith(_PICTURES) else bot.send_document
    message = await send_file(
        address,
        InputFile(content, filename=name),
        caption=part.html or None,
        parse_mode=ParseMode.HTML,
        reply_markup=_keyboard(part),
    )
    return str(message.message_id)


async def _edit_text(bot: Bot, address: str, message_id: int, rendered: Rendered) -> str:
    return await _text(bot, "editMessageText", rendered, chat_id=address, message_id=str(message_id))


async def _text(bot: Bot, method: str, part: Rendered, **where: str) -> str:
    """The id of the message that was sent or changed."""
    transport = bot.request
    assert isinstance(transport, AiohttpRequest)
    parameters = {**where, **_TEXT, "text": part.html}
    if part.buttons:
        keyboard = [[_button(one) for one in row] for row in part.buttons]
        parameters["reply_markup"] = json.dumps({"inline_keyboard": keyboard})
    message = await transport.call(f"{bot.base_url}/{method}", parameters)
    return str(message["message_id"])


async def _edit_caption(bot: Bot, address: str, message_id: int, rendered: Rendered) -> str:
    await bot.edit_message_caption(
        address,
        message_id,
        caption=rendered.html,
        parse_mode=ParseMode.HTML,
        reply_markup=_keyboard(rendered),
    )
    return str(message_id)


def _keyboard(rendered: Rendered) -> InlineKeyboardMarkup | None:
    if not rendered.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton.de_json(_button(one), None) for one in row]  # as sendMessage has it
            for row in rendered.buttons
        ]
    )


def _button(button: RenderedButton) -> dict[str, Any]:
    does = {"web_app": {"url": button.link}} if button.link else {"callback_data": button.data}
    return {"text": button.label, **does}
