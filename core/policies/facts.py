"""The fact vocabulary: what a file of kind ``facts`` says."""

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from core.policies.reader import PolicyFile, Table
from core.rules.policy.facts import Choice, FactKind, FactType, Vocabulary

SHIPPED_ID = "facts"
"""The vocabulary that the product brings: it alone names what the desk itself knows, a company's only what is asked."""
ASKED = "survey"
SOURCES = (ASKED, "ledger", "request", "review", "findings", "customer_file")
KEY = re.compile("[a-z][a-z0-9_]*")
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
                raise table.error("key", "duplicate", 'key = "another_name"', name=name)
            names[name] = kind
        if kind.source != ASKED and file.text("id") != SHIPPED_ID:
            raise table.error("source", "not_yours", 'source = "survey"', value=kind.source)
    file.finish()
    return Vocabulary(kinds)


def joined_vocabulary(files: Iterable[PolicyFile]) -> Vocabulary:
    """The shipped vocabulary and a company's own behind it; `PolicyError` where a fact is named twice."""
    names: dict[str, str] = {}
    kinds: list[FactKind] = []
    for file in files:
        for place, kind in enumerate(read_vocabulary(file).kinds):
            for at, name in (("key", kind.key), ("zh", kind.zh)):
                if name in names:
                    raise file.error_in(
                        ("facts", place, at), "fact_twice", f'{at} = "..."', name=name, other=names[name]
                    )
                names[name] = file.path.name
            kinds.append(kind)
    return Vocabulary(tuple(kinds))


def _fact_kind(table: Table) -> FactKind:
    words = table.words()
    key = table.text("key")
    if not KEY.fullmatch(key):
        raise table.error("key", "bad_key", 'key = "shop_visit"', key=key)
    source = table.text("source", f'source = "{ASKED}"')
    if source not in SOURCES:
        raise table.error(
            "source",
            "unknown_choice",
            'source = "survey"',
            key="source",
            value=source,
            known="|".join(SOURCES),
        )
    kind = table.one_of("type", FactType)
    low, high = _range(table) if table.has("range") else (None, None)
    return FactKind(
        key=key,
        zh=words.zh,
        en=words.en,
        kind=kind,
        unit=table.text("unit") if table.has("unit") else "",
        source=source,
        question=table.words("question") if source == ASKED else None,
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
            raise row.error("value", "duplicate", _CHOICES, name=choice.value)
    return choices


def _range(table: Table) -> tuple[Decimal, Decimal]:
    bounds = table.integers("range", "range = [0, 100]")
    if len(bounds) != 2 or bounds[0] > bounds[1]:
        raise table.error("range", "bad_range", "range = [0, 100]", range=bounds)
    return Decimal(bounds[0]), Decimal(bounds[1])
