"""Sending one rendered message over the long connection, and saying what became of it."""

from collections.abc import Callable

from bot.dialog.outcome import Delivered, Later, Outcome, Unsure
from bot.dialog.rendered import Rendered
from bot.wecom.cards import BOT, Card, File, Part, Text, parts
from bot.wecom.errors import outcome_of
from bot.wecom.frames import Answer, Frame, NoAnswer, NotSent
from bot.wecom.link import Link
from bot.wecom.media import LEAST_BYTES, NotTaken, UploadStopped, kind_of, upload

SINGLE = 1
"""``chat_type``: with one member. Left out, WeCom looks for a group of that name first."""
NOT_SENT_SECONDS = 1.0

Count = Callable[[], float]
"""Asked before each part: zero, send now, it is counted; else the seconds to wait."""


async def send(
    link: Link, address: str, rendered: Rendered, count: Count, *, skip_parts: int = 0, welcome: str = ""
) -> Outcome:
    """Send a message: its file, its words, its buttons, each as far as there are any.

    ``skip_parts`` leaves out what an earlier try delivered. ``welcome`` is the request of a member who has just opened
    the chat: the first part responds to it, which reaches also who never wrote.
    """
    sent = ""
    for done, part in enumerate(parts(rendered, BOT)[skip_parts:], start=skip_parts):
        if (seconds := count()) > 0:
            return Later(seconds, "the conversation is full", whole_channel=False, parts_done=done)
        try:
            answer = await _send_part(link, address, part, welcome)
        except NotSent as error:
            return Later(NOT_SENT_SECONDS, f"not sent: {error}", whole_channel=True, parts_done=done)
        except UploadStopped as error:
            return Later(
                NOT_SENT_SECONDS, f"the upload stopped: {error}", whole_channel=False, parts_done=done
            )
        except NoAnswer as error:
            return Unsure(f"no answer: {error}", done)
        except NotTaken as refused:
            answer = refused.answer
        welcome = ""
        trouble = outcome_of(answer, done, is_card=isinstance(part, Card))
        if trouble is not None:
            return trouble
        sent = part.task_id if isinstance(part, Card) else sent
    return Delivered(sent or rendered.name)


async def _send_part(link: Link, address: str, part: Part, welcome: str) -> Answer:
    if welcome and isinstance(part, Card):
        return await link.ask("aibot_respond_welcome_msg", _shown(part), req_id=welcome)
    if welcome and isinstance(part, Text):
        said = {"msgtype": "text", "text": {"content": part.markdown.replace("**", "").replace("`", "")}}
        return await link.ask("aibot_respond_welcome_msg", said, req_id=welcome)
    body = await _uploaded(link, part) if isinstance(part, File) else _shown(part)
    return await link.ask("aibot_send_msg", {"chatid": address, "chat_type": SINGLE, **body})


def _shown(part: Text | Card) -> Frame:
    if isinstance(part, Card):
        return {"msgtype": "template_card", "template_card": part.json}
    return {"msgtype": "markdown", "markdown": {"content": part.markdown}}


async def _uploaded(link: Link, part: File) -> Frame:
    content = part.content.ljust(LEAST_BYTES, b"\n")
    media = await upload(link.ask, part.name, content)
    kind = kind_of(part.name, content)
    return {"msgtype": kind, kind: {"media_id": media}}
