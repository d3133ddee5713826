"""What every test may ask for."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from core.clock import day_of
from core.commandline import running
from core.samples.load import load_sample
from tests.support.compiled import compile_once
from tests.support.prepared import library_of
from tests.support.town import SHANGHAI, Town, a_town

LONGEST = (
    "tests/reliability/test_kill_9.py",
    "tests/year/test_year.py",
    "tests/reliability/test_soak.py",
    "tests/docs/test_readme.py",
    "tests/channels/test_wecom_process.py",
    "tests/channels/test_bot_over_telegram.py",
)

# How long an example takes says something of the machine, and of what else it does, not of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

compile_once()
# A command of the command line reads the policies, being a process of its own; here hundreds are one process.
setattr(running, "Library", library_of)  # noqa: B010 -- a name that the module only borrows


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first: a file is run by one process, and begun last it would be waited for by the others."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """An empty company on Tuesday 2026-03-10, 10:00."""
    async with a_town(tmp_path) as found:
        yield found


@pytest.fixture
async def sample(tmp_path: Path, sample_folder: Path) -> AsyncIterator[Town]:
    """The sample company on Tuesday 2026-03-10, 10:00."""
    shutil.copytree(sample_folder, tmp_path, dirs_exist_ok=True)
    async with a_town(tmp_path) as found:
        yield found


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample company's database and key, made once: loading it takes longer than most stories."""
    folder = tmp_path_factory.mktemp("sample")

    async def load() -> None:
        async with a_town(folder) as found:
            await load_sample(found.database, found.desk, day_of(found.clock.now(), SHANGHAI))

    asyncio.run(load())
    return folder
