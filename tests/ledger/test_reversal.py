"""An allocation can be taken back, and stays taken back (5.2)."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.actor import OPERATOR, Actor
from core.queries.ledger.exposure import exposure
from core.queries.ledger.overdue import overdue_items
from core.records.ledger import Allocation
from core.rules.refusal import Refusal
from core.services.desk import Desk
from core.services.ledger.ledger import ReverseAllocation
from tests.ledger.books import (
    allocated,
    credit_note,
    customer,
    day,
    invoice,
    open_of,
    receipt,
    rest_of,
    yuan,
)
from tests.ledger.importing import open_desk


@pytest.fixture
def desk(path: Path) -> Desk:
    return open_desk(path.parent)


def reverse(desk: Desk, session: Session, by: Actor = OPERATOR) -> None:
    """Take back the newest allocation."""
    newest = max(session.scalars(select(Allocation)), key=lambda allocation: allocation.id or 0)
    assert newest.id is not None
    desk.do(session, ReverseAllocation(newest.id, "客户说付的是另一张"), by)


def test_reversing_opens_both_sides_and_leaves_the_balance_alone(desk: Desk, session: Session) -> None:
    us = customer(session)
    invoice(session, us, "I1", 100)
    receipt(session, us, "R1", 100, 40)
    reverse(desk, session)
    assert (open_of(session, "I1"), rest_of(session, "R1")) == (yuan(100), yuan(100))
    assert exposure(session, us) == yuan(0)
    assert [item.days for item in overdue_items(session, us, day(40))] == [10]


def test_what_was_taken_apart_is_not_put_together_again_by_itself(desk: Desk, session: Session) -> None:
    us = customer(session)
    invoice(session, us, "I1", 100)
    receipt(session, us, "R1", 100, 40)
    reverse(desk, session)
    invoice(session, us, "I2", 30, issued=41)
    receipt(session, us, "R2", 60, 42)
    assert allocated(session) == {("R1", "I2"): yuan(30), ("R2", "I1"): yuan(60)}


def test_a_credit_note_is_freed_like_a_receipt(desk: Desk, session: Session) -> None:
    us = customer(session)
    invoice(session, us, "I1", 100)
    credit_note(session, us, "N1", 40, issued=5)
    reverse(desk, session)
    assert (open_of(session, "I1"), open_of(session, "N1")) == (yuan(100), yuan(40))
    assert exposure(session, us) == yuan(60)


def test_an_allocation_is_reversed_once(desk: Desk, session: Session) -> None:
    us = customer(session)
    invoice(session, us, "I1", 100)
    receipt(session, us, "R1", 100, 40)
    reverse(desk, session)
    with pytest.raises(Refusal, match="allocation-not-standing"):
        reverse(desk, session)
    assert rest_of(session, "R1") == yuan(100)
