"""Places at which a process can be made to die as by ``kill -9``: before each statement and send."""

import os
import re
import signal
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Engine, event

_LEAVES_NOTHING = frozenset({"pragma", "begin", "select", "rollback"})
_VALUE = re.compile(r"x?'(?:[^']|'')*'|\b\d[\d.]*\b")
Boundary = tuple[str, str]
"""Between two places: what was done last, and what would come next."""


class Failpoints:
    """Follows this process from place to place, in whichever thread, and dies where it is told."""

    def __init__(self) -> None:
        self._done = ""
        self._spared: Collection[Boundary] | None = None
        self._last_words: Callable[[Boundary], None] = lambda boundary: None

    def watch_statements(self) -> None:
        """From now on every statement that SQLite is given over an engine is such a place, whoever wrote it.

        It is named by its words without its values; what leaves nothing behind is a ``question``, whatever it asks.
        """

        @event.listens_for(Engine, "connect")
        def connect(connection: Any, _record: Any) -> None:
            connection.set_trace_callback(self._statement)

    def _statement(self, text: str) -> None:
        kind = text.split(maxsplit=1)[0].lower()
        self.reach("question" if kind in _LEAVES_NOTHING else _VALUE.sub("?", text))

    def arm(self, spared: Collection[Boundary] | None, last_words: Callable[[Boundary], None]) -> None:
        """Die at the first boundary from now on that is not ``spared``, having named it; None spares all."""
        self._done, self._spared, self._last_words = "", spared, last_words

    def reach(self, place: str) -> None:
        boundary = (self._done, place)
        self._done = place
        if self._spared is not None and boundary not in self._spared:
            self._last_words(boundary)
            os.kill(os.getpid(), signal.SIGKILL)
