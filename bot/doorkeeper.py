"""Lets people into the browser chat, through the desk."""

from sqlalchemy.orm import Session

from core.queries.actor import actor_of
from core.rules.refusal import Refusal
from core.services.desk import Command, Desk
from core.services.people.staff import BeReachable, ChooseLanguage, Enter, stranger
from core.settings import Language
from core.storage.database import Database

_WEB = "web"


class Doorkeeper:
    """What `bot.web.ports` asks for."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk

    async def welcome(self, person: int) -> None:
        await self._as(person, BeReachable(_WEB, str(person)))

    async def admit(self, code: str) -> int:
        who = stranger(_WEB)
        person = await self._desk.run(self._database, Enter(_WEB, "", code[:64]), who)
        return int(person)

    async def speak(self, person: int, language: Language) -> None:
        await self._as(person, ChooseLanguage(language))

    async def _as(self, person: int, command: Command) -> None:
        def work(session: Session) -> Refusal | None:
            actor = actor_of(session, person)
            if actor is None:
                return Refusal("not-allowed")
            try:
                self._desk.do(session, command, actor)
            except Refusal as refusal:
                return refusal
            return None

        refusal = await self._database.write(work)
        if refusal is not None:
            raise refusal
