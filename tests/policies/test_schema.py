"""The JSON Schema that editors complete by (2.2): every shipped file fits it, and a slip does not."""

from pathlib import Path
from typing import Any

import pytest

from core.policies.library import SHIPPED, Library
from core.policies.reader import PolicyFile
from core.policies.schema import policy_schema
from tests.policies.json_schema import faults

SCHEMA = policy_schema(Library().vocabulary)
FOLDERS = (SHIPPED, SHIPPED.parent / "samples" / "policy", Path(__file__).parent / "files")
READ = [PolicyFile(path) for folder in FOLDERS for path in sorted(folder.glob("*.toml"))]
FILES = [file for file in READ if file.kind in {"policy", "limit_model", "overlay"}]


def found(content: dict[str, Any]) -> list[str]:
    """The faults by the schema of the file's own kind: in a choice of three nothing would be said of where."""
    own = next(one for one in SCHEMA["oneOf"] if one["properties"]["kind"]["const"] == content["kind"])
    return list(faults(own, SCHEMA, content))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.name)
def test_every_shipped_file_fits_the_schema(file: PolicyFile) -> None:
    assert found(file.content) == []


def test_every_kind_of_file_is_there() -> None:
    assert {file.kind for file in FILES} == {"policy", "limit_model", "overlay"}


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("clearance", "clearence", "unknown clearence"),
        ('fact = "debt_ratio"', 'fact = "debt_rato"', "fits 0"),
        ('op = "<="', 'op = "=<"', "fits 0"),
        ('rule = "else"', 'rule = "rest"', "none of them"),
        ("months = 12", 'months = "12"', "no integer"),
        ('zh = "新开发客户"\n', "", "no zh"),
    ],
)
def test_a_slip_does_not_fit(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    text = (SHIPPED / "b9-abc.toml").read_text("utf-8")
    assert right in text
    path = tmp_path / "b9-abc.toml"
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    assert any(says in fault for fault in found(PolicyFile(path).content))
