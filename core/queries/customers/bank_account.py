"""A customer's bank account as it is shown to whoever asked to see it: by the record on the trail that says so (9.3)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.clock import day_of
from core.queries.actor import Actor
from core.queries.office import Office
from core.records.audit import AuditRecord
from core.records.customer import BANK_ACCOUNT_READ, Customer, customer_of_file


@dataclass(frozen=True)
class ReadAccount:
    """What a look at a bank account still shows."""

    customer: Customer
    account: str | None
    """Bank and account; None once the day of the look is over."""


def read_account(session: Session, office: Office, look: int, viewer: Actor) -> ReadAccount | None:
    """The account by the number of the record that somebody looked at it.

    None for anybody else, and for who looked but may not any more. The account is the one in the file now, and blank
    where there is none left. Raises `core.storage.secrets.WrongKey` where it cannot be opened.
    """
    record = session.get(AuditRecord, look)
    if record is None or (record.actor, record.action) != (viewer.ref, BANK_ACCOUNT_READ):
        return None
    customer = session.get_one(Customer, customer_of_file(record.subject))
    if not viewer.reads_bank_account(customer):
        return None
    zone = office.settings.zone
    over = day_of(record.at, zone) != day_of(office.clock.now(), zone)
    return ReadAccount(customer, None if over else office.vault.open(customer.bank_sealed))
