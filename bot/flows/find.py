"""Which customer is meant: by code, by what people call it, or by a button."""

from collections.abc import Sequence

from bot.dialog.form import BadAnswer, Choice
from bot.dialog.state import Answers
from bot.dialog.talk import Talk
from core.queries.customers.customers import is_seen, mine
from core.queries.customers.finding import Found, Hit, nearest, search
from core.records.customer import Customer
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.texts.message import Button

_CHOSEN = "#"
"""What a button says before the customer's id: a number that is typed is a code, or stands in a name."""


def customer_choices(talk: Talk, _answers: Answers) -> Sequence[Choice]:
    """The first few of one's own; the rest are found by typing."""
    return [_choice(customer.id, customer.name) for customer in mine(talk.session, talk.me, limit=6)]


def read_customer(typed: str, talk: Talk) -> int:
    """A button, a code, or a name that is said closely enough; anything looser is confirmed with a tap."""
    number = typed.removeprefix(_CHOSEN)
    if number != typed and number.isdecimal() and len(number) < 10:
        if not is_seen(talk.session, talk.me, int(number)):
            raise Refusal("customer-not-yours")
        return int(number)
    found = search(talk.session, talk.me, typed)
    if found.sure is not None:
        return found.sure.id
    doubt, hits = in_doubt(talk, typed, found)
    raise doubt.offering([_choice(hit.id, hit.name) for hit in hits], *(() if hits else open_file(talk)))


def in_doubt(talk: Talk, said: str, found: Found) -> tuple[BadAnswer, Sequence[Hit]]:
    """What to say where it is not sure who is meant, and who may be."""
    typed = said.strip()[:40]
    if len(found.hits) == 1:
        return BadAnswer("customer-this-one", typed=typed), found.hits
    if found.hits:
        return BadAnswer("customer-many" if found.more else "customer-several", typed=typed), found.hits
    near = nearest(talk.session, talk.me, said)
    return BadAnswer("customer-none-near" if near else "customer-none", typed=typed), near


def open_file(talk: Talk) -> tuple[Button, ...]:
    """For a customer whom nobody knows yet."""
    return (Button("customer.new", "button-customer-new"),) if talk.may(Permission.EDIT_CUSTOMER) else ()


def the_customer(talk: Talk, number: int) -> Customer:
    """The customer of this id, if it is one that the person may see."""
    customer = talk.session.get(Customer, number)
    if customer is None or not talk.me.sees(customer):
        raise Refusal("customer-not-yours")
    return customer


def _choice(number: int, name: str) -> Choice:
    return Choice.named(f"{_CHOSEN}{number}", name)
