"""The unified social credit code (统一社会信用代码, GB 32100): 17 characters and a check character."""

from core.rules.halfwidth import halfwidth

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MODULUS = len(_ALPHABET)
_LENGTH = 18


class NotACode(ValueError):
    """A text that is no such code; ``reason`` is ``length``, ``alphabet`` or ``check_digit``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_uscc(text: str) -> str:
    """The code in upper case without spaces; `NotACode` when it cannot be one."""
    code = "".join(halfwidth(text).split()).upper()
    if len(code) != _LENGTH:
        raise NotACode("length")
    if not set(code) <= set(_ALPHABET):
        raise NotACode("alphabet")
    if check_character(code[:-1]) != code[-1]:
        raise NotACode("check_digit")
    return code


def check_character(first17: str) -> str:
    """The eighteenth character for the first seventeen, all of the code's alphabet (no I, O, S, V, Z)."""
    weighted = sum(
        _ALPHABET.index(character) * pow(3, place, _MODULUS) for place, character in enumerate(first17)
    )
    return _ALPHABET[-weighted % _MODULUS]
