"""What belongs together stays on one line, however narrow the screen."""

import pytest

from core.texts.catalog import sentence, strip
from core.texts.wire import Named


@pytest.mark.parametrize("grade", ["A", "AAA", "BBB-"])
def test_a_chinese_grade_is_not_parted_from_its_word(grade: str) -> None:
    """On a phone of 360 px “A 级” would else be “A” at the end of one line and “级” at the beginning of the next."""
    assert sentence("zh_CN", "graded", {"grade": grade}) == f"{grade}\u00a0级"
    assert f"等级\u00a0{grade}" in sentence("zh_CN", "outcome-granted-grade", {"grade": grade})


def test_a_grade_that_is_a_word_takes_none_behind_it() -> None:
    assert sentence("zh_CN", "graded", {"grade": Named("优质", "Prime")}) == "优质"
    assert sentence("en", "graded", {"grade": Named("优质", "Prime")}) == "grade Prime"


def test_in_a_terminal_it_is_a_plain_space() -> None:
    """What is searched for or piped on is what people type."""
    assert strip(sentence("zh_CN", "graded", {"grade": "A"})) == "A 级"
