"""The hash chain of the audit trail: each record is sealed together with the seal before it (9.2)."""

import hashlib

GENESIS = "0" * 64
"""What stands before the first record."""


def seal(previous: str, seq: int, at: str, told: tuple[str, str, str, str]) -> str:
    """The SHA-256 of a record (``told``: actor, action, subject, data) and the seal before it, in hex."""
    return hashlib.sha256("\n".join((previous, str(seq), at, *told)).encode()).hexdigest()
