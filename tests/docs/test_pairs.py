"""Who reads Chinese is told all that the English page tells, and the other way round (10.6)."""

import re
from dataclasses import dataclass, replace

import pytest

from core.settings import Language
from tests.docs.pages import ROOT, Page
from tests.docs.pairs import Pair, differences, pairs

PAIRS = pairs()
EACH = pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
RUNBOOK = next(pair for pair in PAIRS if pair.name == "docs/runbook.md")


@dataclass(frozen=True)
class Changed(Page):
    """A page with something else on it."""

    now: str = ""

    @property
    def text(self) -> str:
        return self.now


def changed(page: Page, was: str, now: str) -> Changed:
    assert was in page.text, was
    return Changed(page.path, page.text.replace(was, now, 1))


def test_whoever_runs_it_can_read_all_that_they_need_in_chinese() -> None:
    told = {pair.name for pair in PAIRS}
    assert told >= {"README.md", "docs/policy.md", "docs/runbook.md", "docs/telegram.md", "docs/wecom.md"}


@EACH
def test_the_two_pages_tell_the_same(pair: Pair) -> None:
    assert differences(pair) == []


@EACH
def test_each_page_leads_to_the_other(pair: Pair) -> None:
    english, chinese = pair.english, pair.chinese
    assert f"**English** · [中文]({chinese.path.name})" in english.text.splitlines()[:3]
    assert f"[English]({english.path.name}) · **中文**" in chinese.text.splitlines()[:3]


@EACH
def test_a_button_that_is_named_is_named_as_the_chat_has_it(pair: Pair) -> None:
    """An English page has such a name in italics, a Chinese one in corner brackets."""
    english, chinese = _labels("en"), _labels("zh_CN")
    for label in re.findall(r"(?<!\*)\*([A-Z][^*\n]*)\*(?!\*)", pair.english.text):
        names = {chinese[key] for key, words in english.items() if words == label}
        assert not names or any(f"「{name}」" in pair.chinese.text for name in names), (label, names)


def _labels(language: Language) -> dict[str, str]:
    """What stands on buttons and in menus, by key."""
    files = (ROOT / "core" / "texts" / language).glob("*.ftl")
    lines = "".join(path.read_text("utf-8") for path in files)
    return dict(re.findall(r"^((?:button|command)-[\w-]+) = (.+)$", lines, re.M))


@EACH
def test_chinese_prose_has_the_punctuation_of_chinese(pair: Pair) -> None:
    prose = re.sub(r"^ *```.*?^ *```$|`[^`\n]+`|\]\([^)]+\)", "", pair.chinese.text, flags=re.M | re.S)
    assert re.findall(r".*[\u4e00-\u9fff][,;:!?(].*|.*[,;:!?)][\u4e00-\u9fff].*", prose) == []
    emphases = re.findall(r"(\*+)([^*\n]+)\1(?=(.?))", prose)
    # Markdown does not see the end of an emphasis that ends with a stop where a word follows.
    assert [
        words for _, words, then in emphases if words[-1] in "，。：；！？、）」”" and then.isalnum()
    ] == []


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("## 升级\n", "", "the outlines of the pages differ"),
        ("| `prune` | 每天 03:30 |", "| `prune` |", "lacks the row of 3 cells: prune"),
        ("| `ZIXIN_HTTP_PORT` | 监听的端口。 |\n", "", "lacks the row of 2 cells: ZIXIN_HTTP_PORT"),
        ("RestartSec=2", "RestartSec=20", "lacks the line RestartSec=2 of"),
        (".venv/bin/zixin db upgrade\n", "", "lacks the line .venv/bin/zixin db upgrade of"),
        ("（`digest_at`）", "", "lacks the code digest_at of"),
        ("`kill -9` 也不丢", "`kill -8` 也不丢", "lacks the code kill -9 of"),
        ("（见[接入企业微信](wecom.zh-CN.md)）。", "。", "lacks the link wecom.zh-CN.md of"),
        ("[一个下午写好信用政策](policy.zh-CN.md)", "[政策](policy.md)", "lacks the link policy.zh-CN.md of"),
        ("3. 新机器：", "新机器：", "lacks the item 3. of"),
    ],
)
def test_what_is_missing_is_told_with_its_line(was: str, now: str, told: str) -> None:
    less = replace(RUNBOOK, chinese=changed(RUNBOOK.chinese, was, now))
    found = differences(less)
    assert any(told in each and re.search(r"docs/runbook(\.zh-CN)?\.md:\d+", each) for each in found), found


def test_what_the_english_page_does_not_tell_is_told_as_well() -> None:
    less = replace(RUNBOOK, english=changed(RUNBOOK.english, "Ctrl-C or SIGTERM", "`Ctrl-C` or SIGTERM"))
    [difference] = differences(less)
    assert re.fullmatch(r"docs/runbook\.zh-CN\.md lacks the code Ctrl-C of docs/runbook\.md:\d+", difference)
    more = replace(RUNBOOK, chinese=changed(RUNBOOK.chinese, "用 Ctrl-C", "用 `Ctrl-C`"))
    [difference] = differences(more)
    assert re.fullmatch(r"docs/runbook\.md lacks the code Ctrl-C of docs/runbook\.zh-CN\.md:\d+", difference)


def test_a_value_to_fill_in_is_told_in_the_language_of_its_reader_and_no_other_one_is() -> None:
    wecom = next(pair for pair in PAIRS if pair.name == "docs/wecom.md")
    assert "ZIXIN_WECOM_BOT_SECRET=后台复制的Secret" in wecom.chinese.text
    less = replace(wecom, chinese=changed(wecom.chinese, "ZIXIN_WEB_CHAT=login", "ZIXIN_WEB_CHAT=demo"))
    assert any("lacks the line ZIXIN_WEB_CHAT=login of" in each for each in differences(less))
