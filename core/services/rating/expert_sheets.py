"""Experts asked for their sheets (B11 评议): each on his own, blind to the others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from core.queries.actor import actor_of
from core.queries.rating.expert_sheets import marked
from core.queries.rating.reviews import sellers_of
from core.records.review import RatingReview, ReviewSheet
from core.records.tables import table_of
from core.rules.lifecycles.review_lifecycle import UNDER_REVIEW
from core.rules.permission import Permission
from core.rules.rating.expert_sheets import Mark
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.rating.review_steps import the_review, to_assess
from core.services.work import Work
from core.texts.message import Button, Message, rows

_SHEET = table_of(ReviewSheet)


@dataclass(frozen=True)
class AskExpert(Command):
    review: int
    expert: int


def ask_expert(work: Work, command: AskExpert) -> None:
    """Ask somebody for a sheet, once for a review. Refused: who sells to the customer or may not see its file."""
    review, customer = to_assess(work, command.review)
    _still_open(review)
    _indicators(work)
    expert = actor_of(work.session, command.expert)
    fit = expert is not None and expert.may(Permission.SEE_CUSTOMERS) and expert.sees(customer)
    if not fit or command.expert in sellers_of(review, customer):
        raise Refusal("expert-not-possible", customer=customer.name)
    if _sheet_of(work, command.review, command.expert) is not None:
        return
    assert work.by.person is not None
    sheet = ReviewSheet(
        review=command.review,
        customer=review.customer,
        expert=command.expert,
        asked_by=work.by.person,
        asked_at=work.at,
    )
    work.session.add(sheet)
    work.session.flush()
    work.record("review.expert_asked", f"review:{review.id}", expert=command.expert)
    work.tell(
        command.expert,
        Message(
            "expert-asked",
            {"customer": customer.name, "who": work.by.named},
            rows(Button(f"sheet:{sheet.id}", "button-sheet")),
        ),
        key=f"expert:{sheet.id}",
        urgent=True,
    )


@dataclass(frozen=True)
class GiveSheet(Command):
    sheet: int
    marks: Mapping[str, Mark]


def give_sheet(work: Work, command: GiveSheet) -> None:
    """The expert's marks, one for every indicator, and only once: a sheet is not changed when others have given theirs."""
    sheet = work.session.get(ReviewSheet, command.sheet)
    if sheet is None or sheet.expert != work.by.person:
        raise Refusal("sheet-not-yours")
    review, _ = the_review(work, sheet.review)
    if sheet.given_at is not None:
        raise Refusal("sheet-given", at=sheet.given_at)
    _still_open(review)
    wanted = _indicators(work)
    if set(command.marks) != set(wanted):
        raise Refusal("sheet-incomplete", count=len(wanted))
    marks = {key: str(mark) for key, mark in command.marks.items()}
    sheet.marks, sheet.given_at, sheet.known_on = json.dumps(marks, sort_keys=True), work.at, work.today
    work.record("review.sheet_given", f"review:{review.id}", sheet=sheet.id, marks=marks)
    work.refresh(f"review:{review.id}")


def _indicators(work: Work) -> tuple[str, ...]:
    """The indicators that experts mark; refused where neither the policy in force nor a coming one asks any."""
    indicators = marked(work.session, work.office, work.today)
    if not indicators:
        raise Refusal("sheet-not-asked")
    return tuple(each.key for each in indicators)


def _still_open(review: RatingReview) -> None:
    if review.state not in UNDER_REVIEW:
        raise Refusal("review-over", number=review.number)


def _sheet_of(work: Work, review: int, expert: int) -> int | None:
    return work.session.execute(
        select(_SHEET.c.id).where(_SHEET.c.review == review, _SHEET.c.expert == expert)
    ).scalar()
