"""Reading limit rules: for each grade, kind of credit and earlier credit what holds the limit, and the term."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from itertools import product

from core.policies.ceilings_file import read_ceiling
from core.policies.names import Names
from core.policies.reader import Table
from core.rules.limits.limit_rules import CeilingRule, CreditKind, LimitRule, Term
from core.rules.policy.facts import FactType


class Refused(StrEnum):
    """Why a policy may grant nothing."""

    GRADE_HAS_NO_CREDIT = "grade_has_no_credit"
    NO_EARLIER_CREDIT = "no_earlier_credit"


class Opens(StrEnum):
    """What would change that."""

    BETTER_GRADE = "better_grade"
    TEMPORARY_CREDIT = "temporary_credit"
    TRADE_FOR_CASH = "trade_for_cash"
    PLEDGE_COLLATERAL = "pledge_collateral"


Case = tuple[str, CreditKind, bool]
_RULE = '[[limits]] grade = "A"'
_DAYS = (FactType.COUNT,)


def read_limits(file: Table, names: Names) -> tuple[LimitRule, ...]:
    """The limit rules of a policy. A grade with one has exactly one for every case: no gap, no overlap.

    A grade without any has no limit rule at all, as its document leaves it.
    """
    if not file.has("limits"):
        return ()
    rules: dict[Case, LimitRule] = {}
    last: dict[str, Table] = {}
    for table in file.tables("limits", _RULE):
        for rule in _rules(table, names):
            case = (rule.grade, rule.kind, rule.had_credit)
            if case in rules:
                raise table.error(None, "overlap", _example(case), **_named(case))
            rules[case] = rule
            last[rule.grade] = table
    for case in product(last, CreditKind, (False, True)):
        if case not in rules:
            raise last[case[0]].error(None, "gap", _example(case), **_named(case))
    return tuple(rules.values())


def _example(case: Case) -> str:
    grade, kind, had_credit = case
    return f'[[limits]] grade = "{grade}", credit = "{kind}", had_credit = {str(had_credit).lower()}'


def _named(case: Case) -> dict[str, object]:
    return dict(zip(("grade", "credit", "had_credit"), case, strict=True))


def _rules(table: Table, names: Names) -> Iterable[LimitRule]:
    kinds = (table.one_of("credit", CreditKind),) if table.has("credit") else tuple(CreditKind)
    earlier = (table.flag("had_credit"),) if table.has("had_credit") else (False, True)
    rule = LimitRule("", kinds[0], earlier[0], table.text("article"))
    if table.has("refusal"):
        rule = replace(
            rule,
            refusal=table.one_of("refusal", Refused),
            opens=table.one_of("opens", Opens),
        )
    else:
        only = "only_when_necessary"
        rule = replace(
            rule,
            ceilings=_ceilings(table, names),
            term=_term(table, names),
            only_when_necessary=table.flag(only) if table.has(only) else False,
        )
    cases = product(_grades(table, names), kinds, earlier)
    return [replace(rule, grade=grade, kind=kind, had_credit=had) for grade, kind, had in cases]


def _grades(table: Table, names: Names) -> tuple[str, ...]:
    if not table.has("grades"):
        return (names.grade(table),)
    codes = table.texts("grades", 'grades = ["A", "B"]')
    return tuple(names.grade_in(table, "grades", code) for code in codes)


def _ceilings(table: Table, names: Names) -> tuple[CeilingRule, ...]:
    if not table.has("ceilings"):
        return ()
    example = 'ceilings = [{ name = "average_month_receipts", article = "25", hard = false }]'
    return tuple(read_ceiling(each, names) for each in table.tables("ceilings", example))


def _term(table: Table, names: Names) -> Term | None:
    """Days, or a fact with the longest that it may be; None where the document says neither."""
    if table.has("term_fact"):
        fact = names.fact(table, "term_fact", (FactType.COUNT,))
        longest = "longest_days"
        return Term(
            fact=fact.key, longest=names.number(table, longest, f"{longest} = 90", kinds=_DAYS, at_least=1)
        )
    if table.has("term_days"):
        key = "key_term_days"
        return Term(
            names.number(table, "term_days", "term_days = 30", kinds=_DAYS, at_least=1),
            names.number(table, key, f"{key} = 45", kinds=_DAYS, at_least=1) if table.has(key) else None,
        )
    return None
