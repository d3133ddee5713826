"""Coming in, the menu, the language."""

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from core.queries.actor import actor_of
from core.records.customer import Customer
from core.records.session import Draft
from core.rules.permission import Permission
from core.services.people.staff import ChooseLanguage, Enter, stranger
from core.settings import language_named
from core.texts.message import Button, rows
from core.texts.wire import Label


def meet(talk: Talk, filling: Filling) -> None:
    """Somebody whom nobody knows: an invitation code lets them in, and nothing else does.

    What cannot be one is no wrong code: it comes from somebody who has been shut out and goes on as before.
    """
    incoming = talk.incoming
    code = incoming.text.strip()
    if incoming.kind not in {"text", "start"} or not code or code.startswith("/") or not code.isascii():
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


def menu(talk: Talk, filling: Filling) -> None:
    """What one can do, one's own drafts first; a form that is open is put away."""
    talk.keep_draft()
    drafts = [_draft(talk, filling, draft) for draft in talk.drafts()[:3]]
    may = talk.may
    offers = [
        (Permission.REQUEST_CREDIT, Button("check", "button-check")),
        (Permission.REQUEST_CREDIT, Button("credit", "button-credit")),
        (Permission.APPROVE, Button("waiting", "button-waiting")),
        (Permission.RATE, Button("reviews", "button-reviews")),
        (Permission.SEE_CUSTOMERS, Button("customers", "button-customers")),
        (Permission.EDIT_CUSTOMER, Button("customer.new", "button-customer-new")),
        (Permission.REQUEST_CREDIT, Button("requests", "button-requests")),
        (Permission.SEE_LEDGER, Button("overdue", "button-overdue")),
        (Permission.SEE_LEDGER, Button("aging", "button-aging")),
        (Permission.IMPORT, Button("import", "button-import")),
        (Permission.SET_COMPANY, Button("cap", "button-set-cap")),
        (Permission.SEE_POLICIES, Button("policies", "button-policies")),
        (Permission.SEE_REGISTER, Button("register", "button-register")),
        (Permission.APPROVE, Button("leave", "button-leave")),
        (Permission.MANAGE_STAFF, Button("staff", "button-staff")),
        (Permission.BELONG, Button("places", "button-places")),
        (Permission.BELONG, Button("language", "button-language")),
    ]
    buttons = [button for permission, button in offers if may(permission)]
    talk.say(
        "menu",
        rows(*drafts, across=1) + rows(*buttons),
        name=talk.me.named,
        roles=[Label(f"role-{role}") for role in sorted(talk.me.roles)],
        example=_example(talk),
    )


def _draft(talk: Talk, filling: Filling, draft: Draft) -> Button:
    """To take up a form, by its name and the customer that it is about."""
    form_name = Label(f"form-{draft.form}")
    number = filling.customer_of(draft)
    customer = talk.session.get(Customer, number) if number is not None else None
    if customer is None or not talk.me.sees(customer):
        return Button(f"draft:{draft.id}", "button-draft", {"form_name": form_name})
    return Button(f"draft:{draft.id}", "button-draft-of", {"form_name": form_name, "customer": customer.name})


def _example(talk: Talk) -> Label:
    """What one may type instead of tapping."""
    if talk.may(Permission.REQUEST_CREDIT):
        return Label("menu-example-sales")
    return Label("menu-example-other" if talk.may(Permission.SEE_CUSTOMERS) else "menu-example-none")


def language(talk: Talk, filling: Filling, chosen: str = "") -> None:
    """Chinese or English; from the next word on."""
    reads = language_named(chosen)
    if reads is None:
        talk.say(
            "choose-language", rows(Button("language:zh_CN", "button-zh"), Button("language:en", "button-en"))
        )
        return
    talk.do(ChooseLanguage(reads))
    talk.say("language-chosen")
    start(talk, filling)


def help_(talk: Talk, _filling: Filling) -> None:
    talk.say("help", ((MENU,),))
