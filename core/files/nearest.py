"""The code that a mistyped one was probably meant to be."""

import string
from collections.abc import Iterator, Set
from itertools import chain

_CHARACTERS = string.digits + string.ascii_uppercase + "-"
_MOST_ZEROS = 6
_LONGEST = 40


def nearest(code: str, known: Set[str]) -> str | None:
    """The known code one slip of the keyboard away from `code`, or None.

    The likeliest slip wins: another case or lost leading zeros, then two characters swapped, then one wrong,
    then one missing or too many; among equals the first in order. Costs the same however many are known.
    """
    if len(code) > _LONGEST:
        return None
    for slips in (_rewritten, _swapped, _replaced, _missed):
        if found := sorted(meant for meant in slips(code) if meant != code and meant in known):
            return found[0]
    return None


def _rewritten(code: str) -> Iterator[str]:
    yield from (code.upper(), code.lower(), code.lstrip("0"))
    yield from ("0" * count + code for count in range(1, _MOST_ZEROS + 1))


def _swapped(code: str) -> Iterator[str]:
    for at in range(len(code) - 1):
        yield code[:at] + code[at + 1] + code[at] + code[at + 2 :]


def _replaced(code: str) -> Iterator[str]:
    for at in range(len(code)):
        for character in _CHARACTERS:
            yield code[:at] + character + code[at + 1 :]


def _missed(code: str) -> Iterator[str]:
    without = (code[:at] + code[at + 1 :] for at in range(len(code)))
    added = (code[:at] + character + code[at:] for at in range(len(code) + 1) for character in _CHARACTERS)
    return chain(without, added)
