"""Finding the line of a key in a TOML text, for errors that point at it: the standard reader keeps no lines."""

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""Keys and list positions from the top of a file."""

_TABLE = re.compile(r"\s*\[(\[?)\s*([\w.\"-]+)\s*\]")
_KEY = re.compile(r'\s*"?([\w-]+)"?\s*=')
_ROW = re.compile(r"\s+\{")


def line_numbers(text: str) -> Mapping[Path, int]:
    """The line, counted from 1, of every table, every key that begins a line, and every row of a list below it."""
    lines: dict[Path, int] = {(): 1}
    lists: dict[Path, int] = {}
    table: Path = ()
    last: Path = ()
    row = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE.match(line):
            table = _resolve(header[2].split("."), bool(header[1]), lists)
            lines[table] = number
        elif key := _KEY.match(line):
            last = (*table, key[1])
            lines[last] = number
            row = 0
        elif _ROW.match(line):
            lines[(*last, row)] = number
            row += 1
    return lines


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a path, of the first thing in it, or of the nearest thing around it."""
    while path not in lines:
        inside = [line for at, line in lines.items() if at[: len(path)] == path]
        if inside:
            return min(inside)
        path = path[:-1]
    return lines[path]


def _resolve(names: list[str], is_list: bool, lists: dict[Path, int]) -> Path:
    """``[a.b]`` inside ``[[a]]`` belongs to the latest a."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        path = (*path, lists[path]) if path in lists else path
    path = (*path, names[-1])
    if not is_list:
        return path
    lists[path] = lists.get(path, -1) + 1
    return (*path, lists[path])
