"""Forms as pages over HTTP (1.1, 1.3, 10.1-10.3): who is let in, what is refused and how, and one draft with the chat."""

import hashlib
from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from core.records.customer import Customer
from core.records.tables import table_of
from core.rules.statements.statements import Figure, Statement
from core.services.people.staff import ShutOut
from core.services.people.unbinding import LeavePlace
from core.services.statements.statements import GivenStatement, RecordStatements
from core.texts.catalog import say
from tests.dialog.filling import CUSTOMER, FRESH_CODE, SURVEY, begins, fills
from tests.support.pages import TOKEN, Pages, as_sent, error_of, pages_of, prepare, read, signed
from tests.support.town import Someone, Town

TELEGRAM = "telegram:4711"
ASKED = {"form": "customer", "subject": "", "as": "wecom:WangXiaoYu"}
ANSWERS = {
    "name": "青浦新星贸易有限公司",
    "uscc": FRESH_CODE,
    "contact": "陈芳 13800000000",
    "address": "上海市青浦区示范路 9 号",
    "legal_representative": "陈芳",
    "registered_capital": "500万",
    "founded": "2019-04-17",
    "industry": "=wholesale",
    "size": "=small",
    "region": "华东",
}
"""A customer file without what may be left out."""


@pytest.fixture
async def pages(sample: Town) -> AsyncIterator[Pages]:
    async with pages_of(sample) as found:
        yield found


@pytest.fixture
async def wang(pages: Pages) -> Someone:
    return await pages.town.meets("王小雨")


async def in_chat(pages: Pages, person: Someone, form: str = "customer", subject: str = "") -> str:
    """The form is opened in the browser chat, and as a page from there."""
    await pages.enters_chat(person)
    answer = await pages.from_chat(person, form, subject)
    assert answer.status == 303
    await pages.opens(person.conversation, form, subject)
    return person.conversation


def now(pages: Pages) -> Any:
    return pages.town.clock.now()


def refusal(key: str) -> str:
    return say("zh_CN", f"refusal-{key}", {})


def cookie_of(person: Someone) -> str:
    return f"zixin_form_{hashlib.sha256(person.conversation.encode()).hexdigest()[:16]}"


async def customers(town: Town) -> list[str]:
    names = select(table_of(Customer).c.name)
    return await town.database.read(lambda session: list(session.scalars(names)))


class TestFromTelegram:
    async def test_launch_data_of_telegram_lets_its_user_in_with_a_cookie_no_script_or_other_site_sees(
        self, pages: Pages, wang: Someone
    ) -> None:
        await begins(wang, CUSTOMER)
        await pages.reaches(wang, "telegram", "4711")

        answer = await pages.from_telegram(signed(4711, now(pages)), TELEGRAM)

        cookie = answer.headers["Set-Cookie"]
        assert answer.status == 200
        assert all(mark in cookie for mark in ("HttpOnly", "SameSite=Strict", "Path=/forms"))
        assert "name" in await pages.opens(TELEGRAM, "customer")

    async def test_shown_again_within_its_life_it_lets_in_again(self, pages: Pages, wang: Someone) -> None:
        data = signed(4711, now(pages))
        pages.town.passes(minutes=59)
        for _ in range(2):
            assert (await pages.from_telegram(data, TELEGRAM)).status == 200

    @pytest.mark.parametrize(
        ("age", "key"), [(timedelta(hours=1, seconds=1), "proof-old"), (timedelta(days=1), "proof-old")]
    )
    async def test_old_launch_data_is_refused(self, pages: Pages, age: timedelta, key: str) -> None:
        answer = await pages.from_telegram(signed(4711, now(pages) - age), TELEGRAM)
        assert await error_of(answer) == (403, key)
        assert "Set-Cookie" not in answer.headers

    @pytest.mark.parametrize(
        "forge",
        [
            lambda at: signed(4711, at, token="999:another-bot"),
            lambda at: signed(4711, at).replace("4711", "4712"),
            lambda at: signed(4711, at).replace("signature=", "signatur="),
            lambda at: signed(4711, at) + "&user=%7B%22id%22%3A1%7D",
            lambda at: signed(4711, at).partition("&hash=")[0],
            lambda at: signed(4711, at)[:-1] + "é",
            lambda at: signed(4711, at + timedelta(minutes=10)),
            lambda at: signed(4711, at, user="{}"),
            lambda at: signed(4711, at, user='{"id": true}'),
            lambda at: signed(4711, at, auth_date="soon"),
            lambda at: "x" * 9000,
            lambda at: "",
        ],
    )
    async def test_what_telegram_did_not_sign_is_refused(self, pages: Pages, forge: Any) -> None:
        answer = await pages.from_telegram(forge(now(pages)), TELEGRAM)
        assert await error_of(answer) == (403, "proof-forged")
        assert "Set-Cookie" not in answer.headers

    async def test_a_link_that_was_passed_on_opens_nothing(self, pages: Pages, wang: Someone) -> None:
        answer = await pages.from_telegram(signed(4712, now(pages)), TELEGRAM)
        assert await error_of(answer) == (403, "not-yours")

    async def test_somebody_whom_the_desk_does_not_know_is_told_so(self, pages: Pages) -> None:
        await pages.from_telegram(signed(4711, now(pages)), TELEGRAM)
        assert await error_of(await pages.get(TELEGRAM, "customer")) == (401, "unbound")


class TestFromWeCom:
    async def leaves(self, pages: Pages) -> dict[str, str]:
        """Sent to WeCom: what WeCom is asked."""
        answer = await pages.client.get("/forms/wecom", params=ASKED, allow_redirects=False)
        where = urlsplit(answer.headers["Location"])
        assert (answer.status, where.hostname) == (303, "open.weixin.qq.com")
        assert where.fragment == "wechat_redirect"
        return {name: values[0] for name, values in parse_qs(where.query).items()}

    async def returns(self, pages: Pages, code: str, state: str) -> str:
        """Back from WeCom: where one is sent on to."""
        answer = await pages.client.get(
            "/forms/wecom/back", params={"code": code, "state": state}, allow_redirects=False
        )
        assert answer.status == 303
        return answer.headers["Location"]

    async def test_the_member_that_wecom_names_is_let_in(self, pages: Pages, wang: Someone) -> None:
        await begins(wang, CUSTOMER)
        conversation = await pages.reaches(wang, "wecom", "WangXiaoYu")
        asked = await self.leaves(pages)
        assert asked["redirect_uri"] == "https://credit.example.com/forms/wecom/back"
        assert (asked["appid"], asked["agentid"], asked["scope"]) == ("ww-corp", "7", "snsapi_base")
        pages.codes["C1"] = "WangXiaoYu"

        where = await self.returns(pages, "C1", asked["state"])

        assert where.endswith("#entered")
        assert "name" in await pages.opens(conversation, "customer")

    async def test_another_member_is_not(self, pages: Pages) -> None:
        asked = await self.leaves(pages)
        pages.codes["C1"] = "LiZe"
        assert (await self.returns(pages, "C1", asked["state"])).endswith("#refused=not-yours")
        assert await error_of(await pages.get("wecom:WangXiaoYu", "customer")) == (401, "not-entered")

    async def test_somebody_who_is_no_member_is_not(self, pages: Pages) -> None:
        asked = await self.leaves(pages)
        pages.codes["C1"] = ""
        assert (await self.returns(pages, "C1", asked["state"])).endswith("#refused=not-yours")

    @pytest.mark.parametrize("state", ["", "0" * 32, "é"])
    async def test_a_state_that_was_not_given_out_is_refused_before_wecom_is_asked(
        self, pages: Pages, state: str
    ) -> None:
        await self.leaves(pages)
        pages.codes["C1"] = "WangXiaoYu"
        assert (await self.returns(pages, "C1", state)).endswith("#refused=proof-forged")
        assert pages.codes == {"C1": "WangXiaoYu"}

    async def test_a_state_serves_once(self, pages: Pages) -> None:
        asked = await self.leaves(pages)
        pages.codes.update(C1="WangXiaoYu", C2="WangXiaoYu")
        await self.returns(pages, "C1", asked["state"])
        assert (await self.returns(pages, "C2", asked["state"])).endswith("#refused=proof-forged")

    async def test_where_wecom_does_not_answer_it_is_said(self, pages: Pages) -> None:
        asked = await self.leaves(pages)
        assert (await self.returns(pages, "unknown", asked["state"])).endswith("#refused=unproven")


class TestWhoeverElse:
    async def test_without_a_pass_of_the_chat_one_stands_at_its_entrance(
        self, pages: Pages, wang: Someone
    ) -> None:
        answer = await pages.from_chat(wang, "customer")
        assert (answer.status, answer.headers["Location"]) == (303, "/chat")

    async def test_without_a_session_nothing_is_shown(self, pages: Pages, wang: Someone) -> None:
        assert await error_of(await pages.get(wang.conversation, "customer")) == (401, "not-entered")

    async def test_a_session_runs_out(self, pages: Pages, wang: Someone) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        pages.town.passes(hours=2, seconds=1)
        assert await error_of(await pages.get(conversation, "customer")) == (401, "not-entered")

    @pytest.mark.parametrize("forge", [lambda own: own, lambda own: own[:-1] + "0", lambda own: "9" + own])
    async def test_the_session_of_one_conversation_opens_no_other(
        self, pages: Pages, wang: Someone, forge: Any
    ) -> None:
        li = await pages.town.meets("李泽")
        for person in (wang, li):
            await begins(person, CUSTOMER)
        await in_chat(pages, wang)
        jar, forms = pages.client.session.cookie_jar, pages.client.make_url("/forms")
        [own] = [one.value for one in jar.filter_cookies(forms).values() if one.key == cookie_of(wang)]
        jar.update_cookies({cookie_of(li): forge(own)}, forms)
        assert await error_of(await pages.get(li.conversation, "customer")) == (401, "not-entered")

    async def test_who_was_shut_out_meanwhile_is_told_and_nothing_is_kept(
        self, pages: Pages, wang: Someone
    ) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        admin = await pages.town.hires("管理员甲", "admin")
        await admin.does(ShutOut("王小雨"))
        answer = await pages.post(
            "answer", conversation, "customer", body={"answers": [as_sent("name", "甲方")]}
        )
        assert await error_of(answer) == (401, "unbound")

    async def test_who_gave_the_channel_up_and_came_back_opens_the_page_anew(
        self, pages: Pages, wang: Someone
    ) -> None:
        await begins(wang, CUSTOMER)
        await pages.reaches(wang, "telegram", "4711")
        await pages.from_telegram(signed(4711, now(pages)), TELEGRAM)
        pages.town.passes(minutes=1)
        place = await pages.town.database.read(lambda session: _place(session, "4711"))
        await wang.does(LeavePlace(place))
        await pages.reaches(wang, "telegram", "4711")
        assert await error_of(await pages.get(TELEGRAM, "customer")) == (401, "unbound")

    async def test_a_form_that_is_open_nowhere_gets_a_sentence(self, pages: Pages, wang: Someone) -> None:
        await pages.enters_chat(wang)
        await pages.from_chat(wang, "customer")
        answer = await pages.get(wang.conversation, "customer")
        assert await answer.json() == {"error": "refused", "text": refusal("form-gone")}

    @pytest.mark.parametrize("form", ["leave", "nothing", "wecom"])
    async def test_only_long_forms_are_pages(self, pages: Pages, form: str) -> None:
        he = await pages.town.meets("许文博")
        await he.says("/leave")
        await pages.enters_chat(he)
        await pages.from_chat(he, form)
        assert (await pages.get(he.conversation, form)).status == 409

    async def test_a_customer_of_somebody_else_is_refused(self, pages: Pages, wang: Someone) -> None:
        """9.1: the customer went to a colleague while the survey lay open."""
        said = await wang.says("华东机械")
        await wang.taps("资信调查", said[-1])
        number = await pages.town.database.read(lambda session: _customer(session, "华东机械"))
        conversation = await in_chat(pages, wang, "survey", str(number))
        await pages.town.database.write(lambda session: _goes_away(session, number))
        answer = await pages.get(conversation, "survey", str(number))
        assert (await answer.json())["text"] == refusal("customer-not-yours")


class TestChanges:
    @pytest.mark.parametrize("what", ["answer", "review", "send", "leave"])
    async def test_a_change_without_the_token_of_the_page_is_refused(
        self, pages: Pages, wang: Someone, what: str
    ) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        body = {"answers": [as_sent("name", "青浦新星贸易")]}
        for forged in ("", "0" * 64, pages.tokens[conversation][:-1] + "é"):
            pages.tokens[conversation] = forged.encode().decode("latin-1")
            answer = await pages.post(what, conversation, "customer", body=body)
            assert await error_of(answer) == (403, "wrong-origin")
        assert not (await pages.opens(conversation, "customer"))["name"]["given"]

    async def test_a_change_from_another_site_is_refused(self, pages: Pages, wang: Someone) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        answer = await pages.post("send", conversation, "customer", Origin="https://evil.example.com")
        assert await error_of(answer) == (403, "wrong-origin")

    @pytest.mark.parametrize(
        ("answers", "status"),
        [
            ("no list", 400),
            (["no object"], 400),
            ([{"key": 1, "text": "x"}], 400),
            ([{"key": "name", "text": "x" * 2001}], 413),
            ([{"key": "name", "text": "x"}] * 201, 400),
        ],
    )
    async def test_what_no_page_of_ours_sends_is_refused(
        self, pages: Pages, wang: Someone, answers: Any, status: int
    ) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        answer = await pages.post("answer", conversation, "customer", body={"answers": answers})
        assert answer.status == status

    async def test_the_page_loads_nothing_from_elsewhere_and_cannot_be_framed(self, pages: Pages) -> None:
        answer = await pages.client.get("/forms/customer", params={"as": "web:1"})
        policy = answer.headers["Content-Security-Policy"]
        assert answer.status == 200
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"


class TestOneDraft:
    async def test_what_was_answered_in_chat_is_filled_in(self, pages: Pages, wang: Someone) -> None:
        await begins(wang, CUSTOMER)
        for text in CUSTOMER.answers[:8]:
            await wang.says(text)
        asked = await pages.opens(await in_chat(pages, wang), "customer")
        assert asked["name"]["text"] == CUSTOMER.answers[0]
        assert asked["contact"]["text"] == "陈芳 13800000000"
        assert asked["registered_capital"]["text"] == "5,000,000"
        assert [key for key, one in asked.items() if one["given"]][-1] == "registered_capital"

    async def test_what_is_typed_in_the_page_is_there_in_the_chat_which_asks_what_is_left(
        self, pages: Pages, wang: Someone
    ) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        await pages.answers(conversation, "customer", name="青浦新星贸易有限公司", uscc=FRESH_CODE)

        await read(await pages.post("leave", conversation, "customer", body={"answers": []}))

        [question] = await wang.reads()
        assert "联系人" in question
        said = await wang.says("陈芳 13800000000")
        assert "第二联系人" in said[-1]
        assert (await pages.opens(conversation, "customer"))["contact"]["given"]

    async def test_left_without_a_change_the_chat_is_not_disturbed(self, pages: Pages, wang: Someone) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        await read(await pages.post("leave", conversation, "customer", body={"answers": []}))
        assert await wang.reads() == []

    async def test_an_answer_typed_under_the_question_of_the_chat_is_that_questions_answer(
        self, pages: Pages, wang: Someone
    ) -> None:
        """The page answered it as well, and more: what the chat shows is what an answer there is to."""
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        await pages.answers(conversation, "customer", name="页面上的名字", uscc=FRESH_CODE)
        [question] = await wang.says("青浦新星贸易有限公司")
        assert "联系人" in question
        assert (await pages.opens(conversation, "customer"))["name"]["text"] == "青浦新星贸易有限公司"

    async def test_put_away_in_the_chat_the_page_goes_on_with_the_draft(
        self, pages: Pages, wang: Someone
    ) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        await wang.says("青浦新星贸易有限公司")
        await wang.says("菜单")
        await pages.answers(conversation, "customer", uscc=FRESH_CODE)
        said = await wang.taps("接着填：建客户档案")
        assert "联系人" in said[-1]

    async def test_begun_in_one_channel_it_goes_on_as_a_page_from_another(
        self, pages: Pages, wang: Someone
    ) -> None:
        """10.1, 10.2: the draft is the person's, not the channel's."""
        await begins(wang, CUSTOMER)
        await wang.says("青浦新星贸易有限公司")
        await pages.reaches(wang, "telegram", "4711")
        await pages.from_telegram(signed(4711, now(pages)), TELEGRAM)
        assert (await pages.opens(TELEGRAM, "customer"))["name"]["given"]
        await pages.answers(TELEGRAM, "customer", uscc=FRESH_CODE)
        assert (await pages.opens(await in_chat(pages, wang), "customer"))["uscc"]["given"]

    async def test_thrown_away_in_the_chat_the_page_says_so(self, pages: Pages, wang: Someone) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        await wang.says("青浦新星贸易有限公司")
        await wang.says("作废")
        answer = await pages.post(
            "answer", conversation, "customer", body={"answers": [as_sent("uscc", "1")]}
        )
        assert (await answer.json())["text"] == refusal("form-gone")


class TestAnswers:
    async def test_errors_stand_beside_their_fields_and_nothing_given_is_lost(
        self, pages: Pages, wang: Someone
    ) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        typed = {**ANSWERS, "uscc": "91310117MAAY4CL12X", "founded": "2030-01-01", "industry": "=espionage"}
        page = await pages.answers(conversation, "customer", **typed)

        assert page["wrong"].keys() == {"uscc", "founded", "industry"}
        assert "校验位" in page["wrong"]["uscc"]
        given = {one["key"] for one in page["questions"] if one["given"]}
        assert given == ANSWERS.keys() - page["wrong"].keys()

    async def test_an_error_is_the_very_sentence_of_the_chat(self, pages: Pages, wang: Someone) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        told = (await wang.says("x"))[0]
        page = await pages.answers(conversation, "customer", name="x")
        assert page["wrong"]["name"] == told.text

    async def test_a_bad_answer_leaves_the_good_one_before_it(self, pages: Pages, wang: Someone) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        await pages.answers(conversation, "customer", founded="2019-04-17")
        page = await pages.answers(conversation, "customer", founded="2030-01-01")
        founded = next(one for one in page["questions"] if one["key"] == "founded")
        assert founded["text"] == "2019-04-17"

    async def test_a_similar_firm_is_shown_on_the_page_before_saving(
        self, pages: Pages, wang: Someone
    ) -> None:
        """1.2"""
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        page = await pages.answers(conversation, "customer", name="华东机械设备有限公司")
        distinct = page["questions"][1]
        assert distinct["key"] == "distinct"
        assert "华东机械" in distinct["hint"]

    async def test_a_survey_asks_where_answers_come_from_before_any(
        self, pages: Pages, wang: Someone
    ) -> None:
        """1.4: each fact carries its source, also when it is changed for the next ones."""
        said = await wang.says("华东机械")
        await wang.taps("资信调查", said[-1])
        number = str(await pages.town.database.read(lambda session: _customer(session, "华东机械")))
        conversation = await in_chat(pages, wang, "survey", number)
        assert list(await pages.opens(conversation, "survey", number)) == ["as_of", "source"]

        page = await pages.answers(conversation, "survey", number, as_of="2026-03-09", source="=visit")
        first, second = [one["key"] for one in page["questions"][2:4]]
        await pages.answers(conversation, "survey", number, **{first: "=yes"})
        page = await pages.answers(conversation, "survey", number, source="=bank", **{second: "=yes"})

        shown = {one["key"]: one for one in page["questions"]}
        assert "实地走访" in shown[first]["hint"]
        assert "银行" in shown[second]["hint"]
        assert shown[first]["chosen"] == "yes"

    async def test_not_to_be_had_is_an_answer_by_its_word(self, pages: Pages, wang: Someone) -> None:
        said = await wang.says("华东机械")
        await wang.taps("资信调查", said[-1])
        number = str(await pages.town.database.read(lambda session: _customer(session, "华东机械")))
        conversation = await in_chat(pages, wang, "survey", number)
        page = await pages.answers(conversation, "survey", number, source="=visit")
        amount = next(
            one["key"] for one in page["questions"] if not one["closed"] and len(one["choices"]) == 1
        )
        page = await pages.answers(conversation, "survey", number, **{amount: "问不到"})
        shown = next(one for one in page["questions"] if one["key"] == amount)
        assert (shown["text"], shown["chosen"], shown["given"]) == ("问不到", "unknown", True)

    async def test_figures_of_statements_are_in_the_unit_of_the_page(
        self, pages: Pages, wang: Someone
    ) -> None:
        """1.5"""
        number = str(await pages.town.database.read(lambda session: _customer(session, "华东机械")))
        said = await wang.says("华东机械")
        said = await wang.taps("报表", said[-1])
        await wang.taps("填", said[-1])
        conversation = await in_chat(pages, wang, "statement", number)
        page = await pages.answers(
            conversation,
            "statement",
            number,
            ends="2025-12-31",
            audited="=yes",
            source="=customer",
            unit="=ten_thousand",
        )
        figure = page["questions"][4]["key"]
        page = await pages.answers(conversation, "statement", number, **{figure: "1234.5"})
        assert page["questions"][4]["text"] == "1234.5"
        assert "万元" in page["questions"][4]["hint"]


class TestSendingOff:
    async def test_the_whole_is_looked_over_as_in_the_chat_and_sent_off_through_the_desk(
        self, pages: Pages, wang: Someone
    ) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        body = {"answers": [as_sent(key, text) for key, text in ANSWERS.items()]}
        review = (await read(await pages.post("review", conversation, "customer", body=body)))["review"]
        assert "青浦新星贸易有限公司" in review["html"]
        assert review["button"] == "保存档案"
        assert "青浦新星贸易有限公司" not in await customers(pages.town)

        sent = await read(await pages.post("send", conversation, "customer"))

        [told] = await wang.reads()
        assert told.text == sent["sent"]["html"]
        assert "资信调查" in told.buttons
        assert (await customers(pages.town)).count("青浦新星贸易有限公司") == 1

    async def test_page_and_chat_make_the_same_review(self, pages: Pages, wang: Someone) -> None:
        straight = await fills(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        review = (await read(await pages.post("review", conversation, "customer", body={"answers": []})))[
            "review"
        ]
        assert review["html"] == straight.text

    async def test_sent_twice_it_is_done_once(self, pages: Pages, wang: Someone) -> None:
        await fills(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        await read(await pages.post("send", conversation, "customer"))
        again = await pages.post("send", conversation, "customer")
        assert (await again.json())["text"] == refusal("form-gone")
        assert (await customers(pages.town)).count(CUSTOMER.answers[0]) == 1

    async def test_put_away_in_the_chat_it_is_sent_off_from_the_page_all_the_same(
        self, pages: Pages, wang: Someone
    ) -> None:
        await fills(wang, CUSTOMER)
        [menu] = (await wang.says("菜单"))[-1:]
        conversation = await in_chat(pages, wang)
        sent = await read(await pages.post("send", conversation, "customer"))
        [told] = await wang.reads()
        assert told.text == sent["sent"]["html"]
        assert "草稿已经提交" in (await wang.taps_data(menu.button("接着填")))[0]

    async def test_the_chat_in_which_it_is_open_is_told_whichever_the_page_was_opened_from(
        self, pages: Pages, wang: Someone
    ) -> None:
        await fills(wang, CUSTOMER)
        await pages.reaches(wang, "telegram", "4711")
        await pages.from_telegram(signed(4711, now(pages)), TELEGRAM)
        await pages.opens(TELEGRAM, "customer")
        await read(await pages.post("send", TELEGRAM, "customer"))
        [told] = await wang.reads()
        assert CUSTOMER.answers[0] in told
        assert not (await wang.says("菜单"))[0].text.startswith("已存")

    async def test_the_review_in_the_chat_opens_the_page_as_well(self, pages: Pages, wang: Someone) -> None:
        review = await fills(wang, CUSTOMER)
        assert "整页填写" in review.buttons

    async def test_sent_off_in_the_chat_the_page_says_so(self, pages: Pages, wang: Someone) -> None:
        await fills(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        await wang.taps("保存档案")
        assert (await pages.get(conversation, "customer")).status == 409

    async def test_what_must_be_answered_is_marked_and_what_may_be_left_out_is_not(
        self, pages: Pages, wang: Someone
    ) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        body = {"answers": [as_sent("name", "青浦新星贸易有限公司")]}
        page = (await read(await pages.post("review", conversation, "customer", body=body)))["page"]
        assert set(page["missing"]) == ANSWERS.keys() - {"name"}
        assert [one["key"] for one in page["questions"] if one["given"]] == ["name"]

    async def test_what_is_marked_stands_on_the_page(self, pages: Pages, wang: Someone) -> None:
        """Questions that wait for another are not counted before they can be seen."""
        said = await wang.says("华东机械")
        await wang.taps("资信调查", said[-1])
        number = str(await pages.town.database.read(lambda session: _customer(session, "华东机械")))
        conversation = await in_chat(pages, wang, "survey", number)
        body = {"answers": [as_sent("as_of", "2026-03-09")]}

        page = (await read(await pages.post("review", conversation, "survey", number, body=body)))["page"]

        assert page["missing"] == ["source"]
        assert [one["key"] for one in page["questions"]] == ["as_of", "source"]

    @pytest.mark.parametrize("step", ["review", "send"])
    async def test_unfinished_it_is_not_sent(self, pages: Pages, wang: Someone, step: str) -> None:
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        body = await read(await pages.post(step, conversation, "customer", body={"answers": []}))
        assert "name" in body["page"]["missing"]
        assert await wang.reads() == []

    async def test_a_refusal_of_the_desk_is_told_on_the_page_and_everything_stands(
        self, pages: Pages, wang: Someone
    ) -> None:
        """1.2: the same credit code twice is refused, here as in the chat."""
        await fills(wang, CUSTOMER)
        await wang.taps("保存档案")
        await begins(wang, CUSTOMER)
        conversation = await in_chat(pages, wang)
        await pages.answers(conversation, "customer", **{**ANSWERS, "name": "崇明远帆航运"})
        await wang.reads()

        answer = await pages.post("send", conversation, "customer")

        assert "已有档案" in (await answer.json())["text"]
        assert (await pages.opens(conversation, "customer"))["name"]["text"] == "崇明远帆航运"
        assert "崇明远帆航运" not in await customers(pages.town)
        assert await wang.reads() == []

    async def test_english_readers_have_an_english_page(self, pages: Pages, wang: Someone) -> None:
        """10.6"""
        await wang.says("/language")
        await wang.taps("English")
        await begins(wang, CUSTOMER)
        wang.language = "en"
        asked = await pages.opens(await in_chat(pages, wang), "customer")
        assert asked["industry"]["choices"][0][1] == say("en", "industry-manufacturing", {})


def _place(session: Any, address: str) -> int:
    from core.records.staff import Binding

    binding = table_of(Binding)
    return int(session.scalar(select(binding.c.id).where(binding.c.address == address)))


def _customer(session: Any, name: str) -> int:
    customer = table_of(Customer)
    return int(session.scalar(select(customer.c.id).where(customer.c.name.contains(name))))


def _goes_away(session: Any, number: int) -> None:
    held = session.get(Customer, number)
    held.owner, held.region = None, "华南"


async def test_without_a_public_address_no_chat_but_the_browsers_has_pages(sample: Town) -> None:
    """10.1, 10.2: a button that would not open anything is not shown."""
    from bot.dialog.page_link import page_link

    prepare(sample, public_url="")
    settings = sample.desk.office.settings
    assert page_link(settings, "customer", "", "telegram:4711") == ""
    assert page_link(settings, "customer", "", "wecom:WangXiaoYu") == ""
    assert page_link(settings, "customer", "", "web:1").startswith("/chat/form?")


async def test_telegram_opens_pages_over_https_only_and_wecom_with_its_app_only(sample: Town) -> None:
    from bot.dialog.page_link import page_link

    prepare(sample, public_url="http://credit.example.com")
    settings = sample.desk.office.settings
    assert page_link(settings, "customer", "", "telegram:4711") == ""
    assert page_link(settings, "customer", "", "wecom:WangXiaoYu") == ""
    assert TOKEN not in page_link(settings, "customer", "", "web:1")


class TestWhatNobodyIsAsked:
    async def test_the_page_shows_what_the_statements_say_and_has_no_question_for_it(
        self, pages: Pages, wang: Someone
    ) -> None:
        """1.5: known with its source, under the first question."""
        await begins(wang, SURVEY)
        before = await pages.opens(await in_chat(pages, wang, "survey", "1"), "survey", "1")
        figures = {Figure.TOTAL_ASSETS: Decimal(1000), Figure.TOTAL_LIABILITIES: Decimal(568)}
        statement = GivenStatement(Statement(date(2025, 12, 31), 12, figures), audited=True)
        await wang.does(RecordStatements(1, (statement,), "customer"))

        after = await pages.opens(wang.conversation, "survey", "1")

        assert "资产负债率：56.8%" not in before["as_of"]["hint"]
        assert "存档报表 · 2025-12-31\n资产负债率：56.8%" in after["as_of"]["hint"]
        page = await pages.answers(wang.conversation, "survey", "1", as_of="2026-03-09", source="=visit")
        asked = {one["key"] for one in page["questions"]}
        assert "quick_ratio" in asked
        assert "debt_ratio" not in asked
