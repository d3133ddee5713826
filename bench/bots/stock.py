"""The reference: python-telegram-bot as it comes, answering every text with itself, and every tap with its data. It
stores nothing.

``python -m bench.bots.stock URL polling|webhook [aiohttp]``: as it comes, or over the HTTP transport that ours has.
"""

import asyncio
import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bench.bots import TOKEN
from bench.bots.web import listen
from bot.telegram.request import AiohttpRequest


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    assert update.message.text is not None
    await update.message.reply_text(update.message.text)


async def offer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """A message with a button, which every echo of a tap carries on."""
    assert update.message is not None
    await update.message.reply_text(
        "?", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")]])
    )


async def echo_tap(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    tap = update.callback_query
    assert tap is not None
    await tap.answer()
    keyboard = tap.message.reply_markup if isinstance(tap.message, Message) else None
    await context.bot.send_message(tap.from_user.id, tap.data or "", reply_markup=keyboard)


async def main(url: str, webhook: bool, aiohttp: bool) -> None:
    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot")
    if aiohttp:
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    app = (builder.updater(None) if webhook else builder).build()
    app.add_handler(CommandHandler("offer", offer))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(echo_tap))

    async def take(raw: dict[str, Any]) -> None:
        await app.update_queue.put(Update.de_json(raw, app.bot))

    async with app:
        await app.start()
        address = ""
        if app.updater is None:
            address = await listen(take)
        else:
            await app.updater.start_polling()
        print(address, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2] == "webhook", "aiohttp" in sys.argv[3:]))
