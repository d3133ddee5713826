"""Who went bad within a time: more than so many days past due, by invoice and day (2.9)."""

import pytest
from sqlalchemy.orm import Session

from core.queries.policies.aftermath import aftermath
from tests.ledger.books import customer, day, invoice, receipt

DAYS = 90
BEGIN, END = 100, 400


def went_bad(session: Session) -> bool:
    return bool(aftermath(session, day(BEGIN), day(END), DAYS).went_bad)


def bad_before(session: Session) -> bool:
    return bool(aftermath(session, day(BEGIN), day(END), DAYS).bad_before)


@pytest.mark.parametrize(
    ("due", "bad"),
    [
        (BEGIN - DAYS, True),  # beyond the days on the day after the beginning
        (END - DAYS - 1, True),  # beyond them on the very last day
        (END - DAYS, False),
        (BEGIN - DAYS - 1, False),  # beyond them when the time began
    ],
)
def test_an_invoice_left_open_is_bad_from_the_day_after_the_days_are_over(
    session: Session, due: int, bad: bool
) -> None:
    invoice(session, customer(session), "INV-1", 100, due=due)

    assert went_bad(session) is bad


@pytest.mark.parametrize(("paid_after", "bad"), [(DAYS, False), (DAYS + 1, True)])
def test_paid_on_the_last_of_the_days_is_late_and_not_bad(
    session: Session, paid_after: int, bad: bool
) -> None:
    buyer = customer(session)
    invoice(session, buyer, "INV-1", 100, due=150)
    receipt(session, buyer, "R-1", 100, 150 + paid_after)

    assert went_bad(session) is bad


def test_who_was_bad_when_the_time_began_foretells_nothing(session: Session) -> None:
    buyer = customer(session)
    invoice(session, buyer, "INV-1", 100, due=5)
    invoice(session, buyer, "INV-2", 100, due=150)

    assert bad_before(session)
    assert not went_bad(session)


def test_who_had_been_bad_and_paid_before_the_time_begins_anew(session: Session) -> None:
    buyer = customer(session)
    invoice(session, buyer, "INV-1", 100, due=5)
    receipt(session, buyer, "R-1", 100, BEGIN - 1)

    assert not bad_before(session)
    assert not went_bad(session)


def test_what_was_issued_after_the_time_is_not_looked_at(session: Session) -> None:
    buyer = customer(session)
    invoice(session, buyer, "INV-1", 100, issued=END + 1, due=END - DAYS - 1)

    assert not went_bad(session)


def test_each_customer_is_judged_by_its_own_invoices(session: Session) -> None:
    good, bad = customer(session, "C0001"), customer(session, "C0002")
    invoice(session, good, "INV-1", 100, due=150)
    receipt(session, good, "R-1", 100, 150)
    invoice(session, bad, "INV-2", 100, due=150)

    assert aftermath(session, day(BEGIN), day(END), DAYS).went_bad == {bad}
