"""Looking at a customer's bank account: for whoever needs it, and never without a record of it (9.1, 9.3)."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.clock import end_of
from core.records.customer import BANK_ACCOUNT_CARD, BANK_ACCOUNT_READ, file_subject
from core.rules.refusal import Refusal
from core.services import tell
from core.services.desk import Command
from core.services.work import Work
from core.storage.secrets import WrongKey
from core.texts.message import Message


@dataclass(frozen=True)
class ReadBankAccount(Command):
    customer: int


def read_bank_account(work: Work, command: ReadBankAccount) -> int:
    """Put on record who looks at whose account, without the account itself. Returns the number of the record.

    By that number it is shown, to this person on this day (`core.queries.customers.bank_account`). Refused: to whoever
    does not need it, and where there is none in the file or it does not open with the key of this installation.
    """
    customer = work.customer(command.customer)
    if not work.by.reads_bank_account(customer):
        raise Refusal("bank-account-not-yours", customer=customer.name)
    if not customer.bank_sealed:
        raise Refusal("bank-account-none", customer=customer.name)
    try:
        work.office.vault.open(customer.bank_sealed)
    except WrongKey:
        raise Refusal("bank-account-wrong-key", customer=customer.name) from None
    return work.record(BANK_ACCOUNT_READ, file_subject(command.customer))


@dataclass(frozen=True)
class ConcealBankAccounts(Command):
    """All that were looked at before this day."""

    day: date


def conceal_bank_accounts(work: Work, command: ConcealBankAccounts) -> int:
    """Where they were shown it says that they were. Returns in how many places; once there, nothing is left to do."""
    return tell.take_back_cards(
        work.session,
        BANK_ACCOUNT_CARD,
        Message("bank-account-concealed"),
        before=end_of(command.day - timedelta(days=1), work.office.settings.zone),
        at=work.at,
    )
