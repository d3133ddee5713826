"""People who chat with the bot, and see only what a person would see."""

import asyncio
from typing import Any

from tests.support.telegram.messages import File, Message, Version
from tests.support.telegram.world import Tap, World

PATIENCE = 5.0


class Person:
    """Someone with Telegram. What they do returns the id of the update that tells the bot."""

    def __init__(self, world: World, user_id: int, name: str, language: str) -> None:
        self._world = world
        self.id = user_id
        self.name = name
        self._user = {"id": user_id, "is_bot": False, "first_name": name, "language_code": language}
        self._private = {"id": user_id, "type": "private", "first_name": name}
        self._seen = 0

    @property
    def address(self) -> str:
        return str(self.id)

    @property
    def messages(self) -> list[Message]:
        """Every message the bot sent here, all copies, deleted ones too."""
        return self._world.said_by_bot(self.address)

    @property
    def sent(self) -> list[Message]:
        """What this person said in the private chat."""
        return [one for one in self._world.chat_log[self.address] if one.sender is self._user]

    def copies(self, text: str) -> int:
        """How many messages contained the text when they arrived."""
        return sum(text in (one.before[0] if one.before else one.now).text for one in self.messages)

    def open_chat(self) -> None:
        """As after a first /start: only now may the bot write."""
        self._world.chats[self.address] = self._private

    def send_text(self, text: str, *, group: dict[str, Any] | None = None) -> int:
        message = self._post(text, group=group)
        extra: dict[str, Any] = {}
        if text.startswith("/"):
            extra["entities"] = [
                {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
            ]
        return self._world.tell({"message": {**message.as_json(), **extra}})

    def edit_text(self, old: str, new: str) -> int:
        mine = [one for one in self.sent if one.text == old]
        mine[-1].change(Version(new, new))
        return self._world.tell({"edited_message": mine[-1].as_json()})

    def send_document(self, name: str, content: bytes, caption: str = "") -> int:
        file = self._world.keep(File("", name, content, ""))
        return self._world.tell({"message": self._post(caption, file).as_json()})

    def send_photo(self, content: bytes, caption: str = "") -> int:
        file = self._world.keep(File("", "", content, "", "image/jpeg"))
        return self._world.tell({"message": self._post(caption, file, photo=True).as_json()})

    def send_album(self, *documents: tuple[str, bytes], caption: str = "") -> list[int]:
        """Several documents as one, with words under the first; an update each."""
        album = str(self._world.number())
        updates = []
        for name, content in documents:
            file = self._world.keep(File("", name, content, ""))
            message = {**self._post(caption, file).as_json(), "media_group_id": album}
            updates.append(self._world.tell({"message": message}))
            caption = ""
        return updates

    def press(self, message: Message, label: str) -> Tap:
        """Press the button that shows the label now."""
        for button in message.buttons:
            if button.label == label:
                return self.press_data(message, button.data)
        raise AssertionError(f"no button {label!r} among {message.labels}")

    def press_data(self, message: Message, data: str) -> Tap:
        """Press a button that an old screen may still show."""
        tap = Tap(str(4_000_000_000_000 + self._world.number()), self._world.now())
        self._world.taps[tap.id] = tap
        self._world.tell(
            {
                "callback_query": {
                    "id": tap.id,
                    "from": self._user,
                    "chat_instance": str(self.id * 7),
                    "data": data,
                    "message": message.as_json(),
                }
            }
        )
        return tap

    def block(self) -> int:
        self._world.blocked.add(self.address)
        return self._membership("member", "kicked")

    def unblock(self) -> int:
        self._world.blocked.discard(self.address)
        return self._membership("kicked", "member")

    def delete(self, message: Message) -> None:
        message.deleted = True

    async def wait_message(self, contains: str = "", *, seconds: float = PATIENCE) -> Message:
        """The next message not yet waited for that contains the text; those before it count as seen."""

        def look() -> Message | None:
            for position, message in enumerate(self.messages[self._seen :], start=self._seen + 1):
                if contains in message.text:
                    self._seen = position
                    return message
            return None

        return await self._world.until(look, seconds, f"message to {self.name} with {contains!r}")

    async def wait_edit(self, message: Message, contains: str, *, seconds: float = PATIENCE) -> Message:
        return await self._world.until(
            lambda: message if message.before and contains in message.text else None,
            seconds,
            f"edit for {self.name} with {contains!r}",
        )

    async def wait_answer(self, tap: Tap, *, seconds: float = PATIENCE) -> str:
        return await self._world.until(lambda: tap.answer, seconds, f"answer to {self.name}'s tap")

    async def no_message(self, *, seconds: float = 0.3) -> None:
        """Quiet: nothing new comes within the time."""
        await asyncio.sleep(seconds)
        unseen = [message.text for message in self.messages[self._seen :]]
        assert not unseen, f"{self.name} got {unseen}"

    def _post(
        self, text: str, file: File | None = None, *, photo: bool = False, group: dict[str, Any] | None = None
    ) -> Message:
        if group is None:
            self.open_chat()
        return self._world.post(group or self._private, self._user, Version(text, text), file, photo=photo)

    def _membership(self, old: str, new: str) -> int:
        def status(name: str) -> dict[str, Any]:
            return {
                "status": name,
                "user": self._world.bot,
                **({"until_date": 0} if name == "kicked" else {}),
            }

        return self._world.tell(
            {
                "my_chat_member": {
                    "chat": self._private,
                    "from": self._user,
                    "date": int(self._world.now()),
                    "old_chat_member": status(old),
                    "new_chat_member": status(new),
                }
            }
        )
