"""The words: Fluent catalogs for sentences, Jinja2 templates for cards of several lines, in both languages.

What comes out is HTML of the smallest kind (``<b> <i> <code>``); every fact is escaped on its way in.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from fluent.runtime import FluentBundle, FluentResource
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from core.rules.money import Money
from core.settings import Language
from core.texts.wire import Label, Named, Phrase

LANGUAGES: tuple[Language, ...] = get_args(Language)
_HERE = Path(__file__).parent
_SYMBOLS = {"CNY": "¥"}
_INVISIBLE = {
    ord(c): None for c in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
}
_zone = ZoneInfo("Asia/Shanghai")


def use_zone(zone: ZoneInfo) -> None:
    """Tell moments in the company's time zone."""
    global _zone  # noqa: PLW0603 -- one company, one install
    _zone = zone


def money(value: Money) -> str:
    """¥41,000 or ¥41,000.50."""
    whole = value.minor % 100 == 0
    amount = f"{abs(value.amount):,.{0 if whole else 2}f}"
    symbol = _SYMBOLS.get(value.currency, value.currency + " ")
    return f"{'-' if value.minor < 0 else ''}{symbol}{amount}"


def _written(grade: str) -> Any:  # what Fluent types as its own is text as well
    """How a policy writes a grade: in letters (``AA+``), or in words (``优质``), which take no 级 behind them."""
    return "letters" if grade.isascii() else "words"


@cache
def _bundle(language: Language) -> FluentBundle:
    name = language.replace("_", "-")
    bundle = FluentBundle([name], functions={"WRITTEN": _written}, use_isolating=False)
    for path in sorted((_HERE / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text("utf-8")))
    return bundle


@cache
def _templates(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "cards"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def t(key: str, /, **facts: Any) -> Markup:
        return Markup(sentence(language, key, facts))  # noqa: S704 -- the facts are escaped

    environment.globals["t"] = t
    environment.finalize = lambda value: Markup(_shown(language, value))  # noqa: S704 -- _shown escapes
    return environment


def read_all() -> None:
    """Read every sentence and card now, half a second's work: else whoever asks for the first one waits for it."""
    for language in LANGUAGES:
        _bundle(language)
        cards = _templates(language)
        for name in cards.list_templates():
            cards.get_template(name)


def _shown(language: Language, value: Any) -> str:
    """A fact as people read it, escaped."""
    match value:
        case Markup():
            return str(value)
        case Money():
            return money(value)
        case Label():
            return sentence(language, value.key, {})
        case Phrase():
            return sentence(language, value.key, value.facts)
        case Named():
            return str(escape(value.zh if language == "zh_CN" else value.en))
        case datetime():
            return value.astimezone(_zone).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case Decimal():
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case list() | tuple():
            return sentence(language, "list-comma", {}).join(_shown(language, one) for one in value)
        case None:
            return sentence(language, "unknown", {})
        case _:
            return str(escape(str(value).translate(_INVISIBLE)))


def has(language: Language, key: str) -> bool:
    """Is there a sentence or a card of this key?"""
    return _bundle(language).has_message(key) or _is_card(key)


@cache
def _is_card(key: str) -> bool:
    """Asked once of the disk: every message passes here."""
    return (_HERE / "cards" / f"{key}.jinja").exists()


def sentence(language: Language, key: str, facts: Mapping[str, Any]) -> str:
    """The sentence ``key`` with its facts. A missing key or fact is a bug and raises KeyError."""
    bundle = _bundle(language)
    arguments = {
        name: value if isinstance(value, int) and not isinstance(value, bool) else _shown(language, value)
        for name, value in facts.items()
    }
    pattern = bundle.get_message(key).value if bundle.has_message(key) else None
    if pattern is None:
        raise KeyError(f"{language} has no text {key!r}")
    text, errors = bundle.format_pattern(pattern, arguments)
    if errors:
        raise KeyError(f"{key!r} in {language}: {errors[0]}")
    return str(text)


def say(language: Language, key: str, facts: Mapping[str, Any]) -> str:
    """The text of a message: a card where there is a template of that name, else a sentence."""
    if _is_card(key):
        return _templates(language).get_template(f"{key}.jinja").render(dict(facts)).strip()
    return sentence(language, key, facts)


def plain(language: Language, key: str, facts: Mapping[str, Any]) -> str:
    """The label of a button: the sentence without markup."""
    return Markup(sentence(language, key, facts)).striptags()  # noqa: S704


def shown(language: Language, fact: Any) -> str:
    """A fact as people read it, as plain text."""
    return unescape(_shown(language, fact))


def strip(html: str) -> str:
    """A message for the terminal: without markup."""
    return "\n".join(Markup(line).striptags() for line in html.split("\n"))  # noqa: S704
