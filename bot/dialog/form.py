"""Forms as data: what is asked, in which order, how an answer is read, what happens at the end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.dialog.state import Answers
from bot.dialog.write import as_typed
from core.texts.message import Button

if TYPE_CHECKING:
    from bot.dialog.talk import Talk


class BadAnswer(Exception):
    """An answer that cannot be taken: ``bad-<key>`` says what is wrong and gives an example. The question stays."""

    def __init__(self, key: str, **facts: Any) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts
        self.choices: Sequence[Choice] = ()
        self.beside: tuple[Button, ...] = ()

    def offering(self, choices: "Sequence[Choice]", *beside: Button) -> "BadAnswer":
        """With what may have been meant, to tap in the question's place; or with buttons that are no answer."""
        self.choices, self.beside = choices, beside
        return self


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the buttons under a question."""

    value: str
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def named(cls, value: str, label: str) -> "Choice":
        return cls(value, "literal", {"text": label})


Reader = Callable[[str, "Talk"], Any]
Offer = Callable[["Talk", Answers], Sequence[Choice]]
Writer = Callable[[Any, Answers], str]
"""From an answer, beside the others, to what one would type for it: read again it is the same answer."""


def nothing(_talk: "Talk", _answers: Answers) -> Sequence[Choice]:
    return ()


def always(_talk: "Talk", _answers: Answers) -> bool:
    return True


def no_facts(_talk: "Talk", _answers: Answers) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Ask:
    """One question. Its words are ``ask-<form>-<key>`` unless ``text`` names others."""

    key: str
    read: Reader
    offer: Offer = nothing
    optional: bool = False
    when: Callable[["Talk", Answers], bool] = always
    facts: Callable[["Talk", Answers], Mapping[str, Any]] = no_facts
    text: str = ""
    across: int = 2
    beside: tuple[Button, ...] = ()
    """Further buttons that are no answer."""
    closed: bool = False
    """Nothing but one of its choices is an answer."""
    needs: tuple[str, ...] = ()
    """The questions without whose answers this one can be neither put nor read."""
    write: Writer = as_typed
    keyboard: Literal["", "tel", "numeric", "decimal"] = ""
    """What a phone brings up for it on a page: anything but the usual only where no 万, no minus and no word is an answer."""


@dataclass(frozen=True)
class Form:
    """A form: filled question by question, left and taken up at will, looked over, sent off."""

    name: str
    asks: Callable[["Talk", str], Sequence[Ask]]
    """The questions for a subject; a survey's depend on the policy."""
    finish: Callable[["Talk", str, Answers], None]
    """Sends it off. A refusal raised here leaves the form where it is, with nothing lost."""
    review: Callable[["Talk", str, Answers], None] | None = None
    """Shows the whole before it is sent off; without one the last answer sends it off."""
    counted: bool = True
    """Tell how far one is: 3/14."""
    long: bool = False
    """So long that it is offered as a page as well (`bot.dialog.form_page`)."""
    of_customer: bool = False
    """Its subject begins with a customer's id; drafts for several customers are told apart by the name."""

    def open_asks(self, talk: "Talk", subject: str, answers: Answers) -> list[Ask]:
        return [ask for ask in self.asks(talk, subject) if ask.when(talk, answers)]

    def next_ask(self, talk: "Talk", subject: str, answers: Answers) -> Ask | None:
        """The first question that applies and has no answer yet."""
        return next((a for a in self.open_asks(talk, subject, answers) if a.key not in answers), None)
