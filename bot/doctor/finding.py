"""What the doctor finds, and what there is to look at."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import aiohttp

from core.clock import Clock
from core.settings import Settings
from core.texts.message import Message


class Level(StrEnum):
    OK = "ok"
    WATCH = "watch"
    """Works; somebody should know."""
    MEND = "mend"
    """Does not work until somebody mends it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, as a sentence that says what to do about it."""

    level: Level
    message: Message


def ok(key: str, **facts: Any) -> Finding:
    return Finding(Level.OK, Message(key, facts))


def watch(key: str, **facts: Any) -> Finding:
    return Finding(Level.WATCH, Message(key, facts))


def mend(key: str, **facts: Any) -> Finding:
    return Finding(Level.MEND, Message(key, facts))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What checks may look at; none changes anything."""

    settings: Settings
    clock: Clock
    named: Mapping[str, str]
    """Every variable that is set, in the environment or in ``.env``."""
    http: aiohttp.ClientSession


@dataclass(frozen=True, slots=True)
class Check:
    """A row of the doctor's table."""

    name: str
    look: Callable[[Surroundings], Awaitable[list[Finding]]]
    """Says nothing about what is not set up. What it raises is told as a check that could not be made."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and the check that found it."""

    check: str
    finding: Finding
