"""The sealed messages of WeCom callbacks: SHA-1 signature over the ciphertext, AES-256-CBC within.

The signature is checked before anything is decrypted, every comparison takes constant time, and whatever is wrong
with a message is one error.
"""

import base64
import binascii
import hashlib
import hmac
import re

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

KEY_PATTERN = r"[0-9A-Za-z]{43}"
"""What the console hands out as EncodingAESKey."""

_CIPHER_BLOCK = 16
_PADDING_BLOCK = 32
_RANDOM_BYTES = 16
_LENGTH_BYTES = 4


class Forged(Exception):
    """Not sealed by WeCom for this company, or changed on its way."""


class Seals:
    """Opens what WeCom sealed for one receiver, which for an app is the company's CorpID."""

    def __init__(self, token: str, encoding_aes_key: str, receiver: str) -> None:
        """Raises `ValueError` for a key that is not 43 letters and digits."""
        if not re.fullmatch(KEY_PATTERN, encoding_aes_key):
            raise ValueError("an EncodingAESKey has 43 letters and digits")
        self._token = token
        # The last character may carry bits beyond the 32 bytes; the decoder passes over them, as it must.
        self._key = base64.b64decode(encoding_aes_key + "=")
        self._receiver = receiver.encode()

    def check(self, signature: str, timestamp: str, nonce: str, sealed: str) -> None:
        """Raises `Forged` unless whoever knows the token signed this ciphertext with this time and nonce."""
        parts = sorted([self._token, timestamp, nonce, sealed])
        # SHA-1 is the service's choice; only holders of the token can make the sum.
        expected = hashlib.sha1("".join(parts).encode("utf-8", "surrogatepass")).hexdigest()  # noqa: S324
        if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogatepass")):
            raise Forged("signature")

    def open(self, sealed: str) -> bytes:
        """The message inside a ciphertext whose signature was checked. Raises `Forged`."""
        try:
            ciphertext = base64.b64decode(sealed.encode("ascii"), validate=True)
        except (ValueError, binascii.Error):
            raise Forged("base64") from None
        if not ciphertext or len(ciphertext) % _CIPHER_BLOCK:
            raise Forged("length")
        decryptor = Cipher(AES(self._key), CBC(self._key[:_CIPHER_BLOCK])).decryptor()
        return self._message(_unpadded(decryptor.update(ciphertext) + decryptor.finalize()))

    def _message(self, plain: bytes) -> bytes:
        """Random bytes, length, message, receiver: the third, if the last is ours."""
        start = _RANDOM_BYTES + _LENGTH_BYTES
        end = start + int.from_bytes(plain[_RANDOM_BYTES:start], "big")
        if len(plain) < start or end > len(plain):
            raise Forged("length")
        if not hmac.compare_digest(plain[end:], self._receiver):
            raise Forged("receiver")
        return plain[start:end]


def _unpadded(plain: bytes) -> bytes:
    count = plain[-1]
    if not 1 <= count <= _PADDING_BLOCK or plain[-count:] != bytes([count]) * count:
        raise Forged("padding")
    return plain[:-count]
