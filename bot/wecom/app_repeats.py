"""Texts that WeCom is to show once, however often they are sent: its check for duplicates, and whom it must not hit.

Of a text whose answer was lost, or that a crash sent anew, nobody knows whether it arrived. WeCom can tell: asked to
check, it does not show the same once more. But it compares words, not messages, and two answers in the same words are two:
so it is asked to check the first of them alone.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

CHECK_SECONDS: Final = 120
"""An answer is waited for for 20 seconds, another process takes over after 15."""


@dataclass(frozen=True, slots=True)
class _Told:
    name: str
    """Of the one message that said it; empty once several did."""
    at: float


class Repeats:
    """What went to whom within `CHECK_SECONDS`, on a clock that the caller reads (seconds, monotonic)."""

    def __init__(self) -> None:
        self._lately: OrderedDict[int, _Told] = OrderedDict()
        """By member and words, the oldest first."""

    def may_only_repeat(self, member: str, name: str, words: str, now: float) -> bool:
        """Are these words, if the member has had them lately, the same part of the same message? Noted from now on.

        ``name`` names the part among all that were ever sent. A new process remembers nothing, so that it says yes to
        whatever another one has sent.
        """
        while self._lately and next(iter(self._lately.values())).at <= now - CHECK_SECONDS:
            self._lately.popitem(last=False)
        key = hash((member, words))
        before = self._lately.pop(key, None)
        alone = before is None or before.name == name
        self._lately[key] = _Told(name if alone else "", now)
        return alone
