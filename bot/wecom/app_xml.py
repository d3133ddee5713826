"""Reading the XML of callbacks: small, flat, and with everything refused that such messages never have."""

from typing import Any
from xml.parsers import expat

MOST_BYTES = 64 * 1024
_DEEPEST = 6
_MOST_ELEMENTS = 500

Fields = dict[str, Any]
"""An element's children by their names: a text, `Fields` again, or a list where a name repeats."""


class Unreadable(Exception):
    """Not the XML of a callback."""


class _Refusing:
    """Builds the fields while expat reads. A document type, and with it every entity but the five, is an error."""

    def __init__(self) -> None:
        self.root: Fields | None = None
        self._open: list[tuple[str, Fields, list[str]]] = []
        self._count = 0

    def doctype(self, *_: object) -> None:
        raise Unreadable("document type")

    def start(self, name: str, _attributes: object) -> None:
        self._count += 1
        if len(self._open) >= _DEEPEST or self._count > _MOST_ELEMENTS:
            raise Unreadable("too deep or too much")
        self._open.append((name, {}, []))

    def text(self, text: str) -> None:
        self._open[-1][2].append(text)

    def end(self, _name: str) -> None:
        name, fields, texts = self._open.pop()
        if not self._open:
            if name != "xml":
                raise Unreadable("root element")
            self.root = fields
            return
        value: Any = fields or "".join(texts).strip()
        siblings = self._open[-1][1]
        if name not in siblings:
            siblings[name] = value
        elif isinstance(siblings[name], list):
            siblings[name].append(value)
        else:
            siblings[name] = [siblings[name], value]


def read_xml(body: bytes) -> Fields:
    """The fields of ``<xml>…</xml>``. Raises `Unreadable`; never reads more than `MOST_BYTES`."""
    if len(body) > MOST_BYTES:
        raise Unreadable("too large")
    reading = _Refusing()
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reading.doctype
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise Unreadable(expat.ErrorString(error.code)) from None
    if reading.root is None:
        raise Unreadable("empty")
    return reading.root


def text_of(fields: Fields, name: str) -> str:
    """The text of a field; empty where there is none. Raises `Unreadable` where it is no single text."""
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(name)
    return value


def each(fields: Fields, name: str) -> list[Any]:
    """The values of a field that may be there once or several times, or not at all."""
    value = fields.get(name, [])
    return value if isinstance(value, list) else [value]
