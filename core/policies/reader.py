"""Reading a policy file strictly: every key known, every value of its type, every error with its line."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, TypeVar

from core.policies.encodings import is_text, likely_encoding
from core.policies.lines import Path, line_numbers, line_of
from core.policies.slips import slip_in
from core.policies.written_numbers import as_number
from core.rules.money import Money
from core.rules.policy.source import Text

_LARGEST = 2**20
"""Bytes of a policy file: a hundred times the longest that anybody has written."""
_MISTYPED = 0.75
"""How like a missing key another must be to be that key mistyped."""
_BEGINNING = 1000
E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class PolicyError(ValueError):
    """A policy file that cannot be put in force.

    ``file`` and ``line`` say where, ``problem`` is the key of what is wrong with its ``facts``, and
    ``example`` is what would be right there.
    """

    def __init__(self, file: FilePath, line: int, problem: str, example: str, /, **facts: object) -> None:
        told = ", ".join(f"{name}={value}" for name, value in facts.items())
        super().__init__(f"{file}:{line}: {problem} ({told}); {example}")
        self.file = file
        self.line = line
        self.problem = problem
        self.example = example
        self.facts: Mapping[str, object] = facts


class Table:
    """One table of a policy file. What is read is ticked off; `finish` refuses what is left over."""

    def __init__(self, file: "PolicyFile", data: Mapping[str, Any], path: Path) -> None:
        self._file = file
        self._data = data
        self._path = path
        self._read: set[str] = set()
        self._asked: set[str] = set()
        self._inner: list[Table] = []

    def error(self, at: str | None, problem: str, example: str, /, **facts: object) -> PolicyError:
        """An error at a key of this table, or at the table itself."""
        return self.error_in(() if at is None else (at,), problem, example, **facts)

    def error_in(self, inside: Path, problem: str, example: str, /, **facts: object) -> PolicyError:
        """An error at a place inside this table."""
        line = line_of(self._file.lines, (*self._path, *inside))
        return PolicyError(self._file.path, line, problem, example, **facts)

    def has(self, key: str) -> bool:
        """Whether the key is there; by being asked for it is known as one that may be."""
        self._asked.add(key)
        return key in self._data

    def names(self) -> tuple[str, ...]:
        """The keys of a table whose keys are names."""
        return tuple(self._data)

    def raw(self, key: str, example: str) -> Any:
        """A value of any type."""
        if key not in self._data:
            raise self._missing(key, example)
        self._read.add(key)
        return self._data[key]

    def text(self, key: str, example: str = "") -> str:
        """A text that is not empty."""
        value = self._typed(key, str, example or f'{key} = "..."')
        if not value.strip():
            raise self.error(key, "empty_text", example or f'{key} = "..."', key=key)
        return value

    def integer(self, key: str, example: str, *, at_least: int) -> int:
        """A whole number with a floor."""
        value = self._typed(key, int, example)
        if value < at_least:
            raise self.error(key, "too_small", example, key=key, value=value, at_least=at_least)
        return value

    def flag(self, key: str) -> bool:
        """True or false."""
        return self._typed(key, bool, f"{key} = true")

    def day(self, key: str) -> date:
        """A date."""
        return self._typed(key, date, f"{key} = 2026-01-01")

    def hour(self, key: str) -> time:
        """A time of day."""
        return self._typed(key, time, f"{key} = 09:00:00")

    def yuan(self, key: str) -> Money:
        """An amount in whole yuan."""
        return Money.of(self._typed(key, int, f"{key} = 100000"))

    def one_of(self, key: str, choices: type[E]) -> E:
        """One of an enumeration."""
        value = self.text(key, f'{key} = "{next(iter(choices))}"')
        if value not in set(choices):
            raise self.error(
                key,
                "unknown_choice",
                f'{key} = "{nearest(value, list(choices)) or next(iter(choices))}"',
                key=key,
                value=value,
                known="|".join(choices),
            )
        return choices(value)

    def integers(self, key: str, example: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        return self._all(key, int, example)

    def texts(self, key: str, example: str) -> tuple[str, ...]:
        """A list of texts."""
        return self._all(key, str, example)

    def table(self, key: str, example: str) -> "Table":
        """A table inside this one."""
        return self._open(self._typed(key, dict, example), (*self._path, key))

    def tables(self, key: str, example: str) -> tuple["Table", ...]:
        """A list of tables, not empty."""
        rows = self._all(key, dict, example)
        return tuple(self._open(row, (*self._path, key, place)) for place, row in enumerate(rows))

    def words(self, key: str | None = None) -> Text:
        """Words in both languages: of the table under a key, or of this one."""
        table = self if key is None else self.table(key, f'{key} = {{ zh = "...", en = "..." }}')
        return Text(table.text("zh"), table.text("en"))

    def finish(self, *others: str) -> None:
        """Refuse any key that nothing has read, here and inside; `others` are keys that could have stood here."""
        for key in self._data:
            if key not in self._read:
                known = sorted({*self._read, *self._asked, *others})
                near = nearest(key, known)
                example = near if isinstance(self._data[key], dict | list) else f"{near} = ..."
                raise self.error(key, "unknown_key", example, key=key, known="|".join(known))
        for table in self._inner:
            table.finish()

    def _open(self, data: Mapping[str, Any], path: Path) -> "Table":
        table = Table(self._file, data, path)
        self._inner.append(table)
        return table

    def _missing(self, key: str, example: str) -> PolicyError:
        """What is not there, or stands there mistyped."""
        left = [other for other in self._data if other not in self._read]
        for mistyped in get_close_matches(key, left, 1, _MISTYPED):
            return self.error(mistyped, "unknown_key", example, key=mistyped, known=key)
        return self.error(None, "missing_key", example, key=key)

    def _typed(self, key: str, wanted: type[T], example: str) -> T:
        value = self.raw(key, example)
        if wanted is int and isinstance(value, str) and (number := as_number(value, key)):
            raise self.error(key, "number_in_quotes", f"{key} = {number}", key=key, value=value)
        if not _is(value, wanted):
            raise self.error(key, "wrong_type", example, key=key, value=value, wanted=wanted.__name__)
        return value  # type: ignore[no-any-return]

    def _all(self, key: str, wanted: type[T], example: str) -> tuple[T, ...]:
        values = self._typed(key, list, example)
        if not values or not all(_is(value, wanted) for value in values):
            raise self.error(
                key, "wrong_type", example, key=key, value=values, wanted=f"{wanted.__name__}_list"
            )
        return tuple(values)


class PolicyFile(Table):
    """A policy file as a whole: its top table, its lines and its checksum."""

    def __init__(self, path: FilePath) -> None:
        self.path = path
        size = path.stat().st_size
        if size > _LARGEST:
            raise PolicyError(path, 1, "too_large", "", size=size, most=_LARGEST)
        self._text = _text_of(path)
        try:
            self.content: dict[str, Any] = tomllib.loads(self._text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            raise _not_toml(path, self._text, str(error)) from error
        except RecursionError as error:
            raise PolicyError(path, 1, "too_deep", 'key = "value"') from error
        super().__init__(self, self.content, ())

    @cached_property
    def lines(self) -> Mapping[Path, int]:
        """The line of everything in it, for errors."""
        return line_numbers(self._text)

    @property
    def kind(self) -> str:
        """What the file is: ``policy``, ``overlay``, ``chain``, ``reminders``, ``facts``, ``tolerances`` or ``cases``."""
        return self.text("kind", 'kind = "policy"')


def checksum(*contents: Mapping[str, Any]) -> str:
    """SHA-256 of what files say: layout, comments and the order of keys do not count."""
    canonical = json.dumps(contents, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def nearest(name: str, names: Sequence[str]) -> str:
    """The known name most like a mistyped one."""
    return next(iter(get_close_matches(name, names, 1, 0)), "")


def _is(value: object, wanted: type) -> bool:
    # TOML keeps them apart, Python does not: true is an int, a moment is a date.
    if isinstance(value, bool) or wanted is bool:
        return isinstance(value, bool) and wanted is bool
    return isinstance(value, wanted) and not isinstance(value, datetime)


def _text_of(path: FilePath) -> str:
    """The text of a file; an editor's mark at its beginning is none of it."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        data = path.read_bytes()
        if not is_text(data):
            raise PolicyError(path, 1, "not_text", f"{path.stem}.toml") from error
        line = data[: error.start].count(b"\n") + 1
        raise PolicyError(path, line, "not_utf8", "UTF-8", encoding=likely_encoding(data)) from error


def _not_toml(path: FilePath, text: str, parser: str) -> PolicyError:
    """What was meant, where that can be told; what the parser says where not."""
    if not is_text(text[:_BEGINNING].encode()):
        return PolicyError(path, 1, "not_text", f"{path.stem}.toml")
    slip = slip_in(text, parser)
    if slip is not None:
        return PolicyError(path, slip.line, slip.problem, slip.example, **slip.facts)
    found = re.search(r"line (\d+)", parser)
    return PolicyError(path, int(found[1]) if found else 1, "not_toml", 'key = "value"', parser=parser)
