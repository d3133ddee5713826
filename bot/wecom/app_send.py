"""Sending one rendered message as the app, changing a card of it, and saying what became of that."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from bot.dialog.outcome import Delivered, Later, Outcome, Refused, Unreachable, Unsure
from bot.dialog.rendered import Rendered
from bot.wecom.api import AppApi
from bot.wecom.app_codes import ResponseCodes
from bot.wecom.app_errors import Cure, Declined, NoAnswer, NotDone, NotSent, ServerFault
from bot.wecom.app_repeats import CHECK_SECONDS
from bot.wecom.cards import APP, Card, File, Part, Text, answered, closed, parts
from bot.wecom.media import LEAST_BYTES, kind_of

FAULT_SECONDS = 5.0
LIMIT_SECONDS = 60.0
"""Once too much was asked, the service asks for a minute's rest at least."""
SETUP_SECONDS = 60.0
"""A person has to put a setting right; meanwhile nothing is lost."""

Take = Callable[[str], float]
"""Asked before each part to a member: zero, send now, it is counted; else the seconds to wait."""
MayOnlyRepeat = Callable[[str, str, str], bool]
"""Asked of each text: the member, the name of the part, its words. See `bot.wecom.app_repeats`."""

_ANOTHER_CODE = Refused("this response code is used up")

log = logging.getLogger(__name__)


async def send(
    api: AppApi,
    codes: ResponseCodes,
    take: Take,
    may_only_repeat: MayOnlyRepeat,
    address: str,
    rendered: Rendered,
    *,
    skip_parts: int = 0,
) -> Outcome:
    """Send a message: its file, its words, its buttons, each as far as there are any.

    ``skip_parts`` leaves out what an earlier try delivered (``parts_done`` of its outcome). The id of what was delivered
    is that of its last card; empty where there is none, which nothing can change later.
    """
    outcome: Outcome = Delivered("")
    all_parts = parts(rendered, APP)
    for done, part in enumerate(all_parts[skip_parts:], start=skip_parts):
        if (seconds := take(address)) > 0:
            return Later(seconds, "as much as the member is shown", whole_channel=False, parts_done=done)
        once = isinstance(part, Text) and may_only_repeat(address, f"{rendered.name}#{done}", part.markdown)
        is_last = done + 1 == len(all_parts)
        outcome = await _attempt(_send_part(api, codes, address, part, once=once, is_last=is_last), done)
        if not isinstance(outcome, Delivered):
            return outcome
    return outcome


async def edit(
    api: AppApi, codes: ResponseCodes, address: str, external_id: str, rendered: Rendered
) -> Outcome:
    """Bring a card up to date, as often as there are codes for it: one from sending, one from each tap.

    While something can still be done on the card its last code is kept back, for the moment at which nothing can: what is
    over must not look open. A card without a code stays as it is, and a tap on it heals it (`bot.wecom.app_taps`).
    """
    if not external_id:
        return Refused("a message without buttons cannot be changed")
    spare = 1 if _still_acts(rendered) else 0
    card = dict(answered(rendered, "", external_id) or closed(rendered))
    card.pop("task_id", None)  # the card keeps the one it has; a second use of it is refused
    while (code := await codes.take(external_id, spare=spare)) is not None:
        outcome = await _attempt(_update(api, address, code, card))
        if isinstance(outcome, Later):
            await codes.give_back(code)
        if outcome != _ANOTHER_CODE:
            return Delivered(external_id) if isinstance(outcome, Delivered) else outcome
    return Delivered(external_id) if spare else Refused("no response code is left for this card")


def _still_acts(rendered: Rendered) -> bool:
    """Can something be done on the card? A button that acts carries the version seen, one that only shows does not."""
    return any(button.data.count(":") > 1 for row in rendered.buttons for button in row)


async def _attempt(call: Coroutine[Any, Any, Delivered], parts_done: int = 0) -> Outcome:
    """What became of it; of what only a person can cure, the log tells."""
    try:
        return await call
    except NotSent as error:
        return Later(FAULT_SECONDS, f"not sent: {error}", whole_channel=True, parts_done=parts_done)
    except ServerFault as error:
        throttled = error.status == 429
        pause = LIMIT_SECONDS if throttled else FAULT_SECONDS
        return Later(pause, str(error), whole_channel=throttled, parts_done=parts_done)
    except NotDone as error:
        return Later(FAULT_SECONDS, str(error), whole_channel=False, parts_done=parts_done)
    except NoAnswer as error:
        return Unsure(f"no answer: {error}", parts_done)
    except Declined as declined:
        return _cured(declined, parts_done)


def _cured(declined: Declined, parts_done: int) -> Outcome:
    why = str(declined)
    match declined.cure:
        case Cure.AGAIN | Cure.NEW_TOKEN:
            return Later(FAULT_SECONDS, why, whole_channel=False, parts_done=parts_done)
        case Cure.WAIT:
            return Later(LIMIT_SECONDS, why, whole_channel=True, parts_done=parts_done)
        case Cure.SETUP:
            if declined.address:
                log.error("WeCom does not trust %s: add it to the app's trusted addresses", declined.address)
            else:
                log.error("WeCom refuses the app until its settings are right: %s", why)
            return Later(SETUP_SECONDS, why, whole_channel=True, parts_done=parts_done)
        case Cure.PERSON:
            return Unreachable(why)
        case Cure.CODE:
            return _ANOTHER_CODE
        case _:
            return Refused(why)


async def _send_part(
    api: AppApi, codes: ResponseCodes, address: str, part: Part, *, once: bool, is_last: bool
) -> Delivered:
    """``once``: a text that the member has had from us lately is not shown again."""
    match part:
        case Text(markdown):
            check = {"enable_duplicate_check": 1, "duplicate_check_interval": CHECK_SECONDS} if once else {}
            await api.send(address, {"msgtype": "markdown", "markdown": {"content": markdown}, **check})
            return Delivered("")
        case Card(json):
            return await _send_card(api, codes, address, Card(json), is_last=is_last)
        case File(name, content):
            kind = kind_of(name, content)
            try:
                media = await api.upload(kind, name, content.ljust(LEAST_BYTES, b"\n"))
            except NoAnswer as error:  # of an upload that perhaps arrived nobody sees anything
                raise NotDone(f"upload: {error}") from None
            await api.send(address, {"msgtype": kind, kind: {"media_id": media}})
            return Delivered("")


async def _send_card(
    api: AppApi, codes: ResponseCodes, address: str, card: Card, *, is_last: bool
) -> Delivered:
    try:
        sent = await api.send(address, {"msgtype": "template_card", "template_card": card.json})
    except Declined as declined:
        if declined.cure is Cure.TAKEN:  # an earlier try arrived, and only its answer was lost
            return Delivered(card.task_id)
        raise
    if sent.response_code and is_last:
        return Delivered(card.task_id, codes.keeping(card.task_id, sent.response_code))
    if sent.response_code:  # what follows may not arrive, and is marked only then
        await codes.keep(card.task_id, sent.response_code)
    return Delivered(card.task_id)


async def _update(api: AppApi, address: str, code: str, card: dict[str, object]) -> Delivered:
    await api.update_card(address, code, card)
    return Delivered("")
