"""Files through WeCom (10.2): fetched sealed and in time, never more than the limit; ours go up in pieces."""

import base64
import os
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.fetched import FileTooLarge
from bot.wecom.frames import Answer, Frame
from bot.wecom.media import NotTaken, Unsealable, fetch, name_of, unsealed, upload
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.members import seal
from tests.support.wecom.shown import Refusal

LIMIT = 1 << 20


@pytest.fixture
async def wecom() -> AsyncIterator[FakeWeCom]:
    async with FakeWeCom() as found:
        yield found


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as found:
        yield found


def kept(wecom: FakeWeCom, name: str, content: bytes) -> str:
    where = wecom.keep(name, content)
    return name_of(where["url"], where["aeskey"])


@pytest.mark.parametrize("size", [0, 1, 15, 16, 31, 32, 33, 1000, LIMIT])
async def test_a_file_arrives_as_it_was_sent(
    wecom: FakeWeCom, session: aiohttp.ClientSession, size: int
) -> None:
    content = os.urandom(size)
    found = await fetch(session, kept(wecom, "三月.xlsx", content), LIMIT)
    assert (found.name, found.content) == ("三月.xlsx", content)


async def test_a_byte_over_the_limit_is_too_large(wecom: FakeWeCom, session: aiohttp.ClientSession) -> None:
    with pytest.raises(FileTooLarge):
        await fetch(session, kept(wecom, "a.xlsx", bytes(LIMIT + 1)), LIMIT)


async def test_of_an_endless_file_no_more_is_read_than_the_limit(
    wecom: FakeWeCom, session: aiohttp.ClientSession
) -> None:
    with pytest.raises(FileTooLarge):
        await fetch(session, kept(wecom, "a.xlsx", bytes(64 << 20)), LIMIT)


async def test_after_its_five_minutes_a_file_is_gone(
    wecom: FakeWeCom, session: aiohttp.ClientSession
) -> None:
    file_id = kept(wecom, "a.xlsx", b"PK")
    wecom.forget_files()
    with pytest.raises(aiohttp.ClientResponseError):
        await fetch(session, file_id, LIMIT)


async def test_a_name_cannot_lead_out_of_a_folder(wecom: FakeWeCom, session: aiohttp.ClientSession) -> None:
    found = await fetch(session, kept(wecom, "..\\..\\etc/passwd", b"x"), LIMIT)
    assert found.name == "passwd"


@pytest.mark.parametrize(
    "damage",
    [
        lambda key, sealed: (key, sealed[:-1]),
        lambda key, sealed: (key, sealed[:-16]),
        lambda key, sealed: (key, b""),
        lambda key, sealed: (base64.b64encode(bytes(32)).decode(), sealed),
        lambda key, sealed: (key[:20], sealed),
        lambda key, sealed: ("no base64 !", sealed),
    ],
)
def test_what_was_not_sealed_with_this_key_is_not_opened(damage: object) -> None:
    key, sealed = seal(b"a workbook of more than one block, and then some")
    assert callable(damage)
    key, sealed = damage(key, sealed)
    with pytest.raises(Unsealable):
        unsealed(sealed, key)


async def test_a_key_may_come_with_its_padding_or_without() -> None:
    key, sealed = seal(b"PK")
    assert unsealed(sealed, key) == unsealed(sealed, key + "=") == b"PK"


@pytest.mark.parametrize("size", [6, (512 << 10) - 1, 512 << 10, (512 << 10) + 1, 3 << 20])
async def test_a_file_of_ours_goes_up_in_pieces_and_is_whole(wecom: FakeWeCom, size: int) -> None:
    content = os.urandom(size)
    media = await upload(_asks(wecom), "账龄.xlsx", content)
    assert wecom.uploads.kept[media] == ("file", "账龄.xlsx", content)


async def test_a_picture_goes_up_as_a_picture(wecom: FakeWeCom) -> None:
    media = await upload(_asks(wecom), "aging.png", b"\x89PNG\r\n\x1a\n")
    assert wecom.uploads.kept[media][0] == "image"


async def test_a_file_that_is_refused_says_why(wecom: FakeWeCom) -> None:
    with pytest.raises(NotTaken, match="40006"):
        await upload(_asks(wecom), "a.xlsx", b"tiny")


def _asks(wecom: FakeWeCom):  # type: ignore[no-untyped-def]
    steps = {"init": wecom.uploads.begin, "chunk": wecom.uploads.piece, "finish": wecom.uploads.finish}

    async def ask(cmd: str, body: Frame) -> Answer:
        try:
            return Answer(0, "ok", steps[cmd.rpartition("_")[2]](body))
        except Refusal as refusal:
            return Answer(refusal.errcode, refusal.errmsg)

    return ask
