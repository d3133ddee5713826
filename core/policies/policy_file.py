"""Reading a rating and limit policy, with a company's overlay over it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from core.policies.facts import fact_value
from core.policies.reader import PolicyFile, Table, checksum, nearest
from core.rules.conditions import Comparison, Condition, FactTest
from core.rules.facts import FactType, FactValue, Vocabulary
from core.rules.limit_rules import CeilingName, CeilingRule, CreditKind, LimitRule
from core.rules.money import NotAnAmount
from core.rules.policy import (
    Clearance,
    Criterion,
    Grade,
    GradeRule,
    Ground,
    Parameter,
    Policy,
    PortfolioCap,
    Validity,
)
from core.rules.source import Source

_PARAMETER = "[parameters.bad_debt_days]"
_TEST = 'when = { fact = "debt_ratio", op = "<=", parameter = "strong_debt_ratio_max" }'
_JOINS = ("all", "any", "not")


@dataclass(frozen=True)
class Overlay:
    """A company's own values over one version of a policy."""

    file: PolicyFile
    over: str
    over_version: str
    version: str
    in_force_from: date


def read_source(file: PolicyFile) -> Source:
    """What every dated file says of itself."""
    file.text("kind")
    return Source(
        id=file.text("id", 'id = "b9-abc"'),
        version=file.text("version", 'version = "2026-01"'),
        in_force_from=file.day("in_force_from"),
        document=file.text("document", 'document = "B9"'),
        title=file.words("title"),
        checksum=checksum(file.content),
    )


def read_overlay(file: PolicyFile) -> Overlay:
    """What an overlay is over; its values are read against the policy, by `overlaid`."""
    file.text("kind")
    return Overlay(
        file,
        file.text("over", 'over = "b9-abc"'),
        file.text("over_version", 'over_version = "2026-01"'),
        file.text("version", 'version = "2026-01"'),
        file.day("in_force_from"),
    )


def read_policy(file: PolicyFile, vocabulary: Vocabulary) -> Policy:
    """The policy that a file of kind ``policy`` holds, as its document leaves it; `PolicyError` where wrong."""
    source = read_source(file)
    parameters = _parameters(file.table("parameters", _PARAMETER))
    reader = _CriteriaReader(vocabulary, parameters)
    grades = _grades(file)
    criteria_tables = file.tables("criteria", '[[criteria]] key = "a1_cooperation"')
    cap_table = file.table("cap", '[cap] grade = "B"')
    policy = Policy(
        source=source,
        validity=_validity(file.table("validity", "[validity] months = 12")),
        grades=grades,
        criteria=tuple(reader.criterion(table, grades) for table in criteria_tables),
        cap=reader.criterion(cap_table, grades),
        limits=_limits(file, grades),
        clearance=file.one_of("clearance", Clearance),
        portfolio=_portfolio(file.table("portfolio", '[portfolio] figure = "..."')),
        articles=_articles(file.table("articles", '[articles] overdue = "34"')),
        parameters=parameters,
    )
    file.finish()
    _refuse_duplicate_criteria(policy, (*criteria_tables, cap_table))
    _refuse_unreachable_grades(policy, file)
    _refuse_unused_parameters(policy, file)
    return policy


def overlaid(policy: Policy, overlay: Overlay, base: PolicyFile) -> Policy:
    """The policy with the company's values; `PolicyError` for what the policy does not leave to it."""
    file = overlay.file
    policy = with_values(policy, file.table("parameters", "[parameters]"))
    clearance = file.one_of("clearance", Clearance) if file.has("clearance") else policy.clearance
    file.finish()
    source = replace(policy.source, checksum=checksum(base.content, file.content))
    return replace(policy, source=source, clearance=clearance)


def with_values(policy: Policy, values: Table) -> Policy:
    """The policy with some parameters set; `PolicyError` for one that it does not have."""
    parameters = dict(policy.parameters)
    for key in values.names():
        if key not in parameters:
            likely = nearest(key, list(parameters))
            raise values.error(key, "unknown_parameter", f"{likely} = ...", parameter=key, policy=policy.id)
        parameters[key] = replace(parameters[key], value=_value(values, key, parameters[key].kind))
    return replace(policy, parameters=parameters)


def _validity(table: Table) -> Validity:
    return Validity(
        table.integer("months", "months = 12", at_least=1),
        table.integers("reminder_days", "reminder_days = [30, 7, 0]"),
        table.text("article"),
    )


def _portfolio(table: Table) -> PortfolioCap:
    return PortfolioCap(table.text("figure"), table.text("article"))


def _articles(table: Table) -> dict[Ground, str]:
    return {ground: table.text(ground, f'{ground} = "34"') for ground in Ground}


def _parameters(table: Table) -> dict[str, Parameter]:
    return {key: _parameter(key, table.table(key, _PARAMETER)) for key in table.names()}


def _parameter(key: str, table: Table) -> Parameter:
    kind = table.one_of("type", FactType)
    value = _value(table, "value", kind) if table.has("value") else None
    return Parameter(key, kind, value, table.text("article", 'article = "14(2)"'), table.words())


def _value(table: Table, key: str, kind: FactType) -> FactValue:
    """A threshold of a kind; a text is none, since the file can write the number itself."""
    example = {FactType.YES_NO: "true", FactType.DATE: "2026-01-01"}.get(kind, "90")
    raw = table.raw(key, f"{key} = {example}")
    try:
        if isinstance(raw, str):
            raise ValueError(raw)
        return fact_value(kind, raw)
    except (ValueError, NotAnAmount) as error:
        raise table.error(key, "wrong_type", f"{key} = {example}", key=key, value=raw, wanted=kind) from error


def _grades(file: PolicyFile) -> tuple[Grade, ...]:
    tables = file.tables("grades", '[[grades]] code = "A"')
    grades = tuple(
        Grade(table.text("code"), table.one_of("rule", GradeRule), table.text("article")) for table in tables
    )
    codes = Counter(grade.code for grade in grades)
    for grade, table in zip(grades, tables, strict=True):
        if codes[grade.code] > 1:
            raise table.error("code", "duplicate", 'code = "B"', code=grade.code)
    return grades


class _CriteriaReader:
    """Reads criteria against the vocabulary and the policy's parameters."""

    def __init__(self, vocabulary: Vocabulary, parameters: dict[str, Parameter]) -> None:
        self._vocabulary = vocabulary
        self._parameters = parameters

    def criterion(self, table: Table, grades: tuple[Grade, ...]) -> Criterion:
        grade = table.text("grade", 'grade = "A"')
        codes = [each.code for each in grades]
        if grade not in codes:
            raise table.error(
                "grade", "unknown_grade", f'grade = "{codes[0]}"', grade=grade, known="|".join(codes)
            )
        when = self._part(table.table("when", _TEST))
        return Criterion(
            key=table.text("key", 'key = "a1_cooperation"'),
            grade=grade,
            article=table.text("article", 'article = "14(1)"'),
            title=table.words(),
            when=when if isinstance(when, Condition) else Condition("all", (when,)),
            importance=table.integer("importance", "importance = 10", at_least=0)
            if table.has("importance")
            else 0,
        )

    def _part(self, table: Table) -> Condition | FactTest:
        join = next((join for join in _JOINS if table.has(join)), None)
        if join is None:
            return self._test(table)
        if join == "not":
            return Condition(join, (self._part(table.table(join, f"not = {{ {_TEST[9:-2]} }}")),))
        return Condition(
            join, tuple(self._part(part) for part in table.tables(join, f"{join} = [{_TEST[7:]}]"))
        )

    def _test(self, table: Table) -> FactTest:
        name = table.text("fact", _TEST)
        fact = self._vocabulary.find(name)
        if fact is None or fact.key != name:
            known = [kind.key for kind in self._vocabulary.kinds]
            raise table.error("fact", "unknown_fact", f'fact = "{nearest(name, known)}"', fact=name)
        op = table.one_of("op", Comparison)
        if fact.kind is FactType.YES_NO and op is not Comparison.IS:
            raise table.error("op", "no_order", 'op = "="', fact=name, op=op)
        if table.has("parameter"):
            return FactTest(name, op, parameter=self._named_parameter(table, name, fact.kind))
        return FactTest(name, op, value=_value(table, "value", fact.kind))

    def _named_parameter(self, table: Table, fact: str, kind: FactType) -> str:
        key = table.text("parameter")
        parameter = self._parameters.get(key)
        if parameter is None:
            likely = nearest(key, list(self._parameters))
            raise table.error("parameter", "unknown_parameter", f'parameter = "{likely}"', parameter=key)
        if parameter.kind is not kind:
            raise table.error(
                "parameter",
                "wrong_parameter_type",
                f'[parameters.{key}] type = "{kind}"',
                fact=fact,
                wanted=kind,
                parameter=key,
            )
        return key


def _limits(file: PolicyFile, grades: tuple[Grade, ...]) -> tuple[LimitRule, ...]:
    """Every grade, kind and earlier credit has exactly one rule: no gap, no overlap."""
    codes = [grade.code for grade in grades]
    rules: dict[tuple[str, CreditKind, bool], LimitRule] = {}
    for table in file.tables("limits", '[[limits]] grade = "A"'):
        for rule in _limit_rules(table, codes):
            case = (rule.grade, rule.kind, rule.had_credit)
            if case in rules:
                raise table.error(None, "overlap", "one rule for each case", **_named(case))
            rules[case] = rule
    for case in product(codes, CreditKind, (False, True)):
        if case not in rules:
            raise file.error("limits", "gap", f'[[limits]] grade = "{case[0]}"', **_named(case))
    return tuple(rules.values())


def _named(case: tuple[str, CreditKind, bool]) -> dict[str, object]:
    return dict(zip(("grade", "credit", "had_credit"), case, strict=True))


def _limit_rules(table: Table, grades: list[str]) -> Iterable[LimitRule]:
    grade = table.text("grade", 'grade = "A"')
    if grade not in grades:
        raise table.error(
            "grade", "unknown_grade", f'grade = "{grades[0]}"', grade=grade, known="|".join(grades)
        )
    kinds = (table.one_of("credit", CreditKind),) if table.has("credit") else tuple(CreditKind)
    earlier = (table.flag("had_credit"),) if table.has("had_credit") else (False, True)
    article = table.text("article")
    refusal = table.text("refusal", 'refusal = "grade_has_no_credit"') if table.has("refusal") else None
    rule = LimitRule(grade, kinds[0], earlier[0], article, refusal=refusal)
    if refusal is None:
        rule = replace(
            rule,
            ceilings=tuple(
                _ceiling(each) for each in table.tables("ceilings", 'ceilings = [{ name = "..." }]')
            ),
            term_days=table.integer("term_days", "term_days = 30", at_least=1),
            only_when_necessary=table.flag("only_when_necessary")
            if table.has("only_when_necessary")
            else False,
        )
    else:
        rule = replace(rule, opens=table.text("opens", 'opens = "better_grade"'))
    return [replace(rule, kind=kind, had_credit=had) for kind, had in product(kinds, earlier)]


def _ceiling(table: Table) -> CeilingRule:
    return CeilingRule(table.one_of("name", CeilingName), table.text("article"), table.flag("hard"))


def _refuse_duplicate_criteria(policy: Policy, tables: tuple[Table, ...]) -> None:
    seen: set[str] = set()
    for criterion, table in zip((*policy.criteria, policy.cap), tables, strict=True):
        if criterion.key in seen:
            raise table.error("key", "duplicate", 'key = "another_name"', key=criterion.key)
        seen.add(criterion.key)


def _refuse_unreachable_grades(policy: Policy, file: PolicyFile) -> None:
    """``all`` and ``any`` grades need criteria, exactly one grade is what is left, and it has none."""
    rest = [grade.code for grade in policy.grades if grade.rule is GradeRule.ELSE]
    if len(rest) != 1:
        raise file.error("grades", "one_else_grade", '[[grades]] rule = "else"', found="|".join(rest))
    with_criteria = {criterion.grade for criterion in policy.criteria}
    for place, grade in enumerate(policy.grades):
        if (grade.rule is GradeRule.ELSE) == (grade.code in with_criteria):
            raise file.error_in(
                ("grades", place),
                "unreachable_grade",
                f'[[criteria]] grade = "{grade.code}"',
                grade=grade.code,
            )


def _refuse_unused_parameters(policy: Policy, file: PolicyFile) -> None:
    used = {test.parameter for test in policy.tests()}
    for key in policy.parameters:
        if key not in used:
            raise file.error_in(
                ("parameters", key), "unused_parameter", f'parameter = "{key}"', parameter=key
            )
