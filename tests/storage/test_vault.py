"""Sensitive fields at rest are sealed, and only this installation's key opens them (9.3)."""

import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from core.settings import Settings
from core.storage.secrets import Vault

ACCOUNT = "工商银行苏州分行 1102 0210 0900 1234"


def vault(folder: Path, key: str | None = None) -> Vault:
    return Vault(
        Settings(
            database_url=f"sqlite:///{folder}/zixin.db",
            secret_key=SecretStr(key) if key else None,
            _env_file=None,
        )
    )


def test_what_is_sealed_cannot_be_read_and_opens_again(tmp_path: Path) -> None:
    mine = vault(tmp_path)
    sealed = mine.seal(ACCOUNT)
    assert "1102" not in sealed
    assert mine.open(sealed) == ACCOUNT
    assert mine.seal(ACCOUNT) != sealed  # two customers with one account are not seen to share it


def test_nothing_is_sealed_as_nothing(tmp_path: Path) -> None:
    assert vault(tmp_path).seal("") == ""
    assert vault(tmp_path).open("") == ""


def test_the_key_is_made_once_and_kept_beside_the_data_for_its_owner_only(tmp_path: Path) -> None:
    sealed = vault(tmp_path).seal(ACCOUNT)
    kept = tmp_path / "secret.key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert vault(tmp_path).open(sealed) == ACCOUNT


def test_a_key_from_the_settings_is_used_whatever_its_length_and_none_is_written(tmp_path: Path) -> None:
    sealed = vault(tmp_path, "open sesame").seal(ACCOUNT)
    assert vault(tmp_path, "open sesame").open(sealed) == ACCOUNT
    assert not (tmp_path / "secret.key").exists()


def test_another_key_opens_nothing_and_says_what_to_look_at(tmp_path: Path) -> None:
    sealed = vault(tmp_path).seal(ACCOUNT)
    with pytest.raises(ValueError, match="ZIXIN_SECRET_KEY"):
        vault(tmp_path, "another").open(sealed)


def test_a_sealed_text_that_was_changed_does_not_open(tmp_path: Path) -> None:
    mine = vault(tmp_path)
    sealed = mine.seal(ACCOUNT)
    with pytest.raises(ValueError, match="ZIXIN_SECRET_KEY"):
        mine.open(sealed[:-6] + "AAAAA=")
