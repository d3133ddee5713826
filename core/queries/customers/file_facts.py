"""What the customer file said on a day of what policies ask for as well: industry, size, registered capital (1.1, 1.9).

The file holds what is said today. What it said before is on the audit trail: each change with its moment, the old and
the new. Nobody but whose file has been changed since is asked for on the trail.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.orm import Session

from core.records.audit import AuditRecord
from core.records.customer import FILE_CHANGED, REGISTERED_CAPITAL, Customer, file_subject
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.policy.policy import INDUSTRY, SIZE
from core.rules.rating.reading import KnownValue
from core.storage.bulk import is_listed, listed
from core.storage.prepared import Prepared
from core.texts.wire import facts_of

_CUSTOMER, _AUDIT = table_of(Customer), table_of(AuditRecord)
_ON_FILE = Prepared(
    select(
        _CUSTOMER.c.id,
        _CUSTOMER.c.industry,
        _CUSTOMER.c.size,
        _CUSTOMER.c.registered_capital_minor,
        (_CUSTOMER.c.changed_at >= bindparam("end")).label("changed_since"),
    ).where(is_listed(_CUSTOMER.c.id), _CUSTOMER.c.opened_at < bindparam("end"))
)
_CHANGES_SINCE = Prepared(
    select(_AUDIT.c.subject, _AUDIT.c.data)
    .where(
        is_listed(_AUDIT.c.subject),
        _AUDIT.c.action == literal_column(f"'{FILE_CHANGED}'"),
        _AUDIT.c.at >= bindparam("end"),
    )
    .order_by(_AUDIT.c.seq.desc())
)

FileFacts = Mapping[str, KnownValue]
"""What a file says, by the key of the fact; what it leaves blank is not among them."""


def file_facts_of_many(
    session: Session, customers: Collection[int], end: datetime
) -> Mapping[int, FileFacts]:
    """What the files said at `end`, the moment at which a day is over; one that was not open yet is left out.

    What a file was opened with is known from then on, what was put in later from when it was put in.
    """
    rows = _ON_FILE.rows(session, end=end, **listed(customers))
    said = {
        row.id: {
            INDUSTRY: row.industry,
            SIZE: row.size,
            REGISTERED_CAPITAL: _money(row.registered_capital_minor),
        }
        for row in rows
    }
    changed = {file_subject(row.id): row.id for row in rows if row.changed_since}
    if changed:
        # The newest first: what the oldest of them took the place of is what was said at the end of the day.
        for subject, data in _CHANGES_SINCE.rows(session, end=end, **listed(changed)):
            change = facts_of(data)
            if change["field"] in said[changed[subject]]:
                said[changed[subject]][change["field"]] = change["old"]
    return {
        customer: {key: value for key, value in file.items() if value is not None and value != ""}
        for customer, file in said.items()
    }


def _money(minor: int | None) -> Money | None:
    return None if minor is None else Money(minor)
