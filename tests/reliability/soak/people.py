"""Who chats in a soak: through Telegram, with the WeCom bot, with the WeCom app, each as their screen allows."""

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from tests.support.telegram import Person
from tests.support.wecom.app_people import Member as AppMember
from tests.support.wecom.members import Member

Tap = Callable[[], Any]
_SCREEN, _CARD = 8, 6
"""Messages that a person sees without scrolling; buttons that a card has."""
_WISHING, _MOST_QUESTIONS = 0.3, 4


class Hand(Protocol):
    """What a person can do; each act may be awaited until it has reached the program."""

    def says(self, text: str) -> Any: ...

    def buttons(self) -> list[tuple[str, Tap]]:
        """What can be tapped on the screen, the newest first."""
        ...


class OnTelegram:
    def __init__(self, person: Person) -> None:
        self._person = person

    async def says(self, text: str) -> None:
        self._person.send_text(text)

    def buttons(self) -> list[tuple[str, Tap]]:
        def tap(message: Any, data: str) -> Tap:
            async def press() -> None:
                self._person.press_data(message, data)

            return press

        newest = reversed(self._person.messages[-_SCREEN:])
        return [(one.label, tap(message, one.data)) for message in newest for one in message.buttons]


class WithBot:
    def __init__(self, member: Member) -> None:
        self._member = member
        self.says = member.says

    def buttons(self) -> list[tuple[str, Tap]]:
        newest = reversed(self._member.messages[-_SCREEN:])
        return [
            (label, lambda message=message, key=key: self._member.taps_key(message, key))  # type: ignore[misc]
            for message in newest
            for label, key in message.buttons.items()
        ]


class InApp:
    def __init__(self, member: AppMember) -> None:
        self._member = member
        self.says = member.says

    def buttons(self) -> list[tuple[str, Tap]]:
        newest = reversed(self._member.messages[-_SCREEN:])
        return [
            (one.label, lambda message=message, one=one: self._member.chooses(message, one))  # type: ignore[misc]
            for message in newest
            for one in message.choices
        ]


class Talker:
    """Somebody who acts again and again, each time one thing."""

    def __init__(self, hand: Hand, chance: random.Random) -> None:
        self._hand = hand
        self._chance = chance
        self._story: Iterator[str] = iter(())

    def acts(self) -> "asyncio.Future[Any]":
        """Go on with the story; in place of a button that is not there, tap what the screen offers first."""
        step = next(self._story, None)
        if step is None:
            self._story = self.begins()
            step = next(self._story)
        if not step.startswith("["):
            return asyncio.ensure_future(self._hand.says(step))
        buttons = self._hand.buttons()
        wanted = [tap for label, tap in buttons if step[1:-1] in label] or [tap for _, tap in buttons]
        return asyncio.ensure_future(wanted[0]() if wanted else self._hand.says("菜单"))

    def begins(self) -> Iterator[str]:
        """What to do next, step by step; a label in brackets is a button."""
        raise NotImplementedError

    def offers(self, label: str) -> bool:
        """Is there such a button on the newest card?"""
        return any(label in shown for shown, _ in self._hand.buttons()[:_CARD])


class Seller(Talker):
    """Asks whether goods may go out, and for credit."""

    def __init__(self, hand: Hand, chance: random.Random, customers: Sequence[str]) -> None:
        super().__init__(hand, chance)
        self._customers = customers

    def begins(self) -> Iterator[str]:
        customer = self._chance.choice(self._customers)
        told = (
            (f"{customer} 能发5万吗",),
            ("/check", customer, "[返回]", customer, "8万"),
            ("/credit", customer, "[先存着]"),
            ("菜单", "[逾期]"),
            ("账龄",),
        )
        return (
            self._asks_for_credit() if self._chance.random() < _WISHING else iter(self._chance.choice(told))
        )

    def _asks_for_credit(self) -> Iterator[str]:
        yield from ("/credit", self._customers[0], "10万", "[长期]")
        for _ in range(_MOST_QUESTIONS):
            if self.offers("提交"):
                yield "[提交]"
                return
            yield "[没有抵押]" if self.offers("没有抵押") else "旺季备货"


class Approver(Talker):
    """Signs what there is to sign."""

    def begins(self) -> Iterator[str]:
        if any(label.startswith("同意") for label, _ in self._hand.buttons()):
            return iter(("[同意]",))
        return iter(self._chance.choice((("待办",), ("菜单", "[账龄]"), ("逾期",), ("帮助",))))
