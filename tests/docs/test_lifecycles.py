"""The diagrams of the documentation are those of the tables; ``make golden`` writes them anew."""

import os
import re
from collections.abc import Mapping
from typing import Any

import pytest

from core.rules.lifecycles import (
    activation_lifecycle,
    import_lifecycle,
    line_lifecycle,
    request_lifecycle,
    review_lifecycle,
    statement_file_lifecycle,
)
from core.rules.lifecycles.lifecycle import Lifecycle
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "lifecycles.md"
LIFECYCLES: Mapping[str, Lifecycle[Any, Any]] = {
    name: thing
    for module in (
        request_lifecycle,
        line_lifecycle,
        import_lifecycle,
        activation_lifecycle,
        statement_file_lifecycle,
        review_lifecycle,
    )
    for name, thing in vars(module).items()
    if isinstance(thing, Lifecycle)
}
_DIAGRAM = re.compile(r"(^## (\w+)$.*?^```mermaid\n)(.*?)(^```$)", re.M | re.S)


@pytest.mark.golden
def test_the_diagrams_are_those_of_the_tables() -> None:
    written = PAGE.read_text("utf-8")
    meant = _DIAGRAM.sub(lambda found: f"{found[1]}{LIFECYCLES[found[2]].mermaid()}\n{found[4]}", written)
    if os.environ.get("ZIXIN_GOLDEN") == "write":
        PAGE.write_text(meant, "utf-8")
    assert PAGE.read_text("utf-8") == meant


def test_every_lifecycle_has_its_diagram() -> None:
    assert [found[1] for found in _DIAGRAM.findall(PAGE.read_text("utf-8"))] == list(LIFECYCLES)
