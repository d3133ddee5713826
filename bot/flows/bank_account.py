"""A customer's bank account, shown to who needs it, in a message of its own, on the day that they ask (9.1, 9.3)."""

from sqlalchemy.orm import Session

from bot.dialog.filling import Filling
from bot.dialog.talk import Talk
from core.queries.actor import Actor
from core.queries.customers.bank_account import read_account
from core.queries.office import Office
from core.records.customer import BANK_ACCOUNT_CARD
from core.services.customers.bank_account import ReadBankAccount
from core.storage.secrets import WrongKey
from core.texts.message import Message


def bank_account(talk: Talk, _filling: Filling, customer: str) -> None:
    """The message names the look that is on record; the account is read when it is delivered."""
    talk.show(f"{BANK_ACCOUNT_CARD}:{talk.do(ReadBankAccount(int(customer)))}")


def bank_account_card(session: Session, office: Office, look: int, viewer: Actor) -> Message:
    """What a look shows to this viewer now."""
    try:
        found = read_account(session, office, look, viewer)
    except WrongKey:
        return Message("bank-account-unreadable")
    if found is None:
        return Message("card-not-yours")
    if not found.account:
        return Message("bank-account-concealed")
    return Message("bank-account", {"customer": found.customer.name, "account": found.account})
