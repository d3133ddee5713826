"""Opening a customer's file (1.1, 1.2)."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Integer, cast, func, or_, select
from sqlalchemy.orm import Session

from core.records.customer import Contact, Customer, file_subject
from core.records.tables import table_of
from core.rules.firm_name import name_key
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.work import Work

_CUSTOMER = table_of(Customer)
_TELLING = 4
"""So many characters in a row in common are no accident."""
_SHOWN = 5
_LONGEST_CODE = 10
"""A longer row of digits after the C is no number of ours: the next one would be as long."""


def similar(session: Session, name: str) -> list[Customer]:
    """Customers whose names, without what all firms share, have a telling part in common with this one (1.2). Five at most.

    Whoever opens a file sees these names even of customers that are not theirs: a second file would be worse.
    """
    key = name_key(name)
    if len(key) < 2:
        return []
    column = _CUSTOMER.c.name_key
    held = select(Customer).where(column.contains(key, autoescape=True))
    parts = [key[start : start + _TELLING] for start in range(len(key) - _TELLING + 1)] or [key]
    holding = select(Customer).where(or_(*(column.contains(part, autoescape=True) for part in parts[:12])))
    found = {customer.id: customer for customer in session.scalars(held.limit(_SHOWN))}
    found |= {customer.id: customer for customer in session.scalars(holding.limit(_SHOWN))}
    return list(found.values())[:_SHOWN]


def refuse_taken_code(session: Session, uscc: str | None, *, besides: int | None = None) -> None:
    """The same credit code twice is refused (1.2), by `Refusal` with the file that has it; its own does not count."""
    if not uscc:
        return
    twin = session.scalars(select(Customer).where(_CUSTOMER.c.uscc == uscc)).first()
    if twin is not None and twin.id != besides:
        raise Refusal("customer-code-taken", uscc=uscc, name=twin.name, code=twin.code)


@dataclass(frozen=True)
class OpenCustomer(Command):
    name: str
    uscc: str | None = None
    region: str = ""
    industry: str = ""
    size: str = ""
    founded: date | None = None
    registered_capital: Money | None = None
    legal_representative: str = ""
    address: str = ""
    phone: str = ""
    scope: str = ""
    bank_account: str = ""
    contacts: tuple[tuple[str, str], ...] = field(default=())


def open_customer(work: Work, command: OpenCustomer) -> int:
    """A new file, owned by whoever opens it. The same credit code twice is refused (1.2). Returns its id."""
    session, capital = work.session, command.registered_capital
    refuse_taken_code(session, command.uscc)
    customer = Customer(
        code=_next_code(session),
        name=command.name,
        name_key=name_key(command.name),
        uscc=command.uscc,
        region=command.region or work.by.region,
        owner=work.by.person,
        industry=command.industry,
        size=command.size,
        founded=command.founded,
        registered_capital_minor=None if capital is None else capital.minor,
        legal_representative=command.legal_representative,
        address=command.address,
        phone=command.phone,
        scope=command.scope,
        bank_sealed=work.office.vault.seal(command.bank_account),
        opened_at=work.at,
    )
    session.add(customer)
    session.flush()
    assert customer.id is not None
    session.add_all(Contact(customer=customer.id, name=name, phone=phone) for name, phone in command.contacts)
    work.record(
        "customer.opened",
        file_subject(customer.id),
        code=customer.code,
        name=customer.name,
        uscc=customer.uscc,
    )
    return customer.id


def _next_code(session: Session) -> str:
    """C0041 after C0040. Codes that were imported in another shape do not count."""
    code = _CUSTOMER.c.code
    ours = (
        code.bool_op("GLOB")("C[0-9]*")
        & ~code.bool_op("GLOB")("C*[^0-9]*")
        & (func.length(code) <= _LONGEST_CODE)
    )
    number = func.max(cast(func.substr(code, 2), Integer))
    last = session.execute(select(number).where(ours)).scalar()
    return f"C{(last or 0) + 1:04d}"
