"""Reading lists of criteria (B9 arts. 14-17), and their cap."""

from core.policies.names import Names
from core.policies.reader import PolicyFile, Table
from core.rules.policy.grades import Grade, GradeRule
from core.rules.rating.criteria import Criteria, Criterion


def read_criteria(file: PolicyFile, names: Names) -> Criteria:
    """The lists of a policy of this method."""
    tables = list(file.tables("criteria", '[[criteria]] key = "a1_cooperation"'))
    criteria = tuple(_criterion(table, names) for table in tables)
    cap = None
    if file.has("cap"):
        tables.append(file.table("cap", '[cap] grade = "B"'))
        cap = _criterion(tables[-1], names)
    found = Criteria(criteria, cap)
    for place, (criterion, table) in enumerate(zip(found.all, tables, strict=True)):
        if any(criterion.key == other.key for other in found.all[:place]):
            raise table.error("key", "duplicate", 'key = "another_name"', name=criterion.key)
    return found


def refuse_unreachable_lists(file: PolicyFile, criteria: Criteria, grades: tuple[Grade, ...]) -> None:
    """``all`` and ``any`` grades need criteria, exactly one grade is what is left, and it has none."""
    rest = [grade.code for grade in grades if grade.rule is GradeRule.ELSE]
    if len(rest) != 1:
        problem = "one_else_grade" if rest else "no_else_grade"
        raise file.error("grades", problem, 'rule = "else"', found="|".join(rest))
    with_criteria = {criterion.grade for criterion in criteria.criteria}
    for place, grade in enumerate(grades):
        if (grade.rule is GradeRule.ELSE) == (grade.code in with_criteria):
            raise file.error_in(
                ("grades", place),
                "unreachable_grade",
                f'[[criteria]] grade = "{grade.code}"',
                grade=grade.code,
            )


def _criterion(table: Table, names: Names) -> Criterion:
    return Criterion(
        key=table.text("key", 'key = "a1_cooperation"'),
        grade=names.grade(table),
        article=table.text("article", 'article = "14(1)"'),
        title=table.words(),
        when=names.condition(table),
        importance=table.integer("importance", "importance = 10", at_least=0)
        if table.has("importance")
        else 0,
    )
