"""The fact vocabulary: what a file of kind ``facts`` says."""

from decimal import Decimal
from pathlib import Path

from core.policies.reader import PolicyFile, Table
from core.rules.facts import Choice, FactKind, FactType, Vocabulary

SOURCES = ("survey", "ledger", "request", "review", "findings", "customer_file")
_CHOICES = (
    'choices = [{ value = "good", zh = "好", en = "good" }, { value = "poor", zh = "差", en = "poor" }]'
)


def load_facts(path: Path) -> Vocabulary:
    """Read a vocabulary; `PolicyError` where it is wrong."""
    return read_vocabulary(PolicyFile(path))


def read_vocabulary(file: PolicyFile) -> Vocabulary:
    """The vocabulary that a file of kind ``facts`` holds."""
    for key in ("kind", "id", "version", "document"):
        file.text(key)
    file.day("in_force_from")
    file.words("title")
    tables = file.tables("facts", '[[facts]] key = "debt_ratio"')
    kinds = tuple(_fact_kind(table) for table in tables)
    names: dict[str, FactKind] = {}
    for table, kind in zip(tables, kinds, strict=True):
        for name in {kind.key, kind.zh}:
            if name in names:
                raise table.error("key", "duplicate", 'key = "another_name"', key=kind.key, zh=kind.zh)
            names[name] = kind
    file.finish()
    return Vocabulary(kinds)


def _fact_kind(table: Table) -> FactKind:
    words = table.words()
    source = table.text("source", 'source = "survey"')
    if source not in SOURCES:
        raise table.error(
            "source", "unknown_choice", 'source = "survey"', value=source, known="|".join(SOURCES)
        )
    kind = table.one_of("type", FactType)
    low, high = _range(table) if table.has("range") else (None, None)
    return FactKind(
        key=table.text("key"),
        zh=words.zh,
        en=words.en,
        kind=kind,
        unit=table.text("unit") if table.has("unit") else "",
        source=source,
        question=table.words("question") if source == "survey" else None,
        low=low,
        high=high,
        choices=_choices(table) if kind is FactType.CHOICE else (),
        ratio=table.text("ratio", 'ratio = "debt_ratio"') if table.has("ratio") else None,
    )


def _choices(table: Table) -> tuple[Choice, ...]:
    rows = table.tables("choices", _CHOICES)
    choices = tuple(Choice(row.text("value"), row.text("zh"), row.text("en")) for row in rows)
    for place, (row, choice) in enumerate(zip(rows, choices, strict=True)):
        if any(choice.value == other.value or choice.zh == other.zh for other in choices[:place]):
            raise row.error("value", "duplicate", _CHOICES, code=choice.value)
    return choices


def _range(table: Table) -> tuple[Decimal, Decimal]:
    bounds = table.integers("range", "range = [0, 100]")
    if len(bounds) != 2 or bounds[0] > bounds[1]:
        raise table.error("range", "bad_range", "range = [0, 100]", range=bounds)
    return Decimal(bounds[0]), Decimal(bounds[1])
