"""The garbage collector, held back while a great many rows are in memory: it would walk them all, again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
    takes a tenth of a second, and may take it while the write lock is held.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
