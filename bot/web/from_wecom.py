"""From WeCom's app to the browser chat: files are sent there, and whom WeCom knows needs no code for it."""

from aiohttp import web

from bot.dialog.page_link import CHAT, CHAT_FROM_WECOM
from bot.web.passes import Passes
from bot.web.ports import Ports
from bot.web.wecom_login import UserOf, WeComLogin, to
from bot.wecom.decode import CHANNEL
from core.rules.refusal import Refusal
from core.services.people.reach import person_at

_INSIDE = "wxwork"
"""How WeCom's own browser names itself; in any other WeCom proves nobody."""


class FromWeCom:
    def __init__(self, ports: Ports, user_of: UserOf, passes: Passes) -> None:
        self._ports = ports
        self._passes = passes
        self._login = WeComLogin(ports.settings, user_of, CHAT_FROM_WECOM, "zixin_chat_wecom")

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/wecom", self.ask), web.get("/wecom/back", self.enter)]

    async def ask(self, request: web.Request) -> web.Response:
        """To WeCom; opened in another browser, to the entrance, where a code is asked for."""
        if _INSIDE not in request.headers.get("User-Agent", "").lower():
            return to(CHAT)
        return self._login.leave(request, {})

    async def enter(self, request: web.Request) -> web.Response:
        """Back from WeCom: into the chat of the person who is bound to the member; without one, to the entrance."""
        back = await self._login.back(request)
        person = None if back.refused else await self._bound_to(back.user)
        response = to(CHAT if person is None else f"{CHAT}?as={person}")
        self._login.forget(response)
        if person is not None:
            self._passes.give(request, response, person)
        return response

    async def _bound_to(self, user: str) -> int | None:
        """The person who is this member, and from now on is reached here as well; None where nobody is, or may be."""
        person = await self._ports.database.read(lambda session: person_at(session, CHANNEL, user))
        if person is None:
            return None
        try:
            await self._ports.doorkeeper.welcome(person)
        except Refusal:
            return None
        return person
