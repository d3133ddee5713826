"""What was meant where a policy file is not TOML: a full-width mark, a missing quote, a figure with its unit.

The parser says where it gave up; what a person did wrong there, and what would be right, is found here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count

from core.policies.value_slips import value_slip
from core.rules.halfwidth import halfwidth

_TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'")
_WIDE_TEXT = re.compile(r"[“”＂]([^“”＂\"]*)[“”＂]")
_WIDE = re.compile(r"[“”＂‘’＇，：＝【】［］｛｝（）＃；、。　．－０-９]")
_NARROW = str.maketrans("“”＂‘’＇【】、。：；", "\"\"\"'''[],.=,")
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_UNSEEN = re.compile(r"[\u00a0\u200b-\u200f\u2060\ufeff]")
"""Spaces and marks without a width that a browser or Word puts into what is copied from there."""
_WITHOUT_EQUALS = re.compile(r"(^\s*|[{,]\s*)([a-z][\w-]*)[ \t]+(?=[^\s=,}\]])")
_REMARK = re.compile(r"(?:^|\s)(?://|--|/\*)|^\s*[;*]")
_LISTS = {"grades", "criteria", "groups", "gates", "limits", "ceilings", "facts", "ratings", "steps", "rungs"}
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake of writing: its line, the key of the problem, the line as it should be."""

    line: int
    problem: str
    example: str
    facts: Mapping[str, object] = field(default_factory=dict)


def slip_in(text: str, parser: str) -> Slip | None:
    """What was meant, by what the TOML parser says of the text; None where nobody could tell."""
    lines = text.splitlines()
    told = re.search(r"line (\d+)", parser)
    if told is None:
        return _unended(lines)
    at = min(int(told[1]), len(lines))
    if "overwrite" in parser or "twice" in parser:
        return _written_twice(lines, at)
    return _in_line(at, lines[at - 1]) or _left_open(lines, at) or _between_rows(lines, at)


def _in_line(at: int, line: str) -> Slip | None:
    found = (look(at, line) for look in _LOOKS)
    return next((slip for slip in found if slip), None)


def _wide(at: int, line: str) -> Slip | None:
    """Full-width marks where the file, not a text in it, speaks."""
    bare = _blanked(line).partition(" #")[0]
    mark = _WIDE.search(bare)
    if mark is None:
        return None
    quoted = _WIDE_TEXT.sub(r'"\1"', line).rstrip().removesuffix("。")
    parts = re.split(f"({_TEXT.pattern})", quoted)
    narrow = [part if place % 2 else _narrowed(part) for place, part in enumerate(parts)]
    return Slip(at, "full_width", "".join(narrow).strip(), {"mark": mark[0]})


def _narrowed(part: str) -> str:
    # halfwidth() takes outer space away, which between two texts is the file's.
    inner = halfwidth(part.translate(_NARROW))
    head, tail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return f"{head}{inner}{tail}" if part.strip() else part


def _unseen(at: int, line: str) -> Slip | None:
    """What cannot be seen, where the file speaks: the example would look the same, so the line is to be typed anew."""
    if not _UNSEEN.search(_blanked(line)):
        return None
    return Slip(at, "unseen", _UNSEEN.sub(" ", line).strip())


def _comment(at: int, line: str) -> Slip | None:
    """A remark that begins as in another language, alone on its line or behind a value."""
    found = _REMARK.search(_blanked(line).partition("#")[0])
    if found is None:
        return None
    said = line[found.start() :].strip().lstrip("/-;* ")
    return Slip(at, "not_a_comment", f"{line[: found.start()].strip()}  # {said}".strip())


def _open_quote(at: int, line: str) -> Slip | None:
    if not re.search(r"[\"']", _masked(line).replace('""', "")):
        return None
    key = _KEY.match(line)
    return Slip(at, "open_quote", f'{key[1] if key else "key"} = "..."')


def _colon(at: int, line: str) -> Slip | None:
    found = re.match(r"\s*([\w-]+)\s*:\s*(.+)", line)
    return Slip(at, "colon", f"{found[1]} = {found[2].strip()}") if found else None


def _bare_name(at: int, line: str) -> Slip | None:
    """A name that is not in letters a to z stands in quotes; only cases name facts so."""
    found = re.match(r"\s*([^\s=\[\]{}\"'#]*[^\x00-\x7f][^\s=\[\]{}\"'#]*)\s*=\s*(.*)", line)
    return Slip(at, "bare_name", f'"{found[1]}" = {found[2].strip()}', {"name": found[1]}) if found else None


def _row_over_lines(at: int, line: str) -> Slip | None:
    masked = _masked(line)
    if masked.count("{") <= masked.count("}"):
        return None
    key = _KEY.match(line)
    begun = f"{key[1]} = {{" if key else "{"
    return Slip(at, "row_over_lines", f'{begun} fact = "debt_ratio", op = "<=", value = 65 }}')


def _without_braces(at: int, line: str) -> Slip | None:
    found = re.match(r"\s*([\w-]+)\s*=\s*([\w-]+\s*=.*)", line)
    return Slip(at, "no_braces", f"{found[1]} = {{ {found[2].strip()} }}") if found else None


def _bad_value(at: int, line: str) -> Slip | None:
    found = value_slip(_masked(line))
    return Slip(at, found.problem, found.example, {"value": found.value}) if found else None


def _no_equals(at: int, line: str) -> Slip | None:
    if not _WITHOUT_EQUALS.search(_blanked(line).partition("#")[0]):
        return None
    return Slip(at, "no_equals", _WITHOUT_EQUALS.sub(r"\1\2 = ", line).strip())


def _comma_in_row(at: int, line: str) -> Slip | None:
    if "{" not in line:
        return None
    right = re.sub(r"(?<=[\w\"'])(\s+[\w-]+\s*=)", r",\1", line)
    return None if right == line else Slip(at, "no_comma", right.strip())


def _header(at: int, line: str) -> Slip | None:
    """A name between the wrong brackets: ``(limits)``, ``[[limits]``."""
    found = re.fullmatch(r"\s*[\[(<]+\s*([\w.]+)\s*[\])>]+\s*", line)
    if found is None or re.fullmatch(r"\s*(\[\[[^\[\]]+\]\]|\[[^\[\]]+\])\s*", line):
        return None
    return Slip(at, "bad_header", _headed(found[1], []), {"name": found[1]})


_LOOKS: tuple[Callable[[int, str], Slip | None], ...] = (
    _unseen,
    _wide,
    _comment,
    _open_quote,
    _colon,
    _bare_name,
    _header,
    _row_over_lines,
    _without_braces,
    _bad_value,
    _comma_in_row,
    _no_equals,
)


def _left_open(lines: list[str], at: int) -> Slip | None:
    """A list that has no end before the next table or key begins."""
    if not (_HEADER.match(lines[at - 1]) or _KEY.match(lines[at - 1])):
        return None
    begun = _list_open_before(lines, at)
    if begun is None:
        return None
    return Slip(begun, "list_left_open", f"{lines[begun - 1].strip()} ... ]", {"next": at})


def _list_open_before(lines: list[str], at: int) -> int | None:
    """The line of the list that is still open where a line begins."""
    depth, begun = 0, None
    for number, line in zip(count(1), lines[: at - 1], strict=False):
        if depth <= 0 and _HEADER.match(line):
            continue
        masked = _masked(line)
        before, depth = depth, depth + masked.count("[") - masked.count("]")
        if before <= 0 < depth:
            begun = number
    return begun if depth > 0 else None


def _between_rows(lines: list[str], at: int) -> Slip | None:
    before = lines[at - 2].rstrip() if at > 1 else ""
    if not before.endswith("}") or not lines[at - 1].lstrip().startswith("{"):
        return None
    return Slip(at - 1, "no_comma", f"{before.strip()},")


def _written_twice(lines: list[str], at: int) -> Slip:
    line = lines[at - 1]
    if header := _HEADER.match(line):
        return Slip(at, "table_twice", _headed(header[2], lines), {"name": header[2]})
    key = _KEY.match(line)
    name = key[1] if key else line.strip()
    return Slip(at, "key_twice", line.strip()[:_LONGEST], {"key": name})


def _headed(name: str, lines: list[str]) -> str:
    """The header of a table as it should be, in two brackets where it may come again."""
    written = {line.strip() for line in lines}
    again = name.rpartition(".")[2] in _LISTS or f"[[{name}]]" in written
    return f"[[{name}]]" if again else f"[{name}]"


def _unended(lines: list[str]) -> Slip | None:
    """The text ended before the parser was satisfied: a quote or a list is open somewhere above."""
    for at, line in enumerate(lines, start=1):
        if slip := _open_quote(at, line):
            return slip
    begun = _list_open_before(lines, len(lines) + 1)
    if begun is None:
        return None
    return Slip(begun, "list_left_open", f"{lines[begun - 1].strip()} ... ]", {"next": len(lines)})


def _blanked(line: str) -> str:
    """A line with blanks in the place of its texts."""
    return _TEXT.sub(lambda text: " " * len(text[0]), line)


def _masked(line: str) -> str:
    """A line with its texts emptied and its comment away."""
    return _TEXT.sub('""', line).partition("#")[0].rstrip()[:1000]
