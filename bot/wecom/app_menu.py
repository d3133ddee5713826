"""The menu under the input field of the app: three buttons, with the commands behind them."""

import asyncio
import logging
from typing import Any

from bot.wecom.api import AppApi
from bot.wecom.app_errors import Declined, NoAnswer, NotDone
from core.settings import Language
from core.texts.catalog import plain

_BRANCHES = {
    "wecom-menu-do": ("check", "credit", "requests", "import"),
    "wecom-menu-see": ("customers", "overdue", "aging", "menu", "help"),
}
_WAITING = "waiting"
AGAIN_SECONDS = 60.0
"""Before the first new try; each later one takes twice as long to come."""
LONGEST_PAUSE_SECONDS = 3600.0

log = logging.getLogger(__name__)


async def offer_menu(api: AppApi, language: Language) -> None:
    """Set the menu; it is the same for everybody. Returns once the service has taken it."""
    pause = AGAIN_SECONDS
    while True:
        try:
            await api.create_menu(menu(language))
            return
        except (NotDone, NoAnswer, Declined) as error:
            log.warning("the menu of the WeCom app could not be set: %s", error)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)


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
