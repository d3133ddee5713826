"""The fields of a customer's file, what each says, and what a change of it would touch (1.1, 1.9)."""

from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.customers.survey import survey_facts
from core.queries.office import Office
from core.queries.policies.activation import needs
from core.records.customer import REGISTERED_CAPITAL as CAPITAL
from core.records.customer import Contact, Customer
from core.records.tables import table_of
from core.rules.money import Money

_CONTACT = table_of(Contact)

FileValue = str | Money | date | tuple[str, str]
"""What a field says: words, an amount, a day, or a contact's name and phone."""


class FileField(StrEnum):
    """What can be changed of a file, as the audit trail calls it."""

    NAME = "name"
    USCC = "uscc"
    LEGAL_REPRESENTATIVE = "legal_representative"
    REGISTERED_CAPITAL = CAPITAL
    FOUNDED = "founded"
    SCOPE = "scope"
    CONTACT = "contact"
    SECOND_CONTACT = "second_contact"
    PHONE = "phone"
    ADDRESS = "address"
    BANK_ACCOUNT = "bank_account"
    INDUSTRY = "industry"
    SIZE = "size"
    REGION = "region"


def contacts_of(session: Session, customer: int) -> list[Contact]:
    """The contacts of a file, the first one first."""
    asked = select(Contact).where(_CONTACT.c.customer == customer).order_by(_CONTACT.c.id)
    return list(session.scalars(asked))


def file_value(session: Session, customer: Customer, field: FileField) -> FileValue | None:
    """What the file says today; None: nothing. Of the bank account it is the sealed text (9.3)."""
    match field:
        case FileField.REGISTERED_CAPITAL:
            minor = customer.registered_capital_minor
            return None if minor is None else Money(minor)
        case FileField.BANK_ACCOUNT:
            return customer.bank_sealed or None
        case FileField.CONTACT | FileField.SECOND_CONTACT:
            place = 0 if field is FileField.CONTACT else 1
            held = contacts_of(session, customer.id or 0)[place : place + 1]
            return (held[0].name, held[0].phone) if held else None
        case _:
            value: FileValue = getattr(customer, field)
            return value or None


def changeable(session: Session, customer: Customer) -> tuple[FileField, ...]:
    """The fields that can be changed by now: a second contact comes after the first."""
    alone = file_value(session, customer, FileField.CONTACT) is None
    return tuple(field for field in FileField if not (alone and field is FileField.SECOND_CONTACT))


class FileEffect(StrEnum):
    """What a change touches beside the file itself."""

    RATING = "rating"
    """The policy looks at it: the grade in force stands, the next rating sees what is new."""
    ANSWERED = "answered"
    """The policy looks at it, and first at what the survey says of it."""
    SCOPE = "scope"
    """Who sees the customer."""


def effect_of(
    session: Session, office: Office, customer: int, field: FileField, on: date
) -> FileEffect | None:
    """What a change of the field on a day touches, by the policy in force and the one confirmed to follow it."""
    if field is FileField.REGION:
        return FileEffect.SCOPE
    if field not in needs(session, office, on):
        return None
    told = survey_facts(session, customer).get(field)
    return FileEffect.RATING if told is None or told.value is None else FileEffect.ANSWERED
