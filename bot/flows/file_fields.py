"""The fields of a customer's file as people read them (1.1)."""

from typing import Any

from bot.flows.customers import INDUSTRIES, SIZES
from core.queries.customers.file_fields import FileField, FileValue
from core.texts.wire import Label

GROUPS = (
    (FileField.NAME, FileField.USCC),
    (FileField.LEGAL_REPRESENTATIVE, FileField.REGISTERED_CAPITAL, FileField.FOUNDED),
    (FileField.SCOPE,),
    (FileField.CONTACT, FileField.SECOND_CONTACT),
    (FileField.PHONE, FileField.ADDRESS),
    (FileField.INDUSTRY, FileField.SIZE, FileField.REGION),
    (FileField.BANK_ACCOUNT,),
)
"""What belongs together, a line for each group."""
_SHOWN = 40
"""Characters of a long text; the whole is in the file."""


def label(field: FileField) -> Label:
    return Label(f"short-customer-{field}")


def told(field: FileField, value: FileValue | None) -> Any:
    """What a field says, as a fact of a sentence. A bank account is only said to be there (9.3)."""
    match value:
        case None:
            return Label("file-nothing")
        case (name, phone):
            return f"{name} {phone}".strip()
        case str() if field is FileField.BANK_ACCOUNT:
            return Label("file-sealed")
        case str() if field is FileField.INDUSTRY and value in INDUSTRIES:
            return Label(f"industry-{value}")
        case str() if field is FileField.SIZE and value in SIZES:
            return Label(f"size-{value}")
        case str() if len(value) > _SHOWN:
            return f"{value[:_SHOWN]}…"
        case _:
            return value
