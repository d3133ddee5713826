"""Coming in, the menu, the language, leave, and taking up what was left."""

from datetime import timedelta

from sqlalchemy import select

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, BadAnswer, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from core.queries.actor import actor_of, named
from core.records.session import Draft
from core.records.staff import Person
from core.records.tables import table_of
from core.rules.permission import Permission
from core.services.staff import ChooseLanguage, Enter, GoOnLeave, stranger
from core.texts.message import Button, rows
from core.texts.wire import Label

_PERSON = table_of(Person)


def meet(talk: Talk, filling: Filling) -> None:
    """Somebody whom nobody knows: an invitation code lets them in, and nothing else does."""
    incoming = talk.incoming
    code = incoming.text.strip()
    if incoming.kind not in {"text", "start"} or not code or code.startswith("/"):
        talk.say("welcome-stranger")
        return
    who = stranger(incoming.conversation)
    person = talk.desk.do(talk.session, Enter(incoming.channel, incoming.address, code[:64]), who)
    talk.actor = actor_of(talk.session, person)
    talk.state.clear()
    start(talk, filling)


def start(talk: Talk, filling: Filling) -> None:
    """Greet, and go on where the conversation was left."""
    if talk.state.form:
        filling.again(talk)
        return
    menu(talk, filling)


def menu(talk: Talk, _filling: Filling) -> None:
    """What one can do, one's own drafts first; a form that is open is put away."""
    talk.keep_draft()
    drafts = [
        Button(f"draft:{draft.id}", "button-draft", {"form_name": Label(f"form-{draft.form}")})
        for draft in talk.drafts()[:3]
    ]
    may = talk.may
    offers = [
        (Permission.REQUEST_CREDIT, Button("check", "button-check")),
        (Permission.REQUEST_CREDIT, Button("credit", "button-credit")),
        (Permission.APPROVE, Button("waiting", "button-waiting")),
        (Permission.SEE_CUSTOMERS, Button("customers", "button-customers")),
        (Permission.EDIT_CUSTOMER, Button("customer.new", "button-customer-new")),
        (Permission.REQUEST_CREDIT, Button("requests", "button-requests")),
        (Permission.SEE_LEDGER, Button("overdue", "button-overdue")),
        (Permission.SEE_LEDGER, Button("aging", "button-aging")),
        (Permission.IMPORT, Button("import", "button-import")),
        (Permission.SET_COMPANY, Button("cap", "button-set-cap")),
        (Permission.APPROVE, Button("leave", "button-leave")),
        (Permission.BELONG, Button("language", "button-language")),
    ]
    buttons = [button for permission, button in offers if may(permission)]
    talk.say(
        "menu",
        rows(*drafts, across=1) + rows(*buttons),
        name=talk.me.named,
        roles=[Label(f"role-{role}") for role in sorted(talk.me.roles)],
        example=Label("menu-example-sales" if may(Permission.REQUEST_CREDIT) else "menu-example-other"),
    )


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
    if talk.state.form == form:
        filling.send_off(talk)
    else:
        talk.say("form-not-open", ((MENU,),), form_name=Label(f"form-{form}"))


def change(talk: Talk, filling: Filling, form: str) -> None:
    """Choose which answer to give anew."""
    if talk.state.form != form:
        talk.say("form-not-open", ((MENU,),), form_name=Label(f"form-{form}"))
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
    if talk.state.form == form:
        filling.change(talk, ask)
    else:
        talk.say("form-not-open", ((MENU,),), form_name=Label(f"form-{form}"))


def again(talk: Talk, filling: Filling) -> None:
    if talk.state.form:
        filling.again(talk)
    else:
        menu(talk, filling)


def language(talk: Talk, filling: Filling, chosen: str = "") -> None:
    """Chinese or English; from the next word on."""
    if chosen not in {"zh_CN", "en"}:
        talk.say(
            "choose-language", rows(Button("language:zh_CN", "button-zh"), Button("language:en", "button-en"))
        )
        return
    talk.do(ChooseLanguage("en" if chosen == "en" else "zh_CN"))
    talk.say("language-chosen")
    start(talk, filling)


def help_(talk: Talk, _filling: Filling) -> None:
    talk.say("help", ((MENU,),))


# leave


def _colleagues(talk: Talk, _answers: Answers) -> list[Choice]:
    me = talk.session.get_one(Person, talk.me.person)
    likely = [person for person in (me.deputy, me.reports_to) if person is not None]
    rows_ = talk.session.execute(
        select(_PERSON.c.id, _PERSON.c.name)
        .where(_PERSON.c.active, _PERSON.c.id != me.id)
        .order_by(_PERSON.c.id)
    ).all()
    ordered = sorted(rows_, key=lambda row: (row.id not in likely, row.id))
    return [Choice.named(str(row.id), row.name) for row in ordered[:10]]


def _deputy(typed: str, talk: Talk) -> int:
    names = {choice.value for choice in _colleagues(talk, {})}
    if typed not in names:
        raise BadAnswer("choose")
    return int(typed)


def _until(talk: Talk, _answers: Answers) -> list[Choice]:
    days = [talk.today + timedelta(days=count) for count in (1, 3, 7, 14)]
    return [Choice.named(day.isoformat(), day.isoformat()) for day in days]


def _finish_leave(talk: Talk, _subject: str, answers: Answers) -> None:
    talk.do(GoOnLeave(until=answers["until"], deputy=answers["deputy"]))
    deputy = talk.session.get_one(Person, answers["deputy"])
    talk.say(
        "leave-noted",
        rows(Button("leave.back", "button-leave-back"), MENU),
        until=answers["until"],
        deputy=named(deputy),
    )


def leave(talk: Talk, filling: Filling) -> None:
    filling.open(talk, "leave")


def leave_back(talk: Talk, filling: Filling) -> None:
    talk.do(GoOnLeave(until=talk.today - timedelta(days=1)))
    talk.say("leave-over")
    menu(talk, filling)


LEAVE = Form(
    name="leave",
    asks=lambda _talk, _subject: (
        Ask("until", read.day(), _until),
        Ask("deputy", _deputy, _colleagues),
    ),
    finish=_finish_leave,
)
