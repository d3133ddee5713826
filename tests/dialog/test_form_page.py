"""A form on one page is the form of the conversation: the same questions, readers and answers (1.1, 1.3, 10.1-10.3)."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.dialog.form import Ask, BadAnswer, Form
from bot.dialog.incoming import Incoming
from bot.dialog.state import State
from bot.dialog.talk import Talk
from bot.flows import FORMS
from core.queries.actor import actor_of
from core.services.customers.customer import OpenCustomer
from tests.support.town import Town

LONG = [form for form in FORMS.values() if form.long]
TYPED = {
    "as_of": "2026-03-09",
    "ends": "2025-12-31",
    "founded": "2009-04-17",
    "uscc": "91310117MAAY4CL12J",
    "contact": "陈芳 13800000000",
    "second_contact": "李明",
    "phone": "021-55500099",
    "registered_capital": "3000.5万",
}
TRIED = ("-3万", "1,234.5", "56.8", "0.7451", "2", "2009-04-17", "示范路 9 号")


def test_the_long_forms_are_pages() -> None:
    assert {form.name for form in LONG} == {"customer", "survey", "statement"}


@pytest.mark.parametrize("form", LONG, ids=lambda form: form.name)
async def test_what_was_answered_is_shown_as_what_would_be_read_again(sample: Town, form: Form) -> None:
    """Nothing is changed by sending a page back as it was shown."""
    number, customer = await _customer_of_their_own(sample)

    def check(session: Session) -> int:
        talk = _talk(sample, session, number, form, customer)
        tried = 0
        for ask in _in_order(form, talk):
            for value in _values(ask, talk):
                shown = ask.write(value, talk.state.answers)
                assert ask.read(shown, talk) == value, (ask.key, shown)
                tried += 1
        return tried

    assert await sample.database.read(check) > 2 * len(TYPED)


@pytest.mark.parametrize("form", LONG, ids=lambda form: form.name)
async def test_a_question_is_closed_when_only_its_choices_are_answers(sample: Town, form: Form) -> None:
    number, customer = await _customer_of_their_own(sample)

    def check(session: Session) -> None:
        talk = _talk(sample, session, number, form, customer)
        for ask in _in_order(form, talk):
            taken = [text for text in (*TRIED, *TYPED.values()) if _read(ask, text, talk)]
            assert bool(taken) != ask.closed, ask.key
            assert not ask.closed or ask.offer(talk, talk.state.answers), ask.key

    await sample.database.read(check)


def _in_order(form: Form, talk: Talk) -> Iterator[Ask]:
    """Every question with all before it answered, those it needs among them."""
    while (ask := form.next_ask(talk, talk.state.subject, talk.state.answers)) is not None:
        assert set(ask.needs) <= talk.state.answers.keys(), ask.key
        yield ask
        talk.state.answers[ask.key] = _values(ask, talk)[0]


def _values(ask: Ask, talk: Talk) -> list[Any]:
    """Answers to a question: each of its choices, and what can be typed."""
    if ask.key == "name":
        return ["华东机械新厂"]
    choices = [choice.value for choice in ask.offer(talk, talk.state.answers)]
    typed = [TYPED[ask.key]] if ask.key in TYPED else [*TRIED]
    return [ask.read(text, talk) for text in (*choices, *typed) if _read(ask, text, talk)]


def _read(ask: Ask, text: str, talk: Talk) -> bool:
    try:
        ask.read(text, talk)
    except BadAnswer:
        return False
    return True


async def _customer_of_their_own(town: Town) -> tuple[int, int]:
    wang = await town.meets("王小雨")
    return wang.id, await wang.does(OpenCustomer("青浦新星贸易", region="华东"))


def _talk(town: Town, session: Session, person: int, form: Form, customer: int) -> Talk:
    subject = "" if form.name == "customer" else str(customer)
    incoming = Incoming("web", str(person), str(person), "page")
    state = State(form=form.name, subject=subject)
    return Talk(session, town.desk, incoming, actor_of(session, person), state, town.clock.now())
