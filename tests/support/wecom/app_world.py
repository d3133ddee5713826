"""What is behind the stand-in of an app: members, what stands in their chats, codes, media, and a clock."""

import asyncio
import itertools
import json
import math
import secrets
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.support.wecom.app_cards import INTERACTIVE, ApiError, Choice, check, choices_on, text_on

Found = TypeVar("Found")
CODE_LIFE = 72 * 3600.0
MEDIA_LIFE = 3 * 24 * 3600.0


@dataclass
class Message:
    """A message as its reader sees it now."""

    member: str
    kind: str
    body: dict[str, Any]
    before: list[dict[str, Any]] = field(default_factory=list)
    at: float = field(default_factory=time.perf_counter)
    """When it came."""

    @property
    def text(self) -> str:
        if self.kind == "template_card":
            return text_on(self.body)
        return str(self.body.get("content", ""))

    @property
    def choices(self) -> list[Choice]:
        return choices_on(self.body) if self.kind == "template_card" else []

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.choices]

    def choice(self, label: str) -> Choice:
        """What can be tapped and begins with, or else holds, ``label``."""
        begins = [one for one in self.choices if one.label.startswith(label)]
        found = begins or [one for one in self.choices if label in one.label]
        assert found, f"no button {label!r} among {self.labels} under\n{self.text}"
        return found[0]

    @property
    def closed(self) -> str:
        """What stands on the grey button, if the card has one."""
        return str(self.body.get("replace_text", ""))


@dataclass
class Code:
    """A response code: which card it changes, and since when."""

    message: Message
    since: float
    used: bool = False


@dataclass(frozen=True)
class Media:
    name: str
    content: bytes
    kind: str
    since: float


class World:
    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.members: set[str] = set()
        self.outside: set[str] = set()
        """Members who are not in 可见范围."""
        self.unlicensed: set[str] = set()
        self.messages: list[Message] = []
        self._of: defaultdict[str, list[Message]] = defaultdict(list)
        self.dropped: list[Message] = []
        """What went over the limit of a member, and nobody was told of."""
        self.codes: dict[str, Code] = {}
        self.media: dict[str, Media] = {}
        self.menu: dict[str, Any] = {}
        self.most_a_minute, self.most_an_hour = 30, 1000
        self._task_ids: set[str] = set()
        self.compares = "content"
        """What the check for duplicates compares, of which little is written: the ``content`` with that of everything
        sent before, or the whole ``request`` with those that were to be checked as well."""
        self._lately: dict[str, float] = {}
        self._sent: dict[str, deque[float]] = {}
        self._numbers = itertools.count(1001)
        self._changed = asyncio.Event()

    def number(self) -> int:
        return next(self._numbers)

    def of(self, member: str) -> list[Message]:
        return self._of[member]

    def send(self, body: dict[str, Any]) -> dict[str, Any]:
        """`message/send`. Raises `ApiError`."""
        member, kind = body.get("touser", ""), body.get("msgtype", "")
        if not member:
            raise ApiError(82001, "all of touser, toparty and totag are empty")
        if member not in self.members:
            raise ApiError(81013, f"user & party & tag all invalid, {member.lower()}")
        answer = {"invaliduser": "", "unlicenseduser": "", "msgid": f"msg{self.number()}"}
        if member in self.outside:
            return {**answer, "invaliduser": member.lower()}
        if member in self.unlicensed:
            return {**answer, "unlicenseduser": member.lower()}
        message = Message(member, kind, self._content(kind, body.get(kind)))
        if self._is_duplicate(body):
            return answer
        if not self._counts(member):
            self.dropped.append(message)
            return answer
        self.messages.append(message)
        self._of[member].append(message)
        if kind == "template_card":
            answer["response_code"] = self.code_for(message)
        self.notify()
        return answer

    def update(self, body: dict[str, Any]) -> None:
        """`message/update_template_card`. Raises `ApiError`."""
        code = self.codes.get(body.get("response_code", ""))
        if code is None or self.now() - code.since > CODE_LIFE:
            raise ApiError(40016, "invalid response_code")
        if code.used:
            raise ApiError(42022, "code已经被使用过，只能使用一次")
        if body.get("userids") != [code.message.member]:
            raise ApiError(40003, "userids")
        card = body.get("template_card")
        check(card, sending=False)
        assert isinstance(card, dict)
        if card.get("task_id"):
            raise ApiError(42014, "taskid has existed or empty or exceed max len")
        code.used = True
        old = code.message.body
        code.message.before.append(old)
        code.message.body = {**card, "task_id": old["task_id"]}
        self.notify()

    def code_for(self, message: Message) -> str:
        code = f"code-{secrets.token_hex(12)}"
        self.codes[code] = Code(message, self.now())
        return code

    def last_code_of(self, message: Message) -> Code:
        """The newest code: that of the last tap, if the card was tapped at all."""
        return [code for code in self.codes.values() if code.message is message][-1]

    def forget(self, keep: int) -> None:
        """What lies far back, and the codes of it."""
        del self.messages[:-keep]
        self._lately.clear()
        for name in list(self.media)[:-keep]:
            del self.media[name]
        for messages in self._of.values():
            del messages[:-keep]
        shown = {id(message) for messages in self._of.values() for message in messages}
        self.codes = {name: code for name, code in self.codes.items() if id(code.message) in shown}

    def keep(self, name: str, content: bytes, kind: str) -> str:
        media_id = f"media-{self.number()}"
        self.media[media_id] = Media(name, content, kind, self.now())
        return media_id

    def medium(self, media_id: str) -> Media:
        found = self.media.get(media_id)
        if found is None or self.now() - found.since > MEDIA_LIFE:
            raise ApiError(40007, "invalid media_id")
        return found

    def notify(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, look: Callable[[], Found | None], seconds: float, awaited: str) -> Found:
        """What ``look`` finds, as soon as it finds it. Errors: ``AssertionError`` when the time is up."""
        try:
            async with asyncio.timeout(seconds):
                while (found := look()) is None:
                    await self._changed.wait()
                return found
        except TimeoutError:
            raise AssertionError(f"waited {seconds} s in vain for {awaited}") from None

    def _content(self, kind: str, content: Any) -> dict[str, Any]:
        if not isinstance(content, dict):
            raise ApiError(41016, f"{kind} is missing")
        match kind:
            case "text" | "markdown":
                if not content.get("content"):
                    raise ApiError(44004, "empty content")
                if len(content["content"].encode()) > 2048:
                    raise ApiError(45002, "content size out of limit")
            case "image" | "file":
                self.medium(content.get("media_id", ""))
            case "template_card":
                check(content, sending=True)
                if content["task_id"] in self._task_ids:
                    raise ApiError(42014, "taskid has existed or empty or exceed max len")
                self._task_ids.add(content["task_id"])
                assert content["card_type"] in INTERACTIVE
            case _:
                raise ApiError(40008, f"invalid message type {kind!r}")
        return content

    def _is_duplicate(self, body: dict[str, Any]) -> bool:
        """Was the same shown within the interval, and is that not wanted?"""
        checked = body.get("enable_duplicate_check") == 1
        seconds = body.get("duplicate_check_interval", 1800)
        if not 0 < seconds <= 4 * 3600:
            raise ApiError(40035, "invalid parameter")
        kind = body["msgtype"]
        compared = body if self.compares == "request" else [body["touser"], body[kind]]
        key = json.dumps(compared, sort_keys=True)
        found = checked and self._lately.get(key, -math.inf) > self.now() - seconds
        if (checked or self.compares == "content") and not found:
            self._lately[key] = self.now()
        return found

    def _counts(self, member: str) -> bool:
        """Is it shown: thirty a minute, a thousand an hour."""
        sent = self._sent.setdefault(member, deque())
        now = self.now()
        sent.append(now)
        return (
            sum(at > now - 60 for at in sent) <= self.most_a_minute
            and sum(at > now - 3600 for at in sent) <= self.most_an_hour
        )
