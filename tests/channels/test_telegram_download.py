"""Files that people send: every byte, and never more than was asked for. Requirement 1.4."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from telegram.error import BadRequest, NetworkError

from bot.fetched import FileTooLarge
from bot.telegram.api import Api
from bot.telegram.download import download
from bot.telegram.request import ServerFault
from tests.support.telegram import FakeTelegram

LICENCE = bytes(range(256)) * 1000


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def api(telegram: FakeTelegram) -> AsyncIterator[Api]:
    async with Api(telegram.token, telegram.base_url) as connected:
        yield connected


@pytest.fixture
def file_id(telegram: FakeTelegram) -> str:
    telegram.person("Anna").send_document("营业执照.pdf", LICENCE)
    return next(iter(telegram.world.files))


async def test_a_file_comes_whole(api: Api, file_id: str) -> None:
    assert await download(api, file_id, len(LICENCE)) == LICENCE


async def test_a_file_over_the_limit_is_not_even_fetched(
    telegram: FakeTelegram, api: Api, file_id: str
) -> None:
    telegram.faults.error("file")
    with pytest.raises(FileTooLarge) as caught:
        await download(api, file_id, len(LICENCE) - 1)
    assert caught.value.args == (len(LICENCE) - 1,)
    assert telegram.faults.waiting == 1


async def test_a_size_that_was_understated_does_not_get_past_the_limit(
    telegram: FakeTelegram, api: Api, file_id: str
) -> None:
    file = telegram.world.files[file_id]
    telegram.world.files[file_id] = replace(file, stated_size=10)
    with pytest.raises(FileTooLarge):
        await download(api, file_id, 1000)


async def test_a_file_over_telegrams_own_limit_is_too_large_whatever_size_it_names(
    telegram: FakeTelegram, api: Api, file_id: str
) -> None:
    file = telegram.world.files[file_id]
    telegram.world.files[file_id] = replace(file, content=bytes((20 << 20) + 1), stated_size=10)
    with pytest.raises(FileTooLarge):
        await download(api, file_id, 50 << 20)


async def test_a_file_that_is_gone_is_a_refusal(api: Api) -> None:
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await download(api, "nothing", 10)


async def test_a_server_of_ones_own_may_name_a_file_on_this_machine(
    telegram: FakeTelegram, api: Api, file_id: str, tmp_path: Path
) -> None:
    """A Bot API server that runs with ``--local``."""
    kept = tmp_path / "document.pdf"
    kept.write_bytes(LICENCE)
    telegram.world.files[file_id] = replace(telegram.world.files[file_id], path=str(kept), stated_size=10)
    assert await download(api, file_id, len(LICENCE)) == LICENCE
    with pytest.raises(FileTooLarge):
        await download(api, file_id, len(LICENCE) - 1)
    kept.unlink()
    with pytest.raises(NetworkError):
        await download(api, file_id, len(LICENCE))


async def test_a_broken_download_is_worth_another_try(telegram: FakeTelegram, api: Api, file_id: str) -> None:
    telegram.faults.error("file", status=503)
    telegram.faults.drop_before("file", times=2)
    telegram.faults.error("file", status=404)
    for expected in (ServerFault, NetworkError, NetworkError):
        with pytest.raises(expected):
            await download(api, file_id, len(LICENCE))
    assert await download(api, file_id, len(LICENCE)) == LICENCE
