"""Members with WeCom in their hand: they see what a member would see, and every act is a call at the program."""

import asyncio
from xml.sax.saxutils import escape

from tests.support.wecom.app_cards import Choice
from tests.support.wecom.app_world import Message, World
from tests.support.wecom.calling import Caller

PATIENCE = 10.0


class Member:
    def __init__(self, world: World, caller: Caller, userid: str) -> None:
        self._world = world
        self._caller = caller
        self.userid = userid

    @property
    def messages(self) -> list[Message]:
        return self._world.of(self.userid)

    # what a member does; each returns the task of the call

    def says(self, text: str) -> "asyncio.Task[int]":
        return self._message("text", f"<Content>{escape(text)}</Content>")

    def sends_picture(self, content: bytes) -> "asyncio.Task[int]":
        media_id = self._world.keep("photo.jpg", content, "image")
        return self._message(
            "image", f"<PicUrl>https://example.invalid/p</PicUrl><MediaId>{media_id}</MediaId>"
        )

    def sends(self, kind: str) -> "asyncio.Task[int]":
        """A voice message, a video, a place, a link."""
        return self._message(kind, "<MediaId>m</MediaId>")

    def enters(self) -> "asyncio.Task[int]":
        return self._event("enter_agent", "<EventKey></EventKey>")

    def uses_menu(self, key: str) -> "asyncio.Task[int]":
        return self._event("click", f"<EventKey>{escape(key)}</EventKey>")

    def taps(self, message: Message, label: str) -> "asyncio.Task[int]":
        """The button, or the option of the list, whose label begins with, or else holds, ``label``."""
        return self.chooses(message, message.choice(label))

    def chooses(self, message: Message, choice: Choice) -> "asyncio.Task[int]":
        """Tap what stands on the member's screen, however old; a fresh response code comes along."""
        code = self._world.code_for(message)
        key = choice.key
        chosen = ""
        if choice.listed:
            key = message.body["submit_button"]["key"]
            question = message.body["checkbox"]["question_key"]
            chosen = (
                f"<SelectedItems><SelectedItem><QuestionKey>{question}</QuestionKey><OptionIds><OptionId>"
                f"{escape(choice.key)}</OptionId></OptionIds></SelectedItem></SelectedItems>"
            )
        return self._event(
            "template_card_event",
            f"<EventKey>{escape(key)}</EventKey>"
            f"<TaskId>{message.body['task_id']}</TaskId><CardType>{message.body['card_type']}</CardType>"
            f"<ResponseCode>{code}</ResponseCode>{chosen}",
        )

    def text_message(self, text: str, number: int) -> bytes:
        """What WeCom tells of a text, under this number."""
        return self._xml("text", f"<Content>{escape(text)}</Content><MsgId>{number}</MsgId>")

    def event(self, name: str, more: str = "") -> bytes:
        return self._xml("event", f"<Event>{name}</Event>{more}")

    # what a member sees

    async def wait_message(self, contains: str, *, after: int = 0, seconds: float = PATIENCE) -> Message:
        """The first message behind so many that holds the text."""
        return await self._world.until(
            lambda: next((one for one in self.messages[after:] if contains in one.text), None),
            seconds,
            f"message to {self.userid} with {contains!r}",
        )

    async def wait_button(self, label: str, *, after: int = 0, seconds: float = PATIENCE) -> Message:
        return await self._world.until(
            lambda: next(
                (one for one in self.messages[after:] if any(label in shown for shown in one.labels)), None
            ),
            seconds,
            f"a button {label!r} for {self.userid}",
        )

    def _message(self, kind: str, content: str) -> "asyncio.Task[int]":
        number = 7_000_000_000_000_000_000 + self._world.number()
        return self._caller.tell(self._xml(kind, f"{content}<MsgId>{number}</MsgId>"))

    def _event(self, name: str, more: str) -> "asyncio.Task[int]":
        return self._caller.tell(self.event(name, more))

    def _xml(self, kind: str, content: str) -> bytes:
        return (
            f"<xml><ToUserName><![CDATA[{self._caller.corp_id}]]></ToUserName>"
            f"<FromUserName><![CDATA[{self.userid}]]></FromUserName>"
            f"<CreateTime>{self._caller.seconds()}</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>"
            f"{content}<AgentID>1000002</AgentID></xml>"
        ).encode()
