"""A company whose customers' names were kept otherwise for comparison finds them after the upgrade (1.2)."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from core.rules.firm_name import name_key
from core.storage.upgrade import upgrade
from tests.storage.test_register_of_old import CUSTOMER


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path, run = tmp_path / "zixin.db", command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _revision: run(config, "0012"))
        upgrade(path)
    return path


def test_names_are_kept_as_they_are_compared_now(old: Path) -> None:
    kept = {"香港順嶺貿易有限公司": "香港順嶺貿易", "Cosco Ltd": "s", "华东机械有限公司": "华东机械"}
    with closing(sqlite3.connect(old)) as connection:
        for number, (name, key) in enumerate(kept.items(), 1):
            connection.execute(CUSTOMER, (number, f"C{number}", name, key, None, None, None, None))
        connection.commit()

    upgrade(old)

    with closing(sqlite3.connect(old)) as connection:
        now = dict(connection.execute("SELECT name, name_key FROM customer").fetchall())
    assert now == {name: name_key(name) for name in kept}
    assert now["香港順嶺貿易有限公司"] == "香港顺岭贸易"
