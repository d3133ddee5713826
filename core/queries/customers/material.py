"""What has been handed in of customers and said of them by a day: answers, statements, and what these give (1.3-1.5)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from core.queries.customers.statements import statements_of_many
from core.queries.customers.survey import KnownFact, answers_of_many
from core.rules.statements.ratios import Worked, worked_out
from core.rules.statements.statement_facts import StatementFact, facts_of_periods
from core.rules.statements.statements import Statements


class Material(NamedTuple):
    """Of one customer, as it stood on a day."""

    answers: Sequence[KnownFact] = ()
    """In the order they were given: a later one takes the place of an earlier one."""
    statements: Statements = Statements()
    periods: Sequence[Worked] = ()
    """Of the statements, with their ratios."""
    given: Mapping[str, StatementFact] = {}
    """What the statements say."""


def material_of_many(session: Session, customers: Collection[int], on: date) -> Mapping[int, Material]:
    """What was known of each customer at the end of `on`; most have no statements, and cost nothing for them."""
    answers = answers_of_many(session, customers, on)
    statements = statements_of_many(session, customers, on)
    found = {customer: Material(answers.get(customer, ())) for customer in customers}
    for customer, filed in statements.items():
        periods = worked_out(filed)
        given = facts_of_periods(filed, periods, on)
        found[customer] = Material(found[customer].answers, filed, periods, given)
    return found
