"""Forms as pages in the running program (10.1, 10.2): from the button in Telegram and in WeCom to the customer on file, and
back to what the chat says of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession, CookieJar
from pydantic import SecretStr
from yarl import URL

from bot.app import serving
from core.services.people.staff import BeReachable
from tests.channels.test_form_pages import ANSWERS
from tests.support.pages import PUBLIC, as_sent, running_with, signed
from tests.support.telegram import FakeTelegram
from tests.support.town import Town
from tests.support.wecom.app_served import served_over_app

SALES, KEPT = "王小雨", ANSWERS["name"]


class Browser:
    """What opens inside the chat's app: pages of the program, whatever name stands before it."""

    def __init__(self, session: ClientSession, port: int) -> None:
        self._session = session
        self._here = URL(f"http://127.0.0.1:{port}")

    async def get(self, path: str, **how: Any) -> Any:
        return await self._session.get(self._here.join(URL(path)), **how)

    async def post(self, path: str, body: Any, **headers: str) -> Any:
        return await self._session.post(self._here.join(URL(path)), json=body, headers=headers)

    async def fills_in(self, page: str) -> str:
        """Give every answer, look it over, send it off: what the page says then."""
        where = urlsplit(page)
        query = f"{where.query}&form={where.path.rpartition('/')[2]}"
        shown = await (await self.get(f"/forms/api/page?{query}")).json()
        answers = [as_sent(key, text) for key, text in ANSWERS.items()]
        token = {"X-Zixin-Form": shown["token"]}
        review = await self.post(f"/forms/api/review?{query}", {"answers": answers}, **token)
        assert (await review.json())["review"]["button"] == "保存档案"
        sent = await (await self.post(f"/forms/api/send?{query}", {}, **token)).json()
        return str(sent["sent"]["html"])


@asynccontextmanager
async def a_browser(port: int) -> AsyncIterator[Browser]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield Browser(session, port)


async def test_from_the_mini_app_button_to_the_answer_in_the_chat(sample: Town, unused_tcp_port: int) -> None:
    async with FakeTelegram() as telegram:
        running_with(
            sample,
            telegram_token=SecretStr(telegram.token),
            telegram_base_url=telegram.base_url,
            public_url=PUBLIC,
            http_port=unused_tcp_port,
        )
        wang, phone = await sample.meets("王小雨"), telegram.person("王小雨")
        await sample.does(BeReachable("telegram", phone.address), wang.id)
        async with serving(sample.database, sample.desk), a_browser(unused_tcp_port) as browser:
            phone.send_text("菜单")
            phone.press(await phone.wait_message("业务员"), "建客户档案")
            question = await phone.wait_message("客户全称")
            page = next(button.page for button in question.buttons if button.page)
            assert page.startswith(f"{PUBLIC}/forms/customer?")

            data = signed(int(phone.address), sample.clock.now(), telegram.token)
            body = {"data": data, "as": f"telegram:{phone.address}"}
            assert (await browser.post("/forms/api/telegram", body)).status == 200
            said = await browser.fills_in(page)

            assert KEPT in said
            answer = await phone.wait_message("已建档")
            assert KEPT in answer.text


async def test_from_the_card_s_button_in_wecom_by_way_of_its_sign_in(
    tmp_path: Path, sample_folder: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = {"public_url": PUBLIC}
    async with served_over_app(tmp_path, sample_folder, unused_tcp_port, monkeypatch, **page) as company:
        member = (await company.knows(SALES))[SALES]
        chat = company.chat(member, SALES)
        async with company.runs(), a_browser(unused_tcp_port) as browser:
            menu = await chat.says("菜单")
            question = await chat.taps("建客户档案", menu)
            [opens] = [one for one in question.body["button_list"] if one.get("type") == 1]
            where = urlsplit(opens["url"])
            wanted = {
                name: values[0] for name, values in parse_qs(where.query, keep_blank_values=True).items()
            }

            asked = await browser.get(
                "/forms/wecom", params={**wanted, "form": "customer"}, allow_redirects=False
            )
            state = parse_qs(urlsplit(asked.headers["Location"]).query)["state"][0]
            code = f"for-{wanted['as'].partition(':')[2]}"
            back = await browser.get(
                "/forms/wecom/back", params={"code": code, "state": state}, allow_redirects=False
            )
            assert back.headers["Location"].endswith("#entered")

            assert KEPT in await browser.fills_in(opens["url"])
            await company.is_quiet()
            assert KEPT in member.messages[-1].text


async def test_without_a_public_address_the_button_is_left_out(sample: Town, unused_tcp_port: int) -> None:
    async with FakeTelegram() as telegram:
        running_with(
            sample,
            telegram_token=SecretStr(telegram.token),
            telegram_base_url=telegram.base_url,
            http_port=unused_tcp_port,
        )
        wang, phone = await sample.meets("王小雨"), telegram.person("王小雨")
        await sample.does(BeReachable("telegram", phone.address), wang.id)
        async with serving(sample.database, sample.desk):
            phone.send_text("菜单")
            phone.press(await phone.wait_message("业务员"), "建客户档案")
            question = await phone.wait_message("客户全称")
            assert [button.label for button in question.buttons] == ["先存着"]
