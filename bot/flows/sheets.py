"""Experts' sheets in chat (B11 评议): the assessor asks people, each marks A to E, indicator by indicator, blind."""

from typing import Any

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows import explain
from core.queries.actor import actor_of, named
from core.queries.people.approvers import people_of
from core.queries.rating.reviews import review_view, sellers_of
from core.records.customer import Customer
from core.records.review import ReviewSheet
from core.records.staff import Person
from core.rules.permission import Permission, roles_with
from core.rules.rating.efficacy_tables import ReviewIndicator
from core.rules.rating.expert_sheets import Mark
from core.rules.refusal import Refusal
from core.services.rating.expert_sheets import AskExpert, GiveSheet
from core.texts.message import Button, rows
from core.texts.wire import Named

_EXPERTS = roles_with(Permission.SEE_CUSTOMERS)
_OFFERED = 12


def experts(talk: Talk, _filling: Filling, number: str) -> None:
    """Who has been asked and has answered, and whom one can ask."""
    view = review_view(talk.session, talk.desk.office, int(number), talk.today)
    if view is None or not talk.may(Permission.RATE) or not talk.me.sees(view.customer):
        raise Refusal("review-unknown")
    asked = {sheet.expert: sheet.given_at is not None for sheet in view.sheets}
    out = {*asked, *sellers_of(view.review, view.customer)}
    others = [each for each in people_of(talk.session, *_EXPERTS) if each not in out]
    fit = [each for each in others if (actor := actor_of(talk.session, each)) and actor.sees(view.customer)]
    buttons = [
        Button(f"review-expert:{number}:{each}", "literal", {"text": _name(talk, each)})
        for each in fit[:_OFFERED]
    ]
    talk.say(
        "experts",
        (*rows(*buttons), (Button(f"review:{number}", "button-back"), MENU)),
        customer=view.customer.name,
        given=[_name(talk, each) for each, given in asked.items() if given] or "none",
        open=[_name(talk, each) for each, given in asked.items() if not given] or "none",
    )


def ask(talk: Talk, filling: Filling, number: str, person: str) -> None:
    """Ask one person for a sheet, and offer the next."""
    talk.do(AskExpert(int(number), int(person)))
    experts(talk, filling, number)


def sheet(talk: Talk, filling: Filling, number: str) -> None:
    """Fill one's own sheet; nobody sees another's."""
    found = talk.session.get(ReviewSheet, int(number))
    if found is None or found.expert != talk.me.person:
        raise Refusal("sheet-not-yours")
    if found.given_at is not None:
        raise Refusal("sheet-given", at=found.given_at)
    filling.open(talk, "sheet", number)


def _name(talk: Talk, person: int) -> Named:
    return named(talk.session.get_one(Person, person))


def _marks(_talk: Talk, _answers: Answers) -> list[Choice]:
    return [Choice.named(mark, mark) for mark in Mark]


def _question(indicator: ReviewIndicator) -> Ask:
    title = explain.named(indicator.title)

    def facts(talk: Talk, _answers: Answers) -> dict[str, Any]:
        found = talk.session.get_one(ReviewSheet, int(talk.state.subject))
        return {
            "customer": talk.session.get_one(Customer, found.customer).name,
            "indicator": title,
            "weight": indicator.weight,
        }

    return Ask(indicator.key, read.one_of(*Mark), _marks, facts=facts, text="ask-sheet-mark", across=5)


def _asks(talk: Talk, _subject: str) -> tuple[Ask, ...]:
    return tuple(_question(each) for each in talk.marked)


def _finish(talk: Talk, subject: str, answers: Answers) -> None:
    talk.do(GiveSheet(int(subject), {key: Mark(mark) for key, mark in answers.items()}))
    talk.say("sheet-kept", ((MENU,),))


SHEET = Form(name="sheet", asks=_asks, finish=_finish)
