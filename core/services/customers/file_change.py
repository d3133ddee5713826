"""Changing a customer's file, a field at a time; the old and the new are on record (1.9)."""

from dataclasses import dataclass
from datetime import date

from core.queries.customers.file_fields import FileField, FileValue, changeable, contacts_of, file_value
from core.records.customer import FILE_CHANGED, Contact, Customer, file_subject
from core.rules.firm_name import name_key
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.customers.customer import refuse_taken_code
from core.services.desk import Command
from core.services.rating.review_steps import refresh_review
from core.services.work import Work
from core.texts.wire import Label

_NEVER_BLANK = (FileField.NAME, FileField.CONTACT)


@dataclass(frozen=True)
class ChangeCustomer(Command):
    """Any field but the bank account, which is not told in the clear (`ChangeBankAccount`)."""

    customer: int
    field: str
    value: FileValue | None
    """None: nothing, or not known any more."""
    seen: FileValue | None
    """What the file said when the change was decided on."""


def change_customer(work: Work, command: ChangeCustomer) -> bool:
    """False, and nothing on record, where the file says so already.

    Refused: what is no field of a file, a name or first contact without words, a credit code that another file has
    (1.2), and a field that says something else by now than what was seen.
    """
    customer = work.customer(command.customer)
    if command.field not in changeable(work.session, customer) or command.field == FileField.BANK_ACCOUNT:
        raise Refusal("field-not-changeable", field=command.field)
    field = FileField(command.field)
    if command.value is None and field in _NEVER_BLANK:
        raise Refusal("field-never-blank", field=_label(field))
    held = file_value(work.session, customer, field)
    if held == command.value:
        return False
    _refuse_moved_on(field, held, command.seen)
    _put(work, customer, field, command.value)
    _changed(work, customer, field, held, command.value)
    return True


@dataclass(frozen=True)
class ChangeBankAccount(Command):
    """Bank and account; sealed in the file and on the audit trail alike (9.3)."""

    customer: int
    bank_account: str | None
    seen: str | None
    """The sealed text that the file held when the change was decided on."""


def change_bank_account(work: Work, command: ChangeBankAccount) -> bool:
    """As `change_customer`."""
    customer, account = work.customer(command.customer), command.bank_account or ""
    held = customer.bank_sealed
    if _says(work, held, account):
        return False
    _refuse_moved_on(FileField.BANK_ACCOUNT, held or None, command.seen)
    customer.bank_sealed = work.office.vault.seal(account)
    _changed(work, customer, FileField.BANK_ACCOUNT, held or None, customer.bank_sealed or None)
    return True


def _says(work: Work, sealed: str, account: str) -> bool:
    """What was sealed with a key that is lost says nothing any more: it can only be given anew."""
    try:
        return work.office.vault.open(sealed) == account
    except ValueError:
        return False


def _refuse_moved_on(field: FileField, held: FileValue | None, seen: FileValue | None) -> None:
    if held != seen:
        raise Refusal("field-moved-on", field=_label(field))


def _label(field: FileField) -> Label:
    return Label(f"short-customer-{field}")


def _put(work: Work, customer: Customer, field: FileField, value: FileValue | None) -> None:
    match field, value:
        case FileField.REGISTERED_CAPITAL, Money() | None as capital:
            customer.registered_capital_minor = None if capital is None else capital.minor
        case FileField.FOUNDED, date() | None as founded:
            customer.founded = founded
        case FileField.CONTACT, (name, phone):
            _put_contact(work, customer, 0, name, phone)
        case FileField.SECOND_CONTACT, (name, phone):
            _put_contact(work, customer, 1, name, phone)
        case FileField.SECOND_CONTACT, None:
            work.session.delete(contacts_of(work.session, customer.id or 0)[1])
        case FileField.USCC, str() | None as code:
            refuse_taken_code(work.session, code, besides=customer.id)
            customer.uscc = code
        case FileField.NAME, str() as name:
            customer.name, customer.name_key = name, name_key(name)
        case _, str() | None as words:
            setattr(customer, field, words or "")
        case _:
            raise TypeError(f"{field} of a file is no {type(value).__name__}")


def _put_contact(work: Work, customer: Customer, place: int, name: str, phone: str) -> None:
    assert customer.id is not None
    held = contacts_of(work.session, customer.id)[place : place + 1]
    contact = held[0] if held else Contact(customer=customer.id, name=name)
    contact.name, contact.phone = name, phone
    work.session.add(contact)


def _changed(
    work: Work, customer: Customer, field: FileField, old: FileValue | None, new: FileValue | None
) -> None:
    """Without the moment and the record the facts of the days before would be those of today.

    Nothing is rated anew for it: a review under way shows what is new, else the next one does.
    """
    assert customer.id is not None
    customer.changed_at = work.at
    work.record(FILE_CHANGED, file_subject(customer.id), field=field, old=old, new=new)
    refresh_review(work, customer.id)
