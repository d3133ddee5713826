"""The long connection over TLS (10.2), as WeCom's own address has it: kept with whom the machine trusts, and with nobody else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.wecom.frames import Frame
from bot.wecom.link import Link
from tests.support.wecom.certificate import certify
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.served import QUICK


@pytest.fixture
async def wecom(tmp_path: Path) -> AsyncIterator[FakeWeCom]:
    async with FakeWeCom(certificate=certify(tmp_path / "service.pem")) as found:
        yield found


async def _heard(wecom: FakeWeCom, seconds: float) -> list[str]:
    """What the bot hears of somebody who says it until it is heard, or the time is up."""
    heard: list[Frame] = []
    member = wecom.member("WangXiaoYu")
    running = asyncio.create_task(Link(wecom.bot_id, wecom.secret, wecom.ws_url, QUICK).run(heard.append))
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not heard:
                await member.says("你好")
                await asyncio.sleep(0.02)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return [frame["body"]["text"]["content"] for frame in heard[:1]]


async def test_a_service_with_a_certificate_that_the_machine_trusts_is_heard(
    wecom: FakeWeCom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "service.pem"))
    assert wecom.ws_url.startswith("wss://")
    assert await _heard(wecom, 10) == ["你好"]


async def test_a_stranger_who_poses_as_the_service_is_told_nothing(
    wecom: FakeWeCom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certify(tmp_path / "another.pem")))
    assert await _heard(wecom, 1) == []
    assert wecom.requests == []
