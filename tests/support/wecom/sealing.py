"""WeCom's side of the sealed callbacks, made another way than ours: block after block, without a CBC mode.

The cipher is used only as a block cipher; chaining, padding, length and signature are spelled out here from the
published description, so that one misreading in `bot.wecom.crypto` does not hide in the tests as well.
"""

import base64
import hashlib
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

PUBLISHED_TOKEN = "QDG6eK"
PUBLISHED_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
PUBLISHED_CORP = "wx5823bf96d3bd56c7"


def seal(key: str, message: bytes, receiver: str, *, random: bytes = b"", pad: bytes | None = None) -> str:
    """The ciphertext of a message; ``pad`` instead of the right padding."""
    plain = (random or os.urandom(16)) + struct.pack(">I", len(message)) + message + receiver.encode()
    missing = 32 - len(plain) % 32
    return chained(key, plain + (bytes([missing]) * missing if pad is None else pad))


def chained(key: str, plain: bytes) -> str:
    """Any bytes under the key, as they are."""
    raw = base64.b64decode(key + "=")
    encryptor = Cipher(AES(raw), ECB()).encryptor()
    previous, blocks = raw[:16], []
    for start in range(0, len(plain), 16):
        mixed = bytes(a ^ b for a, b in zip(plain[start : start + 16], previous, strict=True))
        previous = encryptor.update(mixed)
        blocks.append(previous)
    return base64.b64encode(b"".join(blocks)).decode()


def unseal(key: str, sealed: str) -> tuple[bytes, str]:
    """Message and receiver of a ciphertext."""
    raw = base64.b64decode(key + "=")
    decryptor = Cipher(AES(raw), ECB()).decryptor()
    cipher = base64.b64decode(sealed)
    blocks = [cipher[start : start + 16] for start in range(0, len(cipher), 16)]
    plain = b"".join(
        bytes(a ^ b for a, b in zip(decryptor.update(block), previous, strict=True))
        for previous, block in zip([raw[:16], *blocks], blocks, strict=False)
    )
    plain = plain[: -plain[-1]]
    (length,) = struct.unpack(">I", plain[16:20])
    return plain[20 : 20 + length], plain[20 + length :].decode()


def sign(token: str, timestamp: str, nonce: str, sealed: str) -> str:
    return hashlib.sha1("".join(sorted([token, timestamp, nonce, sealed])).encode()).hexdigest()
