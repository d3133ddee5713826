"""What the stories have in common: the sample company's people, a request from question to card, and the books."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from core.queries.credit.lines import live_line
from core.records.audit import AuditRecord
from core.records.customer import Customer
from core.records.line import CreditLine
from core.records.request import CreditRequest, Signature
from core.records.tables import table_of
from core.rules.credit.approval import Verdict
from core.rules.money import parse_amount
from core.services.credit.decide import Decide
from core.services.credit.request import SubmitRequest
from tests.support.town import Said, Someone, Town

T = TypeVar("T")

EAST = "华东机械设备有限公司"
SALESPERSON = "王小雨"
CHAIN = {
    "market_manager": "许文博",
    "credit_controller": "沈雅琴",
    "marketing_vp": "赵明辉",
    "cfo": "林静秋",
    "gm": "陈国梁",
    "chairman": "周鸿远",
}
"""Who signs for which role of the chain, in its order (B9 arts. 18, 25-29)."""
FINANCE_MANAGER, DEPUTY, OTHER_SALESPERSON = "郑惠芳", "何伟东", "李泽"
RELIABLE = "回款一贯按时"

_TALK = {"inbox", "outbox", "session", "draft", "audit", "binding"}
"""What a conversation leaves behind, whatever is decided in it."""


async def meets_all(town: Town) -> None:
    """Everybody who takes part opens the chat."""
    for name in (SALESPERSON, *CHAIN.values(), FINANCE_MANAGER, DEPUTY, OTHER_SALESPERSON):
        await town.meets(name)


async def considers(
    person: Someone,
    customer: str = "华东机械",
    amount: str = "30万",
    *,
    kind: str = "长期",
    collateral: str = "26万",
    why: str = "",
) -> Said:
    """Ask for credit, answer by answer, up to the preview (3.1, 3.2). Where no collateral is asked for, none is told."""
    await person.says("菜单")
    await person.taps("申请授信")
    await person.says(customer)
    await person.says(amount)
    [asked] = await person.taps(kind)
    if "没有抵押" in asked.buttons:
        await person.says(collateral)
        if collateral != "没有抵押":
            await person.says("厂房,已登记")
    [preview] = await (person.says(why) if why else person.taps("跳过"))
    return preview


async def asks(
    person: Someone, customer: str = EAST, amount: str = "26万", *, kind: str = "long_term"
) -> Said:
    """Ask for credit against a pledge of ¥260,000, where the talk is not the story. Returns the requester's card."""
    found = await customer_of(person.town, customer)
    asked, pledge = parse_amount(amount), parse_amount("26万")
    request = await person.does(SubmitRequest(found.id or 0, kind, asked, "", pledge, "厂房,已登记"))
    mine = await person.says("/requests")
    await person.taps(f"REQ-2026-{request:04d}", mine[-1])
    return await person.card()


async def signs(person: Someone, why: str = RELIABLE) -> list[Said]:
    """Tap consent on the card; where the policy wants a reason (B9 art. 42), give one."""
    said = await person.taps("同意", await person.card())
    return await person.says(why) if RELIABLE in said[-1].buttons else said


async def all_sign(town: Town, *, until: str | None = None) -> None:
    """Everybody in the chain consents, in order; ``until`` names the role whose turn it is then."""
    for role, name in CHAIN.items():
        if role == until:
            return
        await signs(town.people[name])


async def consents(town: Town, role: str, name: str = "") -> None:
    """Consent through the desk, where the conversation is not the story."""
    request = await the_request(town)
    decision = Decide(request.id or 0, request.version, Verdict.APPROVE, reason=RELIABLE)
    await town.people[name or CHAIN[role]].does(decision)


async def all_consent(town: Town, *, until: str | None = None) -> None:
    """As `all_sign`, through the desk."""
    for role in CHAIN:
        if role == until:
            return
        await consents(town, role)


async def asked_of(town: Town, question: Callable[[Session], T]) -> T:
    return await town.database.read(question)


async def requests(town: Town) -> list[CreditRequest]:
    return await asked_of(town, lambda session: list(session.scalars(select(CreditRequest))))


async def the_request(town: Town) -> CreditRequest:
    """The newest one."""
    return (await requests(town))[-1]


async def signatures(town: Town) -> list[Signature]:
    return await asked_of(town, lambda session: list(session.scalars(select(Signature))))


async def customer_of(town: Town, name: str = EAST) -> Customer:
    named = select(Customer).where(table_of(Customer).c.name.contains(name))
    return await asked_of(town, lambda session: session.scalars(named).one())


async def line_of(town: Town, name: str = EAST) -> CreditLine | None:
    """The customer's line that is open or suspended."""
    customer = await customer_of(town, name)
    return await asked_of(town, lambda session: live_line(session, customer.id or 0))


async def refusals(town: Town) -> list[dict[str, Any]]:
    """What was refused so far, as the audit trail tells it: who, what and why."""
    table = table_of(AuditRecord)
    found = select(table.c.actor, table.c.subject, table.c.data).where(table.c.action == "refused")

    def tell(session: Session) -> list[dict[str, Any]]:
        return [
            {"who": row.actor, "what": row.subject, "why": json.loads(row.data)["why"]}
            for row in session.execute(found)
        ]

    return await asked_of(town, tell)


async def books(town: Town) -> dict[str, str]:
    """A digest of every table but those of the talk and the audit trail."""

    def digest(session: Session) -> dict[str, str]:
        return {
            name: _digest(map(str, session.execute(table.select())))
            for name, table in SQLModel.metadata.tables.items()
            if name not in _TALK
        }

    return await asked_of(town, digest)


def _digest(rows: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The tables that are not what they were."""
    return {name for name in before if before[name] != after[name]}
