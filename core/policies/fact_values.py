"""Reading the value of a fact from a file or an answer: understood as meant, or refused by name."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from core.policies.reader import nearest
from core.rules.calendar import NotADay, parse_day
from core.rules.halfwidth import halfwidth
from core.rules.money import Money, NotAnAmount, parse_amount
from core.rules.policy.facts import FactKind, FactType, FactValue, Vocabulary
from core.rules.rating.expert_sheets import Mark, Sheet

_LARGEST_EXPONENT = 15
_MOST_PLACES = 20
_PERCENT = re.compile(r"(.*?)\s*[%％]")
YES, NO = {"是", "有"}, {"否", "没有", "无"}
_LOSS = re.compile(r"^(?:-|−|负|亏损?)\s*|^\((?=.*\)$)")


class NotAFact(ValueError):
    """A value that a fact cannot have.

    ``reason`` is ``unknown_fact`` (``facts`` has the nearest known name), ``wrong_type`` (the kind wanted),
    ``out_of_range`` (the bounds), ``fraction_or_percent`` (both readings of a number below one),
    ``too_large_number``, ``not_a_choice`` (those known), ``future_day`` or ``told_twice``. ``fact`` is its key, or its
    name as the file has it.
    """

    def __init__(self, fact: str, reason: str, **facts: object) -> None:
        super().__init__(f"{fact}: {reason} {facts}")
        self.fact = fact
        self.reason = reason
        self.facts: Mapping[str, object] = facts


def fact_value(kind: FactType, raw: object) -> FactValue:
    """A value as a file writes it, as the rules want it; `ValueError` when it is not of that kind.

    Money is in yuan, a whole number or a decimal, or written as in chat (``30万``); digits may be full-width,
    a percentage may carry its sign.
    """
    match kind, raw:
        case FactType.YES_NO, bool():
            return raw
        case FactType.YES_NO, str() if _word(raw) in YES | NO:
            return _word(raw) in YES
        case FactType.CHOICE | FactType.TEXT, str():
            return raw
        case FactType.DATE, date():
            return raw
        case FactType.DATE, str():
            return _day(raw)
        case FactType.COUNT, int() | Decimal() | str() if not isinstance(raw, bool):
            return _whole(_number(raw))
        case FactType.MONEY, str():
            return _amount(raw)
        case FactType.MONEY, int() | Decimal() if not isinstance(raw, bool):
            return Money.of(_number(raw))
        case FactType.PERCENT, str() if marked := _PERCENT.fullmatch(halfwidth(raw)):
            return _number(marked[1])
        case FactType.NUMBER | FactType.PERCENT, int() | Decimal() | str() if not isinstance(raw, bool):
            return _number(raw)
        case FactType.SHEETS, list():
            return tuple(_sheet(each) for each in raw)
        case _:
            raise ValueError(f"{raw!r} is no {kind}")


def read_fact(kind: FactKind, raw: object, today: date | None = None) -> FactValue:
    """The value of one fact, in range; None stays None, which is unknown. Raises `NotAFact`.

    A bare number below one for a percentage that may well be above it is refused: 0.65 is 65 % to one person
    and 0.65 % to another. With `today` no day may be later.
    """
    if raw is None:
        return None
    try:
        value = fact_value(kind.kind, raw)
    except (ValueError, NotAnAmount, ArithmeticError) as error:
        if str(error) == "too_large":
            raise NotAFact(kind.key, "too_large_number", value=_short(raw)) from error
        raise NotAFact(kind.key, "wrong_type", wanted=kind.kind, value=_short(raw)) from error
    if kind.kind is FactType.CHOICE:
        return _chosen(kind, value)
    if isinstance(value, date) and today is not None and value > today:
        raise NotAFact(kind.key, "future_day", value=value, today=today)
    _refuse_ambiguous(kind, raw, value)
    _refuse_out_of_range(kind, raw, value)
    return value


def read_facts(
    vocabulary: Vocabulary, raw: Mapping[str, object], today: date | None = None
) -> dict[str, FactValue]:
    """Facts by key from a mapping by key or Chinese name (``净利润``); raises `NotAFact`."""
    facts: dict[str, FactValue] = {}
    for name, value in raw.items():
        kind = fact_named(vocabulary, name)
        if kind is None:
            raise NotAFact(name, "unknown_fact", nearest=nearest_name(vocabulary, name))
        if kind.key in facts:
            raise NotAFact(name, "told_twice")
        try:
            facts[kind.key] = read_fact(kind, value, today)
        except NotAFact as wrong:
            raise NotAFact(name.strip(), wrong.reason, **wrong.facts) from wrong
    return facts


def fact_named(vocabulary: Vocabulary, name: str) -> FactKind | None:
    """The fact of a key or Chinese name, also where the name has spaces in it as people set it: 近 12 个月回款额."""
    return vocabulary.find(name.strip()) or vocabulary.find("".join(name.split()))


def nearest_name(vocabulary: Vocabulary, name: str) -> str:
    """The known name most like it, in the alphabet that it is written in."""
    names = [kind.key if name.isascii() else kind.zh for kind in vocabulary.kinds]
    return nearest(name, names)


def _refuse_ambiguous(kind: FactKind, raw: object, value: FactValue) -> None:
    if kind.kind is not FactType.PERCENT or not isinstance(value, Decimal):
        return
    marked = isinstance(raw, str) and _PERCENT.fullmatch(halfwidth(raw))
    if not marked and 0 < abs(value) < 1:
        percent = (value * 100).normalize()
        raise NotAFact(kind.key, "fraction_or_percent", value=value, large=f"{percent:f}", small=f"{value:f}")


def _refuse_out_of_range(kind: FactKind, raw: object, value: FactValue) -> None:
    counted_below_zero = (
        kind.kind is FactType.COUNT and kind.low is None and isinstance(value, int) and value < 0
    )
    if counted_below_zero or not kind.covers(value):
        least = Decimal(0) if counted_below_zero else kind.low
        low, high = ("…" if end is None else f"{end:f}" for end in (least, kind.high))
        raise NotAFact(kind.key, "out_of_range", value=_short(raw), low=low, high=high)


def _chosen(kind: FactKind, value: FactValue) -> str:
    """The answer by its key, or by its words in either language."""
    for choice in kind.choices:
        if value in (choice.value, choice.zh, choice.en):
            return choice.value
    known = "|".join(f"{choice.value} {choice.zh}" for choice in kind.choices)
    raise NotAFact(kind.key, "not_a_choice", value=_short(value), known=known)


def _word(raw: str) -> str:
    return halfwidth(raw).strip().lower()


def _short(raw: object) -> str:
    return str(raw)[:40]


def _day(raw: str) -> date:
    """A whole day with its year: what 明天 is depends on when the file is read."""
    try:
        return date.fromisoformat(halfwidth(raw).strip())
    except ValueError:
        if not re.match(r"\d{4}", halfwidth(raw).strip()):
            raise
    try:
        return parse_day(raw, date.min)
    except NotADay as error:
        raise ValueError(raw) from error


def _amount(raw: str) -> FactValue:
    """An amount of either sign: ``-30万``, ``(300,000)``, ``亏损30万元``, ``0``."""
    typed = halfwidth(raw).strip()
    bare, losses = _LOSS.subn("", typed)
    bare = bare.removesuffix(")") if typed.startswith("(") else bare
    try:
        return Money.of(_number(bare)) if not losses else -Money.of(_number(bare))
    except ValueError as error:
        if isinstance(error, NotAnAmount) or str(error) == "too_large":
            raise
    amount = parse_amount(bare)
    return -amount if losses else amount


def _whole(number: Decimal) -> int:
    if number != number.to_integral_value():
        raise ValueError(f"{number} is no count")
    return int(number)


def _number(raw: int | Decimal | str) -> Decimal:
    """A finite number of a size that a figure can have; `ValueError`, ``too_large`` where it is absurd."""
    try:
        number = Decimal(halfwidth(raw).replace(",", "").strip() if isinstance(raw, str) else raw)
    except ArithmeticError as error:
        raise ValueError(f"{raw!r} is no number") from error
    if not number.is_finite():
        raise ValueError(f"{raw!r} is no number")
    exponent = number.as_tuple().exponent
    if number.adjusted() > _LARGEST_EXPONENT or (isinstance(exponent, int) and exponent < -_MOST_PLACES):
        raise ValueError("too_large")
    return number


def _sheet(raw: object) -> Sheet:
    """One expert's sheet: ``{"expert": "李", "marks": {"strategy": "A"}}``."""
    match raw:
        case {"expert": str(expert), "marks": dict(marks), **rest} if not rest:
            return Sheet(expert, {str(key): Mark(mark) for key, mark in marks.items()})
        case _:
            raise ValueError(f"{raw!r} is no sheet")
