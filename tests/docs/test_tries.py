"""What the READMEs say to try in the demo comes out as they say."""

import pytest

from tests.docs.pages import README, README_ZH, Page
from tests.support.town import Town

SAID = {
    README: ("can we ship 50k to 华东机械", "can we ship 50k to 武湾轴承", "aging", "overdue"),
    README_ZH: ("华东机械 能发5万吗", "武湾轴承 能发5万吗", "账龄", "逾期"),
}


@pytest.mark.parametrize("page", SAID, ids=lambda page: page.name)
async def test_the_questions_to_try_are_answered_as_told(page: Page, sample: Town) -> None:
    hold, may_ship, aging, overdue = SAID[page]
    assert all(f"`{said}`" in page.text for said in (hold, aging, overdue))
    wang, shen = await sample.meets("王小雨"), await sample.meets("沈雅琴")

    [held] = await wang.says(hold)
    [shipped] = await wang.says(may_ship)
    [by_age] = await shen.says(aging)
    [late] = await shen.says(overdue)

    assert "⛔" in held
    assert "34" in held
    assert "✅" in shipped
    assert "1–30" in by_age
    assert "杭州钱禾" in late
    assert "导入文件" in (await shen.says("菜单"))[0].buttons


@pytest.mark.parametrize("page", SAID, ids=lambda page: page.name)
async def test_whoever_is_named_is_one_of_the_sample_company(page: Page, sample: Town) -> None:
    named = {"王小雨": "Wang Xiaoyu", "许文博": "Xu Wenbo", "沈雅琴": "Shen Yaqin"}
    for chinese, english in named.items():
        assert (chinese if page is README_ZH else english) in page.text
        await sample.meets(chinese)
