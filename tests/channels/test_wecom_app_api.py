"""The app's API (10.2): one token for many, every number has its cure, and no secret leaves the client."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from bot.fetched import FileTooLarge
from bot.wecom.api import AppApi, Credentials
from bot.wecom.app_errors import Cure, Declined, NoAnswer, NotDone, NotSent, ServerFault
from bot.wecom.app_menu import menu
from core.texts.catalog import LANGUAGES
from tests.support.wecom.api_server import AGENT_ID, CORP_ID, SECRET, FakeApp

TEXT = {"msgtype": "markdown", "markdown": {"content": "你好"}}


@pytest.fixture
async def wecom() -> AsyncIterator[FakeApp]:
    async with FakeApp() as server:
        server.member("anna")
        yield server


@pytest.fixture
async def api(wecom: FakeApp) -> AsyncIterator[AppApi]:
    async with AppApi(Credentials(CORP_ID, AGENT_ID, SECRET), wecom.base_url, read_seconds=0.5) as client:
        yield client


async def test_the_proxy_that_the_environment_names_is_used(
    wecom: FakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10.2: as by the doctor."""
    monkeypatch.setenv("http_proxy", wecom.base_url)
    async with AppApi(Credentials(CORP_ID, AGENT_ID, SECRET), "http://qyapi.invalid") as client:
        await client.send("anna", TEXT)
    assert len(wecom.world.of("anna")) == 1


class TestTheToken:
    async def test_a_burst_of_fifty_asks_for_it_once(self, wecom: FakeApp, api: AppApi) -> None:
        await asyncio.gather(*(api.send("anna", TEXT) for _ in range(50)))
        assert (wecom.calls["gettoken"], wecom.calls["message/send"]) == (1, 50)

    async def test_that_ends_in_the_middle_of_fifty_is_asked_for_once_more(
        self, wecom: FakeApp, api: AppApi
    ) -> None:
        wecom.world.most_a_minute = 100
        await api.send("anna", TEXT)
        wecom.tokens.clear()
        wecom.dawdles("gettoken", 0.05)
        await asyncio.gather(*(api.send("anna", TEXT) for _ in range(50)))
        assert wecom.calls["gettoken"] == 2
        assert len(wecom.world.of("anna")) == 51

    async def test_that_is_refused_again_is_not_asked_for_for_ever(self, wecom: FakeApp, api: AppApi) -> None:
        wecom.refuses("message/send", 42001, times=2)
        with pytest.raises(Declined):
            await api.send("anna", TEXT)
        assert (wecom.calls["gettoken"], wecom.calls["message/send"]) == (2, 2)

    async def test_that_cannot_be_had_is_asked_for_once_by_all_who_wait(
        self, wecom: FakeApp, api: AppApi
    ) -> None:
        """Asking too often with a wrong secret gets the company blocked."""
        wecom.refuses("gettoken", 40001, "invalid credential", times=50)
        outcomes = await asyncio.gather(*(api.send("anna", TEXT) for _ in range(50)), return_exceptions=True)
        assert all(isinstance(one, Declined) and one.cure is Cure.SETUP for one in outcomes)
        assert wecom.calls["gettoken"] == 1

    async def test_is_renewed_before_it_ends(self, wecom: FakeApp, api: AppApi) -> None:
        wecom.token_seconds = 0
        await api.send("anna", TEXT)
        await api.send("anna", TEXT)
        assert wecom.calls["gettoken"] == 2

    async def test_one_who_gives_up_waiting_leaves_it_to_the_others(
        self, wecom: FakeApp, api: AppApi
    ) -> None:
        wecom.dawdles("gettoken", 0.1)
        first = asyncio.create_task(api.send("anna", TEXT))
        second = asyncio.create_task(api.send("anna", TEXT))
        await asyncio.sleep(0.03)
        first.cancel()
        await second
        assert wecom.calls["gettoken"] == 1
        assert first.cancelled()

    @pytest.mark.parametrize("garbled", [True, False])
    async def test_without_one_nothing_was_sent(self, wecom: FakeApp, api: AppApi, garbled: bool) -> None:
        """A message is not to be taken for one that may have arrived."""
        if garbled:
            wecom.garbles("gettoken")
        else:
            wecom.refuses("gettoken", 0)
        with pytest.raises(NotDone):
            await api.send("anna", TEXT)


class TestTrouble:
    @pytest.mark.parametrize("status", [429, 500, 502, 503])
    async def test_an_http_error_says_that_nothing_was_done(
        self, wecom: FakeApp, api: AppApi, status: int
    ) -> None:
        wecom.fails("message/send", status)
        with pytest.raises(ServerFault, match=str(status)):
            await api.send("anna", TEXT)
        assert wecom.world.of("anna") == []

    async def test_a_lost_answer_is_told_apart_from_a_lost_question(
        self, wecom: FakeApp, api: AppApi
    ) -> None:
        await api.send("anna", TEXT)
        wecom.cuts("message/send", done=True)
        with pytest.raises(NoAnswer):
            await api.send("anna", TEXT)
        assert len(wecom.world.of("anna")) == 2
        wecom.garbles("message/send")
        with pytest.raises(NoAnswer):
            await api.send("anna", TEXT)

    async def test_a_slow_answer_is_not_waited_for(self, wecom: FakeApp, api: AppApi) -> None:
        wecom.dawdles("message/send", 5)
        with pytest.raises(NoAnswer):
            await api.send("anna", TEXT)

    async def test_without_a_connection_nothing_was_sent(self, unused_tcp_port: int) -> None:
        credentials = Credentials(CORP_ID, AGENT_ID, SECRET)
        async with AppApi(credentials, f"http://127.0.0.1:{unused_tcp_port}") as client:
            with pytest.raises(NotSent):
                await client.send("anna", TEXT)

    async def test_an_untrusted_address_is_named(self, wecom: FakeApp, api: AppApi) -> None:
        wecom.trusted = False
        with pytest.raises(Declined) as caught:
            await api.send("anna", TEXT)
        assert (caught.value.cure, caught.value.address) == (Cure.SETUP, "203.0.113.9")

    @pytest.mark.parametrize("kind", ["unknown", "outside", "unlicensed"])
    async def test_a_member_whom_the_app_may_not_write_to_is_told_of(
        self, wecom: FakeApp, api: AppApi, kind: str
    ) -> None:
        """Two of the three are answered with yes."""
        wecom.world.outside.add("bo")
        wecom.world.unlicensed.add("cy")
        wecom.world.members |= {"bo", "cy"}
        with pytest.raises(Declined) as caught:
            await api.send({"unknown": "dee", "outside": "bo", "unlicensed": "cy"}[kind], TEXT)
        assert caught.value.cure is Cure.PERSON

    async def test_neither_secret_nor_token_is_in_an_error_or_the_log(
        self, wecom: FakeApp, api: AppApi, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        told = []
        for order in (
            lambda: wecom.cuts("gettoken", done=False, times=2),
            lambda: wecom.fails("gettoken", 500),
            lambda: wecom.refuses("gettoken", 40001),
            lambda: wecom.cuts("message/send", done=False, times=2),
            lambda: wecom.dawdles("message/send", 5),
        ):
            order()
            with pytest.raises((NotDone, NoAnswer, Declined)) as caught:
                await api.send("anna", TEXT)
            assert caught.value.__cause__ is None
            told.append(f"{caught.value!r} {caught.value.__dict__}")
        everything = caplog.text + " ".join(told)
        assert SECRET not in everything
        assert "access-token" not in everything

    @pytest.mark.parametrize(
        ("number", "cure"),
        [
            (-1, Cure.AGAIN),
            (45009, Cure.WAIT),
            (45033, Cure.WAIT),
            (40013, Cure.SETUP),
            (40056, Cure.SETUP),
            (43012, Cure.SETUP),
            (48002, Cure.SETUP),
            (60111, Cure.PERSON),
            (81013, Cure.PERSON),
            (42014, Cure.TAKEN),
            (42022, Cure.CODE),
            (45002, Cure.NONE),
            (99999, Cure.NONE),
        ],
    )
    def test_every_number_has_its_cure(self, number: int, cure: Cure) -> None:
        assert Declined(number, "").cure is cure


class TestFiles:
    async def test_a_picture_is_fetched(self, wecom: FakeApp, api: AppApi) -> None:
        media = wecom.world.keep("photo.jpg", b"\xff\xd8picture", "image")
        assert await api.download(media, 100) == b"\xff\xd8picture"

    async def test_a_picture_is_fetched_with_a_new_token(self, wecom: FakeApp, api: AppApi) -> None:
        media = wecom.world.keep("photo.jpg", b"\xff\xd8picture", "image")
        await api.send("anna", TEXT)
        wecom.tokens.clear()
        assert await api.download(media, 100) == b"\xff\xd8picture"

    async def test_one_that_is_larger_than_wanted_is_left(self, wecom: FakeApp, api: AppApi) -> None:
        media = wecom.world.keep("photo.jpg", b"x" * 2_000_000, "image")
        with pytest.raises(FileTooLarge):
            await api.download(media, 1_000_000)

    async def test_one_that_is_gone_is_told_of(self, wecom: FakeApp, api: AppApi) -> None:
        media = wecom.world.keep("photo.jpg", b"x" * 10, "image")
        wecom.pass_time(4 * 24 * 3600)
        with pytest.raises(Declined, match="40007"):
            await api.download(media, 100)

    async def test_one_that_is_no_file_but_a_yes_is_no_answer(self, wecom: FakeApp, api: AppApi) -> None:
        wecom.refuses("media/get", 0)
        with pytest.raises(NoAnswer):
            await api.download("m", 100)

    async def test_a_file_is_brought_up_with_its_chinese_name(self, wecom: FakeApp, api: AppApi) -> None:
        content = bytes(range(256)) * 8192
        media = await api.upload("file", "账龄 三月.xlsx", content)
        kept = wecom.world.media[media]
        assert (kept.name, kept.content) == ("账龄 三月.xlsx", content)

    async def test_a_file_that_the_service_does_not_take_is_refused(self, api: AppApi) -> None:
        with pytest.raises(Declined):
            await api.upload("file", "a.txt", b"12345")


class TestAround:
    @pytest.mark.parametrize("language", LANGUAGES)
    async def test_the_menu_is_one_that_the_service_takes(
        self, wecom: FakeApp, api: AppApi, language: str
    ) -> None:
        made = menu("en" if language == "en" else "zh_CN")
        await api.create_menu(made)
        assert wecom.world.menu == made
        assert made["button"][1]["key"] == "/waiting"

    async def test_a_member_is_known_by_the_code_of_a_page(self, api: AppApi) -> None:
        assert await api.user_of("for-anna") == "anna"
        with pytest.raises(Declined):
            await api.user_of("stale")

    async def test_outside_its_context_it_is_a_bug_to_use_it(self) -> None:
        with pytest.raises(RuntimeError):
            await AppApi(Credentials(CORP_ID, AGENT_ID, SECRET)).send("anna", TEXT)
