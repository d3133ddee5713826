"""A file that was got from a channel."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """Of a channel that tells a file's name only when it is fetched."""

    content: bytes
    name: str
    """Empty: it has none."""


class FileTooLarge(Exception):
    """The file is larger than was asked for, in bytes; trying again changes nothing."""
