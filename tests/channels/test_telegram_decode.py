"""From raw updates to what people did; whatever comes, decoding never raises. Requirement 10.1."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.dialog.incoming import Incoming
from bot.telegram.decode import conversation_of, decode, key_of
from tests.support.telegram import FakeTelegram, Person


@pytest.fixture
def telegram() -> FakeTelegram:
    """Not started: people and their updates are all that is needed."""
    return FakeTelegram()


@pytest.fixture
def anna(telegram: FakeTelegram) -> Person:
    return telegram.person("Anna", language="zh-hans")


def only_update(telegram: FakeTelegram) -> dict[str, Any]:
    (update,) = telegram.world.updates.pending()
    return update


def read(telegram: FakeTelegram) -> Incoming:
    incoming = decode(only_update(telegram))
    assert incoming is not None
    return incoming


async def test_a_text_is_taken_as_typed(telegram: FakeTelegram, anna: Person) -> None:
    anna.send_text(" 赊销 5万 ")
    assert read(telegram) == Incoming(
        channel="telegram",
        address=anna.address,
        sender=anna.address,
        kind="text",
        text=" 赊销 5万 ",
        language="zh-hans",
        message="1001",
    )


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("/start", "start", ""),
        ("/start K7Q2", "start", "K7Q2"),
        ("/started", "text", "/started"),
        ("/help", "text", "/help"),
    ],
)
async def test_start_carries_the_invitation_code(
    telegram: FakeTelegram, anna: Person, typed: str, kind: str, text: str
) -> None:
    anna.send_text(typed)
    incoming = read(telegram)
    assert (incoming.kind, incoming.text) == (kind, text)


async def test_a_document_brings_its_name_size_and_caption(telegram: FakeTelegram, anna: Person) -> None:
    anna.send_document("三月发票.xlsx", b"1234567", "请导入")
    incoming = read(telegram)
    assert (incoming.kind, incoming.file_name, incoming.file_size, incoming.text) == (
        "file",
        "三月发票.xlsx",
        7,
        "请导入",
    )
    assert incoming.file_id in telegram.world.files


async def test_of_a_photo_the_largest_size_is_taken(telegram: FakeTelegram, anna: Person) -> None:
    anna.send_photo(b"\xff\xd8 licence")
    incoming = read(telegram)
    assert incoming.kind == "file"
    assert telegram.world.files[incoming.file_id].content == b"\xff\xd8 licence"
    assert incoming.file_name.endswith(".jpg")


async def test_an_edited_text_is_not_a_second_answer(telegram: FakeTelegram, anna: Person) -> None:
    anna.send_text("5万")
    anna.edit_text("5万", "50万")
    edited = decode(telegram.world.updates.pending()[1])
    assert edited is not None
    assert (edited.kind, edited.text) == ("other", "")


async def test_what_the_desk_cannot_use_is_still_answered(telegram: FakeTelegram) -> None:
    sticker = {"message": private_message(sticker={"file_id": "s"})}
    incoming = decode({"update_id": 1, **sticker})
    assert incoming is not None
    assert incoming.kind == "other"


async def test_a_tap_brings_its_data_its_message_and_who_pressed(
    telegram: FakeTelegram, anna: Person
) -> None:
    incoming = decode(tap_update(data="approve:R12:3"))
    assert incoming == Incoming(
        channel="telegram",
        address="77",
        sender="78",
        kind="tap",
        text="approve:R12:3",
        tap_id="900",
        language="en",
        message="5",
    )


async def test_a_tap_on_a_card_too_old_to_be_shown_still_counts() -> None:
    update = tap_update(data="approve:R12:3")
    update["callback_query"]["message"] = {"chat": {"id": 77, "type": "private"}, "message_id": 5, "date": 0}
    incoming = decode(update)
    assert incoming is not None
    assert incoming.text == "approve:R12:3"


async def test_groups_are_not_served(telegram: FakeTelegram, anna: Person) -> None:
    anna.send_text("hello all", group=telegram.group("Sales"))
    update = only_update(telegram)
    assert decode(update) is None
    assert conversation_of(update).startswith("telegram:-100")


@pytest.mark.parametrize(("does", "kind"), [("block", "gone"), ("unblock", "back")])
async def test_who_blocks_the_bot_is_gone_and_who_lets_it_write_again_is_back(
    telegram: FakeTelegram, anna: Person, does: str, kind: str
) -> None:
    getattr(anna, does)()
    incoming = read(telegram)
    assert (incoming.kind, incoming.conversation) == (kind, f"telegram:{anna.address}")


async def test_the_files_of_an_album_say_that_they_belong_together(
    telegram: FakeTelegram, anna: Person
) -> None:
    anna.send_album(("营业执照.pdf", b"%PDF"), ("章程.pdf", b"%PDF"), caption="华东机械")
    first, second = (decode(update) for update in telegram.world.updates.pending())
    assert first is not None
    assert second is not None
    assert first.album == second.album != ""
    assert (first.text, second.text) == ("华东机械", "")


async def test_intake_knows_key_and_conversation_without_reading_more(
    telegram: FakeTelegram, anna: Person
) -> None:
    update_id = anna.send_text("hello")
    assert key_of(only_update(telegram)) == str(update_id)
    assert conversation_of(only_update(telegram)) == f"telegram:{anna.address}"
    assert conversation_of(tap_update(data="x")) == "telegram:77"


POISON: list[dict[str, Any]] = [
    {},
    {"update_id": 1},
    {"update_id": 1, "message": None},
    {"update_id": 1, "message": {"chat": {"id": 7, "type": "private"}}},
    {"update_id": 1, "message": {"chat": "7"}},
    {
        "update_id": 1,
        "message": {"message_id": 3, "chat": {"id": 7, "type": "private"}, "from": {}, "text": "x"},
    },
    {"update_id": 1, "callback_query": {"id": "1", "from": {"id": 7}, "inline_message_id": "z"}},
    {"update_id": 1, "a_kind_of_the_future": {"chat": {"id": 7, "type": "private"}}},
]


@pytest.mark.parametrize("update", POISON)
def test_a_poison_update_is_read_as_nothing(update: dict[str, Any]) -> None:
    assert decode(update) is None
    assert conversation_of(update) in ("telegram:7", "telegram:unreadable")


@pytest.mark.parametrize("text", [None, 5, ["a"], {"b": 1}])
def test_a_text_that_is_none_is_poison_and_the_log_says_why(
    text: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert decode({"update_id": 31, "message": private_message(text=text)}) is None
    assert "update 31 cannot be read" in caplog.text


anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=5),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(
            some.sampled_from(
                [
                    "message",
                    "callback_query",
                    "chat",
                    "from",
                    "id",
                    "type",
                    "text",
                    "photo",
                    "document",
                    "data",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(
    some.dictionaries(
        some.sampled_from(["update_id", "message", "callback_query", "x"]), anything, max_size=3
    )
)
def test_whatever_comes_nothing_is_raised(update: dict[str, Any]) -> None:
    decode(update)
    conversation_of(update)
    key_of(update)


def private_message(**content: Any) -> dict[str, Any]:
    return {
        "message_id": 5,
        "date": 1_780_000_000,
        "chat": {"id": 77, "type": "private"},
        "from": {"id": 78, "is_bot": False, "first_name": "Anna", "language_code": "en"},
        **content,
    }


def tap_update(*, data: str) -> dict[str, Any]:
    card = {**private_message(text="card"), "from": {"id": 4242, "is_bot": True, "first_name": "Zixin"}}
    presser = {"id": 78, "is_bot": False, "first_name": "Anna", "language_code": "en"}
    return {"update_id": 2, "callback_query": {"id": "900", "from": presser, "message": card, "data": data}}
