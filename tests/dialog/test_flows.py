"""What holds for every dialog of the bot."""

import ast
from collections.abc import Iterator
from pathlib import Path

import bot.flows

FLOWS = sorted(Path(bot.flows.__file__).parent.glob("*.py"))


def questions_in(module: ast.AST) -> Iterator[str]:
    """Where a module puts a question of its own to the database; a record by its number is none."""
    for node in ast.walk(module):
        match node:
            case ast.ImportFrom(module="sqlalchemy", names=names):
                yield from (f"{node.lineno}: {name.name}" for name in names)
            case ast.Call(func=ast.Attribute(attr="execute" | "scalars" | "scalar" as way)):
                yield f"{node.lineno}: {way}"


def test_a_flow_asks_what_core_can_be_asked_and_holds_no_sql() -> None:
    found = {path.name: list(questions_in(ast.parse(path.read_text("utf-8")))) for path in FLOWS}
    assert {name: there for name, there in found.items() if there} == {}
    assert len(FLOWS) > 20
