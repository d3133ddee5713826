"""Places at which a process can be made to die as by ``kill -9``: before each statement, commit and send."""

import os
import signal
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Engine, event

Boundary = tuple[str, str]
"""Between two places: what was done last, and what would come next."""


class Failpoints:
    """Follows this process from place to place, in whichever thread, and dies where it is told."""

    def __init__(self) -> None:
        self._done = ""
        self._spared: Collection[Boundary] | None = None
        self._last_words: Callable[[Boundary], None] = lambda boundary: None

    def watch_statements(self) -> None:
        """From now on every statement and every commit of every engine is such a place.

        A statement is named in full, but for a question: which one it is makes no difference to what is left behind.
        """

        @event.listens_for(Engine, "before_cursor_execute")
        def statement(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
            self.reach("select" if text.lower().startswith("select") else text)

        @event.listens_for(Engine, "commit")
        def commit(_connection: Any) -> None:
            self.reach("commit")

    def arm(self, spared: Collection[Boundary] | None, last_words: Callable[[Boundary], None]) -> None:
        """Die at the first boundary from now on that is not ``spared``, having named it; None spares all."""
        self._done, self._spared, self._last_words = "", spared, last_words

    def reach(self, place: str) -> None:
        boundary = (self._done, place)
        self._done = place
        if self._spared is not None and boundary not in self._spared:
            self._last_words(boundary)
            os.kill(os.getpid(), signal.SIGKILL)
