"""A small company for the worker's tests: people of every rung, customers with invoices, and a clock that moves."""

import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

import core.records  # noqa: F401 -- makes the schema known
from core.clock import SetClock
from core.queries.office import POLICY, Office
from core.records.assessment import Assessment
from core.records.audit import AuditRecord
from core.records.collection import Reminder
from core.records.customer import Customer
from core.records.job_run import JobRun
from core.records.ledger import Allocation, Invoice, Receipt
from core.records.line import CreditLine
from core.records.outbox import OutboxMessage
from core.records.request import CreditRequest
from core.records.staff import Binding, Holding, Person
from core.records.tables import table_of
from core.rules.lifecycles.line_lifecycle import LineState
from core.rules.permission import Permission
from core.services.credit.expiry import SuspendLine, suspend_line
from core.services.credit.nagging import EscalateRequest, NagApprovers, escalate_request, nag_approvers
from core.services.customers.bank_account import ConcealBankAccounts, conceal_bank_accounts
from core.services.desk import Desk, Handled
from core.services.digests import TellDigests, tell_digests
from core.services.ledger.reconciliation import RecordDifferences, record_differences
from core.services.ledger.reminders import ClimbLadder, climb_ladder
from core.services.rating.rerating import EscalateReview, OpenReratings, escalate_review, open_reratings
from core.services.stumbles import ReportStumble, report_stumble
from core.settings import Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from core.texts.catalog import say
from core.texts.message import Message
from tests.support.prepared import new_database, shipped_library
from worker.report import Report
from worker.run import run_due

STAFF: Mapping[int, tuple[str, tuple[str, ...], str]] = {
    1: ("王小雨", ("sales",), "华东"),
    2: ("李泽", ("sales",), "华南"),
    3: ("许文博", ("market_manager",), "华东"),
    4: ("何伟东", ("market_manager",), "华南"),
    5: ("沈雅琴", ("credit_controller",), ""),
    6: ("林静秋", ("cfo",), ""),
    7: ("赵明辉", ("marketing_vp",), ""),
    8: ("陈国梁", ("gm",), ""),
    9: ("周鸿远", ("chairman",), ""),
    10: ("冯正言", ("legal",), ""),
    11: ("邓守拙", ("auditor",), ""),
    12: ("高远", ("admin",), ""),
}
OWNER, OTHER_OWNER, MANAGER, OTHER_MANAGER, CONTROLLER, CFO, VP, GM, CHAIRMAN, LEGAL, AUDITOR, ADMIN = STAFF
EAST, SOUTH = 1, 2
"""The two customers: 华东机械 of `OWNER` and `MANAGER`'s region, 华南电子 of the others."""

COMMANDS = {
    ClimbLadder: Handled(climb_ladder, Permission.KEEP_TIME),
    TellDigests: Handled(tell_digests, Permission.KEEP_TIME),
    SuspendLine: Handled(suspend_line, Permission.KEEP_TIME),
    NagApprovers: Handled(nag_approvers, Permission.KEEP_TIME),
    EscalateRequest: Handled(escalate_request, Permission.KEEP_TIME),
    ConcealBankAccounts: Handled(conceal_bank_accounts, Permission.KEEP_TIME),
    RecordDifferences: Handled(record_differences, Permission.KEEP_TIME),
    OpenReratings: Handled(open_reratings, Permission.KEEP_TIME),
    EscalateReview: Handled(escalate_review, Permission.KEEP_TIME),
    ReportStumble: Handled(report_stumble, Permission.KEEP_TIME),
}

_INVOICE, _OUTBOX, _REMINDER, _AUDIT = (
    table_of(one) for one in (Invoice, OutboxMessage, Reminder, AuditRecord)
)


@dataclass
class Company:
    """What a test holds in its hands."""

    database: Database
    desk: Desk
    clock: SetClock
    machine: SetClock = field(default_factory=lambda: SetClock(datetime(2026, 1, 1, tzinfo=UTC)))
    """The real time, on which leases run."""
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def at(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """Set the clock to a time of day where the company is."""
        self.clock.set(datetime.combine(day, time(hour, minute), self.desk.office.settings.zone))
        return self.clock.now()

    async def morning(self, day: date) -> list[Report]:
        """`run_due` at nine o'clock."""
        return await run_due(self.database, self.desk, self.at(day), machine=self.machine)

    async def mornings(self, first: date, last: date) -> None:
        for ahead in range((last - first).days + 1):
            await self.morning(first + timedelta(days=ahead))

    async def write(self, *records: SQLModel) -> None:
        def add(session: Session) -> None:
            session.add_all(records)

        await self.database.write(add)

    async def change(self, record: type[SQLModel], key: Any, **values: Any) -> None:
        def alter(session: Session) -> None:
            found = session.get_one(record, key)
            for name, value in values.items():
                setattr(found, name, value)

        await self.database.write(alter)

    async def invoice(
        self, due: date, yuan: int = 1000, *, customer: int = EAST, disputed: int = 0, kind: str = "invoice"
    ) -> int:
        number = next(self.numbers)
        await self.write(
            Invoice(
                id=number,
                number=f"INV-{number}",
                customer=customer,
                kind=kind,
                issued=due - timedelta(days=30),
                due=due,
                amount_minor=yuan * 100,
                disputed_minor=disputed * 100,
                open_minor=yuan * 100,
            )
        )
        return number

    async def pay(self, invoice: int) -> None:
        """In full, by a receipt of its own."""

        def settle(session: Session) -> None:
            found = session.get_one(Invoice, invoice)
            receipt = Receipt(
                number=f"R-{invoice}",
                customer=found.customer,
                received=found.due,
                amount_minor=found.open_minor,
                rest_minor=0,
            )
            session.add(receipt)
            session.flush()
            session.add(
                Allocation(
                    invoice=invoice, receipt=receipt.id, amount_minor=receipt.amount_minor, on=found.due
                )
            )
            found.open_minor, found.status = 0, "settled"

        await self.database.write(settle)

    async def line(self, ends: date, *, customer: int = EAST, rated_until: date | None = None) -> int:
        number = next(self.numbers)
        await self.write(
            CreditLine(
                id=number,
                customer=customer,
                kind="long_term",
                limit_minor=10_000_000,
                term_days=30,
                starts=ends - timedelta(days=364),
                ends=ends,
                opened_at=self.clock.now(),
            )
        )
        if rated_until is not None:
            await self.change(Customer, customer, grade="B", rated_by_policy=POLICY, rated_until=rated_until)
        return number

    async def line_state(self, line: int) -> LineState:
        return LineState(await self.database.read(lambda session: session.get_one(CreditLine, line).state))

    async def request(self, since: datetime) -> int:
        number = next(self.numbers)
        await self.write(
            Assessment(
                id=number,
                customer=EAST,
                policy="b9-abc",
                policy_version="2026-01",
                policy_checksum="",
                at=since,
            )
        )
        await self.write(
            CreditRequest(
                id=number,
                number=f"REQ-2026-{number:04d}",
                customer=EAST,
                requester=OWNER,
                kind="long_term",
                asked_minor=26_000_000,
                proposed_minor=26_000_000,
                ceiling_minor=26_000_000,
                granted_minor=26_000_000,
                term_days=30,
                assessment=number,
                chain="b9-chain",
                chain_version="2026-01",
                step_since=since,
                submitted_at=since,
            )
        )
        return number

    async def climbed_long_ago(self, invoice: int, *rungs: int) -> None:
        """The rungs were climbed, and the digest that told them went out, before everything that a test does."""
        long_ago = date(2025, 12, 1)
        await self.write(
            *(Reminder(invoice=invoice, rung=rung, due_on=long_ago, told_on=long_ago) for rung in rungs),
            JobRun(
                job="digest",
                slot=f"{long_ago}T09:00",
                holder="",
                started_at=self.clock.now(),
                lease_until=self.clock.now(),
                finished_at=self.clock.now(),
            ),
        )

    async def climbed(self, invoice: int) -> dict[int, date]:
        """The rungs that an invoice has climbed, with the day on which each was told."""
        rows = await self.database.read(
            lambda session: session.execute(
                select(_REMINDER.c.rung, _REMINDER.c.told_on)
                .where(_REMINDER.c.invoice == invoice)
                .order_by(_REMINDER.c.rung)
            ).all()
        )
        return {row.rung: row.told_on for row in rows}

    async def said(self, person: int, key: str = "digest") -> list[Message]:
        """The messages of a key that a person was sent, in order."""
        bodies = await self.database.read(
            lambda session: session.scalars(
                select(_OUTBOX.c.body)
                .where(_OUTBOX.c.person == person, _OUTBOX.c.body != "")
                .order_by(_OUTBOX.c.id)
            ).all()
        )
        return [message for body in bodies if (message := Message.from_text(body)).key == key]

    async def digest(self, person: int) -> Message:
        """The last digest that a person was sent."""
        return (await self.said(person))[-1]

    async def cards(self, person: int) -> list[str]:
        return await self.database.read(
            lambda session: list(
                session.scalars(
                    select(_OUTBOX.c.card)
                    .where(_OUTBOX.c.person == person, _OUTBOX.c.card.is_not(None))
                    .order_by(_OUTBOX.c.id)
                )
            )
        )

    async def outbox(self) -> int:
        return await self.database.read(
            lambda session: session.execute(select(func.count()).select_from(_OUTBOX)).scalar_one()
        )

    async def recorded(self, action: str) -> int:
        """How often something stands in the audit trail."""
        return await self.database.read(
            lambda session: session.execute(
                select(func.count()).select_from(_AUDIT).where(_AUDIT.c.action == action)
            ).scalar_one()
        )

    async def leave(self, person: int) -> None:
        await self.change(Person, person, active=False)


def shown(message: Message, language: Any = "zh_CN") -> str:
    return say(language, message.key, message.facts)


@asynccontextmanager
async def company(folder: Path) -> AsyncIterator[Company]:
    """The company of `STAFF` with its two customers, an empty ledger and every person in a web chat."""
    path = folder / "zixin.db"
    new_database(path)
    settings = Settings(database_url=f"sqlite:///{path}", _env_file=None)  # type: ignore[call-arg]
    clock = SetClock(datetime(2026, 1, 5, 1, tzinfo=UTC))
    desk = Desk(Office(settings, shipped_library(), clock, Vault(settings)), COMMANDS)
    async with Database(path) as database:
        await database.write(lambda session: _found(session, clock.now()))
        yield Company(database, desk, clock)


def _found(session: Session, at: datetime) -> None:
    people = [
        {"id": number, "name": name, "region": region, "english_name": "", "language": "", "active": True}
        for number, (name, _, region) in STAFF.items()
    ]
    session.execute(insert(table_of(Person)), people)
    person = table_of(Person)
    for number, superior in ((MANAGER, VP), (OTHER_MANAGER, VP), (CONTROLLER, CFO), (VP, GM), (CFO, GM)):
        session.execute(update(person).where(person.c.id == number).values(reports_to=superior))
    session.add_all(
        Holding(person=number, role=role) for number, (_, roles, _) in STAFF.items() for role in roles
    )
    session.add_all(Binding(channel="web", address=str(n), person=n, made_at=at, used_at=at) for n in STAFF)
    for number, name, region, owner in (
        (EAST, "华东机械", "华东", OWNER),
        (SOUTH, "华南电子", "华南", OTHER_OWNER),
    ):
        session.add(
            Customer(
                id=number,
                code=f"C{number:04d}",
                name=name,
                name_key=name,
                region=region,
                owner=owner,
                opened_at=at,
            )
        )
