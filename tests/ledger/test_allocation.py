"""Receipts and credit notes find what they settle (5.2)."""

from sqlalchemy.orm import Session

from core.queries.ledger.exposure import exposure
from tests.ledger.books import (
    allocated,
    credit_note,
    customer,
    invoice,
    open_of,
    receipt,
    rest_of,
    yuan,
)


def test_a_receipt_pays_the_invoice_it_names_although_an_older_one_is_open(session: Session) -> None:
    us = customer(session)
    invoice(session, us, "I1", 100, issued=0)
    invoice(session, us, "I2", 100, issued=1)
    receipt(session, us, "R1", 60, 10, "I2")
    assert (open_of(session, "I1"), open_of(session, "I2")) == (yuan(100), yuan(40))


def test_a_receipt_that_names_none_pays_the_oldest_due_first(session: Session) -> None:
    us = customer(session)
    invoice(session, us, "LATER", 100, issued=0, due=60)
    invoice(session, us, "SOONER", 100, issued=5, due=20)
    receipt(session, us, "R1", 130, 30)
    assert allocated(session) == {("R1", "SOONER"): yuan(100), ("R1", "LATER"): yuan(30)}


def test_a_receipt_of_another_customer_pays_nothing_here(session: Session) -> None:
    us, them = customer(session), customer(session, "C0002")
    invoice(session, us, "I1", 100)
    receipt(session, them, "R1", 100, 5, "I1")
    receipt(session, them, "R2", 100, 5)
    assert open_of(session, "I1") == yuan(100)
    assert exposure(session, them) == yuan(-200)


def test_a_receipt_waits_for_the_invoice_it_names_and_leaves_others_alone(session: Session) -> None:
    us = customer(session)
    receipt(session, us, "R1", 100, 1, "I2")
    invoice(session, us, "I1", 100, issued=2)
    assert (open_of(session, "I1"), rest_of(session, "R1")) == (yuan(100), yuan(100))
    invoice(session, us, "I2", 80, issued=3)
    assert (open_of(session, "I2"), rest_of(session, "R1")) == (yuan(0), yuan(20))


def test_an_advance_is_used_by_later_invoices_and_settles_them_on_their_own_day(session: Session) -> None:
    us = customer(session)
    receipt(session, us, "R2", 100, 2)
    receipt(session, us, "R1", 50, 1)
    invoice(session, us, "I1", 120, issued=9)
    assert allocated(session) == {("R1", "I1"): yuan(50), ("R2", "I1"): yuan(70)}
    assert rest_of(session, "R2") == yuan(30)


def test_a_credit_note_settles_what_is_due_the_longest(session: Session) -> None:
    us = customer(session)
    invoice(session, us, "I1", 100, issued=0)
    invoice(session, us, "I2", 100, issued=1)
    credit_note(session, us, "N1", 120, issued=5)
    assert (open_of(session, "I1"), open_of(session, "I2"), open_of(session, "N1")) == (
        yuan(0),
        yuan(80),
        yuan(0),
    )


def test_a_credit_note_without_invoices_counts_against_what_is_owed_until_one_comes(session: Session) -> None:
    us = customer(session)
    credit_note(session, us, "N1", 50)
    assert exposure(session, us) == yuan(-50)
    invoice(session, us, "I1", 80, issued=1)
    assert allocated(session) == {("N1", "I1"): yuan(50)}
    assert exposure(session, us) == yuan(30)


def test_a_claim_by_name_goes_before_an_older_receipt_without_one(session: Session) -> None:
    us = customer(session)
    receipt(session, us, "OLD", 100, 1)
    receipt(session, us, "NAMES", 100, 2, "I1")
    invoice(session, us, "I1", 100, issued=3)
    assert allocated(session) == {("NAMES", "I1"): yuan(100)}


def test_a_large_receipt_pays_any_number_of_small_invoices(session: Session) -> None:
    us = customer(session)
    for at in range(200):
        invoice(session, us, f"I{at:03d}", 1, issued=at)
    receipt(session, us, "R1", 150, 300)
    assert rest_of(session, "R1") == yuan(0)
    assert set(allocated(session)) == {("R1", f"I{at:03d}") for at in range(150)}


def test_a_large_invoice_uses_any_number_of_small_receipts(session: Session) -> None:
    us = customer(session)
    for at in range(200):
        receipt(session, us, f"R{at:03d}", 1, at)
    invoice(session, us, "I1", 150, issued=300)
    assert open_of(session, "I1") == yuan(0)
    assert set(allocated(session)) == {(f"R{at:03d}", "I1") for at in range(150)}
