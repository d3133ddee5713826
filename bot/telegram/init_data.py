"""Who opens a page from Telegram: the launch data that it hands to the page, signed with the bot's token."""

import hashlib
import hmac
import json
from datetime import datetime
from urllib.parse import parse_qsl

VALID_SECONDS = 3600
"""How old launch data may be. Within that, showing it again is the same page loaded again."""
AHEAD_SECONDS = 300
"""Telegram's clock may be so far before ours."""
MOST_CHARACTERS = 8192


class NotTelegrams(Exception):
    """Not signed with this bot's token, or not whole."""


class TooOld(Exception):
    """Signed by Telegram, and older than `VALID_SECONDS`."""


def user_of(init_data: str, token: str, now: datetime) -> str:
    """The id of the user that Telegram vouches for. Raises `NotTelegrams`, `TooOld`."""
    if len(init_data) > MOST_CHARACTERS:
        raise NotTelegrams
    try:
        fields = dict(parse_qsl(init_data, keep_blank_values=True, strict_parsing=True))
    except ValueError:
        raise NotTelegrams from None
    given = fields.pop("hash", "")
    told = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    expected = hmac.new(key, told.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise NotTelegrams
    try:
        age = now.timestamp() - int(fields["auth_date"])
        user = json.loads(fields["user"])["id"]
    except (KeyError, ValueError, TypeError):
        raise NotTelegrams from None
    if not isinstance(user, int) or isinstance(user, bool) or age < -AHEAD_SECONDS:
        raise NotTelegrams
    if age > VALID_SECONDS:
        raise TooOld
    return str(user)
