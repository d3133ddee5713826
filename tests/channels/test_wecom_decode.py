"""What the long connection tells, as rows of the inbox and as what a person did (10.2)."""

import json
from typing import Any

import pytest

from bot.dialog.incoming import Incoming
from bot.wecom.decode import entered, read, rows_of, tap_of

IMAGE = {"url": "https://files.example/1", "aeskey": "a2V5"}


def message(msgtype: str, content: Any, **about: Any) -> dict[str, Any]:
    body = {
        "msgid": "m1",
        "aibotid": "bot",
        "chattype": "single",
        "from": {"userid": "WangXiaoYu"},
        "msgtype": msgtype,
        msgtype: content,
        **about,
    }
    return {"cmd": "aibot_msg_callback", "headers": {"req_id": "r1"}, "body": body}


def event(eventtype: str, **about: Any) -> dict[str, Any]:
    frame = message("event", {"eventtype": eventtype, **about})
    return {**frame, "cmd": "aibot_event_callback"}


def tap(**card: Any) -> dict[str, Any]:
    return event("template_card_event", template_card_event={"task_id": "812-1-1", **card})


def did(frame: dict[str, Any], part: int = 0) -> Incoming | None:
    _, conversation, body = rows_of(frame)[part]
    return read(body, conversation)


def item(msgtype: str, content: Any) -> dict[str, Any]:
    return {"msgtype": msgtype, msgtype: content}


def test_a_text_is_kept_under_its_conversation_and_its_id() -> None:
    [(key, conversation, _)] = rows_of(message("text", {"content": "华东机械 能发5万吗"}))
    assert (key, conversation) == ("bot:m1", "wecom:WangXiaoYu")


def test_a_text() -> None:
    incoming = did(message("text", {"content": "逾期"}))
    assert incoming == Incoming("wecom", "WangXiaoYu", "WangXiaoYu", "text", text="逾期")


def test_what_was_spoken_arrives_as_what_was_said() -> None:
    incoming = did(message("voice", {"content": "待审批"}))
    assert incoming is not None
    assert (incoming.kind, incoming.text) == ("text", "待审批")


@pytest.mark.parametrize("msgtype", ["file", "image", "video"])
def test_a_file_names_where_it_lies_and_its_key(msgtype: str) -> None:
    incoming = did(message(msgtype, IMAGE))
    assert incoming is not None
    assert (incoming.kind, json.loads(incoming.file_id)) == ("file", [IMAGE["url"], IMAGE["aeskey"]])


def test_words_with_one_picture_are_a_file_with_words() -> None:
    frame = message("mixed", {"msg_item": [item("text", {"content": "营业执照"}), item("image", IMAGE)]})
    assert len(rows_of(frame)) == 1
    incoming = did(frame)
    assert incoming is not None
    assert (incoming.kind, incoming.text) == ("file", "营业执照")


def test_several_pictures_are_several_files_and_the_words_are_said_once() -> None:
    frame = message(
        "mixed", {"msg_item": [item("image", IMAGE), item("text", {"content": "三页"}), item("image", IMAGE)]}
    )
    assert [key for key, _, _ in rows_of(frame)] == ["bot:m1", "bot:m1#1"]
    first, second = did(frame, 0), did(frame, 1)
    assert first is not None
    assert second is not None
    assert (first.kind, first.text, second.kind, second.text) == ("file", "三页", "file", "")


def test_mixed_words_without_a_picture_are_a_text() -> None:
    frame = message("mixed", {"msg_item": [item("text", {"content": "一"}), item("text", {"content": "二"})]})
    incoming = did(frame)
    assert incoming is not None
    assert (incoming.kind, incoming.text) == ("text", "一\n二")


def test_a_kind_that_nobody_knows_yet_is_told_so() -> None:
    incoming = did(message("hologram", {}))
    assert incoming is not None
    assert incoming.kind == "other"


def test_entering_the_chat_begins_the_conversation() -> None:
    frame = event("enter_chat")
    incoming = did(frame)
    assert incoming is not None
    assert incoming.kind == "start"
    assert entered(frame) == ("WangXiaoYu", "r1")
    assert entered(message("text", {"content": "x"})) is None


def test_a_tapped_button_is_the_tap_of_its_key() -> None:
    frame = tap(card_type="button_interaction", event_key="812.approve:12:4")
    incoming = did(frame)
    assert incoming is not None
    assert (incoming.kind, incoming.text) == ("tap", "812.approve:12:4")
    assert (incoming.tap_id, incoming.message) == ("r1", "812-1-1")
    assert tap_of(frame) == incoming


@pytest.mark.parametrize("one", ["812.3", ["812.3"]])
def test_what_was_chosen_from_a_list_is_a_tap_as_well_however_one_choice_is_written(one: object) -> None:
    chosen = {"question_key": "choice", "option_ids": {"option_id": one}}
    for items in (chosen, [chosen]):
        incoming = did(tap(event_key="choice", selected_items={"selected_item": items}))
        assert incoming is not None
        assert (incoming.kind, incoming.text) == ("tap", "812.3")


def test_a_list_sent_off_without_a_choice_is_a_tap_on_nothing() -> None:
    incoming = did(tap(event_key="choice", selected_items={}))
    assert incoming is not None
    assert (incoming.kind, incoming.text) == ("tap", "")


@pytest.mark.parametrize("kind", ["feedback_event", "disconnected_event", "news_event"])
def test_events_that_are_no_ones_business_are_not_kept(kind: str) -> None:
    assert rows_of(event(kind)) == []


def test_groups_are_not_served_and_keep_their_own_order() -> None:
    frame = message("text", {"content": "@资信 逾期"}, chattype="group", chatid="g1")
    [(_, conversation, _)] = rows_of(frame)
    assert conversation == "wecom:group:g1"
    assert did(frame) is None


def test_two_events_of_a_second_without_an_id_are_two() -> None:
    first, second = (
        message("event", {"eventtype": kind}, msgid="", create_time=1773108000)
        for kind in ("enter_chat", "template_card_event")
    )
    assert rows_of(first)[0][0] != rows_of(second)[0][0]
    assert rows_of(first)[0][0] == rows_of(first)[0][0]


@pytest.mark.parametrize(
    "frame",
    [
        {"cmd": "aibot_msg_callback"},
        {"cmd": "aibot_msg_callback", "body": []},
        {"cmd": "aibot_msg_callback", "body": {}},
        message("text", None),
        message("text", {"content": 3}),
        message("mixed", {"msg_item": "none"}),
        message("file", {"url": "x"}),
        message("text", {"content": "x"}, **{"from": None}),
        tap(),
        {**tap(event_key="812.1"), "headers": None},
        message("text", {"content": "\ud83d"}),
    ],
)
def test_what_cannot_be_read_is_kept_and_stops_nothing(frame: dict[str, Any]) -> None:
    for _, conversation, body in rows_of(frame):
        assert conversation.startswith("wecom:")
        incoming = read(body, conversation)
        assert incoming is None or incoming.kind == "text"
    assert tap_of(frame) is None
    assert entered(frame) is None
