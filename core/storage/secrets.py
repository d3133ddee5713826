"""Sensitive fields at rest (9.3): sealed with a key that is kept beside the data, never in it."""

import base64
import hashlib
import os
import secrets
from functools import cached_property
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from core.settings import Settings

_FILE = "secret.key"


class WrongKey(ValueError):
    """What was sealed does not open with the key of this installation: another one, or the text was changed."""


class Vault:
    """Seals and opens short texts. The key comes from ``ZIXIN_SECRET_KEY`` or is made on first use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def key(self) -> bytes:
        """The company's key, of whatever length it was given, as Fernet wants it."""
        given = self._settings.secret_key
        secret = given.get_secret_value().encode() if given else _kept(self._settings.data_folder / _FILE)
        return base64.urlsafe_b64encode(hashlib.sha256(secret).digest())

    def seal(self, text: str) -> str:
        return Fernet(self.key).encrypt(text.encode()).decode() if text else ""

    def open(self, sealed: str) -> str:
        """The text that was sealed. Raises `WrongKey` where this is not the key it was sealed with."""
        try:
            return Fernet(self.key).decrypt(sealed.encode()).decode() if sealed else ""
        except InvalidToken:
            raise WrongKey("sealed with another key: is ZIXIN_SECRET_KEY the one of this database?") from None


def _kept(path: Path) -> bytes:
    """The secret in a file, made once: whoever comes second finds the whole of what the first one wrote."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        mine = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        try:
            path.hardlink_to(mine)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return path.read_bytes()
