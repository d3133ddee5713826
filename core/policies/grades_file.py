"""Reading the grades of a policy, best first: how each is reached, what it means, what people call it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.policies.names import Names
from core.policies.reader import Table
from core.rules.policy.grades import Grade, GradeRule

_NAME = 'name = { zh = "优质", en = "Prime" }'
_CALLED = "name"


def read_grades(file: Table, names: Names, *, by_list: bool) -> tuple[Grade, ...]:
    """The grades of a policy, by lists of criteria or by least scores; no two of one code, or called alike."""
    tables = file.tables("grades", '[[grades]] code = "A"')
    grades = tuple(_grade(table, names, by_list=by_list) for table in tables)
    for place, (grade, table) in enumerate(zip(grades, tables, strict=True)):
        before = grades[:place]
        if any(grade.code == other.code for other in before):
            raise table.error("code", "grade_twice", 'code = "B"', at=grade.code)
        for taken in (other.called for other in before):
            if grade.called.zh == taken.zh or grade.called.en == taken.en:
                alike = taken.zh if grade.called.zh == taken.zh else taken.en
                raise table.error(_CALLED, "grade_twice", _NAME, at=alike)
    return grades


def without_names(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a policy file decides: all but what its grades are called.

    A grade is its code, which is stored, compared and confirmed. Its name is a translation, as the words of the
    vocabulary are: it can be given or put right while the policy is in force, and nobody has to confirm anything.
    """
    if "grades" not in content:
        return content
    grades = [{key: row[key] for key in row if key != _CALLED} for row in content["grades"]]
    return {**content, "grades": grades}


def _grade(table: Table, names: Names, *, by_list: bool) -> Grade:
    return Grade(
        code=table.text("code"),
        article=table.text("article"),
        rule=table.one_of("rule", GradeRule) if by_list else None,
        at_least=None if by_list else names.number(table, "at_least", "at_least = 80", at_least=Decimal(0)),
        name=table.words(_CALLED) if table.has(_CALLED) else None,
        meaning=table.words() if table.has("zh") else None,
        treatment=table.words("treatment") if table.has("treatment") else None,
        no_credit=table.flag("no_credit") if table.has("no_credit") else False,
    )
