"""``zixin doctor``: looks at everything that may keep the program from serving, and says what to do about it."""

import asyncio
import os
from collections.abc import Mapping

import aiohttp
from dotenv import dotenv_values
from pydantic import ValidationError

from bot.doctor import house, telegram, wecom
from bot.doctor.finding import Check, Found, Surroundings, mend
from core.clock import Clock
from core.settings import Settings, company_language

PATIENCE_SECONDS = 10.0
"""For one question to a server."""

# fmt: off
CHECKS = (
    Check("settings",    house.settings),
    Check("database",    house.database),
    Check("disk",        house.disk),
    Check("policies",    house.policies),
    Check("tolerances",  house.tolerances),
    Check("undelivered", house.undelivered),
    Check("telegram",    telegram.connection),
    Check("webhook",     telegram.webhook),
    Check("wecom-bot",   wecom.bot),
    Check("wecom",       wecom.app),
    Check("members",     wecom.members),
    Check("callback",    wecom.callback),
    Check("clock",       telegram.clock),
)
"""A row a check; a channel adds its own."""
# fmt: on


def examined(clock: Clock) -> tuple[Settings, list[Found]]:
    """The settings of this installation, and what was found; where they cannot be read, that alone."""
    named = {name: value or "" for name, value in (dotenv_values(".env") | os.environ).items()}
    try:
        settings = Settings()
    except ValidationError as error:
        found = [Found("settings", one) for one in house.bad_settings(error)]
        return Settings.model_construct(language=company_language()), found
    return settings, asyncio.run(examine(settings, clock, named))


async def examine(settings: Settings, clock: Clock, named: Mapping[str, str]) -> list[Found]:
    """Make every check, in the order of the table. ``named`` are the variables that are set."""
    found: list[Found] = []
    timeout = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as http:
        around = Surroundings(settings, clock, named, http)
        for check in CHECKS:
            try:
                findings = await check.look(around)
            except Exception as error:
                findings = [
                    mend("doctor-check-failed", check=check.name, problem=f"{type(error).__name__}: {error}")
                ]
            found += [Found(check.name, one) for one in findings]
    return found
