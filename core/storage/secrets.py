"""Sensitive fields at rest (9.3): sealed with a key that is kept beside the data, never in it."""

import os
from functools import cached_property
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from core.settings import Settings

_FILE = "secret.key"


class Vault:
    """Seals and opens short texts. The key comes from ``ZIXIN_SECRET_KEY`` or is made on first use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def key(self) -> bytes:
        if self._settings.secret_key is not None:
            return self._settings.secret_key.get_secret_value().encode()
        return _kept(self._settings.data_folder / _FILE)

    def seal(self, text: str) -> str:
        return Fernet(self.key).encrypt(text.encode()).decode() if text else ""

    def open(self, sealed: str) -> str:
        """The text that was sealed. Raises ValueError where this is not the key it was sealed with."""
        try:
            return Fernet(self.key).decrypt(sealed.encode()).decode() if sealed else ""
        except InvalidToken:
            raise ValueError(
                "sealed with another key: is ZIXIN_SECRET_KEY the one of this database?"
            ) from None


def _kept(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        key = Fernet.generate_key()
        file.write(key)
    return key
