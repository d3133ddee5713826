"""The whole main job, once per channel, by one script of people (10.2, 10.3, 10.6): what they read is held word for word."""

import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from core.settings import Language
from tests.channels.walk import doors
from tests.channels.walk.doors import Place
from tests.channels.walk.script import Door, walk

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.golden
@pytest.mark.parametrize(
    ("opened", "golden", "language"),
    [
        (doors.telegram, "telegram", "zh_CN"),
        (doors.telegram, "telegram", "en"),
        (doors.telegram_webhook, "telegram", "zh_CN"),
        (doors.wecom_bot, "wecom-bot", "zh_CN"),
        (doors.wecom_bot, "wecom-bot", "en"),
        (doors.wecom_app, "wecom-app", "zh_CN"),
        (doors.wecom_both, "wecom-both", "zh_CN"),
        (doors.browser, "browser", "zh_CN"),
    ],
    ids=lambda given: getattr(given, "__name__", given),
)
async def test_from_a_new_customer_to_the_rating_that_is_due(
    tmp_path: Path,
    sample_folder: Path,
    unused_tcp_port: int,
    monkeypatch: pytest.MonkeyPatch,
    opened: Callable[[Place], AbstractAsyncContextManager[Door]],
    golden: str,
    language: Language,
) -> None:
    """Telegram tells the same whichever way it brings its updates."""
    place = Place(tmp_path, sample_folder, unused_tcp_port, language, monkeypatch)
    async with opened(place) as door:
        await walk(door)
        assert door.rows("select distinct state from inbox") == [("worked",)]
        assert set(door.rows("select distinct state from outbox")) <= {("sent",), ("nowhere",)}
        said = "\n".join(door.transcript) + "\n"
    file = GOLDEN / f"{golden}.{language}.txt"
    if os.environ.get("ZIXIN_GOLDEN") == "write":
        file.write_text(said, "utf-8")
    assert said == file.read_text("utf-8")
