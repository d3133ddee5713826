"""The reference of the long connection: an echo bot on WeCom's own SDK, written as its README shows it.

``python -m bench.bots.wecom_stock_link URL``. A text is answered with a card, a tap with a change of that card and a new
one, as ours does it. It stores nothing.
"""

import asyncio
import sys
from typing import Any

from aibot import WSClient, WSClientOptions, ws

from bench.bots.wecom_cards import card, new_card
from tests.support.wecom.link_server import BOT_ID, SECRET


class Warnings:
    """A logger of one's own, as the README has it: the default one writes six lines a tap (and costs nothing to speak of)."""

    def debug(self, message: str, *args: object) -> None: ...

    def info(self, message: str, *args: object) -> None: ...

    def warn(self, message: str, *args: object) -> None:
        print(message, *args, file=sys.stderr)

    error = warn


async def main(url: str) -> None:
    # The SDK speaks TLS only and trusts certifi's list alone; here also whom the machine trusts (SSL_CERT_FILE).
    ws._SSL_CONTEXT.load_default_certs()
    client = WSClient(WSClientOptions(bot_id=BOT_ID, secret=SECRET, ws_url=url, logger=Warnings()))

    async def offer(user: str) -> None:
        await client.send_message(user, {"chat_type": 1, **new_card()})

    @client.on("authenticated")
    def on_authenticated() -> None:
        print("", flush=True)

    @client.on("message.text")
    async def on_text(frame: dict[str, Any]) -> None:
        await offer(frame["body"]["from"]["userid"])

    @client.on("event.template_card_event")
    async def on_tap(frame: dict[str, Any]) -> None:
        body = frame["body"]
        task_id = body["event"]["template_card_event"]["task_id"]
        # First the change, for which WeCom gives five seconds. Ours, too, has changed the card by the time it answers.
        await client.update_template_card(frame, {**card(), "task_id": task_id})
        await offer(body["from"]["userid"])

    await client.connect()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
