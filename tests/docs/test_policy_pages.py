"""The pages on writing a policy can be followed to the letter, in both languages (2.1, 2.2: policy is data)."""

import os
import re
from datetime import datetime
from pathlib import Path

import pytest

from core.clock import SetClock
from core.commandline.policy_view import listed, method_of
from core.policies.library import Library
from core.rules.policy.policy import Policy
from tests.docs.lesson import Lesson, typed
from tests.docs.pages import LESSONS, ROOT, Page
from tests.support.town import SHANGHAI

ENGLISH, CHINESE = LESSONS
WRITE = os.environ.get("ZIXIN_GOLDEN") == "write"
MORNING = datetime(2026, 12, 15, 9, tzinfo=SHANGHAI)
BOTH = pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=lambda page: page.name)
METHODS = {
    ENGLISH: {"criteria": "list", "scorecard": "score", "three_tier": "three tiers"},
    CHINESE: {"criteria": "清单", "scorecard": "评分", "three_tier": "三层"},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh installation with a CFO, who can confirm, and a customer, to try policies out on."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("core.commandline.running.SystemClock", lambda: SetClock(MORNING))
    for name in [name for name in os.environ if name.startswith("ZIXIN_")]:
        monkeypatch.delenv(name)
    for name in (".venv", "core"):
        (tmp_path / name).symlink_to(ROOT / name)
    Path("customers.csv").write_text("客户编码,客户名称,业务员\nC0001,示例机械有限公司,王小雨\n", "utf-8")
    for line in ("staff add --name 林静秋 --role cfo", "staff add --name 王小雨 --role sales"):
        assert typed(f".venv/bin/zixin {line}")[0] == 0
    assert typed(".venv/bin/zixin import customers customers.csv")[0] == 0
    return tmp_path


@pytest.mark.golden
@BOTH
def test_every_step_works_and_every_mistake_is_told_as_the_page_says(page: Page, folder: Path) -> None:
    lesson = Lesson(page)
    real = lesson.carried_out()
    if WRITE:
        page.path.write_text(real, "utf-8")
    assert page.text == real
    assert lesson.mistakes > 8


@pytest.mark.parametrize("language", ["toml", "sh", "json", "diff"])
def test_both_pages_have_the_same_files_commands_and_mistakes(language: str) -> None:
    """But for remarks, and for articles, which are numbered as in the language of the page."""
    chinese, english = (
        [re.sub(r'^#.*|article = ".*?"', "", block, flags=re.M) for block in page.blocks(language)]
        for page in (CHINESE, ENGLISH)
    )
    assert chinese == english


@BOTH
def test_the_table_of_the_library_is_the_library(page: Page) -> None:
    library = Library()
    rows = dict(_rows(page))
    assert rows.keys() == {policy.id for policy in (*library.policies, *library.limit_models)}
    for policy in library.policies:
        document, grades, method, asked, known, blank = rows[policy.id][:6]
        assert document == policy.source.document
        called = (grade.called for grade in policy.grades)
        assert grades.split() == [each.en if page is ENGLISH else each.zh for each in called]
        assert method == METHODS[page][method_of(policy)]
        assert (int(asked), int(known), int(blank)) == _counted(library, policy)
    for model in library.limit_models:
        asked, known, blank = rows[model.id][1:4]
        assert (int(asked), int(known), int(blank)) == _counted(library, model)


def _rows(page: Page) -> list[tuple[str, list[str]]]:
    """The lines of tables that begin with the id of a policy."""
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.text.splitlines()]
    return [(row[0].strip("`"), row[1:]) for row in cells if row and re.fullmatch(r"`[\w-]+-[\w-]+`", row[0])]


def _counted(library: Library, policy: Policy) -> tuple[int, int, int]:
    """Facts that people are asked, facts that the desk knows, parameters without a value."""
    needs = listed(policy, in_force=False)["needs"]
    asked = library.vocabulary.asked_for(needs)
    return len(asked), len(needs) - len(asked), len(policy.unset)
