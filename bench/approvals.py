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
from core.policies.library import SHIPPED, Library
from core.queries.office import Office
from core.rules.limit import LimitFacts
from core.rules.money import Money
from core.services.commands import open_desk
from core.settings import Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from core.storage.upgrade import upgrade
from core.texts.wire import dumps

REGIONS, MANAGERS_EACH = 20, 5
APPROVERS = REGIONS * MANAGERS_EACH
REQUESTS = 1_000
LIMIT = 10.0
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
_SAMPLE_POLICY = Path(__file__).parents[1] / "core" / "samples" / "policy"
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
    upgrade(path)
    at = AT.replace(tzinfo=None).isoformat(" ")
    managers = range(2, 2 + APPROVERS)
    above = range(2 + APPROVERS, 2 + APPROVERS + 2 * len(_UP_THE_CHAIN))
    roles = [(_REQUESTER, "sales")]
    roles += [(person, "market_manager") for person in managers]
    roles += [(person, _UP_THE_CHAIN[place // 2]) for place, person in enumerate(above)]
    limit = {field.name: getattr(_LIMIT_FACTS, field.name) for field in fields(_LIMIT_FACTS)}
    inputs = dumps({"facts": {}, "sources": {}, "limit": limit})
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "insert into person (id, name, english_name, region, language, active) values (?, ?, '', ?, '', 1)",
            ((person, f"person {person}", f"region {person % REGIONS}") for person, _ in roles),
        )
        connection.executemany("insert into holding (person, role) values (?, ?)", roles)
        connection.executemany(
            "insert into binding (channel, address, person, used_at) values ('web', ?, ?, ?)",
            ((str(person), person, at) for person, _ in roles),
        )
        connection.executemany(
            "insert into customer (id, code, name, name_key, kind, region, owner, industry, size,"
            " legal_representative, address, phone, scope, bank_sealed, opened_at)"
            " values (?, ?, ?, ?, 'customer', ?, ?, '', '', '', '', '', '', '', ?)",
            (
                (n, f"C{n}", f"customer {n}", f"customer {n}", f"region {n % REGIONS}", _REQUESTER, at)
                for n in range(1, REQUESTS + 1)
            ),
        )
        connection.executemany(
            "insert into assessment (id, customer, policy, policy_version, policy_checksum, inputs, result, grade, at)"
            " values (?, ?, 'b9-abc', '', ?, ?, '{}', 'A', ?)",
            ((n, n, policy, inputs, at) for n in range(1, REQUESTS + 1)),
        )
        connection.executemany(
            "insert into request (id, number, customer, requester, kind, currency, asked_minor, proposed_minor,"
            " ceiling_minor, granted_minor, term_days, reason, collateral_note, assessment, chain, state, step,"
            " step_since, version, submitted_at, question)"
            " values (?, ?, ?, ?, 'long_term', 'CNY', ?, ?, ?, ?, 30, '', '', ?, 'b9-chain', 'in_approval', 0,"
            " ?, 1, ?, '')",
            (
                (n, f"REQ-2026-{n:04d}", n, _REQUESTER, *(_ASKED,) * 4, n, at, at)
                for n in range(1, REQUESTS + 1)
            ),
        )
        connection.executemany(
            "insert into outbox (channel, conversation, person, key, card, body, urgent, state, attempts,"
            " parts_done, external_id, trouble, created_at, touched)"
            " values ('web', ?, ?, ?, ?, '', 1, 'sent', 0, 0, '1', '', ?, 1)",
            (
                (f"web:{person}", person, f"card:{n}:0:{person}", f"request:{n}", at)
                for n in range(1, REQUESTS + 1)
                for person in managers
                if person % REGIONS == n % REGIONS
            ),
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
    settings = Settings(database_url=f"sqlite+aiosqlite:///{path}", _env_file=None)  # type: ignore[call-arg]
    office = Office(settings, Library([SHIPPED, _SAMPLE_POLICY]), SetClock(AT), Vault(settings))
    _settle(path, office.policy(AT.date()).checksum)
    quiet, waits, keys = _Quiet(), list[float](), count(1)
    async with Database(path) as database:
        inbox = Inbox(
            database, Dialogs(open_desk(office), FLOWS), office.clock, {"web": decode}, lambda *_: None, {}
        )
        delivery = Delivery(database, Renderer(office, CARDS), office.clock, {"web": quiet}, settings.language)
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
    return [Ratio("approvals: 99th percentile of 100 approvers", slowest * 1e3, half * 1e3, "ms", "the median", LIMIT)]


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
