"""The same flows on every channel: none knows which one it speaks on (10.1, 10.2, 10.3)."""

import ast
from pathlib import Path

import pytest

from bot import flows
from bot.telegram.decode import CHANNEL as TELEGRAM
from bot.web.channel import NAME as WEB
from bot.wecom.decode import CHANNEL as WECOM

_FLOWS = sorted(Path(str(flows.__file__)).parent.glob("*.py"))


@pytest.mark.parametrize("flow", _FLOWS, ids=lambda path: path.stem)
def test_no_flow_names_a_channel(flow: Path) -> None:
    texts = {
        node.value
        for node in ast.walk(ast.parse(flow.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not texts & {TELEGRAM, WECOM, WEB}
