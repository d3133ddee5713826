"""The response codes of cards, kept until they are used or too old."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from bot.gathering import Gathering
from core.clock import Clock
from core.records.card_code import CardCode
from core.records.tables import table_of
from core.storage.database import Database
from core.storage.once import insert_once
from core.storage.prepared import Prepared

LIFE = timedelta(hours=72)
TIDY_EVERY = timedelta(hours=1)

_CODE = table_of(CardCode)
_KEEP = Prepared(insert_once(_CODE, "code"), "code", "card", "got_at", "used")
_LEFT = Prepared(
    select(_CODE.c.code)
    .where(
        _CODE.c.card == bindparam("card"),
        ~_CODE.c.used,
        _CODE.c.got_at >= bindparam("since", type_=_CODE.c.got_at.type),
    )
    .order_by(_CODE.c.got_at.desc(), _CODE.c.code)
)
_MARK = Prepared(update(_CODE).where(_CODE.c.code == bindparam("this")), "used")
_USE = Prepared(
    update(_CODE)
    .where(_CODE.c.code == bindparam("this"), ~_CODE.c.used)
    .values(used=True)
    .returning(_CODE.c.code)
)


class ResponseCodes:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._tidied_at: datetime | None = None
        self._using: Gathering[str, bool] = Gathering(self._use_all)

    async def keep(self, card: str, code: str) -> None:
        """Keep a code; one that is there already stays as it is."""
        await self._database.write(self.keeping(card, code))

    def keeping(self, card: str, code: str) -> Callable[[Session], None]:
        """What keeps a code, for a transaction of somebody's. What is too old goes too, every hour or so."""
        now = self._clock.now()
        tidies = self._tidied_at is None or now - self._tidied_at >= TIDY_EVERY
        if tidies:
            self._tidied_at = now

        def work(session: Session) -> None:
            if tidies:
                session.execute(delete(_CODE).where(_CODE.c.got_at < now - LIFE))
            _KEEP.run(session, code=code, card=card, got_at=now, used=False)

        return work

    async def take(self, card: str, *, spare: int) -> str | None:
        """The newest code of a card, used up from now on; None if no more than ``spare`` are left."""
        now = self._clock.now()

        def work(session: Session) -> str | None:
            left = _LEFT.rows(session, card=card, since=now - LIFE)
            if len(left) <= spare:
                return None
            _MARK.run(session, this=left[0].code, used=True)
            return str(left[0].code)

        return await self._database.write(work)

    async def use(self, code: str) -> bool:
        """Use up this very code; False if somebody did before."""
        return await self._using.ask(code)

    async def _use_all(self, codes: Sequence[str]) -> list[bool]:
        return await self._database.write(
            lambda session: [_USE.first(session, this=code) is not None for code in codes]
        )

    async def give_back(self, code: str) -> None:
        """A code that surely was not used."""
        await self._database.write(lambda session: _MARK.run(session, this=code, used=False))
