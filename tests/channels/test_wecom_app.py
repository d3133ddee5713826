"""The main walk over the WeCom app (10.2): 3.1–3.4, 4.1 and 9.5 as members live them, with nothing between."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.queries.actor import OPERATOR, actor_of
from core.rules.money import Money
from core.services.credit.company import SetTotalOfLines
from core.services.people.staff import Invite, find_person
from tests.support.wecom.app_served import Chat, Served, asks_for_credit, served_over_app
from tests.support.wecom.served import ROLES, USERIDS

CUSTOMER, NAME = "C0009", "上海衡屿电气有限公司"
SALES, FINANCE, *CHAIN = ROLES
FIRST = CHAIN[0]
GOLDEN = Path(__file__).with_name("golden") / "wecom-app.zh_CN.txt"


@pytest.fixture
async def company(
    tmp_path: Path, sample_folder: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Served]:
    async with served_over_app(tmp_path, sample_folder, unused_tcp_port, monkeypatch) as served:
        yield served


@pytest.mark.golden
async def test_from_an_invitation_to_a_credit_line(company: Served) -> None:
    known = await company.knows(FINANCE, *CHAIN)
    code = await company.desk.run(company.database, Invite(SALES), OPERATOR)
    await _sets_total_of_lines(company)
    async with company.runs():
        wang = company.chat(company.wecom.member(USERIDS[SALES]), SALES)
        await _comes_in(wang, code)
        card = await asks_for_credit(wang)
        assert any("撤回" in label for label in card.labels)
        for name in CHAIN:
            await _signs(company.chat(known[name], name))
        assert company.rows("select limit_minor, state from line where request = 1") == [(10_000_000, "open")]
        await wang.member.wait_message("额度已开")
        assert "已同意 ¥100,000" in card.text, "the requester's own card, with the code that it was sent with"
        wang.reads()
        await wang.sends("link")
    assert company.rows("select distinct state from inbox") == [("worked",)]
    assert company.rows("select distinct state from outbox where channel = 'wecom'") == [("sent",)]
    assert company.wecom.world.dropped == []
    assert set(company.wecom.caller.answers) == {200}

    said = "\n".join(company.transcript) + "\n"
    if os.environ.get("ZIXIN_GOLDEN") == "write":
        GOLDEN.write_text(said, "utf-8")
    assert said == GOLDEN.read_text("utf-8")


async def _sets_total_of_lines(company: Served) -> None:
    number = await company.database.read(lambda session: getattr(find_person(session, FINANCE), "id", 0))
    finance = await company.database.read(lambda session: actor_of(session, number))
    assert finance is not None
    await company.desk.run(company.database, SetTotalOfLines(Money.of(90_000_000)), finance)


async def _comes_in(wang: Chat, code: str) -> None:
    """9.5: entering, a stranger is asked for a code and told nothing else; the code lets them in."""
    welcome = await wang.enters()
    assert "邀请码" in welcome.text
    assert not welcome.labels
    await wang.says(code, told_as="（邀请码）")
    assert NAME in (await wang.says(f"{CUSTOMER} 能发5万吗")).text


async def _signs(approver: Chat) -> None:
    """3.4: one tap, by somebody who never wrote to the app, and the card shows that it is decided."""
    card = await approver.member.wait_button("同意 ¥")
    approver.reads()
    await approver.taps("同意 ¥", card)
    assert not any(label.startswith("同意") for label in card.labels)
