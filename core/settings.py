"""Settings, from the environment or a ``.env`` file; every name begins with ``ZIXIN_``.

What is wrong with one is a reason and facts (`BadSetting`); the words are the catalog's.
"""

import re
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Language = Literal["zh_CN", "en"]
_LAST_PORT = 65_535
_WECOM_APP = ("wecom_corp_id", "wecom_agent_id", "wecom_secret", "wecom_callback_token")


def language_named(code: object) -> Language | None:
    """The language of this code, if it is one of ours; a person without one reads the company's."""
    return "en" if code == "en" else "zh_CN" if code == "zh_CN" else None


class BadSetting(ValueError):
    """A value that a setting cannot have: why not, as a key of the catalog behind ``setting-``, and its facts."""

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(reason, facts)
        self.reason = reason
        self.facts = facts


class Settings(BaseSettings):
    """What an installation can be told; see ``docs/runbook.md`` for each in a sentence."""

    model_config = SettingsConfigDict(env_prefix="ZIXIN_", env_file=".env", extra="ignore", frozen=True)

    database_url: str = "sqlite+aiosqlite:///data/zixin.db"
    timezone: str = "Asia/Shanghai"
    language: Language = "zh_CN"
    policy_dir: Path | None = None
    telegram_token: SecretStr | None = None
    telegram_base_url: str = "https://api.telegram.org"
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: SecretStr | None = Field(default=None, validate_default=True)
    wecom_bot_id: str = ""
    wecom_bot_secret: SecretStr | None = Field(default=None, validate_default=True)
    wecom_ws_url: str = "wss://openws.work.weixin.qq.com"
    wecom_corp_id: str = ""
    wecom_agent_id: int = Field(default=0, examples=[1000002])
    wecom_secret: SecretStr | None = None
    wecom_callback_token: SecretStr | None = None
    wecom_encoding_aes_key: SecretStr | None = Field(default=None, validate_default=True)
    wecom_base_url: str = "https://qyapi.weixin.qq.com"
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8321, examples=[8321])
    public_url: str = ""
    web_chat: Literal["off", "login", "demo"] = "off"
    secret_key: SecretStr | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def chat_address(self) -> str:
        """Where people open the browser chat, whatever stands before this machine; empty where they cannot."""
        return f"{self.public_url.rstrip('/')}/chat" if self.public_url and self.web_chat == "login" else ""

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
            raise BadSetting("only-sqlite")
        return url

    @field_validator("timezone")
    @classmethod
    def _a_known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise BadSetting("no-time-zone", given=name) from None
        return name

    @field_validator("wecom_agent_id")
    @classmethod
    def _an_agent_id(cls, number: int) -> int:
        """Zero is none; then there is no app."""
        if number < 0:
            raise BadSetting("no-agent-id")
        return number

    @field_validator("http_host")
    @classmethod
    def _an_address_to_listen_at(cls, host: str) -> str:
        """None at all would be every address of the machine: who wants that has to say so."""
        if not re.fullmatch(r"[^\s/]+", host):
            raise BadSetting("no-host")
        return host

    @field_validator("http_port")
    @classmethod
    def _a_port(cls, number: int) -> int:
        if not 1 <= number <= _LAST_PORT:
            raise BadSetting("no-port", last=str(_LAST_PORT))
        return number

    @field_validator("telegram_webhook_url")
    @classmethod
    def _a_web_address(cls, url: str | None) -> str | None:
        if url and not re.fullmatch(r"https?://\S+", url):
            raise BadSetting("no-web-address")
        return url or None

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _a_webhook_has_its_secret(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """Without one, anybody could post what people are said to have tapped."""
        given = secret.get_secret_value() if secret is not None else ""
        if info.data.get("telegram_webhook_url") and not given:
            raise BadSetting("webhook-without-secret")
        if given and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given):
            raise BadSetting("no-webhook-secret")
        return secret

    @field_validator("wecom_bot_secret")
    @classmethod
    def _the_wecom_bot_whole_or_not_at_all(
        cls, secret: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        if bool(info.data.get("wecom_bot_id")) != bool(secret and secret.get_secret_value()):
            raise BadSetting("half-a-wecom-bot")
        return secret

    @field_validator("wecom_encoding_aes_key")
    @classmethod
    def _the_wecom_app_whole_or_not_at_all(
        cls, key: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        """An app that can send and cannot be called, or the other way round, would lose what people tap."""
        given = {**{name: info.data.get(name) for name in _WECOM_APP}, "wecom_encoding_aes_key": key}
        missing = [f"ZIXIN_{name.upper()}" for name, value in given.items() if not value]
        if missing and len(missing) < len(given):
            raise BadSetting("half-a-wecom-app", missing=missing)
        if key is not None and not re.fullmatch(r"[0-9A-Za-z]{43}", key.get_secret_value()):
            raise BadSetting("no-aes-key")
        return key


class _LanguageAlone(BaseSettings):
    """The language as `Settings` would read it, when something else in them is wrong."""

    model_config = Settings.model_config

    language: str = ""


def company_language() -> Language:
    """The company's language, whatever the other settings say; Chinese where none of ours is set."""
    return language_named(_LanguageAlone().language) or "zh_CN"


def _sqlite_path(url: str) -> str:
    """The path in the address of an SQLite file; empty when it is none."""
    scheme, _, path = url.partition(":///")
    return path if scheme in {"sqlite", "sqlite+aiosqlite"} else ""
