"""The reference of the self-built app: an echo bot on wechatpy, behind aiohttp.

``python -m bench.bots.wecom_stock_app URL``. A text is answered with a card, a tap with a change of that card and a new
one, as ours does it. It stores nothing. The library blocks: a call of WeCom is answered at once, and worked in a thread.
"""

import asyncio
import sys
from typing import Any

from aiohttp import web
from wechatpy.messages import BaseMessage
from wechatpy.work import WeChatClient, WeChatCrypto, parse_message

from bench.bots.wecom_cards import card, new_card
from tests.support.wecom.api_server import AGENT_ID, CALLBACK_TOKEN, CORP_ID, ENCODING_AES_KEY, SECRET


class Client(WeChatClient):  # type: ignore[misc]
    """The library's, at another address than WeCom's."""

    def __init__(self, url: str) -> None:
        self.API_BASE_URL = f"{url}/cgi-bin/"
        super().__init__(CORP_ID, SECRET)

    def fetch_access_token(self) -> Any:
        query = {"corpid": self.corp_id, "corpsecret": self.secret}
        return self._fetch_access_token(f"{self.API_BASE_URL}gettoken", query)


def echo(client: WeChatClient, message: BaseMessage) -> None:
    # The library knows neither the event of a tap nor the change of a card; it lets both through.
    if code := message._data.get("ResponseCode"):
        changed = {"userids": [message.source], "agentid": AGENT_ID, "response_code": code}
        client.post("message/update_template_card", data={**changed, "template_card": card()})
    client.message.send(AGENT_ID, message.source, msg=new_card())


async def main(url: str) -> None:
    client, crypto = Client(url), WeChatCrypto(CALLBACK_TOKEN, ENCODING_AES_KEY, CORP_ID)
    client.fetch_access_token()
    tasks = set[asyncio.Task[None]]()

    async def take(request: web.Request) -> web.Response:
        signature, timestamp, nonce = (
            request.query[name] for name in ("msg_signature", "timestamp", "nonce")
        )
        message = parse_message(crypto.decrypt_message(await request.read(), signature, timestamp, nonce))
        task = asyncio.create_task(asyncio.to_thread(echo, client, message))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        return web.Response()

    app = web.Application()
    app.router.add_post("/wecom/callback", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}/wecom/callback", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
