"""Filling a form: ask, read, step back, leave, look over, send off."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.dialog.form import Ask, BadAnswer, Form
from bot.dialog.state import REVIEW
from bot.dialog.talk import MENU, Talk
from core.records.session import Draft
from core.texts.catalog import LANGUAGES, plain
from core.texts.message import Button, Buttons
from core.texts.wire import Label

AS_PAGE = "form.page"
"""What the button does that opens a form as a page: ``form.page:<form>:<subject>``. Where the channel has none, it is left out."""
SKIP = "-"
"""The value of the button that leaves an optional question unanswered."""


class Filling:
    """The forms of the bot, and what can be done with the one that a conversation has open."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms

    def open(self, talk: Talk, form: str, subject: str = "", **answers: Any) -> None:
        """Begin a form, or take up its draft. One that was open is put away first."""
        talk.keep_draft()
        draft = talk.take_draft(form, subject)
        talk.state.form, talk.state.subject = form, subject
        talk.state.answers = {**(draft or {}), **answers}
        if draft:
            talk.say("form-taken-up", count=len(draft))
        self.go_on(talk, begins=True)

    def go_on(self, talk: Talk, *, begins: bool = False) -> None:
        """Ask the next open question, or show the whole, or send it off."""
        form, state = self._form(talk), talk.state
        ask = form.next_ask(talk, state.subject, state.answers)
        if ask is not None:
            self._ask(talk, form, ask, begins=begins)
        elif form.review is not None:
            state.ask = REVIEW
            form.review(talk, state.subject, state.answers)
        else:
            self.send_off(talk)

    def customer_of(self, draft: Draft) -> int | None:
        """The customer that a form which was put away is about, where it is about one."""
        number = draft.subject.partition(":")[0]
        return int(number) if self._forms[draft.form].of_customer and number.isdecimal() else None

    def again(self, talk: Talk) -> None:
        """Ask the open question once more, or show the whole once more."""
        form, state = self._form(talk), talk.state
        ask = self._ask_named(talk, state.ask)
        if ask is None:
            self.go_on(talk)
        else:
            self._ask(talk, form, ask, begins=True)

    def answer(self, talk: Talk, typed: str, *, tapped: bool = False) -> None:
        """Take an answer to the open question; what cannot be taken is told, and the question stays."""
        state = talk.state
        ask = self._ask_named(talk, state.ask)
        if ask is None:
            self.go_on(talk)
            return
        try:
            value = self.read(talk, ask, typed, tapped=tapped)
        except BadAnswer as bad:
            self._object(talk, ask, bad)
            return
        state.answers[ask.key] = value
        self.go_on(talk)

    def _object(self, talk: Talk, ask: Ask, bad: BadAnswer) -> None:
        """Say what is wrong and put the question again; where that offers what may have been meant, it is the question."""
        form = self._form(talk)
        if bad.choices:
            instead = replace(ask, offer=lambda _talk, _answers: bad.choices, across=1)
            talk.say(f"bad-{bad.key}", self._buttons(talk, form, instead), **bad.facts)
        else:
            talk.say(f"bad-{bad.key}", **bad.facts)
            self._ask(talk, form, replace(ask, beside=(*bad.beside, *ask.beside)))

    def read(self, talk: Talk, ask: Ask, typed: str, *, tapped: bool = False) -> Any:
        """The value of an answer; typed by its words, a choice is that choice. Raises `BadAnswer`."""
        if not tapped:
            typed = self._as_choice(talk, ask, typed)
        return None if ask.optional and typed == SKIP else ask.read(typed, talk)

    @staticmethod
    def is_open(talk: Talk, form: str) -> bool:
        """Is it this form that lies open? Where it is not, as under an old button, that is told."""
        if talk.state.form == form:
            return True
        talk.say("form-not-open", ((MENU,),), form_name=Label(f"form-{form}"))
        return False

    def tapped(self, talk: Talk, form: str, ask: str, value: str) -> None:
        """A button under a question; one that is no longer open gets a sentence and today's question."""
        if not self.is_open(talk, form):
            return
        if talk.state.ask != ask:
            talk.say("form-answered-already")
            self.again(talk)
        else:
            self.answer(talk, value, tapped=True)

    def back(self, talk: Talk) -> None:
        """Undo the last answer and ask that question again."""
        form, state = self._form(talk), talk.state
        given = [
            ask.key for ask in form.open_asks(talk, state.subject, state.answers) if ask.key in state.answers
        ]
        before = given[: given.index(state.ask)] if state.ask in given else given
        if before:
            state.answers.pop(before[-1])
        self.go_on(talk)

    def change(self, talk: Talk, ask: str) -> None:
        """From the overview: answer one question anew, the others stand."""
        state = talk.state
        state.answers.pop(ask, None)
        self.go_on(talk)

    def is_complete(self, talk: Talk) -> bool:
        """Has the open form an answer to every question? Under the button of an earlier one it may not."""
        return self._form(talk).next_ask(talk, talk.state.subject, talk.state.answers) is None

    def send_off(self, talk: Talk) -> None:
        if not self.is_complete(talk):
            self.go_on(talk)
            return
        form, state = self._form(talk), talk.state
        subject, answers = state.subject, dict(state.answers)
        form.finish(talk, subject, answers)
        if (state.form, state.subject) == (form.name, subject):
            state.clear()
        talk.drop_draft(form.name, subject)

    def answered(self, talk: Talk) -> list[Ask]:
        """The questions that have an answer, for the overview to offer them for change."""
        form, state = self._form(talk), talk.state
        return [a for a in form.open_asks(talk, state.subject, state.answers) if a.key in state.answers]

    def _form(self, talk: Talk) -> Form:
        return self._forms[talk.state.form]

    def _ask_named(self, talk: Talk, key: str) -> Ask | None:
        asks = self._form(talk).open_asks(talk, talk.state.subject, talk.state.answers)
        return next((ask for ask in asks if ask.key == key), None)

    def _ask(self, talk: Talk, form: Form, ask: Ask, *, begins: bool = False) -> None:
        state = talk.state
        state.ask = ask.key
        asks = form.open_asks(talk, state.subject, state.answers)
        progress = f"{[a.key for a in asks].index(ask.key) + 1}/{len(asks)}" if form.counted else ""
        talk.say(
            ask.text or f"ask-{form.name}-{ask.key}",
            self._buttons(talk, form, ask) + (as_page(form, state.subject) if begins else ()),
            progress=progress,
            **ask.facts(talk, state.answers),
        )

    @staticmethod
    def _buttons(talk: Talk, form: Form, ask: Ask) -> Buttons:
        choices = [
            Button(f"answer:{form.name}:{ask.key}:{choice.value}", choice.key, choice.facts)
            for choice in ask.offer(talk, talk.state.answers)
        ]
        rows = [tuple(choices[i : i + ask.across]) for i in range(0, len(choices), ask.across)]
        last = [*ask.beside, Button("form.later", "button-later")]
        if ask.optional:
            last.insert(0, Button(f"answer:{form.name}:{ask.key}:{SKIP}", "button-skip"))
        if talk.state.answers:
            last.append(Button("form.back", "button-back"))
        return (*rows, tuple(last))

    @staticmethod
    def _as_choice(talk: Talk, ask: Ask, typed: str) -> str:
        """A choice typed by its words, in either language, is that choice."""
        choices = ask.offer(talk, talk.state.answers)
        said = typed.strip().casefold()
        for choice in choices:
            if said in {plain(language, choice.key, choice.facts).casefold() for language in LANGUAGES}:
                return choice.value
        return typed


def as_page(form: Form, subject: str) -> Buttons:
    """The button that opens a long form as a page."""
    return ((Button(f"{AS_PAGE}:{form.name}:{subject}", "button-as-page"),),) if form.long else ()
