"""Sending: what became of a message is a value, and nothing is repeated that surely arrived. Requirement 10.1."""

from collections.abc import AsyncIterator

import pytest

from bot.dialog.outcome import Delivered, Later, Refused, Unreachable, Unsure
from bot.dialog.rendered import Rendered, RenderedButton
from bot.telegram.api import Api
from bot.telegram.menu import offer_to_strangers
from bot.telegram.request import AiohttpRequest
from bot.telegram.send import answer_tap, edit, send
from tests.support.telegram import FakeTelegram, Person

CARD = Rendered(
    "<b>赊销申请</b> R12\n客户 <code>C-7 &amp; 9 &lt;甲&gt;</code>",
    buttons=(
        (RenderedButton("批准", "ok:R12:3"), RenderedButton("拒绝", "no:R12:3")),
        (RenderedButton("详情", "show:R12"),),
    ),
)
LINES = "\n".join(f"{number:04} 某某商贸有限公司 逾期 31 天" for number in range(400))


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def api(telegram: FakeTelegram) -> AsyncIterator[Api]:
    async with Api(telegram.token, telegram.base_url, request=AiohttpRequest(read=0.5)) as connected:
        yield connected


@pytest.fixture
def anna(telegram: FakeTelegram) -> Person:
    return telegram.person("Anna")


async def test_a_card_arrives_with_its_words_and_rows_of_buttons(
    telegram: FakeTelegram, api: Api, anna: Person
) -> None:
    outcome = await send(api.bot, anna.address, CARD)
    message = await anna.wait_message()
    assert outcome == Delivered(str(message.id))
    assert message.text == "赊销申请 R12\n客户 C-7 & 9 <甲>"
    assert [[button.label for button in row] for row in message.now.buttons] == [["批准", "拒绝"], ["详情"]]
    assert [button.data for button in message.buttons] == ["ok:R12:3", "no:R12:3", "show:R12"]
    (call,) = telegram.calls("sendMessage")
    assert call.params["link_preview_options"] == '{"is_disabled": true}'


async def test_a_document_carries_a_short_text_as_its_caption(api: Api, anna: Person) -> None:
    outcome = await send(api.bot, anna.address, Rendered("<b>账龄</b>", CARD.buttons, ("账龄.xlsx", b"PK")))
    (message,) = anna.messages
    assert outcome == Delivered(str(message.id))
    assert message.file is not None
    assert (message.file.name, message.file.content, message.text) == ("账龄.xlsx", b"PK", "账龄")
    assert message.labels == ["批准", "拒绝", "详情"]


@pytest.mark.parametrize("file", [None, ("模板.xlsx", b"PK")])
async def test_a_button_with_a_page_opens_it_as_a_mini_app(
    api: Api, anna: Person, file: tuple[str, bytes] | None
) -> None:
    """10.1: Telegram vouches for whoever opens it."""
    page = RenderedButton("整页填写", "812.1", "https://credit.example.com/forms/customer?as=telegram%3A1")
    await delivered(api, anna, Rendered("客户全称？", ((RenderedButton("先存着", "812.0"),), (page,)), file))
    (later,), (opens,) = (await anna.wait_message()).now.buttons
    assert (later.data, later.page) == ("812.0", "")
    assert (opens.data, opens.page) == ("", page.link)


async def test_a_text_too_long_for_a_caption_follows_the_document(api: Api, anna: Person) -> None:
    outcome = await send(api.bot, anna.address, Rendered("行\n" * 800, CARD.buttons, ("a.pdf", b"%PDF")))
    document, text = anna.messages
    assert document.file is not None
    assert document.buttons == []
    assert text.labels == ["批准", "拒绝", "详情"]
    assert outcome == Delivered(str(text.id))


async def test_a_long_text_comes_in_parts_with_the_buttons_on_the_last(api: Api, anna: Person) -> None:
    outcome = await send(api.bot, anna.address, Rendered(LINES, CARD.buttons))
    texts = [message.text for message in anna.messages]
    assert len(texts) == 3
    assert "\n".join(texts) == LINES
    assert [message.labels for message in anna.messages] == [[], [], ["批准", "拒绝", "详情"]]
    assert outcome == Delivered(str(anna.messages[-1].id))


@pytest.mark.parametrize("fault", ["throttle", "error"])
async def test_a_retry_of_a_long_text_repeats_no_part_that_arrived(
    telegram: FakeTelegram, api: Api, anna: Person, fault: str
) -> None:
    long = Rendered(LINES, CARD.buttons)
    telegram.faults.delay("sendMessage", seconds=0)  # the first part is let through
    if fault == "throttle":
        telegram.faults.throttle("sendMessage", seconds=3)
    else:
        telegram.faults.error("sendMessage")
    first = await send(api.bot, anna.address, long)
    assert isinstance(first, Later)
    assert first.parts_done == 1
    telegram.faults.delay("sendMessage", seconds=0)  # so is the second, on the second try
    telegram.faults.drop_before("sendMessage")
    second = await send(api.bot, anna.address, long, skip_parts=first.parts_done)
    assert isinstance(second, Unsure)
    assert second.parts_done == 2
    third = await send(api.bot, anna.address, long, skip_parts=second.parts_done)
    assert isinstance(third, Delivered)
    assert "\n".join(message.text for message in anna.messages) == LINES


async def test_a_throttle_holds_the_whole_channel_as_long_as_it_asks(
    telegram: FakeTelegram, api: Api, anna: Person
) -> None:
    telegram.faults.throttle("sendMessage", seconds=9)
    outcome = await send(api.bot, anna.address, CARD)
    assert outcome == Later(9, "throttled for 9.0 s", whole_channel=True)
    assert anna.messages == []


async def test_a_server_fault_holds_only_the_message(telegram: FakeTelegram, api: Api, anna: Person) -> None:
    telegram.faults.error("sendMessage", status=502)
    outcome = await send(api.bot, anna.address, CARD)
    assert outcome == Later(5.0, "HTTP 502", whole_channel=False)


async def test_without_a_connection_everything_waits() -> None:
    async with Api("1:nobody", "http://127.0.0.1:1") as api:
        outcome = await send(api.bot, "7", CARD)
    assert isinstance(outcome, Later)
    assert outcome.whole_channel


async def test_with_a_wrong_token_everything_waits_for_a_person(telegram: FakeTelegram, anna: Person) -> None:
    async with Api("4242:another-token-that-is-well-formed", telegram.base_url) as api:
        outcome = await send(api.bot, anna.address, CARD)
    assert outcome == Later(60.0, "wrong token", whole_channel=True)


@pytest.mark.parametrize(
    ("fault", "arrived"), [("drop_before", 0), ("drop_after", 1), ("garble", 1), ("delay", 1)]
)
async def test_when_the_answer_is_lost_nobody_knows(
    telegram: FakeTelegram, api: Api, anna: Person, fault: str, arrived: int
) -> None:
    order = getattr(telegram.faults, fault)
    order("sendMessage", **({"seconds": 5} if fault == "delay" else {}))
    outcome = await send(api.bot, anna.address, CARD)
    assert isinstance(outcome, Unsure)
    assert outcome.parts_done == 0
    assert anna.copies("赊销申请") == arrived


async def test_refusals_are_final(telegram: FakeTelegram, api: Api, anna: Person) -> None:
    too_much = Rendered("x", ((RenderedButton("批准", "б" * 33),),))
    assert await send(api.bot, anna.address, Rendered("")) == Refused("Message text is empty")
    assert await send(api.bot, anna.address, too_much) == Refused("Button_data_invalid")
    unescaped = await send(api.bot, anna.address, Rendered("甲 <乙> 丙"))
    assert isinstance(unescaped, Refused)
    assert "parse entities" in unescaped.reason
    assert anna.messages == []


async def test_who_never_started_the_bot_or_blocked_it_is_not_to_be_reached(
    telegram: FakeTelegram, api: Api, anna: Person
) -> None:
    stranger = telegram.person("Bo", started=False)
    assert await send(api.bot, stranger.address, CARD) == Unreachable("Chat not found")
    sent = await delivered(api, anna, CARD)
    anna.block()
    blocked = Unreachable("Forbidden: bot was blocked by the user")
    assert await send(api.bot, anna.address, CARD) == blocked
    assert await edit(api.bot, anna.address, sent, Rendered("已批准")) == blocked


async def test_a_decided_card_loses_its_buttons(api: Api, anna: Person) -> None:
    sent = await delivered(api, anna, CARD)
    outcome = await edit(api.bot, anna.address, sent, Rendered("<b>已批准</b> R12"))
    (message,) = anna.messages
    assert outcome == Delivered(sent)
    assert (message.text, message.buttons) == ("已批准 R12", [])


async def test_an_edit_that_changes_nothing_is_done(telegram: FakeTelegram, api: Api, anna: Person) -> None:
    sent = await delivered(api, anna, CARD)
    assert await edit(api.bot, anna.address, sent, CARD) == Delivered(sent)
    telegram.faults.drop_after("editMessageText")
    decided = Rendered("已批准")
    assert isinstance(await edit(api.bot, anna.address, sent, decided), Unsure)
    assert await edit(api.bot, anna.address, sent, decided) == Delivered(sent)


async def test_an_edit_of_a_document_changes_its_caption(api: Api, anna: Person) -> None:
    sent = await delivered(api, anna, Rendered("附件", CARD.buttons, ("a.pdf", b"%PDF")))
    assert await edit(api.bot, anna.address, sent, Rendered("已批准")) == Delivered(sent)
    assert await edit(api.bot, anna.address, sent, Rendered("已批准")) == Delivered(sent)
    (message,) = anna.messages
    assert (message.text, message.buttons) == ("已批准", [])
    assert await edit(api.bot, anna.address, sent, Rendered("归档", file=("a.pdf", b"%PDF"))) == Delivered(
        sent
    )
    assert message.text == "归档"


async def test_an_edit_of_what_is_gone_or_was_never_ours_or_grew_too_long_is_refused(
    api: Api, anna: Person
) -> None:
    sent = await delivered(api, anna, CARD)
    assert isinstance(await edit(api.bot, anna.address, sent, Rendered(LINES)), Refused)
    anna.delete(anna.messages[0])
    assert await edit(api.bot, anna.address, sent, Rendered("x")) == Refused("Message to edit not found")
    anna.send_text("mine")
    theirs = anna.sent[-1]
    assert await edit(api.bot, anna.address, str(theirs.id), Rendered("x")) == Refused(
        "Message can't be edited"
    )


async def test_a_tap_is_answered(api: Api, anna: Person) -> None:
    await send(api.bot, anna.address, CARD)
    tap = anna.press(await anna.wait_message("赊销"), "批准")
    await answer_tap(api.bot, tap.id)
    assert await anna.wait_answer(tap) == ""


async def test_a_late_answer_to_a_tap_is_let_go(telegram: FakeTelegram, api: Api, anna: Person) -> None:
    await send(api.bot, anna.address, CARD)
    tap = anna.press(anna.messages[0], "批准")
    telegram.world.pass_time(151)
    await answer_tap(api.bot, tap.id)
    assert tap.answer is None
    telegram.faults.drop_before("answerCallbackQuery")
    await answer_tap(api.bot, "no such tap")


async def test_strangers_are_offered_a_menu_in_each_language(telegram: FakeTelegram, api: Api) -> None:
    menus = {"zh": (("start", "开始"),), "en": (("start", "Start"),)}
    await offer_to_strangers(api.bot, menus, default="zh")
    shown = {
        language: tuple((one["command"], one["description"]) for one in commands)
        for language, commands in telegram.world.commands.items()
    }
    assert shown == {"": menus["zh"], **menus}


async def delivered(api: Api, person: Person, rendered: Rendered) -> str:
    outcome = await send(api.bot, person.address, rendered)
    assert isinstance(outcome, Delivered)
    return outcome.external_id
