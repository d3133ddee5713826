"""One person in three places (9.1, 10.1): bound by user id, by code and by code; asked everywhere, answered once; shut out at
once when the phone is lost. What they read is held word for word."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.telegram import channel, pace
from core.queries.actor import OPERATOR
from core.services.people.staff import AddPerson
from tests.support.telegram import FakeTelegram
from tests.support.telegram.served import Chat as TelegramChat
from tests.support.web_served import Chat as BrowserChat
from tests.support.web_served import a_browser
from tests.support.wecom.app_served import Served, asks_for_credit, served_over_app

SALES, MANAGER, ADMIN = "王小雨", "许文博", "冯立新"
GOLDEN = Path(__file__).with_name("golden") / "places.zh_CN.txt"


@pytest.mark.golden
async def test_one_person_in_three_places_is_asked_in_each_and_shut_out_of_all(
    tmp_path: Path, sample_folder: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "Limits", lambda: pace.UNLIMITED)
    async with (
        FakeTelegram() as telegram,
        a_browser() as browser,
        served_over_app(
            tmp_path,
            sample_folder,
            unused_tcp_port,
            monkeypatch,
            telegram_token=SecretStr(telegram.token),
            telegram_base_url=telegram.base_url,
            web_chat="login",
        ) as company,
    ):
        company.channels = ("wecom", "telegram", "web")
        known = await company.knows(SALES, MANAGER)
        await company.desk.run(company.database, AddPerson(ADMIN, ("admin",), wecom="FengLiXin"), OPERATOR)
        admin = company.chat(company.wecom.member("FengLiXin"), ADMIN)
        in_app = company.chat(known[MANAGER], MANAGER)
        in_telegram = TelegramChat(company, telegram.person(MANAGER, started=False))
        in_telegram.told_as = f"{MANAGER}（Telegram）"
        in_browser = BrowserChat(company, browser, MANAGER, told_as=f"{MANAGER}（浏览器）")
        async with company.runs():
            await in_telegram.comes_in(await company.invites(MANAGER))
            await in_browser.comes_in(await company.invites(MANAGER))
            await in_telegram.says("/places")

            await asks_for_credit(company.chat(known[SALES], SALES))
            await in_browser.looks()
            for place in (in_app, in_telegram, in_browser):
                place.reads()
            card = await in_app.sees("同意 ¥")
            await in_telegram.taps("同意 ¥")
            await in_browser.looks()
            assert not any(label.startswith("同意") for label in card.labels), "decided there is decided here"
            assert not any("同意" in label for one in in_browser.messages for label in in_browser.labels(one))

            await in_telegram.says("/places")
            await in_telegram.taps("解绑浏览器")
            await in_telegram.taps("确定解绑")

            await admin.says("人员")
            await admin.taps(MANAGER)
            await admin.taps("手机丢了")
            await admin.taps("确定切断")
            for place in (in_app, in_telegram):
                assert "邀请码" in place.told(await place.says("待审批"))
        assert bound(company) == [(SALES,), (ADMIN,)]
    said = "\n".join(company.transcript) + "\n"
    if os.environ.get("ZIXIN_GOLDEN") == "write":
        GOLDEN.write_text(said, "utf-8")
    assert said == GOLDEN.read_text("utf-8")


def bound(company: Served) -> list[tuple[str]]:
    """Who is reached anywhere at all, of those who came in here."""
    return company.rows(
        "select distinct person.name from binding join person on person.id = binding.person"
        f" where person.name in ('{SALES}', '{MANAGER}', '{ADMIN}') order by person.id"
    )
