"""A hundred approvers tap through a thousand waiting requests, each the next one as soon as the last is answered.

A tap goes the whole way, through inbox, dialog, desk and outbox; what comes out of the outbox is rendered and handed
to a channel that only notes it. The answer is the sentence that tells the approver that it is decided.
"""

import asyncio
import json
import sqlite3
import time
from collections import deque
from dataclasses import fields
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.office import Member, add, add_staff, customer, office, settling
from bench.ratio import Ratio, percentile
from bot.delivery import Delivery
from bot.dialog.engine import Dialogs
from bot.dialog.outcome import Delivered
from bot.dialog.render import Renderer
from bot.dialog.rendered import Rendered
from bot.flows import FLOWS
from bot.flows.cards import CARDS
from bot.inbox import Inbox
from bot.web.decode import decode
from core.clock import SetClock
from core.records.assessment import Assessment
from core.records.outbox import OutboxMessage
from core.records.request import CreditRequest
from core.rules.limits.limit import LimitFacts
from core.rules.money import Money
from core.services.commands import open_desk
from core.storage.database import Database
from core.texts.wire import dumps

REGIONS, MANAGERS_EACH = 20, 5
APPROVERS = REGIONS * MANAGERS_EACH
REQUESTS = 1_000
LIMIT = 10.0
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
_UP_THE_CHAIN = ("credit_controller", "marketing_vp", "cfo", "gm", "chairman")
_REQUESTER = 1
_ASKED = 5_000_000
_LIMIT_FACTS = LimitFacts(
    grade="A",
    kind="long_term",
    asked=Money(_ASKED),
    had_credit=True,
    average_month_receipts=Money(_ASKED),
    average_month_shipments=Money(_ASKED),
    months_with_business=12,
    last_year_average_exposure=Money(_ASKED),
    collateral=None,
    is_new=False,
)


class _Quiet:
    """A channel to people who are pleased with everything, and wake up at an answer."""

    name = "web"

    def __init__(self) -> None:
        self._answered: dict[str, asyncio.Event] = {}
        self._ids = count(1)

    def answered(self, address: str) -> asyncio.Event:
        self._answered[address] = asyncio.Event()
        return self._answered[address]

    def wait_for(self, _address: str) -> float:
        return 0.0

    async def send(self, address: str, _rendered: Rendered, *, skip_parts: int) -> Delivered:  # noqa: ARG002
        if address in self._answered:
            self._answered[address].set()
        return Delivered(str(next(self._ids)))

    async def edit(self, _address: str, external_id: str, _rendered: Rendered) -> Delivered:
        return Delivered(external_id)


def _settle(path: Path, policy: str) -> None:
    """Twenty regions with five managers each, and fifty requests in each that wait for one of the five."""
    managers = [Member(n, "market_manager", _region(n)) for n in range(2, 2 + APPROVERS)]
    above = [Member(2 + APPROVERS + n, role) for n, role in enumerate(_UP_THE_CHAIN * 2)]
    limit = {field.name: getattr(_LIMIT_FACTS, field.name) for field in fields(_LIMIT_FACTS)}
    inputs = dumps({"facts": {}, "sources": {}, "limit": limit})
    requests = range(1, 1 + REQUESTS)
    with settling(path) as session:
        add_staff(session, "web", [Member(_REQUESTER, "sales"), *managers, *above])
        add(session, [customer(n, f"C{n}", _REQUESTER, _region(n)) for n in requests])
        add(
            session,
            [
                Assessment(
                    id=n,
                    customer=n,
                    policy="b9-abc",
                    policy_version="",
                    policy_checksum=policy,
                    inputs=inputs,
                    grade="A",
                    at=AT,
                )
                for n in requests
            ],
        )
        add(session, [_request(n) for n in requests])
        add(
            session,
            [
                OutboxMessage(
                    channel="web",
                    conversation=f"web:{one.number}",
                    person=one.number,
                    key=f"card:{n}:0:{one.number}",
                    card=f"request:{n}",
                    urgent=True,
                    state="sent",
                    external_id="1",
                    created_at=AT,
                )
                for n in requests
                for one in managers
                if one.region == _region(n)
            ],
        )


def _region(number: int) -> str:
    return f"region {number % REGIONS}"


def _request(number: int) -> CreditRequest:
    """It waits for the first of the chain."""
    return CreditRequest(
        id=number,
        number=f"REQ-2026-{number:04d}",
        customer=number,
        requester=_REQUESTER,
        kind="long_term",
        asked_minor=_ASKED,
        proposed_minor=_ASKED,
        ceiling_minor=_ASKED,
        granted_minor=_ASKED,
        term_days=30,
        assessment=number,
        chain="b9-chain",
        chain_version="2026-01",
        step_since=AT,
        submitted_at=AT,
    )


def _cards(path: Path) -> dict[int, deque[tuple[int, str]]]:
    """For each approver the requests to decide, shared out within the region: the card's number and the button."""
    found: dict[int, deque[tuple[int, str]]] = {}
    with sqlite3.connect(path) as connection:
        for number, person, card in connection.execute("select id, person, card from outbox order by id"):
            request = int(card.partition(":")[2])
            if request // REGIONS % MANAGERS_EACH == (person - 2) // REGIONS:
                found.setdefault(person, deque()).append((number, f"approve:{request}:1"))
    return found


async def _measure(folder: Path) -> list[Ratio]:
    path = folder / "zixin.db"
    company = office(path, SetClock(AT))
    _settle(path, company.policy(AT.date()).checksum)
    quiet, waits, keys = _Quiet(), list[float](), count(1)
    async with Database(path) as database:
        dialogs, clock = Dialogs(open_desk(company), FLOWS), company.clock
        inbox = Inbox(database, dialogs, clock, {"web": decode}, lambda *_: None, {})
        delivery = Delivery(
            database, Renderer(company, CARDS), clock, {"web": quiet}, company.settings.language
        )
        delivering = asyncio.create_task(delivery.run())

        async def approver(person: int, cards: deque[tuple[int, str]]) -> None:
            while cards:
                number, what = cards.popleft()
                answered = quiet.answered(str(person))
                began = time.perf_counter()
                body = json.dumps({"kind": "tap", "data": f"{number}.{what}"})
                await inbox.put("web", [(str(next(keys)), f"web:{person}", body)])
                await answered.wait()
                waits.append(time.perf_counter() - began)

        await asyncio.gather(*(approver(person, cards) for person, cards in _cards(path).items()))
        delivering.cancel()
        await asyncio.gather(delivering, return_exceptions=True)
    _check(path)
    half, slowest = median(waits), percentile(waits, 99)
    return [
        Ratio(
            "approvals: 99th percentile of 100 approvers",
            slowest * 1e3,
            half * 1e3,
            "ms",
            "the median",
            LIMIT,
        )
    ]


def _check(path: Path) -> None:
    """Every request is signed once and waits for the next seat; nothing was refused, nothing failed."""
    with sqlite3.connect(path) as connection:
        signed = connection.execute("select count(distinct request), count(*) from signature").fetchone()
        moved = connection.execute("select count(*) from request where step = 1 and version = 2").fetchone()
        refused = connection.execute("select count(*) from audit where action = 'refused'").fetchone()
        parked = connection.execute("select count(*) from inbox where state <> 'worked'").fetchone()
    found = (*signed, *moved, *refused, *parked)
    if found != (REQUESTS, REQUESTS, REQUESTS, 0, 0):
        raise AssertionError(f"signed, signatures, moved on, refused, not worked: {found}")


def measure() -> list[Ratio]:
    with TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))
