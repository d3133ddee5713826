"""Settings, from the environment or a ``.env`` file; every name begins with ``ZIXIN_``."""

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Language = Literal["zh_CN", "en"]


class Settings(BaseSettings):
    """What an installation can be told; see ``docs/runbook.md`` for each in a sentence."""

    model_config = SettingsConfigDict(env_prefix="ZIXIN_", env_file=".env", extra="ignore", frozen=True)

    database_url: str = "sqlite+aiosqlite:///data/zixin.db"
    timezone: str = "Asia/Shanghai"
    language: Language = "zh_CN"
    policy_dir: Path | None = None
    telegram_token: SecretStr | None = None
    telegram_base_url: str = "https://api.telegram.org"
    http_host: str = "127.0.0.1"
    http_port: int = 8321
    web_chat: Literal["off", "login", "demo"] = "off"
    secret_key: SecretStr | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def data_folder(self) -> Path:
        """Where the database lies; the secret key is kept beside it."""
        return self.database_path.parent

    @property
    def database_path(self) -> Path:
        """The database file."""
        return Path(_sqlite_path(self.database_url))

    @field_validator("database_url")
    @classmethod
    def _only_sqlite(cls, url: str) -> str:
        """PostgreSQL is not served by this version, and says so."""
        if not _sqlite_path(url):
            raise ValueError("only SQLite is served, for example sqlite+aiosqlite:///data/zixin.db")
        return url


def _sqlite_path(url: str) -> str:
    """The path in the address of an SQLite file; empty when it is none."""
    scheme, _, path = url.partition(":///")
    return path if scheme in {"sqlite", "sqlite+aiosqlite"} else ""
