"""The menu under the input field of the app: three buttons, with the commands behind them."""

from typing import Any

from core.settings import Language
from core.texts.catalog import plain

_BRANCHES = {
    "wecom-menu-do": ("check", "credit", "requests", "import"),
    "wecom-menu-see": ("customers", "overdue", "aging", "menu", "help"),
}
_WAITING = "waiting"


def menu(language: Language) -> dict[str, Any]:
    """What `bot.wecom.api.AppApi.create_menu` takes. A key is the word of its command, ``/check``.

    The middle button stands by itself: what waits for one is one tap away, also where a card was never seen.
    """
    do, see = (
        {"name": plain(language, name, {}), "sub_button": [_button(language, one) for one in commands]}
        for name, commands in _BRANCHES.items()
    )
    return {"button": [do, _button(language, _WAITING), see]}


def _button(language: Language, command: str) -> dict[str, str]:
    return {"type": "click", "name": plain(language, f"command-{command}", {}), "key": f"/{command}"}
