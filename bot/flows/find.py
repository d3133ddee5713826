"""Which customer is meant: by code, by a part of the name, or by a button."""

from collections.abc import Sequence

from bot.dialog.form import BadAnswer, Choice
from bot.dialog.state import Answers
from bot.dialog.talk import Talk
from core.queries.customers.customers import is_seen, mine, nearest, search
from core.records.customer import Customer
from core.rules.refusal import Refusal


def customer_choices(talk: Talk, _answers: Answers) -> Sequence[Choice]:
    """The first few of one's own; the rest are found by typing."""
    return [
        Choice.named(str(customer.id), customer.name) for customer in mine(talk.session, talk.me, limit=6)
    ]


def read_customer(typed: str, talk: Talk) -> int:
    """A button, a code, or a part of a name that only one customer has."""
    if typed.isdecimal() and len(typed) < 10:
        if not is_seen(talk.session, talk.me, int(typed)):
            raise Refusal("customer-not-yours")
        return int(typed)
    found = search(talk.session, talk.me, typed)
    exact = [customer for customer in found if typed.strip() in {customer.name, customer.code}]
    if len(exact or found) == 1:
        return (exact or found)[0].id or 0
    if found:
        raise BadAnswer("customer-several", names=[customer.name for customer in found])
    near = [customer.name for customer in nearest(talk.session, talk.me, typed)]
    raise BadAnswer("customer-none-near" if near else "customer-none", typed=typed[:40], names=near)


def the_customer(talk: Talk, number: int) -> Customer:
    """The customer of this id, if it is one that the person may see."""
    customer = talk.session.get(Customer, number)
    if customer is None or not talk.me.sees(customer):
        raise Refusal("customer-not-yours")
    return customer
