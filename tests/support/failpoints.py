"""Places at which a process can be made to die as by ``kill -9``: before each statement, commit and send."""

import os
import signal
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event


class Failpoints:
    """Counts the places that this process passes, in whichever thread, and dies at the one it is told."""

    def __init__(self) -> None:
        self._passed = 0
        self._fatal = 0
        self._last_words: Callable[[str], None] = lambda place: None

    def watch_statements(self) -> None:
        """From now on every statement and every commit of every engine is such a place."""

        @event.listens_for(Engine, "before_cursor_execute")
        def statement(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
            self.reach(text.split(maxsplit=1)[0].lower())

        @event.listens_for(Engine, "commit")
        def commit(_connection: Any) -> None:
            self.reach("commit")

    def arm(self, fatal: int, last_words: Callable[[str], None]) -> None:
        """Count anew, and die at the place of this number, having named it; 0 is never."""
        self._passed, self._fatal, self._last_words = 0, fatal, last_words

    def reach(self, place: str) -> None:
        self._passed += 1
        if self._passed == self._fatal:
            self._last_words(place)
            os.kill(os.getpid(), signal.SIGKILL)
