"""The HTTP surface of the browser chat (10.3): who gets in, what is taken, what is told."""

import asyncio
import io
import json
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, CookieJar, FormData
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from bot.web.decode import decode
from core.files.sheet import MAX_FILE_BYTES
from core.records.inbox import Upload
from tests.support.web import LEFT, House, Said, house


class Browser:
    """A browser on this machine: it keeps cookies and sends its page's origin."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client = client

    @property
    def origin(self) -> str:
        return str(self.client.make_url("")).rstrip("/")

    async def post(
        self,
        path: str,
        body: Any = None,
        person: int = 0,
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> ClientResponse:
        sent: dict[str, Any] = {"data": body} if isinstance(body, FormData) else {"json": body}
        return await self.client.post(
            f"/chat/api/{path}",
            params={"as": person, **query},
            headers={"Origin": self.origin, **(headers or {})},
            **sent,
        )

    async def get(self, path: str, person: int = 0, **query: Any) -> ClientResponse:
        return await self.client.get(f"/chat/api/{path}", params={"as": person, **query})

    async def enter(self, person: int, language: str = "zh_CN") -> None:
        answer = await self.post("enter", {"person": person, "key": a_key(), "language": language})
        assert answer.status == 200, await answer.text()

    async def say(self, person: int, text: str, key: str = "") -> ClientResponse:
        return await self.post("say", {"text": text, "key": key or a_key()}, person)

    async def read(self, person: int, after: str = "") -> dict[str, Any]:
        answer = await self.get("messages", person, after=after)
        assert answer.status == 200, await answer.text()
        page: dict[str, Any] = await answer.json()
        return page

    async def send_file(
        self, person: int, name: str, content: bytes, key: str = "", field: str = "file"
    ) -> ClientResponse:
        form = FormData(quote_fields=False)  # names go out as a browser sends them
        form.add_field(field, io.BytesIO(content), filename=name)
        return await self.post("file", form, person, key=key or a_key())


MULTIPART = "multipart/form-data; boundary=edge"


def a_file(content: bytes) -> bytes:
    """The body of a form with one file."""
    head = b'Content-Disposition: form-data; name="file"; filename="a.csv"'
    return b"--edge\r\n" + head + b"\r\n\r\n" + content + b"\r\n--edge--\r\n"


def a_key() -> str:
    return str(uuid.uuid4())


async def error_of(answer: ClientResponse) -> str:
    return str((await answer.json())["error"])


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[tuple[House, Browser]]:
    async for pair in _open(tmp_path, "demo"):
        yield pair


@pytest.fixture
async def login(tmp_path: Path) -> AsyncIterator[tuple[House, Browser]]:
    async for pair in _open(tmp_path, "login"):
        yield pair


async def _open(folder: Path, mode: str) -> AsyncIterator[tuple[House, Browser]]:
    async with (
        house(folder, mode) as (home, app),
        TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client,
    ):
        yield home, Browser(client)


class TestGettingIn:
    async def test_the_demo_offers_everybody_once_along_the_approval_chain(self, demo) -> None:
        _, browser = demo
        offered = await (await browser.get("people", language="zh_CN")).json()
        names = {group["key"]: [one["name"] for one in group["people"]] for group in offered["groups"]}
        assert names == {
            "asking": ["王小雨", "李泽"],
            "signing": ["许文博", "沈雅琴", "赵明辉", "林静秋", "陈国梁", "周鸿远"],
            "others": ["邓守拙"],
        }
        assert offered["groups"][0]["people"][0]["roles"] == ["业务员"]

    async def test_names_and_roles_come_in_the_language_asked_for(self, demo) -> None:
        _, browser = demo
        offered = await (await browser.get("people", language="en")).json()
        last = offered["groups"][-1]["people"][0]
        assert (last["name"], last["roles"]) == ("Deng Shouzhuo", ["Legal counsel", "Internal auditor"])

    async def test_entering_gives_a_cookie_that_scripts_and_other_sites_never_see(self, demo) -> None:
        _, browser = demo
        answer = await browser.post("enter", {"person": 1, "key": a_key()})
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert cookie.startswith("zixin_1=")

    async def test_who_enters_for_the_first_time_is_greeted_and_later_not_again(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        await browser.enter(1)
        assert [body["kind"] for body in await home.inbox()] == ["start"]

    async def test_a_card_that_waited_does_not_take_the_greeting_away(self, demo) -> None:
        home, browser = demo
        await home.say(3, Said("请审批"))
        await browser.enter(3)
        assert [body["kind"] for body in await home.inbox()] == ["start"]

    @pytest.mark.parametrize("person", [LEFT, 999])
    async def test_nobody_can_be_someone_who_left_or_never_was(self, demo, person: int) -> None:
        _, browser = demo
        answer = await browser.post("enter", {"person": person, "key": a_key()})
        assert (answer.status, await error_of(answer)) == (404, "nobody")

    @pytest.mark.parametrize("person", [None, "", "1x", True, [1], 1.0, "٣"])
    async def test_a_person_that_is_no_id_is_unreadable(self, demo, person: object) -> None:
        _, browser = demo
        assert (await browser.post("enter", {"person": person, "key": a_key()})).status == 400

    async def test_two_people_live_side_by_side_in_one_browser(self, demo) -> None:
        _, browser = demo
        await browser.enter(1)
        await browser.enter(3)
        assert (await browser.read(1))["me"]["name"] == "王小雨"
        assert (await browser.read(3))["me"]["name"] == "许文博"

    async def test_people_who_must_log_in_are_not_named_to_a_stranger(self, login) -> None:
        _, browser = login
        assert await (await browser.get("people")).json() == {"mode": "login", "groups": []}

    async def test_an_invitation_code_opens_the_door_once(self, login) -> None:
        _, browser = login
        answer = await browser.post("enter", {"code": " OPEN-SESAME ", "key": a_key()})
        assert (await answer.json())["id"] == 1
        assert (await browser.read(1))["me"]["name"] == "王小雨"
        again = await browser.post("enter", {"code": "OPEN-SESAME", "key": a_key()})
        assert (again.status, await error_of(again)) == (403, "refused")

    async def test_picking_a_person_is_for_the_demo_only(self, login) -> None:
        _, browser = login
        assert (await browser.post("enter", {"person": 1, "key": a_key()})).status == 400

    async def test_switched_off_there_is_no_chat_but_the_process_says_how_it_is(self, tmp_path: Path) -> None:
        async with house(tmp_path, "off") as (home, app), TestClient(TestServer(app)) as client:
            assert (await client.get("/chat")).status == 404
            assert (await client.get("/healthz")).status == 200
            assert (await client.get("/readyz")).status == 200
            home.ready = False
            assert (await client.get("/readyz")).status == 503


class TestPasses:
    @pytest.mark.parametrize(
        "forged",
        ["", "x", "1773018000.", f"1773018000.{'0' * 64}", "9" * 40 + "." + "0" * 64, "１７７３.é"],
    )
    async def test_a_forged_pass_opens_nothing(self, demo, forged: str) -> None:
        _, browser = demo
        await browser.enter(1)
        browser.client.session.cookie_jar.clear()
        answer = await browser.client.get(
            "/chat/api/messages?as=1", headers={"Cookie": f"zixin_1={forged}".encode().decode("latin-1")}
        )
        assert (answer.status, await error_of(answer)) == (401, "not-entered")

    async def test_a_pass_that_is_used_is_renewed(self, login) -> None:
        """Who comes every month needs no second invitation."""
        home, browser = login
        await browser.post("enter", {"code": "OPEN-SESAME", "key": a_key()})
        for _ in range(2):
            home.clock.set(home.clock.now() + timedelta(days=29))
            answer = await browser.get("messages", 1)
            assert answer.status == 200
            assert answer.cookies["zixin_1"]["httponly"]
        assert "zixin_1" not in (await browser.get("messages", 1)).cookies, "not with every answer"

    async def test_a_pass_of_somebody_shut_out_is_not_renewed(self, login) -> None:
        home, browser = login
        await browser.post("enter", {"code": "OPEN-SESAME", "key": a_key()})
        home.clock.set(home.clock.now() + timedelta(days=2))
        await home.shut_out(1)
        answer = await browser.get("messages", 1)
        assert (answer.status, "zixin_1" in answer.cookies) == (401, False)

    async def test_a_pass_is_one_persons_and_no_other_name_fits_it(self, demo) -> None:
        _, browser = demo
        answer = await browser.post("enter", {"person": 1, "key": a_key()})
        await browser.post("enter", {"person": 8, "key": a_key()})
        mine = answer.cookies["zixin_1"].value
        browser.client.session.cookie_jar.clear()
        stolen = await browser.client.get(
            "/chat/api/messages?as=8", headers={"Cookie": f"zixin_8={mine}; zixin_1={mine}"}
        )
        assert stolen.status == 401

    async def test_a_pass_that_nobody_used_runs_out_after_thirty_days(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        home.clock.set(home.clock.now() + timedelta(days=30, seconds=1))
        assert (await browser.get("messages", 1)).status == 401

    async def test_whoever_is_shut_out_is_out_at_once(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        await home.shut_out(1)
        assert (await browser.get("messages", 1)).status == 401
        assert (await browser.say(1, "还在吗")).status == 401
        assert [body["kind"] for body in await home.inbox()] == ["start"]

    async def test_a_pass_of_the_demo_is_worth_nothing_once_people_must_log_in(self, tmp_path: Path) -> None:
        async with house(tmp_path, "demo") as (_, app), TestClient(TestServer(app)) as client:
            answer = await Browser(client).post("enter", {"person": 1, "key": a_key()})
            got = answer.cookies["zixin_1"].value
        (tmp_path / "zixin.db").rename(tmp_path / "kept.db")
        async with house(tmp_path, "login") as (home, app), TestClient(TestServer(app)) as client:
            await home.welcome(1)
            answer = await client.get("/chat/api/messages?as=1", headers={"Cookie": f"zixin_1={got}"})
            assert answer.status == 401

    @pytest.mark.parametrize("path", ["messages", "events", "file/desk-1"])
    async def test_without_a_pass_nothing_is_read(self, demo, path: str) -> None:
        _, browser = demo
        assert (await browser.get(path, 1)).status == 401

    @pytest.mark.parametrize("path", ["say", "tap", "file", "language"])
    async def test_without_a_pass_nothing_is_taken(self, demo, path: str) -> None:
        home, browser = demo
        assert (await browser.post(path, {"text": "x", "key": a_key()}, 1)).status == 401
        assert await home.inbox() == []


class TestWhereFrom:
    @pytest.mark.parametrize("host", ["evil.example", "192.168.1.7:8321", "localhost.evil.example", ""])
    async def test_the_demo_answers_only_under_this_machines_own_names(self, demo, host: str) -> None:
        _, browser = demo
        answer = await browser.client.get("/chat/api/people", headers={"Host": host})
        assert (answer.status, await error_of(answer)) == (403, "only-here")

    @pytest.mark.parametrize("host", ["localhost:8321", "127.0.0.1", "[::1]:8321"])
    async def test_under_any_of_which_it_does(self, demo, host: str) -> None:
        _, browser = demo
        assert (await browser.client.get("/chat/api/people", headers={"Host": host})).status == 200

    async def test_behind_a_proxy_everybody_seems_to_be_here_so_the_demo_stays_shut(self, demo) -> None:
        _, browser = demo
        answer = await browser.client.get("/chat", headers={"X-Forwarded-For": "127.0.0.1"})
        assert answer.status == 403

    async def test_with_login_a_proxy_is_welcome(self, login) -> None:
        _, browser = login
        proxied = {"X-Forwarded-For": "10.0.0.9", "Host": "credit.example", "X-Forwarded-Proto": "https"}
        body = {"code": "OPEN-SESAME", "key": a_key()}
        answer = await browser.post("enter", body, headers={**proxied, "Origin": "https://credit.example"})
        assert answer.status == 200
        assert "Secure" in answer.headers["Set-Cookie"]

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", ""])
    async def test_a_change_asked_for_by_another_site_is_not_made(self, demo, origin: str) -> None:
        home, browser = demo
        await browser.enter(1)
        answer = await browser.post("say", {"text": "同意", "key": a_key()}, 1, {"Origin": origin})
        assert (answer.status, await error_of(answer)) == (403, "wrong-origin")
        assert len(await home.inbox()) == 1

    async def test_a_form_of_another_site_cannot_pass_for_json(self, demo) -> None:
        _, browser = demo
        await browser.enter(1)
        answer = await browser.client.post(
            "/chat/api/say?as=1",
            data=json.dumps({"text": "x", "key": a_key()}),
            headers={"Content-Type": "text/plain"},
        )
        assert answer.status == 415

    @pytest.mark.parametrize("path", ["/chat", "/chat/chat.js", "/chat/api/people", "/chat/api/nothing"])
    async def test_every_answer_forbids_foreign_scripts_frames_and_keeping(self, demo, path: str) -> None:
        _, browser = demo
        headers = (await browser.client.get(path)).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        "path",
        [
            "/chat/../app.py",
            "/chat/%2e%2e/app.py",
            "/chat/..%2fapp.py",
            "/chat/page/../../app.py",
            "/chat/%2fetc%2fpasswd",
            "/chat/chat.js%00.css",
            "/chat/index.html",
        ],
    )
    async def test_no_path_leads_out_of_the_page(self, demo, path: str) -> None:
        _, browser = demo
        url = URL(f"{browser.origin}{path}", encoded=True)
        assert (await browser.client.session.get(url)).status == 404


class TestSaying:
    async def test_what_is_said_is_in_the_inbox_before_it_is_answered(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        assert (await browser.say(1, "华东机械 能发5万吗")).status == 200
        assert (await home.inbox())[-1] == {
            "kind": "text",
            "text": "华东机械 能发5万吗",
            "language": "zh_CN",
        }

    async def test_said_again_under_the_same_key_it_counts_once(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        key = a_key()
        for _ in range(3):
            assert (await browser.say(1, "同意", key)).status == 200
        assert [body["kind"] for body in await home.inbox()] == ["start", "text"]

    async def test_one_persons_key_is_no_repetition_of_anothers(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        await browser.enter(3)
        key = a_key()
        await browser.say(1, "甲", key)
        await browser.say(3, "乙", key)
        assert [body.get("text") for body in await home.inbox()] == [None, None, "甲", "乙"]

    @pytest.mark.parametrize("key", ["", "1", "../x", None, "0" * 33])
    async def test_a_key_that_is_no_uuid_is_unreadable(self, demo, key: object) -> None:
        _, browser = demo
        await browser.enter(1)
        answer = await browser.post("say", {"text": "x", "key": key}, 1)
        assert (answer.status, await error_of(answer)) == (400, "unreadable")

    @pytest.mark.parametrize(
        "body", ["[]", "nonsense", '{"text": 5}', '"text"', "[" * 5000, '{"text": null}', ""]
    )
    async def test_a_body_that_makes_no_sense_is_unreadable(self, demo, body: str) -> None:
        _, browser = demo
        await browser.enter(1)
        answer = await browser.client.post(
            "/chat/api/say?as=1", data=body, headers={"Content-Type": "application/json"}
        )
        assert (answer.status, await error_of(answer)) == (400, "unreadable")

    async def test_ten_thousand_characters_are_taken_and_a_megabyte_is_not(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        assert (await browser.say(1, "长" * 10_000)).status == 200
        answer = await browser.say(1, "x" * 1_000_000)
        assert (answer.status, await error_of(answer)) == (413, "too-large")
        assert len((await home.inbox())[-1]["text"]) == 10_000

    async def test_half_characters_and_nul_arrive_as_something_every_database_keeps(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        answer = await browser.client.post(
            "/chat/api/say?as=1",
            data=json.dumps({"text": "a\ud800b\x00c😀", "key": a_key()}),
            headers={"Content-Type": "application/json"},
        )
        assert answer.status == 200
        assert (await home.inbox())[-1]["text"] == "a�b�c😀"

    async def test_markup_that_a_person_types_is_shown_as_typed(self, demo) -> None:
        _, browser = demo
        await browser.enter(1)
        await browser.say(1, "<img src=x onerror=alert(1)> & <b>")
        (mine,) = (await browser.read(1))["items"]
        assert mine["html"] == "&lt;img src=x onerror=alert(1)&gt; &amp; &lt;b&gt;"

    async def test_a_tap_hands_back_the_buttons_data_and_is_shown_by_its_label(self, demo) -> None:
        home, browser = demo
        await browser.enter(3)
        number = await home.say(3, Said("华东机械 ¥260,000", [["同意", "拒绝"]]))
        (card,) = (await browser.read(3))["items"]
        button = card["buttons"][0][0]
        await browser.post("tap", {**button, "message": card["id"], "key": a_key()}, 3)
        raw = (await home.inbox())[-1]
        incoming = decode(json.dumps(raw), "web:3")
        assert (incoming.kind, incoming.text, incoming.sender) == ("tap", f"{number}.0", "3")
        assert (await browser.read(3))["items"][-1]["html"] == "同意"

    async def test_button_data_longer_than_any_button_carries_is_not_taken(self, demo) -> None:
        _, browser = demo
        await browser.enter(3)
        body = {"data": "x" * 65, "label": "同意", "message": "desk-1", "key": a_key()}
        assert (await browser.post("tap", body, 3)).status == 400


class TestFiles:
    async def test_a_file_is_kept_first_and_then_told_of(self, demo) -> None:
        home, browser = demo
        await browser.enter(4)
        assert (await browser.send_file(4, "三月发票.xlsx", b"PK data")).status == 200
        incoming = decode(json.dumps((await home.inbox())[-1]), "web:4")
        assert (incoming.kind, incoming.file_name, incoming.file_size) == ("file", "三月发票.xlsx", 7)
        kept = await home.database.read(lambda session: session.get_one(Upload, incoming.upload))
        assert kept.content == b"PK data"

    async def test_sent_again_under_the_same_key_it_is_kept_once(self, demo) -> None:
        home, browser = demo
        await browser.enter(4)
        key = a_key()
        for _ in range(2):
            assert (await browser.send_file(4, "a.csv", b"1,2", key)).status == 200
        assert len(await home.inbox()) == 2
        assert await home.database.read(lambda session: session.get(Upload, 2)) is None

    async def test_twenty_megabytes_pass_and_one_byte_more_does_not(self, demo) -> None:
        home, browser = demo
        await browser.enter(4)
        assert (await browser.send_file(4, "a.bin", bytes(MAX_FILE_BYTES))).status == 200
        answer = await browser.send_file(4, "b.bin", bytes(MAX_FILE_BYTES + 1))
        assert (answer.status, await error_of(answer)) == (413, "too-large")
        assert len(await home.inbox()) == 2

    async def test_a_body_announced_as_huge_is_not_read_at_all(self, demo) -> None:
        _, browser = demo
        await browser.enter(4)
        answer = await browser.send_file(4, "huge.bin", bytes(MAX_FILE_BYTES * 2))
        assert answer.status == 413

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\账\\三月.xlsx", "三月.xlsx"),
            ("a\u202excod.exe", "axcod.exe"),
            ("...", "file"),
            ("长" * 300 + ".xlsx", "长" * 115 + ".xlsx"),
        ],
    )
    async def test_a_name_is_only_a_name(self, demo, sent: str, kept: str) -> None:
        home, browser = demo
        await browser.enter(4)
        assert (await browser.send_file(4, sent, b"x")).status == 200
        assert (await home.inbox())[-1]["name"] == kept

    async def test_an_empty_file_or_none_at_all_is_told_as_such(self, demo) -> None:
        _, browser = demo
        await browser.enter(4)
        assert await error_of(await browser.send_file(4, "a.csv", b"")) == "empty-file"
        assert await error_of(await browser.send_file(4, "a.csv", b"x", field="other")) == "unreadable"
        assert await error_of(await browser.post("file", {"a": 1}, 4, key=a_key())) == "unreadable"

    async def test_what_the_desk_sends_along_can_be_fetched_and_is_never_opened_in_place(self, demo) -> None:
        home, browser = demo
        await browser.enter(4)
        await home.say(4, Said("账龄", file="账龄.html", content=b"<script>"))
        (item,) = (await browser.read(4))["items"]
        assert item["file"] == {"name": "账龄.html"}
        answer = await browser.get(f"file/{item['id']}", 4)
        assert await answer.read() == b"<script>"
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment;")

    async def test_my_own_file_can_be_fetched_back(self, demo) -> None:
        _, browser = demo
        await browser.enter(4)
        await browser.send_file(4, "a.csv", b"1,2")
        (item,) = (await browser.read(4))["items"]
        assert await (await browser.get(f"file/{item['id']}", 4)).read() == b"1,2"

    async def test_another_persons_file_is_no_file(self, demo) -> None:
        home, browser = demo
        await browser.enter(4)
        await browser.enter(1)
        await browser.send_file(4, "a.csv", b"1,2")
        number = await home.say(4, Said("x", file="b.csv", content=b"3"))
        (mine, _) = (await browser.read(4))["items"]
        for item in (mine["id"], f"desk-{number}", "desk-x", "desk-", "..%2f", "me-", "desk-" + "9" * 30):
            assert (await browser.get(f"file/{item}", 1)).status == 404


class TestDripping:
    """A body that comes byte by byte does not keep a handler for ever."""

    async def test_words_that_drip_in_are_not_waited_for(self, demo, monkeypatch) -> None:
        home, browser = demo
        await browser.enter(4)
        monkeypatch.setattr("bot.web.body.BODY_SECONDS", 0.2)
        answer = await self._posted(
            browser, "say", "application/json", json.dumps({"text": "你好"}).encode(), 1
        )
        assert (answer.status, await error_of(answer)) == (408, "too-slow")
        assert len(await home.inbox()) == 1

    async def test_a_file_that_drips_in_is_not_waited_for(self, demo, monkeypatch) -> None:
        home, browser = demo
        await browser.enter(4)
        monkeypatch.setattr("bot.web.body.BODY_SECONDS", 0.2)
        answer = await self._posted(browser, "file", MULTIPART, a_file(b"x" * 40), 1)
        assert (answer.status, await error_of(answer)) == (408, "too-slow")
        assert len(await home.inbox()) == 1

    async def test_a_file_over_a_slow_line_takes_the_time_that_it_needs(self, demo, monkeypatch) -> None:
        home, browser = demo
        await browser.enter(4)
        monkeypatch.setattr("bot.web.body.BODY_SECONDS", 0.3)
        monkeypatch.setattr("bot.web.body.SLOWEST_BYTES_A_SECOND", 1000)
        answer = await self._posted(browser, "file", MULTIPART, a_file(b"x" * 5000), 400)
        assert answer.status == 200
        assert (await home.inbox())[-1]["size"] == 5000

    @staticmethod
    async def _posted(browser: Browser, path: str, kind: str, body: bytes, at_once: int) -> ClientResponse:
        """Post the body in pieces, twenty a second."""

        async def pieces() -> AsyncIterator[bytes]:
            for begin in range(0, len(body), at_once):
                yield body[begin : begin + at_once]
                await asyncio.sleep(0.05)

        headers = {"Origin": browser.origin, "Content-Type": kind}
        query = {"as": 4, "key": a_key()}
        return await browser.client.post(f"/chat/api/{path}", params=query, data=pieces(), headers=headers)


class TestReading:
    async def test_news_is_what_came_after_the_cursor(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        await home.say(1, Said("一"))
        home.clock.set(home.clock.now() + timedelta(minutes=5))
        await home.say(1, Said("二"))
        read = await browser.read(1)
        home.clock.set(home.clock.now() + timedelta(minutes=5))
        await browser.say(1, "三")
        await home.say(1, Said("四"))
        news = await browser.read(1, read["cursor"])
        assert [item["html"] for item in news["items"]][-2:] == ["三", "四"]
        assert "一" not in [item["html"] for item in news["items"]]

    async def test_a_card_that_moved_on_comes_again_under_its_own_name_and_place(self, demo) -> None:
        home, browser = demo
        await browser.enter(3)
        number = await home.say(3, Said("待审批", [["同意"]]))
        page = await browser.read(3)
        home.clock.set(home.clock.now().replace(hour=5))
        await home.change(number, Said("✅ 已同意"))
        (card,) = (await browser.read(3, page["cursor"]))["items"]
        assert (card["id"], card["html"], card["edited"]) == (page["items"][0]["id"], "✅ 已同意", True)
        assert card["at"] == page["items"][0]["at"]

    async def test_a_message_that_carries_an_earlier_moment_is_news_all_the_same(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        await home.say(1, Said("今天"))
        page = await browser.read(1)
        home.clock.set(home.clock.now().replace(day=2))
        await home.say(1, Said("补上一周前的"))
        news = await browser.read(1, page["cursor"])
        assert "补上一周前的" in [item["html"] for item in news["items"]]

    async def test_what_was_told_at_one_moment_keeps_its_order(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        moment = home.clock.now()
        for text in ("结论", "下一个问题", "还有"):
            home.clock.set(moment)
            await home.say(1, Said(text))
        items = (await browser.read(1))["items"]
        assert [item["html"] for item in items] == ["结论", "下一个问题", "还有"]
        assert len({item["at"] for item in items}) == 1

    async def test_one_message_without_words_does_not_close_the_conversation(self, demo, caplog) -> None:
        home, browser = demo
        await browser.enter(1)
        await home.say(1, Said({}))
        await home.say(1, Said("还在"))
        items = (await browser.read(1))["items"]
        assert [(item["html"], item["broken"]) for item in items] == [("", True), ("还在", False)]
        assert "cannot be shown" in caplog.text

    async def test_another_persons_conversation_is_not_among_mine(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        await home.say(3, Said("给经理的"))
        assert (await browser.read(1))["items"] == []

    async def test_changing_the_language_changes_every_message(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        await home.say(1, Said({"zh_CN": "账龄", "en": "Aging"}))
        assert (await browser.read(1))["items"][0]["html"] == "账龄"
        assert (await browser.post("language", {"language": "en"}, 1)).status == 200
        page = await browser.read(1)
        assert (page["language"], page["items"][0]["html"]) == ("en", "Aging")
        assert page["me"] == {
            "id": 1,
            "name": "Wang Xiaoyu",
            "codes": ["sales"],
            "roles": ["Salesperson"],
        }

    async def test_a_language_we_do_not_speak_is_not_chosen(self, demo) -> None:
        _, browser = demo
        await browser.enter(1)
        assert (await browser.post("language", {"language": "fr"}, 1)).status == 400

    @pytest.mark.parametrize("cursor", ["x", "1.2", "1.2.-3", "1.2.3.4", "9" * 30 + ".1.1", "１.1.1"])
    async def test_a_made_up_cursor_is_unreadable(self, demo, cursor: str) -> None:
        _, browser = demo
        await browser.enter(1)
        assert (await browser.get("messages", 1, after=cursor)).status == 400


class TestEvents:
    async def test_an_open_page_is_nudged_at_once(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        async with await browser.get("events", 1) as stream:
            assert stream.headers["Content-Type"] == "text/event-stream"
            assert await stream.content.readline() == b"data: changed\n"
            await stream.content.readline()
            await home.say(1, Said("新"))
            async with asyncio.timeout(0.5):
                assert await stream.content.readline() == b"data: changed\n"

    async def test_what_another_process_changed_is_seen_within_a_second(self, demo) -> None:
        home, browser = demo
        await browser.enter(1)
        number = await home.say(1, Said("旧"))
        async with await browser.get("events", 1) as stream:
            for _ in range(2):
                await stream.content.readline()
            await home.change(number, Said("新"), nudge=False)
            async with asyncio.timeout(2):
                assert await stream.content.readline() == b"data: changed\n"

    async def test_one_window_too_many_of_a_person_lets_their_oldest_go(self, demo, monkeypatch) -> None:
        home, browser = demo
        monkeypatch.setattr("bot.web.channel.MOST_PAGES_EACH", 2)
        for person in (1, 2):
            await browser.enter(person)
        others = await browser.get("events", 2)
        first, second, third = [await browser.get("events", 1) for _ in range(3)]
        async with asyncio.timeout(5):
            assert (await first.content.read()).endswith(b"retry: 30000\n\n"), "it is told not to hurry back"
            for stream, person in ((second, 1), (third, 1), (others, 2)):
                for _ in range(2):
                    await stream.content.readline()
                await home.say(person, Said("新"))
                assert await stream.content.readline() == b"data: changed\n"
        for stream in (first, second, third, others):
            stream.close()

    async def test_as_many_windows_as_are_served_and_no_more(self, demo, monkeypatch) -> None:
        _, browser = demo
        monkeypatch.setattr("bot.web.channel.MOST_PAGES", 2)
        for person in (1, 2, 3):
            await browser.enter(person)
        streams = [await browser.get("events", person) for person in (1, 2)]
        assert (await browser.get("events", 3)).status == 503
        assert (await browser.read(3))["items"] is not None, "it can still ask"
        streams[0].close()
        async with asyncio.timeout(10):
            while (stream := await browser.get("events", 3)).status != 200:
                await asyncio.sleep(0.05)
        stream.close()
        streams[1].close()

    async def test_the_server_stops_without_waiting_for_open_pages(self, tmp_path: Path) -> None:
        async with house(tmp_path) as (_, app):
            client: TestClient[Any, Any] = TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True))
            await client.start_server()
            browser = Browser(client)
            await browser.enter(1)
            stream = await browser.get("events", 1)
            await stream.content.readline()
            async with asyncio.timeout(3):
                await client.close()


def test_a_body_that_is_not_ours_is_not_read() -> None:
    for body in ("{}", "[]", '{"kind": "other"}', "nonsense"):
        with pytest.raises(ValueError, match=r".*"):
            decode(body, "web:1")


def test_who_speaks_is_who_the_conversation_is() -> None:
    incoming = decode('{"kind": "text", "text": "hi", "sender": "8", "address": "8"}', "web:1")
    assert (incoming.sender, incoming.address, incoming.conversation) == ("1", "1", "web:1")
