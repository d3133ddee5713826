"""What is wrong with settings that cannot be used, in the company's words instead of the library's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args, get_origin

from pydantic import ValidationError

from core.settings import BadSetting, Settings
from core.texts.wire import Phrase


@dataclass(frozen=True, slots=True)
class Misset:
    """A setting that cannot be used, and why."""

    setting: str
    """As it is set: ``ZIXIN_HTTP_PORT``."""
    problem: Phrase


def missets(error: ValidationError) -> Iterator[Misset]:
    """Every setting that is wrong, in the order in which they are declared."""
    for each in error.errors():
        name = str(each["loc"][0])
        yield Misset(f"ZIXIN_{name.upper()}", _problem(name, each.get("ctx", {}).get("error")))


def _problem(name: str, cause: object) -> Phrase:
    """Either a validator of ours says it, or the type of the setting does: one of a few values, else a number."""
    if isinstance(cause, BadSetting):
        return Phrase(f"setting-{cause.reason}", cause.facts)
    wanted = Settings.model_fields[name]
    if get_origin(wanted.annotation) is Literal:
        return Phrase("setting-one-of", {"choices": list(get_args(wanted.annotation))})
    return Phrase("setting-whole-number", {"example": str((wanted.examples or [1])[0])})
