"""The response codes of cards, kept until they are used or too old."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.clock import Clock
from core.records.card_code import CardCode
from core.records.tables import table_of
from core.storage.database import Database
from core.storage.once import insert_unless_there

LIFE = timedelta(hours=72)
TIDY_EVERY = timedelta(hours=1)
_CODE = table_of(CardCode)


class ResponseCodes:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._tidied_at: datetime | None = None

    async def keep(self, card: str, code: str) -> None:
        """Keep a code; one that is there already stays as it is. What is too old goes, every hour or so."""
        now = self._clock.now()
        tidies = self._tidied_at is None or now - self._tidied_at >= TIDY_EVERY
        if tidies:
            self._tidied_at = now

        def work(session: Session) -> None:
            if tidies:
                session.execute(delete(_CODE).where(_CODE.c.got_at < now - LIFE))
            row = {"code": code, "card": card, "got_at": now, "used": False}
            session.execute(insert_unless_there(session, _CODE, "code"), row)

        await self._database.write(work)

    async def take(self, card: str, *, spare: int) -> str | None:
        """The newest code of a card, used up from now on; None if no more than ``spare`` are left."""
        now = self._clock.now()

        def work(session: Session) -> str | None:
            good = select(_CODE.c.code).where(
                _CODE.c.card == card, ~_CODE.c.used, _CODE.c.got_at >= now - LIFE
            )
            codes = session.scalars(good.order_by(_CODE.c.got_at.desc(), _CODE.c.code)).all()
            if len(codes) <= spare:
                return None
            session.execute(update(_CODE).where(_CODE.c.code == codes[0]).values(used=True))
            return str(codes[0])

        return await self._database.write(work)

    async def use(self, code: str) -> bool:
        """Use up this very code; False if somebody did before."""
        unused = update(_CODE).where(_CODE.c.code == code, ~_CODE.c.used).returning(_CODE.c.code)
        return await self._database.write(
            lambda session: session.scalar(unused.values(used=True)) is not None
        )

    async def give_back(self, code: str) -> None:
        """A code that surely was not used."""
        await self._database.write(
            lambda session: session.execute(update(_CODE).where(_CODE.c.code == code).values(used=False))
        )
