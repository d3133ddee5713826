"""From Telegram to a page: the page hands over the launch data that Telegram gave it."""

import logging

from aiohttp import web

from bot.telegram.decode import CHANNEL
from bot.telegram.init_data import NotTelegrams, TooOld, user_of
from bot.web.body import read_json, text_in
from bot.web.declined import Declined
from bot.web.forms.sessions import Sessions
from core.clock import Clock

log = logging.getLogger(__name__)


class FromTelegram:
    def __init__(self, token: str, sessions: Sessions, clock: Clock) -> None:
        self._token = token
        self._sessions = sessions
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/telegram", self.enter)]

    async def enter(self, request: web.Request) -> web.Response:
        """Begin the session of the user that Telegram vouches for, if the form was opened in their chat."""
        body = await read_json(request)
        try:
            user = user_of(text_in(body, "data"), self._token, self._clock.now())
        except NotTelegrams:
            log.warning("launch data that is not Telegram's was refused")
            raise Declined(403, "proof-forged") from None
        except TooOld:
            raise Declined(403, "proof-old") from None
        conversation = f"{CHANNEL}:{user}"
        if text_in(body, "as") != conversation:
            raise Declined(403, "not-yours")
        response = web.json_response({})
        self._sessions.begin(request, response, conversation)
        return response
