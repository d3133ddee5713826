"""A file that could not be had: whatever it was for, its sender is told why (1.4, 1.5, 2.8)."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy.orm import Session

from bot.dialog.engine import Dialogs
from bot.dialog.incoming import Incoming
from bot.flows import FLOWS
from tests.support.town import Said, Someone, Town


async def nothing(_wang: Someone) -> None:
    """No form is open: it would be imported."""


async def statements(wang: Someone) -> None:
    await wang.says("华东机械")
    await wang.taps("财务报表")
    await wang.taps("发 Excel 报表")
    await wang.taps("客户提供")


async def evidence(wang: Someone) -> None:
    await wang.says("华东机械")
    await wang.taps("客户申诉")
    await wang.says("处罚决定已经撤销")


async def _sends(wang: Someone, trouble: str) -> list[Said]:
    incoming = Incoming("web", str(wang.id), str(wang.id), "file", file_name="合同.pdf", trouble=trouble)
    dialogs, at = Dialogs(wang.town.desk, FLOWS), wang.town.clock.now()

    def turn(session: Session) -> None:
        assert dialogs.turn(session, incoming, at) == []

    await wang.reads()
    await wang.town.database.write(turn)
    return await wang.reads()


@pytest.mark.parametrize(
    ("trouble", "told"), [("file-too-large", "最多 20 MiB"), ("file-not-fetched", "请再发一次")]
)
@pytest.mark.parametrize("wanted_for", [nothing, statements, evidence])
async def test_its_sender_is_told_why(
    company: Town, wanted_for: Callable[[Someone], Awaitable[None]], trouble: str, told: str
) -> None:
    wang = company.people["王小雨"]
    await wanted_for(wang)
    [answer] = await _sends(wang, trouble)
    assert told in answer
