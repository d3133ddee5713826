"""What WeCom shows of a message with buttons (10.2): buttons, lists and pages within its limits, and words around them."""

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.dialog.rendered import Rendered, RenderedButton
from bot.wecom.cards import APP, BOT, Card, File, Part, Text, answered, parts, width
from bot.wecom.markdown import markdown, split

LONG = "<b>华东机械</b> 申请 ¥260,000\n" + "\n".join(f"第 {n} 条：近两年有逾期一次" for n in range(40))


def message(html: str, *labels: str) -> Rendered:
    buttons = tuple(RenderedButton(label, f"812.{place}") for place, label in enumerate(labels))
    return Rendered(html, (buttons,) if buttons else (), name="812-1773108000000000")


def cards_of(found: list[Part]) -> list[dict[str, Any]]:
    return [part.json for part in found if isinstance(part, Card)]


def test_a_text_without_buttons_is_a_text() -> None:
    assert parts(message("<b>记下了</b>：承诺付款"), BOT) == [Text("**记下了**：承诺付款")]


def test_a_few_words_and_buttons_are_one_card() -> None:
    [card] = cards_of(parts(message("<b>用多久？</b>\n可以写 30天", "30天", "临时15天"), BOT))

    assert card["card_type"] == "button_interaction"
    assert (card["main_title"], card["sub_title_text"]) == ({"title": "用多久？"}, "可以写 30天")
    assert card["button_list"] == [{"text": "30天", "key": "812.0"}, {"text": "临时15天", "key": "812.1"}]


PAGE = RenderedButton("整页填写", "812.9", "https://credit.example.com/forms/customer?as=wecom%3AWang")


def with_page(html: str, *labels: str) -> Rendered:
    shown = message(html, *labels)
    return replace(shown, buttons=(*shown.buttons, (PAGE,)))


def test_what_opens_a_page_is_a_button_of_the_app_s_card() -> None:
    [card] = cards_of(parts(with_page("客户全称？", "先存着"), APP))

    assert card["button_list"][1] == {"text": "整页填写", "key": "812.9", "type": 1, "url": PAGE.link}


@pytest.mark.parametrize("labels", [("先存着",), tuple("一二三四五六"), ("宽" * 12,)])
def test_where_a_card_has_no_such_button_it_is_a_link_before_the_card(labels: tuple[str, ...]) -> None:
    """On the bot's cards, and in a list to choose from."""
    door = BOT if labels == ("先存着",) else APP
    *_, link, card = parts(with_page("客户全称？", *labels), door)

    assert link == Text(f"[整页填写]({PAGE.link})")
    assert isinstance(card, Card)
    assert PAGE.label not in str(card.json)


def test_a_tapped_card_is_marked_and_opens_no_page_any_more() -> None:
    card = answered(with_page("客户全称？", "先存着"), "812.0", "812-1")

    assert card is not None
    assert [button["text"] for button in card["button_list"]] == ["✓ 先存着"]


def test_many_words_come_first_and_the_card_repeats_their_first_line() -> None:
    text, card = parts(message(LONG, "同意 ¥260,000", "拒绝"), BOT)

    assert isinstance(text, Text)
    assert "第 39 条" in text.markdown
    assert isinstance(card, Card)
    assert card.json["main_title"] == {"title": "华东机械 申请 ¥260,000"}
    assert "sub_title_text" not in card.json


def test_a_first_line_that_is_too_wide_is_cut_at_a_stop() -> None:
    how = "把客户、发票或收款的 Excel（xlsx）或 CSV 文件发给我：先告诉你会改什么，你确认后才导入。没有现成的文件，点一个模板："
    [card] = cards_of(parts(message(how, "客户模板"), BOT))

    assert card["main_title"]["title"] + card["sub_title_text"] == how
    assert width(card["main_title"]["title"]) <= 36


def test_a_line_cut_at_a_dot_does_not_end_in_it() -> None:
    [card] = cards_of(
        parts(
            message("上海衡屿电气有限公司 · 申请 ¥100,000 · 长期 · 现额度 ¥1,200,000 · 还有很多", "好"), BOT
        )
    )
    assert not card["main_title"]["title"].endswith("·")


def test_a_first_line_without_a_stop_is_a_text_and_clipped_on_the_card() -> None:
    text, card = parts(message("额" * 40, "好"), BOT)
    assert text == Text("额" * 40)
    assert isinstance(card, Card)
    assert card.json["main_title"]["title"] == "额" * 35 + "…"


def test_six_buttons_are_buttons_and_seven_are_a_list() -> None:
    [six] = cards_of(parts(message("选一项", *"一二三四五六"), BOT))
    [seven] = cards_of(parts(message("选一项", *"一二三四五六七"), BOT))

    assert len(six["button_list"]) == 6
    assert seven["card_type"] == "vote_interaction"
    assert [option["id"] for option in seven["checkbox"]["option_list"]] == [f"812.{n}" for n in range(7)]
    assert seven["submit_button"]["text"] == "选好了"


def test_a_label_that_a_button_would_clip_makes_a_list() -> None:
    [card] = cards_of(parts(message("选客户", "上海衡屿电气设备有限公司", "以后再说"), BOT))
    assert card["card_type"] == "vote_interaction"


def test_more_than_a_list_holds_are_pages_that_count_themselves() -> None:
    found = cards_of(parts(message("选客户", *(f"客户{n}" for n in range(45))), BOT))

    assert [len(card["checkbox"]["option_list"]) for card in found] == [20, 20, 5]
    assert [card["main_title"]["title"] for card in found] == ["选客户 1/3", "选客户 2/3", "选客户 3/3"]
    assert len({card["task_id"] for card in found}) == 3


def test_the_same_message_has_the_same_task_ids_and_another_has_others() -> None:
    first, again, other = (
        cards_of(parts(one, BOT))[0]["task_id"]
        for one in (message("一", "好"), message("一", "好"), replace(message("一", "好"), name="813-1"))
    )
    assert first == again != other
    assert re.fullmatch(r"[0-9A-Za-z_\-@]{1,128}", first)


def test_a_file_comes_before_its_words() -> None:
    found = parts(replace(message("账龄", "菜单"), file=("账龄.xlsx", b"PK")), BOT)
    assert [type(part) for part in found] == [File, Card]


def test_a_message_without_words_has_no_part_for_them() -> None:
    assert parts(replace(message(""), file=("账龄.xlsx", b"PK")), BOT) == [File("账龄.xlsx", b"PK")]


def test_the_app_takes_shorter_texts_than_the_bot() -> None:
    assert len(parts(message(LONG * 3), BOT)) == 1
    by_app = parts(message(LONG * 3), APP)
    assert len(by_app) > 1
    assert all(isinstance(part, Text) and len(part.markdown.encode()) <= 2_048 for part in by_app)


def test_english_counts_half() -> None:
    assert width("Approve ¥260,000") == 8
    assert width("同意 ¥260,000") == 6.5


@pytest.mark.parametrize("labels", [("同意", "拒绝"), tuple("一二三四五六七")])
def test_an_answered_card_is_the_same_card_with_the_tap_marked(labels: tuple[str, ...]) -> None:
    asked = message("选一项", *labels)
    before, after = cards_of(parts(asked, BOT))[0], answered(asked, "812.1", "812-1773108000000000-1")

    assert after is not None
    assert after["task_id"] == before["task_id"]
    if "button_list" in after:
        assert [button["text"] for button in after["button_list"]] == ["同意", "✓ 拒绝"]
    else:
        marked = [option["id"] for option in after["checkbox"]["option_list"] if option["is_checked"]]
        assert marked == ["812.1"]


def test_an_answered_card_shows_the_page_that_was_tapped() -> None:
    after = answered(message("选客户", *(f"客户{n}" for n in range(45))), "812.22", "812-1-2")
    assert after is not None
    assert after["checkbox"]["option_list"][2] == {"id": "812.22", "text": "客户22", "is_checked": True}


def test_an_answered_card_with_nothing_left_to_tap_stays_as_it_was() -> None:
    assert answered(message("已处理"), "812.1", "812-1-1") is None


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<b>华东</b> <i>3/14</i> <code>C0001</code>", "**华东** 3/14 `C0001`"),
        ("<b>一\n二</b>", "**一**\n**二**"),
        ("<b></b>空", "空"),
        ("甲 &amp; 乙 &lt;3", "甲 & 乙 ＜3"),
        ("[点这里](http://x) *粗* `码`", "［点这里］(http://x) ＊粗＊ ｀码｀"),
        ("&lt;@all&gt;", "＜@all＞"),
        ("# 标题", "＃ 标题"),
    ],
)
def test_what_a_person_wrote_is_no_markup(html: str, said: str) -> None:
    assert markdown(html) == said


def test_a_long_text_is_cut_between_lines_and_nothing_is_lost() -> None:
    found = split(LONG, 300)
    assert all(len(part.encode()) <= 300 for part in found)
    assert "\n".join(found) == markdown(LONG)


def test_a_line_too_long_by_itself_is_cut_between_characters() -> None:
    found = split("<b>" + "额" * 250 + "</b>", 300)
    assert all(len(part.encode()) <= 300 for part in found)
    assert "".join(found) == "额" * 250
