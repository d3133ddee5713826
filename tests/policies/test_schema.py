"""The JSON Schemas that editors complete by (2.2): every shipped file fits its own, and a slip does not."""

from pathlib import Path
from typing import Any

import pytest

from core.policies.findings.places import PLACES
from core.policies.library import SHIPPED, Library
from core.policies.reader import PolicyFile
from core.policies.schema import cases_schema, facts_schema, policy_schema
from tests.docs.pages import LESSONS
from tests.policies.json_schema import faults

LIBRARY = Library()
SCHEMA = policy_schema(LIBRARY.vocabulary)
FACTS, CASES = facts_schema(), cases_schema(LIBRARY.vocabulary)
LESSON = LESSONS[0].files()
FOLDERS = (SHIPPED, SHIPPED.parent / "samples" / "policy", Path(__file__).parent / "files")
READ = [PolicyFile(path) for folder in FOLDERS for path in sorted(folder.glob("*.toml"))]
FILES = [file for file in READ if file.kind in {"policy", "limit_model", "overlay", "facts", "cases"}]


def found(content: dict[str, Any]) -> list[str]:
    """The faults by the schema of the file's own kind: in a choice of several nothing would be said of where."""
    match content["kind"]:
        case "facts":
            return list(faults(FACTS, FACTS, content))
        case "cases":
            return list(faults(CASES, CASES, content))
        case kind:
            own = next(one for one in SCHEMA["oneOf"] if one["properties"]["kind"]["const"] == kind)
            return list(faults(own, SCHEMA, content))


def written(folder: Path, text: str) -> dict[str, Any]:
    path = folder / "draft.toml"
    path.write_text(text, "utf-8")
    return PolicyFile(path).content


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.name)
def test_every_shipped_file_fits_its_schema(file: PolicyFile) -> None:
    assert found(file.content) == []


def test_every_kind_of_file_is_there() -> None:
    assert {file.kind for file in FILES} == {"policy", "limit_model", "overlay", "facts", "cases"}


@pytest.mark.parametrize("name", ["md-facts.toml", "md-list.toml", "md-tolerances.toml"])
def test_the_files_of_the_lesson_fit_theirs(name: str, tmp_path: Path) -> None:
    assert found(written(tmp_path, LESSON[name])) == []


def test_a_companys_own_facts_are_in_the_schema_of_its_cases(tmp_path: Path) -> None:
    (tmp_path / "md-facts.toml").write_text(LESSON["md-facts.toml"], "utf-8")
    own = cases_schema(Library((SHIPPED, tmp_path)).vocabulary)
    content = written(tmp_path, LESSON["md-score.cases.toml"])

    assert list(faults(own, own, content)) == []
    assert any("unknown md_visit" in fault for fault in found(content))


SLIPS = [
    ("policy", "clearance", "clearence", "unknown clearence"),
    ("policy", 'fact = "debt_ratio"', 'fact = "debt_rato"', "fits 0"),
    ("policy", 'op = "<="', 'op = "=<"', "fits 0"),
    ("policy", 'rule = "else"', 'rule = "rest"', "none of them"),
    ("policy", "months = 12", 'months = "12"', "no integer"),
    ("policy", 'zh = "新开发客户"\n', "", "no zh"),
    ("policy", 'code = "A"\n', 'code = "A"\nname = "Prime"\n', "no object"),
    ("facts", 'type = "percent"', 'type = "percentage"', "fits 0"),
    ("facts", 'source = "survey"', 'source = "asked"', "fits 0"),
    ("facts", 'key = "debt_ratio"', 'key = "Debt ratio"', "fits 0"),
    ("facts", 'ratio = "debt_ratio"', 'ratio = "debt_rato"', "fits 0"),
    ("facts", "range = [0, 1000]", "range = [0]", "fits 0"),
    ("facts", "question = {", "questions = {", "fits 0"),
    ("cases", "debt_ratio = ", "debt_rato = ", "unknown debt_rato"),
    ("cases", "law_abiding = true", "law_abiding = 1", "fits 0"),
    ("cases", 'like = "', 'likes = "', "no like"),
    ("cases", 'not_known = ["', 'not_known = ["the ', "none of them"),
    ("cases", "had_credit = true", 'had_credit = "true"', "no boolean"),
    ("cases", "months_with_business = 12", "months_with_business = -1", "below 0"),
    ("tolerances", "debt_ratio", "debt_rato", "unknown debt_rato"),
    ("tolerances", "percent = 10", "percent = -10", "below 0"),
    ("tolerances", "percent = 10", 'percent = "10"', "no number"),
]
ABOUT = {
    "policy": (SHIPPED / "b9-abc.toml").read_text("utf-8"),
    "facts": (SHIPPED / "facts.toml").read_text("utf-8"),
    "cases": (SHIPPED / "b9-abc.cases.toml").read_text("utf-8"),
    "tolerances": LESSON["md-tolerances.toml"],
}


@pytest.mark.parametrize(("about", "right", "wrong", "says"), SLIPS)
def test_a_slip_does_not_fit(tmp_path: Path, about: str, right: str, wrong: str, says: str) -> None:
    text = ABOUT[about]
    assert right in text

    slipped = found(written(tmp_path, text.replace(right, wrong, 1)))

    assert any(says in fault for fault in slipped), slipped


def test_every_tolerance_can_be_completed() -> None:
    [own] = [one for one in SCHEMA["oneOf"] if one["properties"]["kind"]["const"] == "tolerances"]
    for place in PLACES:
        assert place.key in own["properties"][place.table]["properties"]
