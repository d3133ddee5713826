"""The fact vocabulary, and reading the value of a fact from a file or an answer."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.policies.reader import PolicyFile, Table, nearest
from core.rules.facts import FactKind, FactType, FactValue, Vocabulary
from core.rules.money import Money, NotAnAmount

SOURCES = ("survey", "ledger")


class NotAFact(ValueError):
    """A value that a fact cannot have.

    ``reason`` is ``unknown_fact`` (``facts`` has the nearest known key), ``wrong_type`` (the kind wanted) or
    ``out_of_range`` (the bounds).
    """

    def __init__(self, fact: str, reason: str, **facts: object) -> None:
        super().__init__(f"{fact}: {reason} {facts}")
        self.fact = fact
        self.reason = reason
        self.facts: Mapping[str, object] = facts


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
    for place, (table, kind) in enumerate(zip(tables, kinds, strict=True)):
        if any(kind.key == other.key or kind.zh == other.zh for other in kinds[:place]):
            raise table.error("key", "duplicate", 'key = "another_name"', key=kind.key, zh=kind.zh)
    file.finish()
    return Vocabulary(kinds)


def _fact_kind(table: Table) -> FactKind:
    words = table.words()
    source = table.text("source", 'source = "survey"')
    if source not in SOURCES:
        raise table.error(
            "source", "unknown_choice", 'source = "survey"', value=source, known="|".join(SOURCES)
        )
    low, high = _range(table) if table.has("range") else (None, None)
    return FactKind(
        key=table.text("key"),
        zh=words.zh,
        en=words.en,
        kind=table.one_of("type", FactType),
        unit=table.text("unit") if table.has("unit") else "",
        source=source,
        question=table.words("question") if source == "survey" else None,
        low=low,
        high=high,
    )


def _range(table: Table) -> tuple[Decimal, Decimal]:
    bounds = table.integers("range", "range = [0, 100]")
    if len(bounds) != 2 or bounds[0] > bounds[1]:
        raise table.error("range", "bad_range", "range = [0, 100]", range=bounds)
    return Decimal(bounds[0]), Decimal(bounds[1])


def fact_value(kind: FactType, raw: object) -> FactValue:
    """A value as a file writes it, as the rules want it; `ValueError` when it is not of that kind.

    Money is in yuan, a whole number or a decimal; a text of digits is taken for any number.
    """
    match kind, raw:
        case FactType.YES_NO, bool():
            return raw
        case FactType.DATE, date():
            return raw
        case FactType.DATE, str():
            return date.fromisoformat(raw)
        case FactType.COUNT, int() if not isinstance(raw, bool):
            return raw
        case FactType.MONEY, int() | Decimal() | str() if not isinstance(raw, bool):
            return Money.of(_number(raw))
        case FactType.NUMBER | FactType.PERCENT, int() | Decimal() | str() if not isinstance(raw, bool):
            return _number(raw)
        case _:
            raise ValueError(f"{raw!r} is no {kind}")


def read_fact(kind: FactKind, raw: object) -> FactValue:
    """The value of one fact, in range; None stays None, which is unknown. Raises `NotAFact`."""
    if raw is None:
        return None
    try:
        value = fact_value(kind.kind, raw)
    except (ValueError, NotAnAmount) as error:
        raise NotAFact(kind.key, "wrong_type", wanted=kind.kind, value=raw) from error
    size = value.amount if isinstance(value, Money) else value
    if isinstance(size, int | Decimal) and not isinstance(size, bool):
        too_low = kind.low is not None and size < kind.low
        too_high = kind.high is not None and size > kind.high
        if too_low or too_high:
            raise NotAFact(kind.key, "out_of_range", value=raw, low=kind.low, high=kind.high)
    return value


def read_facts(vocabulary: Vocabulary, raw: Mapping[str, object]) -> dict[str, FactValue]:
    """Facts by key from a mapping by key or Chinese name (``净利润``); raises `NotAFact`."""
    facts: dict[str, FactValue] = {}
    for name, value in raw.items():
        kind = vocabulary.find(name)
        if kind is None:
            known = [kind.key for kind in vocabulary.kinds]
            raise NotAFact(name, "unknown_fact", nearest=nearest(name, known))
        facts[kind.key] = read_fact(kind, value)
    return facts


def _number(raw: int | Decimal | str) -> Decimal:
    try:
        number = Decimal(raw)
    except ArithmeticError as error:
        raise ValueError(f"{raw!r} is no number") from error
    if not number.is_finite():
        raise ValueError(f"{raw!r} is no number")
    return number
