"""Reviews open by themselves: 30 days ahead, and on events; told in the digest, taken up when late, nothing twice (2.5, 2.6)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core.queries.actor import CLOCK
from core.queries.rating.rerating import reratings_due
from core.records.activation import PolicyActivation
from core.records.customer import Customer
from core.records.review import GradeEntry, RatingReview
from core.records.statement import StatementVersion
from core.rules.lifecycles.review_lifecycle import Cause, ReviewState
from core.services.rating.rerating import EscalateReview, OpenReratings
from tests.worker.company import CFO, CONTROLLER, EAST, MANAGER, OWNER, SOUTH, Company, shown
from worker.run import run_job

RATED, ENDS = date(2026, 1, 15), date(2026, 6, 10)
AT = datetime(2026, 1, 15, 2, tzinfo=UTC)


@pytest.fixture
async def rated(firm: Company) -> Company:
    """华东机械 is a B since January, up to and with 10 June."""
    await grade(firm, EAST)
    return firm


async def grade(firm: Company, customer: int, *, since: date = RATED, until: date = ENDS) -> None:
    values = {"grade": "B", "rated_by_policy": "b9-abc", "rated_on": since, "rated_until": until}
    await firm.change(Customer, customer, **values)
    entry = GradeEntry(
        customer=customer,
        grade="B",
        by_policy="B",
        policy="b9-abc",
        policy_version="2026-01",
        since=since,
        until=until,
        at=AT,
    )
    await firm.write(entry)


async def reviews(firm: Company) -> list[RatingReview]:
    return await firm.database.read(lambda session: list(session.scalars(select(RatingReview))))


async def told_reviews(firm: Company, person: int) -> list[tuple[date, int, int]]:
    """The day of each digest that speaks of reviews: how many wait, and how many are late."""
    facts = [digest.facts for digest in await firm.said(person)]
    return [
        (each["on"], each["reviews"], each["late_reviews"])
        for each in facts
        if each["reviews"] or each["late_reviews"]
    ]


async def test_a_rating_that_comes_to_its_end_is_opened_thirty_days_ahead(rated: Company) -> None:
    """2.5, B9 art. 11: the first notice opens it, to be done by the last day; once."""
    await rated.mornings(date(2026, 5, 8), date(2026, 5, 14))

    [review] = await reviews(rated)
    assert (review.cause, review.opened_on, review.due_on) == (Cause.DUE, date(2026, 5, 11), ENDS)
    assert await rated.recorded("review.opened") == 1


async def test_days_that_were_missed_are_made_up_once(rated: Company) -> None:
    await rated.morning(date(2026, 6, 25))
    await rated.morning(date(2026, 6, 26))

    [review] = await reviews(rated)
    assert (review.cause, review.opened_on, review.due_on) == (
        Cause.DUE,
        date(2026, 6, 25),
        date(2026, 6, 25),
    )


async def test_the_assessor_reads_it_in_the_one_digest_of_the_day(rated: Company) -> None:
    await rated.mornings(date(2026, 5, 11), date(2026, 5, 12))

    assert await told_reviews(rated, CONTROLLER) == [(date(2026, 5, 11), 1, 0), (date(2026, 5, 12), 1, 0)]
    digest = await rated.digest(CONTROLLER)
    assert "待你复评 1 户" in shown(digest)
    assert "reviews" in [button.do for row in digest.buttons for button in row]
    assert await told_reviews(rated, OWNER) == await told_reviews(rated, MANAGER) == []


async def test_late_reviews_go_to_the_superior_once(rated: Company) -> None:
    """Past the day by which they were to be done; the next working day's digest tells it."""
    await rated.mornings(ENDS - timedelta(days=5), ENDS + timedelta(days=5))

    [review] = await reviews(rated)
    assert review.escalated_on == ENDS + timedelta(days=1)
    assert await told_reviews(rated, CFO) == [(date(2026, 6, 11), 0, 1)]
    assert await rated.recorded("review.escalated") == 1


async def test_an_invoice_beyond_the_tolerated_days_is_an_event(rated: Company) -> None:
    """2.6: thirty days late is tolerated, thirty-one is not; each event opens one review."""
    await rated.invoice(date(2026, 2, 1))
    await rated.morning(date(2026, 3, 3))
    assert await reviews(rated) == []

    await rated.mornings(date(2026, 3, 4), date(2026, 3, 6))

    [review] = await reviews(rated)
    assert (review.cause, review.event, review.opened_on) == (Cause.EVENT, "overdue", date(2026, 3, 4))


async def test_what_was_overdue_before_the_grade_was_given_is_no_news(firm: Company) -> None:
    await firm.invoice(date(2025, 11, 1))
    await grade(firm, EAST)

    await firm.morning(date(2026, 1, 16))

    assert await reviews(firm) == []


async def test_an_event_that_a_review_has_answered_opens_no_other(rated: Company) -> None:
    await rated.invoice(date(2026, 2, 1))
    await rated.morning(date(2026, 3, 4))
    [review] = await reviews(rated)
    await rated.change(RatingReview, review.id, state=ReviewState.WITHDRAWN)

    await rated.mornings(date(2026, 3, 5), date(2026, 3, 9))
    assert len(await reviews(rated)) == 1
    await rated.invoice(date(2026, 2, 9))
    await rated.morning(date(2026, 3, 12))

    assert len(await reviews(rated)) == 2, "a second invoice is a second event"


async def test_new_statements_are_an_event_even_of_the_same_day(rated: Company) -> None:
    """2.6: known after the moment of the grade."""
    for at in (AT - timedelta(minutes=1), AT + timedelta(hours=1)):
        assert await reviews(rated) == []
        statement = StatementVersion(
            customer=EAST,
            ends=date(2025, 12, 31),
            months=12,
            figures="{}",
            source="customer",
            at=at,
            known_on=RATED,
        )
        await rated.write(statement)
        await rated.morning(date(2026, 1, 15 + (at > AT)))

    [review] = await reviews(rated)
    assert review.event == "new_statements"


async def test_a_policy_that_came_into_force_has_everybody_rated_anew(rated: Company) -> None:
    """2.6, B8: grades of another policy or version, from its first day on."""
    await grade(rated, SOUTH)
    for policy, version, customer in (("b9-abc", "2026-07", EAST), ("a9-survey-abc", "2026-01", SOUTH)):
        await rated.change(Customer, customer, rated_by_policy=policy)
        entry = GradeEntry(
            customer=customer,
            grade="B",
            policy=policy,
            policy_version=version,
            since=RATED,
            until=ENDS,
            at=AT,
        )
        await rated.write(entry)
    await rated.write(activation(rated, date(2026, 3, 2)))

    await rated.morning(date(2026, 2, 27))
    assert await reviews(rated) == []
    await rated.mornings(date(2026, 3, 2), date(2026, 3, 4))

    assert [(each.customer, each.event) for each in await reviews(rated)] == [
        (EAST, "policy_changed"),
        (SOUTH, "policy_changed"),
    ]


def activation(firm: Company, from_day: date) -> PolicyActivation:
    policy = firm.desk.office.policy(from_day)
    return PolicyActivation(
        policy=policy.id,
        version=policy.version,
        checksum=policy.checksum,
        from_day=from_day,
        state="confirmed",
        proposed_at=AT,
    )


async def test_what_happened_goes_before_what_is_merely_due(rated: Company) -> None:
    await rated.invoice(date(2026, 4, 10))

    await rated.morning(date(2026, 5, 12))

    [review] = await reviews(rated)
    assert (review.cause, review.event) == (Cause.EVENT, "overdue")


async def test_a_job_that_is_run_again_opens_nothing_twice(rated: Company) -> None:
    """Killed between its chunks, or run by two: what was found before asks again before it writes."""
    day = date(2026, 5, 12)
    found = await rated.database.read(lambda session: reratings_due(session, rated.desk.office, day))
    rated.at(day)
    for _ in range(2):
        await rated.desk.run(rated.database, OpenReratings(found), CLOCK)

    assert len(await reviews(rated)) == 1
    assert await run_job(rated.database, rated.desk, "rerate", day, machine=rated.machine) is not None
    assert len(await reviews(rated)) == 1


async def test_a_customer_who_was_rated_meanwhile_is_left_alone(rated: Company) -> None:
    day = date(2026, 5, 12)
    found = await rated.database.read(lambda session: reratings_due(session, rated.desk.office, day))
    await grade(rated, EAST, since=day, until=date(2027, 5, 11))

    assert await rated.desk.run(rated.database, OpenReratings(found), CLOCK) == 0


async def test_a_review_that_is_decided_is_not_escalated(rated: Company) -> None:
    await rated.morning(date(2026, 5, 12))
    [review] = await reviews(rated)
    await rated.change(RatingReview, review.id, state=ReviewState.IN_FORCE)

    late = ENDS + timedelta(days=3)
    assert not await rated.desk.run(rated.database, EscalateReview(review.id or 0, late), CLOCK)


async def test_unrated_customers_are_nobodys_review(firm: Company) -> None:
    await firm.invoice(date(2026, 2, 1))
    await firm.mornings(date(2026, 3, 3), date(2026, 3, 5))

    assert await reviews(firm) == []


async def test_reviews_are_counted_on_beyond_four_digits(rated: Company) -> None:
    """A policy that changes has tens of thousands rated anew in one night."""
    await rated.morning(date(2026, 5, 12))
    [review] = await reviews(rated)
    await rated.change(RatingReview, review.id, number="RR-2026-9999")
    await grade(rated, SOUTH)
    await rated.morning(date(2026, 5, 13))
    await rated.change(RatingReview, review.id, state=ReviewState.WITHDRAWN)
    await rated.invoice(date(2026, 4, 20))
    await rated.morning(date(2026, 5, 25))

    assert [each.number for each in await reviews(rated)] == [
        "RR-2026-9999",
        "RR-2026-10000",
        "RR-2026-10001",
    ]
