"""The commands beside the input field: which of them a person may use, in the words of the catalogs."""

from collections.abc import Collection

from core.rules.permission import Permission
from core.settings import Language
from core.texts.catalog import LANGUAGES, plain

Commands = tuple[tuple[str, str], ...]
"""Command without its slash, and what it does."""

# fmt: off
_COMMANDS = (
    #  command      for whoever may
    ("menu",        Permission.BELONG),
    ("check",       Permission.REQUEST_CREDIT),
    ("credit",      Permission.REQUEST_CREDIT),
    ("requests",    Permission.REQUEST_CREDIT),
    ("waiting",     Permission.APPROVE),
    ("reviews",     Permission.RATE),
    ("customers",   Permission.SEE_CUSTOMERS),
    ("change",      Permission.EDIT_CUSTOMER),
    ("overdue",     Permission.SEE_LEDGER),
    ("aging",       Permission.SEE_LEDGER),
    ("register",    Permission.SEE_REGISTER),
    ("import",      Permission.IMPORT),
    ("leave",       Permission.APPROVE),
    ("staff",       Permission.MANAGE_STAFF),
    ("places",      Permission.BELONG),
    ("language",    Permission.BELONG),
    ("help",        Permission.BELONG),
)
# fmt: on
_CODES = {"zh_CN": "zh", "en": "en"}


def names_for(permissions: Collection[Permission]) -> tuple[str, ...]:
    """The commands of somebody with these permissions, in the order shown."""
    return tuple(name for name, needed in _COMMANDS if needed in permissions)


def worded(names: Collection[str], language: Language) -> Commands:
    return tuple((name, plain(language, f"command-{name}", {})) for name in names)


def menus_of_strangers() -> dict[str, Commands]:
    """What somebody sees who is nobody's yet, by the language code of their Telegram."""
    return {_CODES[language]: worded(("start",), language) for language in LANGUAGES}
