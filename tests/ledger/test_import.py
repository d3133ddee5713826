"""Files of customers, invoices and receipts go into the books once, and only what goes with them (5.1)."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.files.tables import CustomerRow
from core.queries.actor import CLOCK, Actor
from core.queries.ledger.exposure import exposure
from core.records.customer import Customer
from core.records.import_batch import ImportBatch
from core.records.ledger import Invoice, Receipt
from core.records.line import CreditLine
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.desk import Desk
from core.services.imports import import_booking, import_run
from core.services.imports.import_batch import unfinished
from core.services.imports.import_booking import LEAST_PORTION, ImportChunk
from core.services.imports.import_run import look_at_import, read_import, run_import, take_up_import
from core.services.imports.imports import CancelImport, ConfirmImport, OpenImport
from core.storage.database import Database
from tests.ledger.books import customer, yuan
from tests.ledger.importing import (
    NOW,
    audit,
    book,
    count,
    open_desk,
    person,
    preview,
    said,
    send,
    sheet,
    table,
)

INVOICES = table(
    "单号,客户编码,开票日,到期日,金额",
    "I1,C0001,2026-01-05,2026-02-04,1000",
    "I2,C0001,2026-01-06,2026-02-05,200.50",
)


@pytest.fixture
def desk(path: Path) -> Desk:
    return open_desk(path.parent)


@pytest.fixture
async def us(database: Database) -> int:
    return await database.write(lambda session: customer(session, "C0001"))


@pytest.fixture
async def finance(database: Database, us: int) -> Actor:
    return await person(database, "财务王", "finance_manager")


@pytest.fixture
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks for which there is no time but for one portion."""
    monkeypatch.setattr(import_booking, "CHUNK_SECONDS", 0)


def many(count: int, code: str = "C0001") -> bytes:
    header = ["number", "customer", "issued", "due", "amount"]
    rows = [[f"I{at:05d}", code, "2026-01-05", "2026-02-04", at + 1] for at in range(count)]
    return sheet(header, rows)


async def test_the_preview_counts_and_changes_nothing(database: Database, desk: Desk, finance: Actor) -> None:
    _, seen = await preview(database, desk, finance, INVOICES)
    assert (seen.kind, seen.new, seen.amount, seen.unchanged, seen.bad) == ("invoices", 2, yuan(1200.5), 0, 0)
    assert await count(database, Invoice) == 0


async def test_a_confirmed_file_is_booked(database: Database, desk: Desk, finance: Actor, us: int) -> None:
    booked = await book(database, desk, finance, INVOICES)
    assert (booked.added, booked.amount, booked.refused) == (2, yuan(1200.5), 0)
    assert await database.read(lambda session: exposure(session, us)) == yuan(1200.5)


async def test_the_same_file_twice_changes_nothing(database: Database, desk: Desk, finance: Actor) -> None:
    await book(database, desk, finance, INVOICES)
    batch, seen = await preview(database, desk, finance, INVOICES)
    assert (seen.new, seen.unchanged, seen.bad) == (0, 2, 0)
    with pytest.raises(Refusal, match="import-nothing-new"):
        await desk.run(database, ConfirmImport(batch), finance)
    assert await count(database, Invoice) == 2


async def test_a_file_confirmed_twice_before_it_was_booked_is_booked_once(
    database: Database, desk: Desk, finance: Actor, us: int
) -> None:
    batches = [(await preview(database, desk, finance, INVOICES))[0] for _ in range(2)]
    for batch in batches:
        await desk.run(database, ConfirmImport(batch), finance)
    booked = [await run_import(database, desk, batch) for batch in batches]
    assert [(b.added, b.unchanged) for b in booked] == [(2, 0), (0, 2)]
    assert await database.read(lambda session: exposure(session, us)) == yuan(1200.5)


@pytest.mark.parametrize(
    ("changed", "column", "was"),
    [
        ("I1,C0001,2026-01-05,2026-02-04,1000.01", "amount", yuan(1000)),
        ("I1,C0001,2026-01-05,2026-02-05,1000", "due", date(2026, 2, 4)),
        ("I1,C0001,2026-01-04,2026-02-04,1000", "issued", date(2026, 1, 5)),
        ("I1,C0002,2026-01-05,2026-02-04,1000", "customer", "C0001"),
    ],
)
async def test_a_known_number_with_other_content_is_refused_and_the_difference_named(
    database: Database, desk: Desk, finance: Actor, changed: str, column: str, was: object
) -> None:
    await database.write(lambda session: customer(session, "C0002"))
    await book(database, desk, finance, INVOICES)
    _, seen = await preview(database, desk, finance, table("单号,客户编码,开票日,到期日,金额", changed))
    (error,) = seen.errors
    assert (error.row, error.column, error.key) == (2, column, "books-other-content")
    assert error.facts == {"was": was}


async def test_what_a_row_leaves_empty_it_does_not_deny(
    database: Database, desk: Desk, finance: Actor
) -> None:
    await book(database, desk, finance, INVOICES)
    _, seen = await preview(
        database, desk, finance, table("number,customer,issued,amount", "I1,C0001,2026-01-05,1000")
    )
    assert (seen.unchanged, seen.bad) == (1, 0)


async def test_bad_rows_are_named_by_row_column_value_and_reason_and_the_others_go_in(
    database: Database, desk: Desk, finance: Actor
) -> None:
    await database.write(lambda session: customer(session, "C0081"))
    content = table(
        "单号,客户编码,开票日,到期日,金额",
        "I1,C0001,2026-01-05,2026-02-30,10",
        "I2,C0881,2026-01-05,2026-02-04,20",
        "I3,ZZZ,2026-01-05,2026-02-04,30",
        "I4,C0001,2026-01-05,2026-02-04,",
        "I5,C0001,2026-01-05,2026-02-04,50",
    )
    _, seen = await preview(database, desk, finance, content)
    assert [(e.row, e.header, e.value, e.key) for e in seen.errors] == [
        (2, "到期日", "2026-02-30", "day-no-such-day"),
        (3, "客户编码", "C0881", "books-customer-mistyped"),
        (4, "客户编码", "ZZZ", "books-customer-unknown"),
        (5, "金额", "", "cell-empty"),
    ]
    assert seen.errors[1].facts == {"nearest": "C0081", "name": "客户C0081"}
    assert (seen.new, seen.bad) == (1, 4)
    booked = await book(database, desk, finance, content)
    assert (booked.added, booked.refused) == (1, 2)


async def test_all_or_nothing_refuses_a_file_with_any_bad_row(
    database: Database, desk: Desk, finance: Actor
) -> None:
    content = table(
        "number,customer,issued,due,amount", "I1,C0001,2026-01-05,2026-02-04,10", "I2,C0001,x,2026-02-04,20"
    )
    batch, _ = await preview(database, desk, finance, content)
    with pytest.raises(Refusal, match="import-has-bad-rows"):
        await desk.run(database, ConfirmImport(batch, all_or_nothing=True), finance)
    assert await count(database, Invoice) == 0
    await desk.run(database, ConfirmImport(batch), finance)
    assert (await run_import(database, desk, batch)).added == 1


async def test_without_a_due_date_the_term_of_the_line_counts_from_the_shipment(
    database: Database, desk: Desk, finance: Actor, us: int
) -> None:
    """B9 art. 22."""

    def give_terms(session: Session) -> None:
        session.add(
            CreditLine(
                customer=us,
                kind="long_term",
                limit_minor=1,
                term_days=30,
                starts=date(2026, 1, 1),
                ends=date(2026, 12, 31),
                opened_at=NOW,
            )
        )

    content = table(
        "number,customer,issued,shipped,amount",
        "I1,C0001,2026-01-10,2026-01-05,10",
        "I2,C0001,2026-01-10,,20",
    )
    _, seen = await preview(database, desk, finance, content)
    assert [error.key for error in seen.errors] == ["books-no-terms", "books-no-terms"]
    await database.write(give_terms)
    await book(database, desk, finance, content)
    due = await database.read(
        lambda session: dict(session.execute(select(Invoice.number, Invoice.due)).all())
    )  # type: ignore[call-overload]
    assert due == {"I1": date(2026, 2, 4), "I2": date(2026, 2, 9)}


async def test_receipts_and_credit_notes_come_off_what_is_owed(
    database: Database, desk: Desk, finance: Actor, us: int
) -> None:
    await book(database, desk, finance, INVOICES)
    notes = table("number,customer,issued,amount,kind", "N1,C0001,2026-01-20,-100,红字")
    receipts = table("number,customer,received,amount,invoice", "R1,C0001,2026-02-01,150,I2;I9")
    assert (await book(database, desk, finance, notes)).amount == yuan(-100)
    assert (await book(database, desk, finance, receipts)).amount == yuan(150)
    assert await database.read(lambda session: exposure(session, us)) == yuan(950.5)
    assert (await preview(database, desk, finance, receipts))[1].unchanged == 1


async def test_a_receipt_cannot_name_an_invoice_of_another_customer(
    database: Database, desk: Desk, finance: Actor
) -> None:
    await database.write(lambda session: customer(session, "C0002"))
    await book(database, desk, finance, INVOICES)
    _, seen = await preview(
        database,
        desk,
        finance,
        table("number,customer,received,amount,invoice", "R1,C0002,2026-02-01,150,I2"),
    )
    assert [(e.column, e.key, dict(e.facts)) for e in seen.errors] == [
        ("invoice", "books-invoice-of-other", {"invoice": "I2"})
    ]


async def test_another_currency_is_refused_because_nothing_here_converts(
    database: Database, desk: Desk, finance: Actor
) -> None:
    _, seen = await preview(
        database,
        desk,
        finance,
        table("number,customer,issued,due,amount,currency", "I1,C0001,2026-01-05,2026-02-04,10,USD"),
    )
    assert seen.errors[0].key == "books-other-currency"


async def test_a_capital_of_nothing_is_booked_as_nothing_and_none_as_unknown(
    database: Database, desk: Desk, finance: Actor
) -> None:
    """House rule: unknown is not zero. A cell with 0 is asked about before; whatever reads one some day books it as it is."""
    batch, _ = await preview(
        database, desk, finance, table("客户编码,客户名称", "C0901,零资本有限公司", "C0902,没写有限公司")
    )
    await desk.run(database, ConfirmImport(batch), finance)
    nothing, unknown = (await read_import(database, desk, batch)).table.rows
    assert isinstance(nothing, CustomerRow)
    rows = (nothing._replace(registered_capital=Money.of(0)), unknown)

    assert await desk.run(database, ImportChunk(batch, 0, rows), CLOCK) == 2

    def capital(session: Session) -> list[int | None]:
        files = session.scalars(select(Customer).where(table_of(Customer).c.code > "C0900"))
        return [file.registered_capital_minor for file in files]

    assert await database.read(capital) == [0, None]


async def test_customers_come_in_with_their_owner_and_a_code_taken_twice_is_refused(
    database: Database, desk: Desk, finance: Actor
) -> None:
    await person(database, "小李", "sales")
    content = table(
        "客户编码,客户名称,统一社会信用代码,业务员",
        "C0101,华东机械有限公司,91350100M000100Y43,小李",
        "C0102,宁波海港有限公司,91350100M000100Y43,小李",
        "C0103,北方钢铁有限公司,,小张",
    )
    _, seen = await preview(database, desk, finance, content)
    assert [(e.row, e.key) for e in seen.errors] == [(3, "books-uscc-taken"), (4, "books-owner-unknown")]
    booked = await book(database, desk, finance, content)
    assert (booked.added, booked.refused) == (1, 2)
    found = await database.read(
        lambda session: session.scalars(select(Customer).where(Customer.code == "C0101")).one()  # type: ignore[arg-type]
    )
    assert (found.name, found.owner is not None) == ("华东机械有限公司", True)
    assert (await preview(database, desk, finance, content))[1].unchanged == 1


async def test_a_salesperson_cannot_import_and_it_is_on_record(
    database: Database, desk: Desk, us: int
) -> None:
    """9.1."""
    seller = await person(database, "小李", "sales")
    upload = await send(database, seller, INVOICES)
    with pytest.raises(Refusal, match="not-allowed"):
        await desk.run(database, OpenImport(upload), seller)
    assert await count(database, ImportBatch) == 0
    assert len(await audit(database, "refused")) == 1


async def test_nobody_opens_what_another_has_sent(database: Database, desk: Desk, finance: Actor) -> None:
    """9.1: the number of a file is easily guessed."""
    other = await person(database, "财务李", "cfo")
    upload = await send(database, finance, INVOICES)
    with pytest.raises(Refusal, match="import-unknown"):
        await desk.run(database, OpenImport(upload), other)
    assert await desk.run(database, OpenImport(upload), finance)


async def test_nobody_confirms_what_another_has_looked_at(
    database: Database, desk: Desk, finance: Actor
) -> None:
    other = await person(database, "财务李", "cfo")
    batch, _ = await preview(database, desk, finance, INVOICES)
    with pytest.raises(Refusal, match="import-unknown"):
        await desk.run(database, ConfirmImport(batch), other)


async def test_a_cancelled_import_is_not_booked(database: Database, desk: Desk, finance: Actor) -> None:
    batch, _ = await preview(database, desk, finance, INVOICES)
    await desk.run(database, CancelImport(batch), finance)
    for late in (ConfirmImport(batch), CancelImport(batch)):
        with pytest.raises(Refusal, match="import-not-waiting"):
            await desk.run(database, late, finance)
    with pytest.raises(Refusal, match="import-not-waiting"):
        await run_import(database, desk, batch)
    assert await count(database, Invoice) == 0


@pytest.mark.usefixtures("short_chunks")
async def test_an_import_that_stopped_half_way_is_taken_up_where_it_stood(
    database: Database, desk: Desk, finance: Actor, us: int
) -> None:
    batch, _ = await preview(database, desk, finance, many(700))
    await desk.run(database, ConfirmImport(batch), finance)
    stopped = asyncio.create_task(run_import(database, desk, batch))
    while await count(database, Invoice) == 0:
        await asyncio.sleep(0)
    stopped.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stopped
    assert await database.read(unfinished) == (batch,)
    assert 0 < await count(database, Invoice) < 700
    await take_up_import(database, desk, batch)
    assert await database.read(unfinished) == ()
    assert await database.read(lambda session: exposure(session, us)) == yuan(sum(range(701)))
    assert sum(chunk["added"] for chunk in await audit(database, "import.booked")) == 700


async def test_a_file_that_was_only_stored_is_looked_at_after_a_start(
    database: Database, desk: Desk, finance: Actor
) -> None:
    upload = await send(database, finance, INVOICES)
    batch = await desk.run(database, OpenImport(upload, conversation="web:1"), finance)
    await take_up_import(database, desk, batch)
    (message,) = await said(database, "web:1")
    assert (message.key, message.facts["new"]) == ("import-preview", 2)
    assert await database.read(unfinished) == ()


@pytest.mark.usefixtures("short_chunks")
async def test_two_desks_that_book_the_same_file_at_once_book_it_once(
    database: Database, desk: Desk, finance: Actor, us: int
) -> None:
    batch, _ = await preview(database, desk, finance, many(700), conversation="web:1")
    await desk.run(database, ConfirmImport(batch), finance)
    file = await read_import(database, desk, batch)
    both = await asyncio.gather(*(run_import(database, desk, batch, file) for _ in range(2)))
    assert both[0] == both[1]
    assert both[0].added == await count(database, Invoice) == 700
    assert [message.key for message in await said(database, "web:1")] == ["import-preview", "import-done"]
    assert len(await audit(database, "import.finished")) == 1


async def test_a_chunk_books_what_it_has_time_for(
    database: Database, desk: Desk, finance: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, _ = await preview(database, desk, finance, many(700))
    await desk.run(database, ConfirmImport(batch), finance)
    rows = tuple((await read_import(database, desk, batch)).table.rows)
    monkeypatch.setattr(import_booking, "CHUNK_SECONDS", 0)
    assert await desk.run(database, ImportChunk(batch, 0, rows), CLOCK) == LEAST_PORTION
    monkeypatch.setattr(import_booking, "CHUNK_SECONDS", 60)
    assert await desk.run(database, ImportChunk(batch, LEAST_PORTION, rows[LEAST_PORTION:]), CLOCK) == 700
    assert await count(database, Invoice) == 700


@pytest.mark.parametrize("together", [1, 2, 2_000])
async def test_a_credit_note_takes_the_oldest_after_all_invoices_are_in_whatever_the_chunks(
    database: Database, desk: Desk, finance: Actor, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    """5.2: what was paid ahead settles the invoice, and the note is left."""
    monkeypatch.setattr(import_run, "CHUNK_ROWS", together)
    await book(
        database, desk, finance, table("number,customer,received,amount,invoice", "R1,C0001,2026-01-02,100,")
    )
    await book(
        database,
        desk,
        finance,
        table(
            "number,customer,issued,due,amount,kind",
            "N1,C0001,2026-01-06,,40,红字",
            "I1,C0001,2026-01-05,2026-02-04,100,",
        ),
    )

    def left(session: Session) -> list[tuple[str, int]]:
        found = session.execute(select(Invoice.number, Invoice.open_minor).order_by(Invoice.number))  # type: ignore[call-overload]
        return [tuple(row) for row in found]

    assert await database.read(left) == [("I1", 0), ("N1", 4_000)]
    assert await database.read(lambda session: session.scalars(select(Receipt.rest_minor)).one()) == 0  # type: ignore[call-overload]


async def test_a_chunk_that_is_not_next_is_passed_over(
    database: Database, desk: Desk, finance: Actor
) -> None:
    batch, _ = await preview(database, desk, finance, many(10))
    await desk.run(database, ConfirmImport(batch), finance)
    rows = tuple((await read_import(database, desk, batch)).table.rows)
    assert await desk.run(database, ImportChunk(batch, 5, rows[5:]), CLOCK) == 0
    assert await count(database, Invoice) == 0
    assert await desk.run(database, ImportChunk(batch, 0, rows[:4]), CLOCK) == 4
    assert await desk.run(database, ImportChunk(batch, 0, rows[:4]), CLOCK) == 4
    with pytest.raises(Refusal, match="not-allowed"):
        await desk.run(database, ImportChunk(batch, 0, ()), finance)


async def test_what_was_booked_meanwhile_under_the_same_number_is_not_booked_again(
    database: Database, desk: Desk, finance: Actor
) -> None:
    batch, _ = await preview(database, desk, finance, INVOICES)
    await desk.run(database, ConfirmImport(batch), finance)
    await book(
        database,
        desk,
        finance,
        table("number,customer,issued,due,amount", "I1,C0001,2026-01-05,2026-02-04,1"),
    )
    booked = await run_import(database, desk, batch)
    assert (booked.added, booked.refused) == (1, 1)


@pytest.mark.usefixtures("short_chunks")
async def test_the_trail_names_the_file_and_the_counts(
    database: Database, desk: Desk, finance: Actor
) -> None:
    """9.2: one record a chunk, not one a row."""
    await book(database, desk, finance, many(700))
    chunks = await audit(database, "import.booked")
    firsts, lasts = zip(*(chunk["rows"] for chunk in chunks), strict=True)
    assert (firsts[0], lasts[-1]) == (2, 701)
    assert [first - 1 for first in firsts[1:]] == list(lasts[:-1])
    assert len(chunks) == -(-700 // LEAST_PORTION)
    assert sum((chunk["amount"] for chunk in chunks), Money.zero()) == yuan(sum(range(701)))
    (finished,) = await audit(database, "import.finished")
    (opened,) = await audit(database, "import.opened")
    assert finished["file"] == opened["file"] == chunks[0]["file"]
    assert (finished["added"], finished["by"]) == (700, finance.person)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"a,b\n1,2\n", "import-kind-unclear"), (b"\x00\x01\x02", "file-"), (b"", "file-empty")],
)
async def test_a_file_that_is_no_table_of_ours_is_given_up_and_told(
    database: Database, desk: Desk, finance: Actor, content: bytes, why: str
) -> None:
    upload = await send(database, finance, content)
    batch = await desk.run(database, OpenImport(upload, conversation="web:1"), finance)
    with pytest.raises(Refusal, match=why):
        await look_at_import(database, desk, batch)
    (message,) = await said(database, "web:1")
    assert message.key.startswith(f"refusal-{why}")
    assert await database.read(unfinished) == ()


async def test_receipts_that_came_before_their_invoices_settle_them(
    database: Database, desk: Desk, finance: Actor
) -> None:
    header = ["number", "customer", "received", "amount", "invoice"]
    receipts = [[f"R{at}", "C0001", "2026-02-20", at + 1, f"I{at:05d}"] for at in range(350)]
    await book(database, desk, finance, sheet(header, receipts))
    await book(database, desk, finance, many(350))
    rests = await database.read(lambda session: session.scalars(select(Receipt.rest_minor)).all())  # type: ignore[call-overload]
    settled = await database.read(lambda session: session.scalars(select(Invoice.settled_on)).all())  # type: ignore[call-overload]
    assert set(rests) == {0}
    assert set(settled) == {date(2026, 2, 20)}
