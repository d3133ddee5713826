"""What the stories of reviews have in common: customers whose facts say something else than their grade."""

from sqlalchemy import select

from core.queries.rating.reviews import last_entry
from core.records.review import GradeEntry, RatingReview
from core.services.rating.review import OpenReview
from tests.scenarios.story import CHAIN, FINANCE_MANAGER, OTHER_SALESPERSON, asked_of, customer_of
from tests.support.town import Someone, Town

STEADY, SLIPPING = "上海衡屿", "温州瓯屿"
"""An A customer whose facts still give A, of 王小雨; and a B customer, of 李泽, whose facts give C by now."""
ASSESSOR, OTHER_ASSESSOR, CFO = FINANCE_MANAGER, CHAIN["credit_controller"], CHAIN["cfo"]
SELLER = OTHER_SALESPERSON


async def reviews_of(town: Town, customer: str) -> list[RatingReview]:
    number = (await customer_of(town, customer)).id
    found = select(RatingReview).where(RatingReview.customer == number)  # type: ignore[arg-type]
    return await asked_of(town, lambda session: list(session.scalars(found)))


async def the_review(town: Town, customer: str) -> RatingReview:
    return (await reviews_of(town, customer))[-1]


async def entry_of(town: Town, customer: str) -> GradeEntry:
    number = (await customer_of(town, customer)).id or 0
    found = await asked_of(town, lambda session: last_entry(session, number))
    assert found is not None
    return found


async def opens(person: Someone, customer: str) -> RatingReview:
    """Take a customer up, where the talk is not the story."""
    number = (await customer_of(person.town, customer)).id or 0
    await person.does(OpenReview(number))
    return await the_review(person.town, customer)
