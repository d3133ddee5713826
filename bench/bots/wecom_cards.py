"""The cards that the reference bots send: one button, which every tap carries on."""

from itertools import count
from typing import Any

_NUMBERS = count(1)


def card() -> dict[str, Any]:
    return {
        "card_type": "button_interaction",
        "main_title": {"title": "?"},
        "button_list": [{"text": "x", "key": "x", "style": 1}],
    }


def new_card() -> dict[str, Any]:
    """The body of a message with a card that was never sent before."""
    return {"msgtype": "template_card", "template_card": {**card(), "task_id": f"stock-{next(_NUMBERS)}"}}
