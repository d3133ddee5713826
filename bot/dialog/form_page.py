"""A form on one page: every question that can be put now, read and checked as in the conversation, and shared with it.

Each operation is a turn inside one transaction; what was answered is kept question by question.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.dialog.filling import Filling
from bot.dialog.form import Ask, BadAnswer, Form
from bot.dialog.opened import Opened, PageTalk, Visit, find
from bot.dialog.refused import put_on_record
from core.rules.refusal import Refusal
from core.services.desk import Desk
from core.settings import Language
from core.texts.catalog import plain, say, strip

_SUBMIT = "form.submit:"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a page sends it: typed, or the value of one of the choices."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    title: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    """(value, label)"""
    closed: bool
    """Only a choice is an answer; else one may type as well."""
    optional: bool
    given: bool
    text: str
    """The answer as one would type it, by its label where it is a choice."""
    chosen: str
    """The value of the choice that it is; else empty."""
    keyboard: str
    """The ``inputmode`` of its field; empty for the usual one."""


@dataclass(frozen=True, slots=True)
class FormPage:
    title: str
    language: Language
    questions: tuple[Question, ...]
    wrong: Mapping[str, str] = field(default_factory=dict)
    """By question, in a sentence why its answer was not taken; what was answered before stands."""
    missing: tuple[str, ...] = ()
    """What has to be answered before it can be sent off."""


@dataclass(frozen=True, slots=True)
class Review:
    """The whole, to be looked over: as the conversation shows it, and what the button reads that sends it off."""

    html: str
    button: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What the desk said to it, in the conversation as well."""

    html: str
    followups: tuple[tuple[str, int], ...]
    """Work to be taken up after the commit."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Not done, in a sentence; what was answered stands."""

    html: str


class FormPages:
    """Raises `NotKnown` from every operation where the visitor is nobody's any more."""

    def __init__(self, desk: Desk, forms: Mapping[str, Form]) -> None:
        self._desk = desk
        self._forms = {name: form for name, form in forms.items() if form.long}
        self._filling = Filling(forms)

    def show(self, session: Session, visit: Visit, at: datetime) -> FormPage | Refused:
        """The form as it stands; nothing is changed."""
        opened = find(session, self._desk, visit, at)
        try:
            self._is_open(opened)
            return self._page(opened.talk, {})
        except Refusal as refusal:
            return _refused(opened.talk, refusal)

    def answer(
        self, session: Session, visit: Visit, given: Sequence[Given], at: datetime
    ) -> FormPage | Refused:
        """Take answers; what cannot be taken is told beside it, the others are kept."""

        def work(opened: Opened) -> FormPage:
            return self._page(opened.talk, self._take(opened.talk, given))

        return self._turn(session, visit, at, work)

    def review(
        self, session: Session, visit: Visit, given: Sequence[Given], at: datetime
    ) -> FormPage | Review | Refused:
        """Take the last answers and show the whole; or the form again, with what is wrong or missing."""

        def work(opened: Opened) -> FormPage | Review:
            talk = opened.talk
            wrong = self._take(talk, given)
            missing = [] if wrong else self._skip_optional(talk)
            if wrong or missing:
                return self._page(talk, wrong, missing)
            form, state = self._forms[talk.state.form], talk.state
            if form.review is None:
                return Review("", "")
            form.review(talk, state.subject, state.answers)
            return Review(_worded(talk), _submit_label(talk))

        return self._turn(session, visit, at, work)

    def send(self, session: Session, visit: Visit, at: datetime) -> FormPage | Sent | Refused:
        """Send it off, through the desk as from the conversation, which is told what came of it."""

        def work(opened: Opened) -> FormPage | Sent:
            talk = opened.talk
            missing = self._skip_optional(talk)
            if missing:
                return self._page(talk, {}, missing)
            self._filling.send_off(talk)
            talk.say_in_chat()
            return Sent(_worded(talk), tuple(talk.followups))

        return self._turn(session, visit, at, work)

    def leave(self, session: Session, visit: Visit, given: Sequence[Given], at: datetime) -> Refused | None:
        """Take the last answers and go back to the conversation: where the form is open there, it asks what is left."""

        def work(opened: Opened) -> None:
            talk, state = opened.talk, opened.talk.state
            self._take(talk, given)
            if opened.draft is not None:
                return
            ask = self._forms[state.form].next_ask(talk, state.subject, state.answers)
            if ask is None or ask.key != state.ask:
                self._filling.go_on(talk, begins=True)
                talk.say_in_chat()

        return self._turn(session, visit, at, work)

    def _is_open(self, opened: Opened) -> None:
        if opened.nowhere or opened.talk.state.form not in self._forms:
            raise Refusal("form-gone")

    def _turn(self, session: Session, visit: Visit, at: datetime, work: Callable[[Opened], T]) -> T | Refused:
        """Work on the open form and keep it. A refusal is on record, and the answers taken before it stand."""
        opened = find(session, self._desk, visit, at)
        try:
            self._is_open(opened)
            return work(opened)
        except Refusal as refusal:
            put_on_record(opened.talk, refusal)
            return _refused(opened.talk, refusal)
        finally:
            opened.save()

    def _take(self, talk: PageTalk, given: Sequence[Given]) -> dict[str, str]:
        """Take each answer whose question can be put; in a sentence, by question, why others were not taken."""
        wrong: dict[str, str] = {}
        for one in given:
            ask = next((ask for ask in self._asks(talk) if ask.key == one.key), None)
            if ask is None:
                continue
            if not one.text.strip() and not one.chosen:
                self._empty(talk, ask)
                continue
            try:
                talk.state.answers[ask.key] = self._filling.read(talk, ask, one.text, tapped=one.chosen)
            except BadAnswer as bad:
                wrong[ask.key] = strip(say(talk.language, f"bad-{bad.key}", bad.facts))
        return wrong

    @staticmethod
    def _empty(talk: PageTalk, ask: Ask) -> None:
        """A field that was cleared: nothing, where that is an answer, else not answered."""
        if ask.optional:
            talk.state.answers[ask.key] = None
        else:
            talk.state.answers.pop(ask.key, None)

    def _skip_optional(self, talk: PageTalk) -> list[str]:
        """The questions that must be answered and are not, as far as they stand on the page by now; without any, what
        may be left out is left out.
        """
        form, state = self._forms[talk.state.form], talk.state
        asks = form.open_asks(talk, state.subject, state.answers)
        unanswered = [ask for ask in asks if ask.key not in state.answers]
        missing = [ask.key for ask in unanswered if not ask.optional]
        if not missing:
            state.answers.update({ask.key: None for ask in unanswered})
        shown = {ask.key for ask in self._asks(talk)}
        return [key for key in missing if key in shown] or missing

    def _asks(self, talk: PageTalk) -> list[Ask]:
        """The questions that can be put now: those whose grounds are laid."""
        form, state = self._forms[talk.state.form], talk.state
        asks = form.open_asks(talk, state.subject, state.answers)
        return [ask for ask in asks if all(need in state.answers for need in ask.needs)]

    def _page(self, talk: PageTalk, wrong: Mapping[str, str], missing: Sequence[str] = ()) -> FormPage:
        language = talk.language
        questions = tuple(self._question(talk, ask, language) for ask in self._asks(talk))
        title = plain(language, f"form-{talk.state.form}", {})
        return FormPage(title, language, questions, wrong, tuple(missing))

    @staticmethod
    def _question(talk: PageTalk, ask: Ask, language: Language) -> Question:
        state = talk.state
        facts = {**ask.facts(talk, state.answers), "progress": ""}
        short = f"{ask.text}-short" if ask.text else f"short-{state.form}-{ask.key}"
        asked = f"{ask.text}-page" if ask.text else f"ask-{state.form}-{ask.key}"
        title, hint = plain(language, short, facts), strip(say(language, asked, facts)).strip()
        choices = tuple(
            (choice.value, plain(language, choice.key, choice.facts))
            for choice in ask.offer(talk, state.answers)
        )
        given = ask.key in state.answers
        value = state.answers.get(ask.key)
        text = "" if (value is None and ask.optional) or not given else ask.write(value, state.answers)
        chosen = text if text in dict(choices) else ""
        return Question(
            key=ask.key,
            title=title,
            hint="" if hint.rstrip("?？") == title else hint,
            choices=choices,
            closed=ask.closed,
            optional=ask.optional,
            given=given,
            text=dict(choices)[chosen] if chosen else text,
            chosen=chosen,
            keyboard=ask.keyboard,
        )


def _worded(talk: PageTalk) -> str:
    return "\n".join(say(talk.language, message.key, message.facts) for message in talk.said)


def _refused(talk: PageTalk, refusal: Refusal) -> Refused:
    return Refused(say(talk.language, f"refusal-{refusal.key}", refusal.facts))


def _submit_label(talk: PageTalk) -> str:
    """What the conversation's own button reads that sends the form off."""
    buttons = [button for message in talk.said for row in message.buttons for button in row]
    submit = next(button for button in buttons if button.do.startswith(_SUBMIT))
    return plain(talk.language, submit.key, submit.facts)
