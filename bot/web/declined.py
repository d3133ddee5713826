"""A request that is not served, and why, as a key: the page has the words."""


class Declined(Exception):
    """Answered with ``status`` and ``{"error": key}``; the page says ``error-<key>``, or ``text`` where there is one."""

    def __init__(self, status: int, key: str, text: str = "") -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.text = text
