"""While a process serves, the words are read before anybody asks for them, and the collector seldom walks."""

import asyncio
import gc
from pathlib import Path
from typing import NoReturn

import pytest

from bot.settled import settled
from core.texts import catalog


async def test_nobody_waits_for_the_words_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_again(*_: object) -> NoReturn:
        raise AssertionError("a catalog is read while somebody waits")

    async with settled():
        async with asyncio.timeout(30):
            while not gc.get_freeze_count():  # which comes when all is read
                await asyncio.sleep(0.01)
        monkeypatch.setattr(Path, "read_text", read_again)
        for language in catalog.LANGUAGES:
            assert catalog.say(language, "button-menu", {})
    assert gc.get_freeze_count() == 0


async def test_a_process_that_stops_at_once_does_not_stay_settled() -> None:
    rule = gc.get_threshold()
    async with settled():
        assert gc.get_threshold() != rule
    assert (gc.get_threshold(), gc.get_freeze_count()) == (rule, 0)
