"""What the doctor finds, and what there is to look at."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import aiohttp

from core.clock import Clock
from core.settings import Settings
from core.texts.message import Message
from core.texts.wire import Label


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


def why(error: Exception) -> Label | str:
    """What kept a server from answering, in words that lead to what to mend; what is rare, by its own name."""
    match error:
        case aiohttp.ClientConnectorDNSError():
            return Label("doctor-why-name")
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return Label("doctor-why-certificate")
        case TimeoutError():
            return Label("doctor-why-silent")
        case aiohttp.ClientConnectorError():
            return Label("doctor-why-closed")
        case _:
            return type(error).__name__


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
