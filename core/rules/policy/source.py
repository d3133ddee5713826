"""Which file a rule comes from, and the words that such a file has of its own."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Text:
    """A policy's own words in both languages, as data."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """Which file this is: what a stored decision names, so that it can be replayed."""

    id: str
    version: str
    in_force_from: date
    document: str
    title: Text
    checksum: str
    """SHA-256 of what the file says, whatever its layout and comments; an overlay included."""
