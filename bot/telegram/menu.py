"""The command menu beside the input field, in the person's language."""

from collections.abc import Mapping, Sequence

from telegram import Bot

Commands = Sequence[tuple[str, str]]
"""Command without its slash, and what it does."""


async def offer_menu(bot: Bot, menus: Mapping[str, Commands], *, default: str) -> None:
    """Set the menu of each language (``zh``, ``en``); people with any other see the default one.

    Errors: ``telegram.error.TelegramError``.
    """
    await bot.set_my_commands(menus[default])
    for language, commands in menus.items():
        await bot.set_my_commands(commands, language_code=language)
