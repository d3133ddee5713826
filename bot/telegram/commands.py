"""The commands of Telegram's menu button, in the words of the catalogs."""

from core.settings import Language
from core.texts.catalog import plain

_NAMES = (
    "menu",
    "check",
    "credit",
    "requests",
    "waiting",
    "customers",
    "overdue",
    "aging",
    "import",
    "language",
    "help",
)


def _menu(language: Language) -> list[tuple[str, str]]:
    return [(name, plain(language, f"command-{name}", {})) for name in _NAMES]


def menus() -> dict[str, list[tuple[str, str]]]:
    """What `bot.telegram.menu.offer_menu` takes: a menu for each language code."""
    return {"zh": _menu("zh_CN"), "en": _menu("en")}
