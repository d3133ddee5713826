"""From the browser chat to a page: whoever has a pass of the chat is let through to their own forms."""

from aiohttp import web

from bot.dialog.page_link import page_path
from bot.web.declined import Declined
from bot.web.forms.sessions import Sessions
from bot.web.visitor import Visitors

ENTERED = "#entered"
"""Says to the page that the way in has been tried: it is not tried in a circle."""


class FromChat:
    def __init__(self, sessions: Sessions, visitors: Visitors) -> None:
        self._sessions = sessions
        self._visitors = visitors

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/form", self.enter)]

    async def enter(self, request: web.Request) -> web.Response:
        """To the page with a session; without a valid pass to the chat's own entrance."""
        try:
            visitor = await self._visitors.of(request)
        except Declined:
            raise web.HTTPSeeOther("/chat") from None
        form, subject = request.query.get("form", ""), request.query.get("subject", "")
        if not form.isidentifier():
            raise web.HTTPNotFound
        target = page_path(form, subject, visitor.conversation) + ENTERED
        response = web.Response(status=303, headers={"Location": target})
        self._sessions.begin(request, response, visitor.conversation)
        return response
