"""From WeCom to a page: the member is sent to WeCom and comes back with a code, which the app turns into their name."""

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, urlencode

from aiohttp import web

from bot.dialog.page_link import FORMS, page_path
from bot.web.forms.from_chat import ENTERED
from bot.web.forms.sessions import Sessions
from bot.web.guard import is_https
from bot.wecom.app_errors import Declined, NoAnswer, NotDone
from bot.wecom.decode import CHANNEL
from core.settings import Settings

AUTHORIZE = "https://open.weixin.qq.com/connect/oauth2/authorize"
AWAY_SECONDS = 600
"""A member is back from WeCom by then."""
_COOKIE = "zixin_form_wecom"
_PATH = f"{FORMS}/wecom"

UserOf = Callable[[str], Awaitable[str]]
"""The user id behind a code; empty for somebody who is no member. Raises what `bot.wecom.api` does."""

log = logging.getLogger(__name__)


class FromWeCom:
    def __init__(self, settings: Settings, user_of: UserOf, sessions: Sessions) -> None:
        self._corp_id = settings.wecom_corp_id
        self._agent_id = settings.wecom_agent_id
        self._public = settings.public_url.rstrip("/")
        self._user_of = user_of
        self._sessions = sessions

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/wecom", self.ask), web.get("/wecom/back", self.enter)]

    async def ask(self, request: web.Request) -> web.Response:
        """To WeCom, which asks nothing of a member inside it; where to come back to stays in a cookie beside the state."""
        state = secrets.token_hex(16)
        query = {
            "appid": self._corp_id,
            "redirect_uri": f"{self._public}{_PATH}/back",
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
            "agentid": str(self._agent_id),
        }
        response = _to(f"{AUTHORIZE}?{urlencode(query)}#wechat_redirect")
        wanted = {name: request.query.get(name, "") for name in ("form", "subject", "as")}
        response.set_cookie(
            _COOKIE,
            urlencode({"state": state, **wanted}),
            max_age=AWAY_SECONDS,
            path=_PATH,
            secure=is_https(request),
            httponly=True,
            samesite="Lax",  # the way back begins on WeCom's site
        )
        return response

    async def enter(self, request: web.Request) -> web.Response:
        """Back from WeCom: to the page with a session, or with why there is none."""
        wanted = {name: values[0] for name, values in parse_qs(request.cookies.get(_COOKIE, "")).items()}
        state, form = wanted.get("state", ""), wanted.get("form", "")
        if not form.isidentifier():
            raise web.HTTPSeeOther(f"{FORMS}/form#refused=proof-forged")
        conversation = wanted.get("as", "")
        page = page_path(form, wanted.get("subject", ""), conversation)
        refused, user = await self._proven(request, state)
        if not refused and f"{CHANNEL}:{user}" != conversation:
            refused = "not-yours"
        response = _to(page + (f"#refused={refused}" if refused else ENTERED))
        response.del_cookie(_COOKIE, path=_PATH)
        if not refused:
            self._sessions.begin(request, response, conversation)
        return response

    async def _proven(self, request: web.Request, state: str) -> tuple[str, str]:
        """Why it is not proven who comes, else empty; and the user id."""
        if not state or not hmac.compare_digest(state.encode(), request.query.get("state", "").encode()):
            log.warning("somebody came back from WeCom who had not been sent there")
            return "proof-forged", ""
        try:
            user = await self._user_of(request.query.get("code", ""))
        except (Declined, NoAnswer, NotDone) as error:
            log.warning("WeCom did not say who opens a form: %s", error)
            return "unproven", ""
        return ("", user) if user else ("not-yours", "")


def _to(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address})
