"""Who comes, by WeCom's word: a member is sent to WeCom and comes back with a code, which the app turns into their name."""

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

from aiohttp import web

from bot.web.guard import is_https
from bot.wecom.app_errors import Declined, NoAnswer, NotDone
from core.settings import Settings

AUTHORIZE = "https://open.weixin.qq.com/connect/oauth2/authorize"
AWAY_SECONDS = 600
"""A member is back from WeCom by then."""

UserOf = Callable[[str], Awaitable[str]]
"""The user id behind a code; empty for somebody who is no member. Raises what `bot.wecom.api` does."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Back:
    """Somebody who is back from WeCom."""

    wanted: Mapping[str, str] = field(default_factory=dict)
    """What they had wanted when they left."""
    user: str = ""
    refused: str = ""
    """Why it is not proven who they are; empty where it is."""


class WeComLogin:
    """One way to WeCom and back: ``path`` is where one leaves, ``path``/back where one returns."""

    def __init__(self, settings: Settings, user_of: UserOf, path: str, cookie: str) -> None:
        self._corp_id = settings.wecom_corp_id
        self._agent_id = settings.wecom_agent_id
        self._public = settings.public_url.rstrip("/")
        self._user_of = user_of
        self._path = path
        self._cookie = cookie

    def leave(self, request: web.Request, wanted: Mapping[str, str]) -> web.Response:
        """To WeCom, which asks nothing of a member inside it; what is wanted stays in a cookie beside the state."""
        state = secrets.token_hex(16)
        query = {
            "appid": self._corp_id,
            "redirect_uri": f"{self._public}{self._path}/back",
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
            "agentid": str(self._agent_id),
        }
        response = to(f"{AUTHORIZE}?{urlencode(query)}#wechat_redirect")
        response.set_cookie(
            self._cookie,
            urlencode({"state": state, **wanted}),
            max_age=AWAY_SECONDS,
            path=self._path,
            secure=is_https(request),
            httponly=True,
            samesite="Lax",  # the way back begins on WeCom's site
        )
        return response

    async def back(self, request: web.Request) -> Back:
        """Who is back, and what they had wanted. The state serves once: `forget` it in the answer."""
        wanted = {name: values[0] for name, values in parse_qs(request.cookies.get(self._cookie, "")).items()}
        state = wanted.pop("state", "")
        if not state or not hmac.compare_digest(state.encode(), request.query.get("state", "").encode()):
            log.warning("somebody came back from WeCom who had not been sent there")
            return Back(wanted, refused="proof-forged")
        try:
            user = await self._user_of(request.query.get("code", ""))
        except (Declined, NoAnswer, NotDone) as error:
            log.warning("WeCom did not say who comes: %s", error)
            return Back(wanted, refused="unproven")
        return Back(wanted, user) if user else Back(wanted, refused="not-yours")

    def forget(self, response: web.Response) -> None:
        """Let the state serve no more."""
        response.del_cookie(self._cookie, path=self._path)


def to(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address})
