"""A strict stand-in of the Telegram Bot API: real HTTP, people who chat, and faults on request."""

from tests.support.telegram.messages import Message
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

__all__ = ["FakeTelegram", "Message", "Person"]
