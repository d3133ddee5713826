"""What the buttons under every form do: leave, take up again, step back, look over, change, send off."""

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from bot.flows.start import menu
from core.records.session import Draft
from core.texts.message import Button, rows


def draft(talk: Talk, filling: Filling, number: str) -> None:
    """Take up a form that was put away."""
    found = talk.session.get(Draft, int(number))
    if found is None or found.person != talk.me.person:
        talk.say("draft-gone", ((MENU,),))
        return
    filling.open(talk, found.form, found.subject)


def later(talk: Talk, filling: Filling) -> None:
    """Leave the form; nothing is lost."""
    if talk.state.form:
        talk.say("form-kept")
    menu(talk, filling)


def discard(talk: Talk, filling: Filling) -> None:
    """Throw away the form that is open."""
    if talk.state.form:
        talk.drop_draft(talk.state.form, talk.state.subject)
        talk.state.clear()
        talk.say("form-discarded")
    menu(talk, filling)


def back(talk: Talk, filling: Filling) -> None:
    if talk.state.form:
        filling.back(talk)
    else:
        menu(talk, filling)


def submit(talk: Talk, filling: Filling, form: str) -> None:
    """Send off the form that was looked over."""
    if filling.is_open(talk, form):
        filling.send_off(talk)


def change(talk: Talk, filling: Filling, form: str) -> None:
    """Choose which answer to give anew."""
    if not filling.is_open(talk, form):
        return
    asked = [
        Button(
            f"form.ask:{form}:{ask.key}",
            (ask.text and f"{ask.text}-short") or f"short-{form}-{ask.key}",
            ask.facts(talk, talk.state.answers),
        )
        for ask in filling.answered(talk)
    ]
    talk.say("form-change", (*rows(*asked), (Button("form.again", "button-back"),)))


def ask_again(talk: Talk, filling: Filling, form: str, ask: str) -> None:
    if filling.is_open(talk, form):
        filling.change(talk, ask)


def as_page(talk: Talk, filling: Filling, *_form: str) -> None:
    """A page is opened by its link; where that was taken for a tap, the form goes on here."""
    again(talk, filling)


def again(talk: Talk, filling: Filling) -> None:
    if talk.state.form:
        filling.again(talk)
    else:
        menu(talk, filling)
