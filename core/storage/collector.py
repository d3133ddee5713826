"""The garbage collector, held back where it would walk a great deal again and again and find next to nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

NEW_BETWEEN_WALKS = 20_000
"""Objects: of a few hundred turns, some MiB."""
_standing: set[object] = set()
"""Whoever wants what is there left to stand. Counting what the collector passes over would be such a walk itself."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """While conversations are served: a turn makes thousands of objects and leaves no more than a few in rings, so that
    walking the young ones after every 700, as is the rule, took a tenth of the processor time.
    """
    rule = gc.get_threshold()
    gc.set_threshold(NEW_BETWEEN_WALKS, *rule[1:])
    try:
        yield
    finally:
        gc.set_threshold(*rule)


@contextmanager
def nothing_collected() -> Iterator[None]:
    """While nothing but rows is made, none of them is garbage, and looking for some would take as long as making them."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@contextmanager
def left_to_stand() -> Iterator[None]:
    """The collector passes over what is there already: a walk over a large file's rows, or over the program itself,
    takes a tenth of a second, and may take it while the write lock is held. Of several at once it ends with the last.
    """
    this = object()
    _standing.add(this)
    gc.freeze()
    try:
        yield
    finally:
        _standing.remove(this)
        if not _standing:
            gc.unfreeze()
