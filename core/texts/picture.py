"""Pictures for the chat: a template of shapes, the facts of a message, and words in the reader's language.

Set by typst, from templates that hold no words of their own. Facts are handed over as data and never read as markup, so
whatever a person wrote is drawn as it was written.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import typst

from core.settings import Language
from core.texts.catalog import shown
from core.texts.wire import Label

_HERE = Path(__file__).parent
_FOLDER = _HERE / "pictures"
_WORD = re.compile(r'word\("([a-z0-9-]+)"\)')
_PIXELS_PER_INCH = 230.4
"""The 300 points of a bubble on a phone in 960 pixels: sharp where it is zoomed into."""


def names() -> tuple[str, ...]:
    """Every picture there is."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.typ") if not path.stem.startswith("_")))


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The keys of the catalog that a picture has words from."""
    return tuple(dict.fromkeys(_WORD.findall((_FOLDER / f"{name}.typ").read_text("utf-8"))))


def draw(language: Language, name: str, facts: Mapping[str, Any]) -> bytes:
    """The picture as PNG. The same facts give the same bytes; a missing fact raises `typst.TypstError`."""
    data = {
        "facts": _handed(language, facts),
        "words": {key: shown(language, Label(key)) for key in words_of(name)},
    }
    drawn = typst.compile(
        str(_FOLDER / f"{name}.typ"),
        root=str(_FOLDER),
        font_paths=_fonts(),
        format="png",
        ppi=_PIXELS_PER_INCH,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(drawn, bytes):
        raise TypeError(f"{name} is more than one page")
    return drawn


def _handed(language: Language, fact: Any) -> Any:
    """Numbers are lengths and stay numbers; all else is words."""
    match fact:
        case Mapping():
            return {key: _handed(language, value) for key, value in fact.items()}
        case list() | tuple():
            return [_handed(language, value) for value in fact]
        case bool() | int() | float():
            return fact
        case Decimal():
            return float(fact)
        case _:
            return shown(language, fact)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(font_paths=[str(_HERE / "fonts")])
