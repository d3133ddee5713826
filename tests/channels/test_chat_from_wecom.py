"""From WeCom's app into the browser chat, where files are sent: by WeCom's word, without a second code (3.11, 9.1)."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest

from core.services.people.staff import ShutOut, find_person
from tests.support.pages import Pages, pages_of
from tests.support.town import Someone, Town

MEMBER = "WangXiaoYu"
IN_WECOM = {"User-Agent": "Mozilla/5.0 (iPhone) AppleWebKit MicroMessenger/7.0 wxwork/4.1"}


@pytest.fixture
async def pages(sample: Town) -> AsyncIterator[Pages]:
    async with pages_of(sample, web_chat="login") as found:
        yield found


@pytest.fixture
async def wang(pages: Pages) -> Someone:
    """On the staff list; nobody has let her into any channel yet."""
    found = await pages.town.database.read(lambda session: find_person(session, "王小雨"))
    assert found is not None
    assert found.id is not None
    return Someone(pages.town, found.id, found.name)


async def leaves(pages: Pages) -> dict[str, str]:
    """Opens the link inside WeCom; what WeCom is asked."""
    answer = await pages.client.get("/chat/wecom", headers=IN_WECOM, allow_redirects=False)
    where = urlsplit(answer.headers["Location"])
    assert (answer.status, where.hostname) == (303, "open.weixin.qq.com")
    return {name: values[0] for name, values in parse_qs(where.query).items()}


async def returns(pages: Pages, code: str, state: str) -> str:
    """Back from WeCom; where one is sent on to."""
    answer = await pages.client.get(
        "/chat/wecom/back", params={"code": code, "state": state}, allow_redirects=False
    )
    assert answer.status == 303
    return answer.headers["Location"]


async def is_in(pages: Pages, person: Someone) -> bool:
    answer = await pages.client.get("/chat/api/messages", params={"as": str(person.id)})
    assert answer.status in {200, 401}
    return answer.status == 200


async def test_whom_wecom_names_is_in_the_chat_as_their_person(pages: Pages, wang: Someone) -> None:
    await pages.reaches(wang, "wecom", MEMBER)
    assert not await is_in(pages, wang)
    asked = await leaves(pages)
    assert asked["redirect_uri"] == "https://credit.example.com/chat/wecom/back"
    pages.codes["C1"] = MEMBER

    assert await returns(pages, "C1", asked["state"]) == f"/chat?as={wang.id}"

    assert await is_in(pages, wang)


async def test_a_member_whom_the_desk_does_not_know_stands_at_the_entrance(
    pages: Pages, wang: Someone
) -> None:
    asked = await leaves(pages)
    pages.codes["C1"] = "Stranger"

    assert await returns(pages, "C1", asked["state"]) == "/chat"

    assert not await is_in(pages, wang)


async def test_who_was_shut_out_is_not_let_in_by_wecom(pages: Pages, wang: Someone) -> None:
    await pages.reaches(wang, "wecom", MEMBER)
    asked = await leaves(pages)
    await pages.town.as_operator(ShutOut("王小雨", leaves=True))
    pages.codes["C1"] = MEMBER

    assert await returns(pages, "C1", asked["state"]) == "/chat"


async def test_shut_out_later_the_pass_opens_nothing_any_more(pages: Pages, wang: Someone) -> None:
    await pages.reaches(wang, "wecom", MEMBER)
    asked = await leaves(pages)
    pages.codes["C1"] = MEMBER
    await returns(pages, "C1", asked["state"])

    await pages.town.as_operator(ShutOut("王小雨"))

    assert not await is_in(pages, wang)


@pytest.mark.parametrize("state", ["", "0" * 32, "é"])
async def test_a_state_that_was_not_given_out_is_refused_before_wecom_is_asked(
    pages: Pages, wang: Someone, state: str
) -> None:
    """A link made by somebody else lets nobody into the maker's chat."""
    await pages.reaches(wang, "wecom", MEMBER)
    await leaves(pages)
    pages.codes["C1"] = MEMBER

    assert await returns(pages, "C1", state) == "/chat"

    assert pages.codes == {"C1": MEMBER}
    assert not await is_in(pages, wang)


async def test_a_state_serves_once(pages: Pages, wang: Someone) -> None:
    await pages.reaches(wang, "wecom", MEMBER)
    asked = await leaves(pages)
    pages.codes.update(C1="Stranger", C2=MEMBER)
    await returns(pages, "C1", asked["state"])

    assert await returns(pages, "C2", asked["state"]) == "/chat"


async def test_where_wecom_does_not_answer_one_stands_at_the_entrance(pages: Pages) -> None:
    asked = await leaves(pages)
    assert await returns(pages, "unknown", asked["state"]) == "/chat"


async def test_another_browser_than_wecom_s_is_asked_for_a_code(pages: Pages) -> None:
    answer = await pages.client.get("/chat/wecom", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/chat")


async def test_in_the_demo_there_is_no_such_way(sample: Town) -> None:
    async with pages_of(sample) as pages:
        assert (await pages.client.get("/chat/wecom", headers=IN_WECOM, allow_redirects=False)).status == 404
