"""The company in which a year is lived: files come in through the desk, the worker runs, and people are told."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from core.queries import audit
from core.queries.actor import OPERATOR
from core.queries.ledger.accounts import accounts_of_many
from core.queries.ledger.aging import aging_report
from core.queries.ledger.exposure import exposure
from core.queries.ledger.overdue import overdue_report
from core.queries.office import POLICY
from core.records.collection import Reminder
from core.records.customer import Customer as CustomerFile
from core.records.ledger import Allocation
from core.records.ledger import Invoice as InvoiceRecord
from core.records.ledger import Receipt as ReceiptRecord
from core.records.line import CreditLine
from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from core.samples.company import sample_company
from core.services.imports.import_run import look_at_import, read_import, run_import
from core.services.imports.imports import ConfirmImport, OpenImport, Preview
from core.texts.message import Message
from tests.support.balances import balance
from tests.support.town import Someone, Town
from tests.year.books import Aged, Overdue
from tests.year.ledger import Customer, Invoice, Receipt
from tests.year.reminding import Told
from worker.jobs.climb import climb
from worker.jobs.digest import digest
from worker.jobs.suspend import suspend
from worker.report import Report
from worker.run import run_due

_CUSTOMER, _LINE, _REMINDER = table_of(CustomerFile), table_of(CreditLine), table_of(Reminder)
_INVOICE, _RECEIPT, _ALLOCATION = table_of(InvoiceRecord), table_of(ReceiptRecord), table_of(Allocation)
_OUTBOX = table_of(OutboxMessage)

FINANCE = "郑惠芳"
HOLDERS: Mapping[str, str] = {
    "market_manager": "许文博",
    "credit_controller": "沈雅琴",
    "cfo": "林静秋",
    "marketing_vp": "赵明辉",
    "legal": "冯正言",
}
"""Who holds the roles of the ladder, for all regions."""


@dataclass(frozen=True, slots=True)
class Evening:
    """How the ledger stands when a day is over, as the program says."""

    balances: dict[str, int]
    open_items: dict[str, int]
    overdue: dict[str, Overdue]
    aging: dict[str, Aged]
    suspended: set[str]


class Company:
    """The staff of the sample company, with customers of one's own."""

    def __init__(self, town: Town, finance: Someone) -> None:
        self.town = town
        self._finance = finance

    @classmethod
    async def founded(cls, town: Town, customers: Sequence[Customer]) -> "Company":
        """Staff of every role, then the customers by file, with the lines and ratings of years before."""
        for one in sample_company(date(2026, 1, 1)).staff:
            await town.hires(one.name, *one.roles, region=one.region)
        company = cls(town, town.people[FINANCE])
        await company.books(
            "客户.csv", _sheet(["code", "name", "region", "owner"], map(_customer, customers))
        )
        await town.database.write(lambda session: _rate(session, town, customers))
        return company

    # files, through the product's own door (5.1)

    async def books_invoices(self, file: Sequence[Invoice]) -> None:
        """A file as Chinese books export it: Chinese headings, GBK."""
        assert (await self.books("发票.csv", invoice_sheet(file))).new == len(file)

    async def books_receipts(self, file: Sequence[Receipt]) -> None:
        assert (await self.books("收款.csv", receipt_sheet(file))).new == len(file)

    async def books(self, name: str, content: bytes) -> Preview:
        """Sent by the finance manager, looked at, confirmed and booked; every row is good."""
        desk, database = self.town.desk, self.town.database
        upload = await self.town.keep_file(name, content, by=self._finance.id)
        batch: int = await self._finance.does(OpenImport(upload))
        file = await read_import(database, desk, batch)
        seen = await look_at_import(database, desk, batch, file)
        assert seen.errors == ()
        await self._finance.does(ConfirmImport(batch))
        booked = await run_import(database, desk, batch, file)
        assert (booked.added, booked.refused) == (seen.new, 0)
        return seen

    # the worker

    async def morning(self, day: date) -> list[Report]:
        """What the worker does at nine."""
        self.town.comes(f"{day}T09:00")
        return await run_due(self.town.database, self.town.desk, self.town.clock.now())

    async def morning_without_fence(self, day: date) -> list[Report]:
        """The jobs that tell people or change lines, as if nobody knew that they have been run."""
        self.town.comes(f"{day}T09:00")
        jobs = (suspend, climb, digest)
        return [await job(day, database=self.town.database, desk=self.town.desk) for job in jobs]

    # what the program says

    async def evening(self, day: date) -> Evening:
        return await self.town.database.read(lambda session: _evening(session, day))

    async def exposures(self) -> dict[str, int]:
        """Each customer's exposure, as a deal is held against it; those with none left out."""

        def ask(session: Session) -> dict[str, int]:
            found = {code: exposure(session, number).minor for code, number in _customers(session)}
            return {code: minor for code, minor in found.items() if minor}

        return await self.town.database.read(ask)

    async def aging(self, day: date) -> dict[str, Aged]:
        """The aging report of a day, which may be long past."""
        return await self.town.database.read(lambda session: _aging(session, day))

    async def balances_of(self, days: Sequence[date]) -> dict[str, list[int]]:
        """Each customer's balance at the end of each of the days, out of its account."""

        def ask(session: Session) -> dict[str, list[int]]:
            found = {}
            for code, number in _customers(session):
                account = accounts_of_many(session, [number], days[-1])[number]
                found[code] = [balance(account, day).minor for day in days]
            return found

        return await self.town.database.read(ask)

    async def climbed(self) -> dict[date, dict[str, int]]:
        """The rung that each invoice climbed, by the day on which that was told."""

        def ask(session: Session) -> dict[date, dict[str, int]]:
            found: defaultdict[date, dict[str, int]] = defaultdict(dict)
            rows = session.execute(
                select(_REMINDER.c.told_on, _INVOICE.c.number, _REMINDER.c.rung).join(
                    _INVOICE, _INVOICE.c.id == _REMINDER.c.invoice
                )
            )
            for day, number, rung in rows:
                assert number not in found[day], f"{number} climbed twice on {day}"
                found[day][number] = rung
            return dict(found)

        return await self.town.database.read(ask)

    async def digests(self) -> dict[date, dict[str, Told]]:
        """What each person was told of invoices and lines, by day; digests of other things left out."""
        names = {someone.id: name for name, someone in self.town.people.items()}
        found: defaultdict[date, dict[str, Told]] = defaultdict(dict)
        for person, day, message in await self._messages():
            assert message.key == "digest"
            told = _told(message.facts)
            assert names[person] not in found[day], f"{names[person]} was told twice on {day}"
            if told != Told():
                found[day][names[person]] = told
        return dict(found)

    async def heads_told(self, person: str) -> list[str]:
        """The heads of the audit trail that went out to a person (9.2)."""
        number = self.town.people[person].id
        messages = [message for to, _, message in await self._messages() if to == number]
        return [message.facts["head"]["hash"] for message in messages]

    async def audit_whole(self, head: str) -> bool:
        return await self.town.database.read(lambda session: audit.verify(session, head).whole)

    async def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row that a file or the worker may change or add, but the audit trail."""
        tables = (_CUSTOMER, _LINE, _INVOICE, _RECEIPT, _ALLOCATION, _REMINDER, _OUTBOX)
        return await self.town.database.read(
            lambda session: {table.name: _rows(session, table) for table in tables}
        )

    async def _messages(self) -> list[tuple[int, date, Message]]:
        """Whatever the year said: to whom, on which day of the company's, and what."""
        zone = self.town.desk.office.settings.zone
        rows = await self.town.database.read(
            lambda session: session.execute(
                select(_OUTBOX.c.person, _OUTBOX.c.created_at, _OUTBOX.c.body).order_by(_OUTBOX.c.id)
            ).all()
        )
        return [
            (row.person, row.created_at.astimezone(zone).date(), Message.from_text(row.body)) for row in rows
        ]


def invoice_sheet(file: Sequence[Invoice]) -> bytes:
    header = ["单号", "客户编码", "开票日", "到期日", "金额", "争议金额", "类型"]
    return _sheet(header, map(_invoice, file), "gb18030")


def receipt_sheet(file: Sequence[Receipt]) -> bytes:
    return _sheet(["number", "customer", "received", "amount", "invoice"], map(_receipt, file))


def _customer(one: Customer) -> list[str]:
    return [one.code, one.name, one.region, one.owner]


def _invoice(one: Invoice) -> list[str]:
    kind = "红字" if one.is_note else "发票"
    days = [one.issued.isoformat(), f"{one.due:%Y/%m/%d}"]
    return [one.number, one.customer, *days, _yuan(one.minor), _yuan(one.disputed), kind]


def _receipt(one: Receipt) -> list[str]:
    return [one.number, one.customer, one.received.isoformat(), _yuan(one.minor), ";".join(one.named)]


def _yuan(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"


def _sheet(header: list[str], rows: Any, encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode(encoding)


def _rate(session: Session, town: Town, customers: Sequence[Customer]) -> None:
    """Grades and lines granted before the year, put in as the loading of the sample company does."""
    numbers = dict(_customers(session))
    rated = [one for one in customers if one.rated_until is not None and one.line_ends is not None]
    for one in rated:
        session.execute(
            update(_CUSTOMER)
            .where(_CUSTOMER.c.id == numbers[one.code])
            .values(
                grade="B",
                rated_by_policy=POLICY,
                rated_on=date(2025, 1, 1),
                rated_until=one.rated_until,
            )
        )
    lines = [
        {
            "customer": numbers[one.code],
            "kind": "long_term",
            "currency": "CNY",
            "limit_minor": 10_000_000,
            "term_days": 30,
            "starts": date(2025, 1, 1),
            "ends": one.line_ends,
            "state": "open",
            "opened_at": town.clock.now(),
        }
        for one in rated
    ]
    if lines:
        session.execute(insert(_LINE), lines)


def _customers(session: Session) -> list[tuple[str, int]]:
    return [(row.code, row.id) for row in session.execute(select(_CUSTOMER.c.code, _CUSTOMER.c.id))]


def _evening(session: Session, day: date) -> Evening:
    aging = _aging(session, day)
    owed = {code: sum(row[:-1]) - row[-1] for code, row in aging.items()}
    open_items = session.execute(
        select(_INVOICE.c.number, _INVOICE.c.open_minor).where(
            _INVOICE.c.kind == "invoice", _INVOICE.c.status == "open"
        )
    )
    suspended = session.scalars(
        select(_CUSTOMER.c.code)
        .join(_LINE, _LINE.c.customer == _CUSTOMER.c.id)
        .where(_LINE.c.state == "suspended")
    )
    return Evening(
        balances={code: minor for code, minor in owed.items() if minor},
        open_items={row.number: row.open_minor for row in open_items},
        overdue={
            row.code: Overdue(row.amount.minor, row.disputed.minor, row.oldest_days, row.invoices)
            for row in overdue_report(session, OPERATOR, day)
        },
        aging=aging,
        suspended=set(suspended),
    )


def _aging(session: Session, day: date) -> dict[str, Aged]:
    rows = {}
    for row in aging_report(session, day, OPERATOR).customers:
        aged = (row.not_due, *row.buckets.values(), row.unallocated)
        if any(aged):
            rows[row.code] = tuple(money.minor for money in aged)
    return rows


def _told(facts: Mapping[str, Any]) -> Told:
    overdue, upcoming = facts["overdue"] or {}, facts["upcoming"] or {}
    endings, suspensions = facts["endings"] or {}, facts["suspensions"] or {}
    return Told(
        overdue=overdue.get("invoices", 0),
        overdue_minor=overdue["amount"].minor if overdue else 0,
        upcoming=upcoming.get("invoices", 0),
        upcoming_minor=upcoming["amount"].minor if upcoming else 0,
        endings=endings.get("count", 0),
        suspensions=suspensions.get("count", 0),
    )


def _rows(session: Session, table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
