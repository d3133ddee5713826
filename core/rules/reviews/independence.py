"""Who may assess a customer (2.10; A8): never whoever sells to it, nor, on appeal, whoever rated it before.

Nobody may who is not found fit here; that they see the customer's file at all is seen to elsewhere.
"""

from collections.abc import Collection
from enum import StrEnum

from core.rules.permission import Role


class Bar(StrEnum):
    """Why somebody may not assess."""

    NOT_ASSESSOR = "not-assessor"
    OWN_CUSTOMER = "own-customer"
    FORMER_ASSESSOR = "former-assessor"


def bar(
    person: int | None,
    roles: Collection[Role],
    *,
    assessors: Collection[Role],
    sellers: Collection[int | None],
    former: int | None,
) -> Bar | None:
    """What keeps a person from assessing; None where nothing does.

    `assessors` are the policy's roles, `sellers` the customer's salesperson and whoever brought the objection, `former`
    whose rating the customer objects to.
    """
    if person is None or not set(roles) & set(assessors):
        return Bar.NOT_ASSESSOR
    if person in sellers:
        return Bar.OWN_CUSTOMER
    return Bar.FORMER_ASSESSOR if person == former else None
