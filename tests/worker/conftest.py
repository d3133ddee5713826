"""The company that the worker works for, fresh for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.worker.company import Company, company


@pytest.fixture
async def firm(tmp_path: Path) -> AsyncIterator[Company]:
    async with company(tmp_path) as found:
        yield found
