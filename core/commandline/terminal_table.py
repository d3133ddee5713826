"""Tables for a terminal, in which a Chinese character is as wide as two letters."""

from collections.abc import Collection, Sequence
from unicodedata import east_asian_width


def in_columns(table: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> str:
    """Rows as lines, each column as wide as what is widest in it; numbers stand at the ``right`` of theirs."""
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    return "\n".join("  ".join(_placed(row, widths, right)).rstrip() for row in table)


def _placed(row: Sequence[str], widths: Sequence[int], right: Collection[int]) -> list[str]:
    return [
        f"{' ' * (width - _width(text))}{text}" if place in right else f"{text}{' ' * (width - _width(text))}"
        for place, (text, width) in enumerate(zip(row, widths, strict=True))
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
