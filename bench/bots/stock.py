"""The reference: python-telegram-bot as it comes, answering every text with itself. It stores nothing.

``python -m bench.bots.stock URL polling|webhook``
"""

import asyncio
import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bench.bots import TOKEN
from bench.bots.web import listen


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    assert update.message.text is not None
    await update.message.reply_text(update.message.text)


async def main(url: str, webhook: bool) -> None:
    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot")
    app = (builder.updater(None) if webhook else builder).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))

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
    asyncio.run(main(sys.argv[1], sys.argv[2] == "webhook"))
