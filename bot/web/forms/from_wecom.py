"""From WeCom to a page: whoever WeCom says it is, if the form was opened in their conversation."""

from aiohttp import web

from bot.dialog.page_link import FORMS, page_path
from bot.web.forms.from_chat import ENTERED
from bot.web.forms.sessions import Sessions
from bot.web.wecom_login import UserOf, WeComLogin, to
from bot.wecom.decode import CHANNEL
from core.settings import Settings


class FromWeCom:
    def __init__(self, settings: Settings, user_of: UserOf, sessions: Sessions) -> None:
        self._login = WeComLogin(settings, user_of, f"{FORMS}/wecom", "zixin_form_wecom")
        self._sessions = sessions

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/wecom", self.ask), web.get("/wecom/back", self.enter)]

    async def ask(self, request: web.Request) -> web.Response:
        """To WeCom, with the form that is wanted."""
        return self._login.leave(
            request, {name: request.query.get(name, "") for name in ("form", "subject", "as")}
        )

    async def enter(self, request: web.Request) -> web.Response:
        """Back from WeCom: to the page with a session, or with why there is none."""
        back = await self._login.back(request)
        form, conversation = back.wanted.get("form", ""), back.wanted.get("as", "")
        if not form.isidentifier():
            raise web.HTTPSeeOther(f"{FORMS}/form#refused=proof-forged")
        refused = back.refused
        if not refused and f"{CHANNEL}:{back.user}" != conversation:
            refused = "not-yours"
        page = page_path(form, back.wanted.get("subject", ""), conversation)
        response = to(page + (f"#refused={refused}" if refused else ENTERED))
        self._login.forget(response)
        if not refused:
            self._sessions.begin(request, response, conversation)
        return response
