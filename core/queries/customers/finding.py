"""Finding customers by what people call them, within what one may see (9.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, literal, or_, select
from sqlalchemy.orm import Session

from core.queries.actor import Actor
from core.queries.people.scope import scope_of, viewer, visible_to, visible_within
from core.records.customer import Customer
from core.records.tables import table_of
from core.rules.firm_name import FirmName, Likeness, spread
from core.rules.permission import Permission, Scope
from core.storage.prepared import Prepared

_CUSTOMER = table_of(Customer)
_SHOWN = 8
"""So many are offered to choose from."""
_WEIGHED = 100
"""So many of those that hold what was said are weighed against each other."""
_COMPARED, _LIKELY, _NEAREST = 40, 100, 3
"""Characters of what was typed, and names, that are held against each other; so many are asked about."""
_NEAR = 0.4


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer who may be meant."""

    id: int
    code: str
    name: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Found:
    """Who may be meant, the likeliest first."""

    hits: tuple[Hit, ...] = ()
    more: bool = False
    """There are others besides."""

    @property
    def clear(self) -> Hit | None:
        """The one that fits best by itself: by its whole name or code, else closely, else at all."""
        same = [hit for hit in self.hits if hit.likeness is Likeness.SAME]
        close = [hit for hit in self.hits if hit.likeness.is_close]
        best = same or close or self.hits
        return best[0] if len(best) == 1 else None

    @property
    def sure(self) -> Hit | None:
        """The one that may be taken even where something is promised; what is only clear is asked about."""
        hit = self.clear
        return hit if hit is not None and hit.likeness.is_close else None


def search(session: Session, actor: Actor, said: str) -> Found:
    """Customers whose code is ``said``, or whose name holds it, at least in order with gaps."""
    called = FirmName(said.strip()[:_COMPARED])
    if not actor.may(Permission.SEE_CUSTOMERS) or not called.folded:
        return Found()
    asked = {"code": called.folded.upper(), "key": called.key, "name": _in_order(called.pieces)}
    rows = _search(scope_of(actor)).rows(session, held=_in_order(called.key_pieces), **asked, **viewer(actor))
    weighed = sorted(_weighed(called, rows), key=lambda one: one[0])
    return Found(tuple(hit for _, hit in weighed[:_SHOWN]), more=len(weighed) > _SHOWN)


def _in_order(pieces: Iterable[str]) -> str:
    """Pieces are letters and digits, so that nothing in them means anything to LIKE; no pieces fit nothing."""
    return "".join(f"%{piece}" for piece in pieces) + "%" if pieces else ""


@cache
def _search(scope: Scope) -> Prepared:
    """What holds it in order, the coarse ranks first: the finer ones are told apart where there are few."""
    key = _CUSTOMER.c.name_key
    coded = func.upper(_CUSTOMER.c.code) == bindparam("code")
    at = func.instr(key, bindparam("key"))
    rank = case((coded, 0), (key == bindparam("key"), 1), (at == 1, 2), (at > 1, 3), else_=4)
    held = or_(coded, key.like(bindparam("held")), _CUSTOMER.c.name.like(bindparam("name")))
    return Prepared(
        select(_CUSTOMER.c.id, _CUSTOMER.c.code, _CUSTOMER.c.name)
        .where(visible_within(scope), held)
        .order_by(rank, func.length(_CUSTOMER.c.name), _CUSTOMER.c.id)
        .limit(_WEIGHED)
    )


def _weighed(called: FirmName, rows: Iterable[Any]) -> Iterable[tuple[tuple[int, ...], Hit]]:
    code = called.folded.upper()
    for row in rows:
        name = FirmName(row.name)
        likeness = Likeness.SAME if row.code.upper() == code else called.fits(name)
        if likeness is not None:
            apart = spread(called.pieces, name.plain) or spread(called.key_pieces, name.key) or 0
            yield (likeness, apart, len(name.plain), row.id), Hit(row.id, row.code, row.name, likeness)


def nearest(session: Session, actor: Actor, said: str) -> list[Hit]:
    """Customers whose names look like ``said``, for “did you mean”.

    Likeness is worked out for the few that share most characters with it: of every name it would take seconds.
    """
    key = FirmName(said.strip()[:_COMPARED]).key
    if not key or not actor.may(Permission.SEE_CUSTOMERS):
        return []
    column = _CUSTOMER.c.name_key
    shared = sum((case((func.instr(column, mark) > 0, 1), else_=0) for mark in sorted(set(key))), literal(0))
    rows = session.execute(
        select(_CUSTOMER.c.id, _CUSTOMER.c.code, _CUSTOMER.c.name, column)
        .where(visible_to(actor))
        .order_by(shared.desc(), func.length(_CUSTOMER.c.name), _CUSTOMER.c.id)
        .limit(_LIKELY)
    )
    alike = [(SequenceMatcher(None, row.name_key, key).ratio(), row) for row in rows]
    alike.sort(key=lambda one: -one[0])
    return [Hit(row.id, row.code, row.name, Likeness.NEAR) for like, row in alike[:_NEAREST] if like >= _NEAR]
