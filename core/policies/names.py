"""What a policy file may name: facts of the vocabulary, its own parameters, its own grades."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.policies.comparison_file import read_comparison
from core.policies.fact_values import NotAFact, fact_value, read_fact
from core.policies.reader import Table, nearest
from core.policies.written_numbers import as_number
from core.rules.money import NotAnAmount
from core.rules.policy.conditions import Comparison, Condition, FactTest
from core.rules.policy.facts import FactKind, FactType, FactValue, Vocabulary
from core.rules.policy.parameters import Number, Parameter
from core.rules.rating.scorecard import POINTS

_PARAMETER = "[parameters.bad_debt_days]"
_TEST = 'when = { fact = "debt_ratio", op = "<=", parameter = "strong_debt_ratio_max" }'
_JOINS = ("all", "any", "not")
_NUMBERS = (FactType.NUMBER, FactType.PERCENT, FactType.COUNT)
_WITHOUT_ORDER = (FactType.YES_NO, FactType.CHOICE, FactType.SHEETS, FactType.TEXT)
_EXAMPLES = {
    FactType.YES_NO: "true",
    FactType.DATE: "2026-01-01",
    FactType.CHOICE: '"good"',
}


@dataclass(frozen=True)
class Names:
    """The names that a file may use, and reading what names them."""

    vocabulary: Vocabulary
    parameters: dict[str, Parameter]
    grades: tuple[str, ...] = ()

    def fact(self, table: Table, key: str = "fact", kinds: Iterable[FactType] = tuple(FactType)) -> FactKind:
        """A fact of one of these kinds, by its key."""
        name = table.text(key, f'{key} = "debt_ratio"')
        fact = self.vocabulary.find(name)
        wanted = tuple(kinds)
        if fact is None:
            likely = self._likely(name, wanted)
            raise table.error(key, "unknown_fact", f'{key} = "{likely.key}"  # {likely.zh}', fact=name)
        if fact.key != name:
            raise table.error(key, "fact_by_name", f'{key} = "{fact.key}"  # {fact.zh}', fact=name)
        if fact.kind not in wanted:
            known = [kind.key for kind in self.vocabulary.kinds if kind.kind in wanted]
            raise table.error(
                key,
                "wrong_fact_type",
                f'{key} = "{nearest(name, known)}"',
                fact=name,
                found=fact.kind,
                wanted="|".join(wanted),
            )
        return fact

    def _likely(self, name: str, wanted: tuple[FactType, ...]) -> FactKind:
        """The fact of these kinds whose name is most like a mistyped one, in the alphabet it is written in."""
        by_name = {
            (kind.key if name.isascii() else kind.zh): kind
            for kind in self.vocabulary.kinds
            if kind.kind in wanted
        }
        return by_name[nearest(name, list(by_name))]

    def grade(self, table: Table, key: str = "grade") -> str:
        """A grade of the policy."""
        return self.grade_in(table, key, table.text(key, f'{key} = "{next(iter(self.grades), "A")}"'))

    def grade_in(self, table: Table, key: str, code: str) -> str:
        """The same for a code already read."""
        if code not in self.grades:
            likely = f'"{nearest(code, self.grades)}"'
            example = f"{key} = [{likely}]" if key == "grades" else f"{key} = {likely}"
            raise table.error(key, "unknown_grade", example, grade=code, known="|".join(self.grades))
        return code

    def number(
        self,
        table: Table,
        key: str,
        example: str,
        *,
        kinds: tuple[FactType, ...] = _NUMBERS,
        at_least: Decimal | int | None = None,
    ) -> Number:
        """A number, or the parameter that holds it."""
        raw = table.raw(key, example)
        if isinstance(raw, str):
            refuse_quoted_number(table, key, raw)
            if not self.parameters:
                raise table.error(key, "no_parameters", example, key=key, value=raw)
            return self.parameter(table, key, raw, kinds)
        return plain_number(table, key, example, at_least=at_least)

    def parameter(self, table: Table, key: str, name: str, kinds: tuple[FactType, ...]) -> str:
        """A parameter of one of these kinds."""
        parameter = self.parameters.get(name)
        if parameter is None:
            likely = nearest(name, list(self.parameters))
            raise table.error(key, "unknown_parameter", f'{key} = "{likely}"', parameter=name, policy="")
        if parameter.kind not in kinds:
            raise table.error(
                key,
                "wrong_parameter_type",
                f'[parameters.{name}] type = "{kinds[0]}"',
                fact=key,
                wanted="|".join(kinds),
                parameter=name,
            )
        return name

    def condition(self, table: Table, *, points: Iterable[str] = ()) -> Condition:
        """What stands under ``when``; with `points` the points of these indicators may be tested too."""
        when = self._part(table.table("when", _TEST), tuple(points))
        return when if isinstance(when, Condition) else Condition("all", (when,))

    def _part(self, table: Table, points: tuple[str, ...]) -> Condition | FactTest:
        join = next((join for join in _JOINS if table.has(join)), None)
        if join is None:
            return self._test(table, points)
        if join == "not":
            return Condition(join, (self._part(table.table(join, f"not = {{ {_TEST[9:-2]} }}"), points),))
        parts = table.tables(join, f"{join} = [{_TEST[7:]}]")
        return Condition(join, tuple(self._part(part, points) for part in parts))

    def _test(self, table: Table, points: tuple[str, ...]) -> FactTest:
        if points and str(table.raw("fact", _TEST)).startswith(POINTS):
            return self._test_of_points(table, points)
        fact = self.fact(table)
        op = read_comparison(table)
        if fact.kind in _WITHOUT_ORDER and op is not Comparison.IS:
            raise table.error("op", "no_order", 'op = "="', fact=fact.key, op=op)
        if table.has("parameter"):
            name = table.text("parameter")
            return FactTest(fact.key, op, parameter=self.parameter(table, "parameter", name, (fact.kind,)))
        value = self.fact_value(table, "value", fact)
        if fact.kind is FactType.PERCENT:
            refuse_fraction(table, "value", value)
        return FactTest(fact.key, op, value=value)

    def _test_of_points(self, table: Table, points: tuple[str, ...]) -> FactTest:
        name = table.text("fact")
        if name.removeprefix(POINTS) not in points:
            example = f'fact = "{POINTS}{nearest(name.removeprefix(POINTS), points)}"'
            raise table.error("fact", "unknown_indicator", example, at=name)
        op = read_comparison(table)
        if table.has("parameter"):
            key = self.parameter(table, "parameter", table.text("parameter"), _NUMBERS)
            return FactTest(name, op, parameter=key)
        return FactTest(name, op, value=plain_number(table, "value", "value = 60"))

    def fact_value(self, table: Table, key: str, fact: FactKind) -> FactValue:
        """A value that a fact may have; the file writes numbers as numbers."""
        if fact.kind is not FactType.CHOICE:
            return value_of(table, key, fact.kind)
        try:
            return read_fact(fact, table.text(key, f'{key} = "{fact.choices[0].value}"'))
        except NotAFact as error:
            known = [choice.value for choice in fact.choices]
            example = f'{key} = "{nearest(str(table.raw(key, "")), known)}"'
            raise table.error(
                key, "unknown_choice", example, value=table.raw(key, ""), known="|".join(known)
            ) from error


def refuse_quoted_number(table: Table, key: str, raw: str) -> None:
    """A number in quotes, with its unit or without, is no parameter's name."""
    if (number := as_number(raw, key)) is not None:
        raise table.error(key, "number_in_quotes", f"{key} = {number}", key=key, value=raw)


def refuse_fraction(table: Table, key: str, value: FactValue) -> None:
    """A percentage between 0 and 1 is a fraction that was meant as a percentage (65 % is 65, not 0.65).

    Who does mean half a percent says so with a parameter.
    """
    if isinstance(value, Decimal) and 0 < value < 1:
        raise table.error(key, "share_or_percent", f"{key} = {(value * 100).normalize():f}", value=value)


def plain_number(table: Table, key: str, example: str, *, at_least: Decimal | int | None = None) -> Decimal:
    """A number that stands in the file itself."""
    raw = table.raw(key, example)
    if isinstance(raw, bool) or not isinstance(raw, Decimal | int) or not Decimal(raw).is_finite():
        raise table.error(key, "wrong_type", example, key=key, value=raw, wanted="number")
    if at_least is not None and raw < at_least:
        raise table.error(key, "too_small", example, key=key, value=raw, at_least=at_least)
    return Decimal(raw)


def value_of(table: Table, key: str, kind: FactType) -> FactValue:
    """A threshold of a kind; a text is none, since the file can write the number itself."""
    example = f"{key} = {_EXAMPLES.get(kind, '90')}"
    raw = table.raw(key, example)
    if isinstance(raw, str) and kind in (*_NUMBERS, FactType.MONEY):
        refuse_quoted_number(table, key, raw)
    try:
        if isinstance(raw, str) and kind is not FactType.CHOICE:
            raise ValueError(raw)
        return fact_value(kind, raw)
    except (ValueError, NotAnAmount) as error:
        raise table.error(key, "wrong_type", example, key=key, value=raw, wanted=kind) from error


def read_parameters(file: Table) -> dict[str, Parameter]:
    """Every parameter of a file; none where it has no such table."""
    if not file.has("parameters"):
        return {}
    table = file.table("parameters", _PARAMETER)
    return {key: _parameter(key, table.table(key, _PARAMETER)) for key in table.names()}


def _parameter(key: str, table: Table) -> Parameter:
    kind = table.one_of("type", FactType)
    value = value_of(table, "value", kind) if table.has("value") else None
    suggested = table.has("suggestion") or table.has("suggested_by")
    return Parameter(
        key,
        kind,
        value,
        table.text("article", 'article = "14(2)"'),
        table.words(),
        suggestion=value_of(table, "suggestion", kind) if suggested else None,
        suggested_by=table.words("suggested_by") if suggested else None,
    )
