"""What every test may ask for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.clock import day_of
from core.samples.load import load_sample
from tests.support.town import SHANGHAI, Town, a_town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """An empty company on Tuesday 2026-03-10, 10:00."""
    async with a_town(tmp_path) as found:
        yield found


@pytest.fixture
async def sample(tmp_path: Path) -> AsyncIterator[Town]:
    """The sample company on Tuesday 2026-03-10, 10:00."""
    async with a_town(tmp_path) as found:
        await load_sample(found.database, found.desk, day_of(found.clock.now(), SHANGHAI))
        yield found
