"""The transport tells apart what a sender has to know: never left, refused, throttled, lost. Requirement 10.1."""

import logging
from collections.abc import AsyncIterator

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TimedOut

from bot.telegram.api import Api
from bot.telegram.request import AiohttpRequest, NotSent, ServerFault, Throttled
from tests.support.telegram import FakeTelegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def api(telegram: FakeTelegram) -> AsyncIterator[Api]:
    async with Api(telegram.token, telegram.base_url) as connected:
        yield connected


async def test_the_library_sends_a_text_through_it(telegram: FakeTelegram, api: Api) -> None:
    anna = telegram.person("Anna")
    sent = await api.bot.send_message(anna.id, "你好 & <b>")
    assert (await anna.wait_message()).id == sent.message_id
    assert anna.messages[0].text == "你好 & <b>"


async def test_the_proxy_that_the_environment_names_is_used(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10.1: as by the doctor, who would else find a way that the program does not take."""
    anna = telegram.person("Anna")
    monkeypatch.setenv("http_proxy", telegram.base_url)
    async with Api(telegram.token, "http://api.telegram.invalid") as api:
        await api.bot.send_message(anna.id, "by the proxy")
    assert anna.copies("by the proxy") == 1


async def test_a_text_arrives_as_it_was_written_sign_by_sign(telegram: FakeTelegram, api: Api) -> None:
    anna = telegram.person("Anna")
    written = "华东机械 5万？ a+b=c & x%41;%zz #1/2 \\ \"'\n🏭 é"
    await api.request.call(f"{api.bot.base_url}/sendMessage", {"chat_id": str(anna.id), "text": written})
    assert (await anna.wait_message()).text == written


async def test_a_file_keeps_its_chinese_name_and_every_byte(telegram: FakeTelegram, api: Api) -> None:
    anna = telegram.person("Anna")
    content = bytes(range(256)) * 400
    await api.bot.send_document(anna.id, content, filename="三月 账龄.xlsx", caption="附件")
    message = await anna.wait_message("附件")
    assert message.file is not None
    assert message.file.content == content
    assert message.file.name == "三月 账龄.xlsx"


async def test_refusals_come_as_the_library_names_them(telegram: FakeTelegram, api: Api) -> None:
    anna = telegram.person("Anna")
    stranger = telegram.person("Bo", started=False)
    with pytest.raises(BadRequest, match="Message text is empty"):
        await api.bot.send_message(anna.id, " ")
    with pytest.raises(BadRequest, match="Chat not found"):
        await api.bot.send_message(stranger.id, "hello")
    anna.block()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await api.bot.send_message(anna.id, "hello")


async def test_a_throttled_request_names_the_pause(telegram: FakeTelegram, api: Api) -> None:
    anna = telegram.person("Anna")
    telegram.faults.throttle("sendMessage", seconds=7)
    with pytest.raises(Throttled) as caught:
        await api.bot.send_message(anna.id, "hello")
    assert caught.value.seconds == 7
    assert anna.messages == []


async def test_a_throttle_without_a_pause_is_one_all_the_same(telegram: FakeTelegram, api: Api) -> None:
    telegram.faults.error("sendMessage", status=429)
    with pytest.raises(Throttled):
        await api.bot.send_message(telegram.person("Anna").id, "hello")


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_server_fault_is_not_a_lost_answer(telegram: FakeTelegram, api: Api, status: int) -> None:
    telegram.faults.error("sendMessage", status=status)
    with pytest.raises(ServerFault, match=str(status)):
        await api.bot.send_message(telegram.person("Anna").id, "hello")


async def test_a_request_that_found_no_server_was_not_sent() -> None:
    async with Api("1:nobody", "http://127.0.0.1:1") as api:
        with pytest.raises(NotSent):
            await api.bot.send_message(1, "hello")


@pytest.mark.parametrize(("fault", "arrived"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_broken_connection_tells_nothing_about_the_message(
    telegram: FakeTelegram, api: Api, fault: str, arrived: int
) -> None:
    anna = telegram.person("Anna")
    getattr(telegram.faults, fault)("sendMessage")
    with pytest.raises(NetworkError) as caught:
        await api.bot.send_message(anna.id, "hello")
    assert type(caught.value) is NetworkError
    assert anna.copies("hello") == arrived


async def test_a_slow_answer_times_out_and_the_message_is_out(telegram: FakeTelegram) -> None:
    anna = telegram.person("Anna")
    telegram.faults.delay("sendMessage", seconds=5)
    async with Api(telegram.token, telegram.base_url, request=AiohttpRequest(read=0.1)) as api:
        with pytest.raises(TimedOut):
            await api.bot.send_message(anna.id, "hello")
    assert anna.copies("hello") == 1


async def test_a_connection_that_takes_too_long_is_not_sent(telegram: FakeTelegram) -> None:
    anna = telegram.person("Anna")
    request = AiohttpRequest(connect=1e-9)
    async with Api(telegram.token, telegram.base_url, request=request) as api:
        with pytest.raises(NotSent):
            await api.bot.send_message(anna.id, "hello")
    assert anna.messages == []


async def test_one_call_may_be_more_patient_than_the_rest(telegram: FakeTelegram) -> None:
    anna = telegram.person("Anna")
    telegram.faults.delay("sendMessage", seconds=0.3)
    async with Api(telegram.token, telegram.base_url, request=AiohttpRequest(read=0.1)) as api:
        await api.bot.send_message(anna.id, "hello", read_timeout=5)
        assert api.request.read_timeout == 0.1


async def test_a_wrong_token_is_the_librarys_invalid_token(telegram: FakeTelegram) -> None:
    async with Api("4242:another-token-that-is-well-formed", telegram.base_url) as api:
        with pytest.raises(InvalidToken):
            await api.bot.get_me()


async def test_an_uninitialized_transport_says_so() -> None:
    with pytest.raises(RuntimeError, match="not initialized"):
        await AiohttpRequest().fetch("http://127.0.0.1:1/", 10)


async def test_the_token_is_in_no_error_and_no_log(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    errors: list[BaseException | None] = []
    anna = telegram.person("Anna")
    telegram.faults.drop_before("sendMessage")
    telegram.faults.delay("sendMessage", seconds=2)
    async with (
        Api("7:SECRET", "http://127.0.0.1:1") as nowhere,
        Api(telegram.token, telegram.base_url, request=AiohttpRequest(connect=1e-9)) as impatient,
        Api(telegram.token, telegram.base_url, request=AiohttpRequest(read=0.1)) as slow,
    ):
        for api in (nowhere, impatient, slow, slow):
            with pytest.raises(NetworkError) as caught:
                await api.bot.send_message(anna.id, "hello")
            errors += [caught.value, caught.value.__cause__]
    told = caplog.text + " ".join(repr(error) for error in errors)
    assert "SECRET" not in told
    assert telegram.token not in told
