"""Members of the company who chat with the bot, and see only what a member would see."""

import base64
import os
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from tests.support.wecom.shown import Shown

if TYPE_CHECKING:
    from tests.support.wecom.link_server import FakeWeCom

PATIENCE = 10.0


class Member:
    """Somebody with WeCom. What they do returns the frame that tells the bot."""

    def __init__(self, wecom: "FakeWeCom", userid: str, wrote: bool) -> None:
        self._wecom = wecom
        self.userid = userid
        self.wrote = wrote
        self.messages: list[Shown] = []
        self.changes: list[Shown] = []
        """Every card that was changed under the member's finger, as it reads since."""

    async def says(self, text: str) -> dict[str, Any]:
        return await self._sends({"msgtype": "text", "text": {"content": text}})

    async def speaks(self, words: str) -> dict[str, Any]:
        return await self._sends({"msgtype": "voice", "voice": {"content": words}})

    async def sends_file(self, name: str, content: bytes) -> dict[str, Any]:
        return await self._sends({"msgtype": "file", "file": self._wecom.keep(name, content)})

    async def sends_picture(self, content: bytes) -> dict[str, Any]:
        return await self._sends({"msgtype": "image", "image": self._wecom.keep("", content)})

    async def sends_mixed(self, text: str, *pictures: bytes) -> dict[str, Any]:
        items: list[dict[str, Any]] = [{"msgtype": "text", "text": {"content": text}}] if text else []
        items += [{"msgtype": "image", "image": self._wecom.keep("", one)} for one in pictures]
        return await self._sends({"msgtype": "mixed", "mixed": {"msg_item": items}})

    async def says_in_group(self, group: str, text: str) -> dict[str, Any]:
        body = {"msgtype": "text", "text": {"content": text}, "chattype": "group", "chatid": group}
        return await self._sends(body)

    async def enters(self) -> dict[str, Any]:
        """Open the chat for the first time today."""
        return await self._happens({"eventtype": "enter_chat"}, ("entrance", self, ""))

    async def taps(self, message: Shown, label: str) -> dict[str, Any]:
        """The button of that label; on a list: choose it and send it off."""
        return await self.taps_key(message, message.button(label))

    async def taps_key(self, message: Shown, key: str) -> dict[str, Any]:
        """Also what the card does not show, as an old screen may."""
        card: dict[str, Any] = {"card_type": message.card["card_type"], "task_id": message.task_id}
        if message.is_list:
            chosen = {
                "question_key": message.card["checkbox"]["question_key"],
                "option_ids": {"option_id": [key] if key else []},
            }
            card |= {
                "event_key": message.card["submit_button"]["key"],
                "selected_items": {"selected_item": [chosen]},
            }
        else:
            card["event_key"] = key
        event = {"eventtype": "template_card_event", "template_card_event": card}
        return await self._happens(event, ("tap", self, message.task_id))

    async def wait_message(self, contains: str = "", *, seconds: float = PATIENCE) -> Shown:
        """The newest message that contains the text, as soon as there is one."""
        return await self._wecom.until(
            lambda: next((one for one in reversed(self.messages) if contains in one.text), None),
            f"message to {self.userid} with {contains!r}",
            seconds,
        )

    async def wait_button(self, label: str, *, seconds: float = PATIENCE) -> Shown:
        """The newest card with a button of that label."""
        return await self._wecom.until(
            lambda: next(
                (one for one in reversed(self.messages) if any(label in shown for shown in one.buttons)), None
            ),
            f"a button {label!r} for {self.userid}",
            seconds,
        )

    async def wait_change(self, count: int = 1, *, seconds: float = PATIENCE) -> Shown:
        """The card that was changed as the so-manieth."""
        return await self._wecom.until(
            lambda: self.changes[count - 1] if len(self.changes) >= count else None,
            f"{count} changed cards for {self.userid}",
            seconds,
        )

    def change(self, card: Shown) -> None:
        for place, message in enumerate(self.messages):
            if message.task_id == card.task_id:
                self.messages[place] = card
        self.changes.append(card)

    async def _sends(self, body: dict[str, Any]) -> dict[str, Any]:
        self.wrote = True
        return await self._wecom.tell(
            "aibot_msg_callback", {"chattype": "single", "from": {"userid": self.userid}, **body}
        )

    async def _happens(
        self, event: dict[str, Any], answer_to: tuple[str, "Member", str] | None = None
    ) -> dict[str, Any]:
        body = {
            "msgtype": "event",
            "chattype": "single",
            "from": {"userid": self.userid},
            "event": event,
        }
        return await self._wecom.tell("aibot_event_callback", body, answer_to)


def seal(content: bytes) -> tuple[str, bytes]:
    """A key in the form that the service tells it, and the content under it."""
    key = os.urandom(32)
    missing = 32 - len(content) % 32
    encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
    sealed = encryptor.update(content + bytes([missing]) * missing) + encryptor.finalize()
    return base64.b64encode(key).decode().rstrip("="), sealed
