"""What a grade is called (2.2): the name that the policy which made it gives it, in the reader's language."""

from core.policies.library import Library
from core.records.customer import Customer
from core.records.review import GradeEntry
from core.rules.policy.policy import Policy
from core.texts.wire import Named

GradeName = Named | str
"""A name in both languages; the code itself where no policy of the library names it; empty for no grade."""


def grade_name(policy: Policy | None, code: str | None) -> GradeName:
    """A grade of this policy; None is a policy that is gone, or no grade."""
    known = () if policy is None else policy.grades
    name = next((grade.name for grade in known if grade.code == code), None)
    return (code or "") if name is None else Named(name.zh, name.en)


def grade_in_force(library: Library, customer: Customer) -> GradeName:
    """The grade on a customer's file, by the newest edition that has it of the policy that made it."""
    return grade_name(_newest_with(library, customer.rated_by_policy, customer.grade), customer.grade)


def grade_of_entry(library: Library, entry: GradeEntry | None) -> GradeName:
    """A grade of the register; empty where there is none."""
    if entry is None:
        return ""
    return grade_name(_newest_with(library, entry.policy, entry.grade), entry.grade)


def names_in(library: Library) -> dict[tuple[str, str], Named]:
    """Every grade that has a name, by policy and code, for tables of many customers; of several editions the newest."""
    return {
        (policy.id, grade.code): Named(grade.name.zh, grade.name.en)
        for policy in library.policies
        for grade in policy.grades
        if grade.name is not None
    }


def _newest_with(library: Library, policy_id: str | None, code: str | None) -> Policy | None:
    editions = (each for each in reversed(library.policies) if each.id == policy_id and code in each.codes)
    return next(editions, None)
