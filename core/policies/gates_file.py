"""Reading gates: what decides beside a score or a list."""

from collections.abc import Iterable

from core.policies.names import Names
from core.policies.reader import Table
from core.rules.policy.gates import Effect, Gate

_EXAMPLE = '[[gates]] key = "insolvent" effect = "veto" grade = "C"'


def read_gates(file: Table, names: Names, indicators: Iterable[str]) -> tuple[Gate, ...]:
    """The gates of a policy, each with words of its own; `indicators` are those whose points may be tested."""
    if not file.has("gates"):
        return ()
    points = tuple(indicators)
    tables = file.tables("gates", _EXAMPLE)
    gates = tuple(_gate(table, names, points) for table in tables)
    for place, (table, gate) in enumerate(zip(tables, gates, strict=True)):
        if any(gate.key == other.key for other in gates[:place]):
            raise table.error("key", "duplicate", 'key = "another_name"', name=gate.key)
    return gates


def _gate(table: Table, names: Names, points: tuple[str, ...]) -> Gate:
    effect = table.one_of("effect", Effect)
    return Gate(
        key=table.text("key", 'key = "insolvent"'),
        article=table.text("article"),
        when=names.condition(table, points=points),
        effect=effect,
        applies_if_unknown=table.flag("if_unknown"),
        grade=names.grade(table) if effect in (Effect.VETO, Effect.CAP) else None,
        notches=table.integer("notches", "notches = 1", at_least=1) if effect is Effect.DOWNGRADE else 0,
        title=table.words(),
    )
