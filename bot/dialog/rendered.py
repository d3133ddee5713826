"""A message in its final words, as handed to a channel."""

from dataclasses import dataclass

from core.settings import Language


@dataclass(frozen=True, slots=True)
class RenderedButton:
    label: str
    data: str
    """At most 64 bytes: what the channel hands back when the button is tapped."""
    link: str = ""
    """A page of ours that it opens instead."""


@dataclass(frozen=True, slots=True)
class Rendered:
    html: str
    """Text with ``<b> <i> <code>`` and nothing else; everything a person wrote is escaped."""
    buttons: tuple[tuple[RenderedButton, ...], ...] = ()
    file: tuple[str, bytes] | None = None
    """Name and content of what to send along; a name in ``.png`` or ``.jpg`` is shown as a picture."""
    language: Language = "zh_CN"
    """Of the words, for those that a channel has to add."""
    name: str = ""
    """Names the message among all that were ever sent, by another database too; letters, digits and hyphens."""
