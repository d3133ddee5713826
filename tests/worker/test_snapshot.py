"""Every customer's grade is kept each month as the policy in force makes it, and puts nothing in force (2.9)."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.queries.actor import CLOCK
from core.queries.credit.consider import rated
from core.queries.customers.survey import KnownFact
from core.queries.policies.activation import active_policy
from core.queries.policies.backtest import Backtest, Basis, backtest
from core.queries.rating.replay import replays
from core.queries.rating.snapshot import (
    Heading,
    WrittenOutcome,
    heading,
    not_yet_kept,
    read_facts,
    read_outcome,
    written,
    written_grades,
    written_outcome,
)
from core.records.audit import AuditRecord
from core.records.customer import Customer
from core.records.outbox import OutboxMessage
from core.records.snapshot import SnapshotBatch, SnapshotGrade
from core.records.tables import table_of
from core.rules.rating.doubt import DOUBT, Doubt
from core.rules.rating.rating import Rating
from core.services.customers.survey import RecordSurvey, SurveyAnswer
from core.services.policies.activation import ConfirmActivation, ProposeActivation
from core.services.rating.snapshot import KeepGrades
from core.storage.database import Database
from core.texts.kept import kept_value
from tests.policies.shelf import SCHEMES, cases_of
from tests.scenarios.story import CHAIN, EAST, SALESPERSON, asks, customer_of, meets_all
from tests.support.policies import write_overlay, write_policy
from tests.support.town import Town
from tests.worker.company import Company
from worker.run import run_job

T = TypeVar("T")
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
async def firm_of_april(sample: Town) -> Town:
    """The sample company at one o'clock in the morning of 1 April."""
    await meets_all(sample)
    sample.comes("2026-04-01T01:00")
    return sample


class Kept(NamedTuple):
    grade: SnapshotGrade
    batch: SnapshotBatch

    @property
    def facts(self) -> Mapping[str, Any]:
        return read_facts(self.head, self.grade.inputs)

    @property
    def outcome(self) -> Mapping[str, Any]:
        return read_outcome(self.head, WrittenOutcome(self.grade.grade, self.grade.score, self.grade.result))

    @property
    def head(self) -> Heading:
        return Heading(tuple(kept_value(self.batch.fact_names)), tuple(kept_value(self.batch.item_names)))


async def asked(town: Town, question: Callable[[Session], T]) -> T:
    return await town.database.read(question)


async def keeps(town: Town, day: date, database: Database | None = None) -> int:
    """Run the job for a day; how many grades it kept."""
    report = await run_job(database or town.database, town.desk, "snapshot", day)
    return report.done["kept"] if report is not None else 0


async def kept(town: Town, month: date) -> dict[int, Kept]:
    table, batch = table_of(SnapshotGrade), table_of(SnapshotBatch)
    rows = await asked(
        town,
        lambda session: session.execute(
            select(SnapshotGrade, SnapshotBatch)
            .join(SnapshotBatch, batch.c.id == table.c.batch)
            .where(table.c.month == month)
            .order_by(table.c.customer)
        ).all(),
    )
    return {grade.customer: Kept(grade, batch) for grade, batch in rows}


async def customers(town: Town) -> dict[int, dict[str, Any]]:
    rows = await asked(town, lambda session: session.scalars(select(Customer)).all())
    return {row.id: row.model_dump() for row in rows if row.id is not None and row.kind == "customer"}


async def count(town: Town, record: Any, *where: Any) -> int:
    asked_for = select(func.count()).select_from(table_of(record)).where(*where)
    return await asked(town, lambda session: session.execute(asked_for).scalar_one())


async def test_on_the_first_of_the_month_everybodys_grade_is_kept_and_nobodys_changes(
    firm_of_april: Town,
) -> None:
    town = firm_of_april
    before, told = await customers(town), await count(town, OutboxMessage)

    assert await keeps(town, APRIL) == len(before)

    found = await kept(town, APRIL)
    assert found.keys() == before.keys()
    assert {each.batch.at for each in found.values()} == {town.clock.now()}
    assert await customers(town) == before
    assert await count(town, OutboxMessage) == told


async def test_kept_is_what_the_policy_in_force_makes_of_what_is_known(firm_of_april: Town) -> None:
    town = firm_of_april
    await keeps(town, APRIL)
    grades = set()
    for customer, found in (await kept(town, APRIL)).items():
        now = await asked(town, lambda session, who=customer: rated(session, town.desk.office, who, APRIL))
        grades.add(found.grade.grade)
        assert found.batch.policy_checksum == now.policy.checksum
        assert found.grade.grade == now.rating.grade
        assert read_outcome(found.head, written_outcome(now.policy, found.facts)) == found.outcome
        looked_at = {key: now.facts[key].value for key in found.head.facts if key in now.facts}
        assert found.facts == {key: value for key, value in looked_at.items() if value is not None}
    assert {"A", "B", "C"} <= grades


async def test_what_is_kept_replays_from_its_own_inputs_alone(firm_of_april: Town) -> None:
    """9.2: facts told later do not change it, and what was meddled with is named by customer and month."""
    town = firm_of_april
    await keeps(town, APRIL)
    east = await customer_of(town, EAST)
    await town.people[SALESPERSON].does(
        RecordSurvey(east.id or 0, (SurveyAnswer("ordered_to_stop", True, "visit"),), APRIL)
    )

    def replayed(session: Session) -> list[Any]:
        return [
            each for each in replays(session, town.desk.office.library) if each.request.endswith("2026-04")
        ]

    found = await asked(town, replayed)
    assert len(found) == len(await customers(town))
    assert all(each.same for each in found)

    def meddle(session: Session) -> None:
        session.get_one(SnapshotGrade, (APRIL, east.id)).grade = "Z"

    await town.database.write(meddle)
    [other] = [each for each in await asked(town, replayed) if not each.same]
    assert (other.request, other.differs) == (f"{east.code} 2026-04", ("grade",))


async def test_run_again_or_in_two_processes_nothing_is_kept_twice(firm_of_april: Town) -> None:
    town = firm_of_april
    async with Database(town.database.path) as other:
        runs = await asyncio.gather(
            *(keeps(town, APRIL, database) for database in (town.database, other, town.database, other))
        )
    assert sum(runs) == len(await kept(town, APRIL)) == len(await customers(town))

    town.comes("2026-04-02T01:00")
    assert await keeps(town, date(2026, 4, 2)) == 0
    assert await count(town, AuditRecord, table_of(AuditRecord).c.action == "grades.kept") == 1


async def first_chunk(town: Town, most: int) -> KeepGrades:
    """What a process has found for its first customers."""

    def found(session: Session) -> KeepGrades:
        policy = active_policy(session, town.desk.office, APRIL)
        chunk = not_yet_kept(session, town.desk.office, APRIL)[:most]
        return KeepGrades(APRIL, policy, written_grades(session, town.desk.office, policy, chunk, APRIL))

    return await asked(town, found)


async def test_grades_found_by_two_at_once_are_kept_by_the_first(firm_of_april: Town) -> None:
    """A process that stood still and was taken over writes what it had found, and finds it kept."""
    town = firm_of_april
    chunk = await first_chunk(town, 20)
    await keeps(town, APRIL)

    assert await town.as_operator(chunk, CLOCK) == 0
    assert len(await kept(town, APRIL)) == len(await customers(town))


async def test_what_was_killed_half_way_is_finished_by_the_next_slot(firm_of_april: Town) -> None:
    town = firm_of_april
    assert await town.as_operator(await first_chunk(town, 20), CLOCK) == 20
    first = await kept(town, APRIL)

    town.comes("2026-04-02T01:00")
    everybody = await customers(town)
    assert await keeps(town, date(2026, 4, 2)) == len(everybody) - 20
    found = await kept(town, APRIL)
    assert found.keys() == everybody.keys()
    assert {each: found[each].batch.at for each in first} == {
        each: one.batch.at for each, one in first.items()
    }


async def test_a_first_of_the_month_without_a_worker_is_made_up_on_the_day_it_is_back(
    firm_of_april: Town,
) -> None:
    """With the facts of that day, and its date: it is not made older than it is."""
    town = firm_of_april
    town.comes("2026-04-06T08:00")

    assert await keeps(town, date(2026, 4, 6)) == len(await customers(town))
    found = await kept(town, APRIL)
    assert {each.batch.at for each in found.values()} == {town.clock.now()}


async def test_a_month_that_is_over_is_not_made_up(firm_of_april: Town) -> None:
    assert await keeps(firm_of_april, date(2026, 3, 1)) == 0
    assert await keeps(firm_of_april, MAY) == 0, "nor one that has not come"
    assert await count(firm_of_april, SnapshotGrade) == 0


async def test_each_month_is_rated_by_the_policy_in_force_then(firm_of_april: Town, tmp_path: Any) -> None:
    town = firm_of_april
    folder = tmp_path / "policies"
    folder.mkdir()
    write_policy(folder, policy="b9-cousin", title="从严的三级制度")
    write_overlay(folder, policy="b9-cousin")
    town.restarts(folder)
    await keeps(town, APRIL)
    number = await town.people[CHAIN["credit_controller"]].does(
        ProposeActivation("b9-cousin", date(2026, 4, 20))
    )
    await town.people[CHAIN["cfo"]].does(ConfirmActivation(number))
    town.comes("2026-05-01T01:00")
    await keeps(town, MAY)

    assert {each.batch.policy for each in (await kept(town, APRIL)).values()} == {"b9-abc"}
    assert {each.batch.policy for each in (await kept(town, MAY)).values()} == {"b9-cousin"}


async def test_a_policy_that_rates_nobody_yet_keeps_nothing(firm: Company) -> None:
    """Its parameters are unset: a hundred thousand times “not set” tells nothing."""
    firm.at(APRIL, 1)
    report = await run_job(firm.database, firm.desk, "snapshot", APRIL, machine=firm.machine)

    assert report is not None
    assert report.done == {"kept": 0}


async def held_to_account(town: Town, begin: date, end: date) -> Backtest:
    office = town.desk.office
    return await asked(town, lambda session: backtest(session, office, office.policy(end), begin, end, 10))


async def test_a_policy_is_held_to_account_by_the_grades_that_were_kept(firm_of_april: Town) -> None:
    """What became known in April moves May's grade, not April's: the matrix has a customer who moved."""
    town = firm_of_april
    await keeps(town, APRIL)
    best = next(each for each, one in (await kept(town, APRIL)).items() if one.grade.grade == "A")
    town.comes("2026-04-20T10:00")
    bad_news = SurveyAnswer("ordered_to_stop", True, "visit")
    owner = (await customers(town))[best]["owner"]
    await town.does(RecordSurvey(best, (bad_news,), date(2026, 4, 20)), owner)
    town.comes("2026-05-01T01:00")
    await keeps(town, MAY)

    found = await held_to_account(town, APRIL, MAY)

    assert found.basis is Basis.STORED
    assert found.migration.at("A", "C") == 1
    assert found.migration.total == len(await customers(town))


async def test_what_is_kept_each_month_is_nobodys_override(firm_of_april: Town) -> None:
    """2.7: overrides are counted among decisions; grades that were only kept would water them down."""
    town = firm_of_april
    await asks(town.people[SALESPERSON])
    await keeps(town, APRIL)

    found = await held_to_account(town, date(2026, 3, 10), APRIL)

    assert found.overrides.rated == 1


def test_a_rating_has_nothing_that_is_not_kept_of_it() -> None:
    """Grade, score, gates, items, and why there is no grade; the rest follows from inputs and policy."""
    said = {"grade", "score", "scored_grade", "gates", "not_rated", "items"}
    follows = {"reasons", "unknown", "completeness", "conflict"}
    assert said | follows == set(Rating.__dataclass_fields__)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_written_quickly_or_in_full_it_is_the_same_byte_for_byte(scheme: str) -> None:
    """Of every shipped policy, in every case of its file, whole or with facts missing or material in doubt."""
    cases = cases_of(scheme)
    first = cases.ratings[0].facts
    customers = [
        *(case.facts for case in cases.ratings),
        *({**first, key: None} for key in cases.policy.fact_keys),
        *({**first, DOUBT: doubt} for doubt in Doubt),
    ]
    known = [
        {key: KnownFact(key, value, "survey", APRIL, None) for key, value in facts.items()}
        for facts in customers
    ]
    for facts, one in zip(customers, written(cases.policy, enumerate(known)), strict=True):
        assert WrittenOutcome(one.grade, one.score, one.result) == written_outcome(cases.policy, facts)
        head = heading(cases.policy)
        again = written_outcome(cases.policy, read_facts(head, one.inputs))
        assert again == written_outcome(cases.policy, facts), "what was kept replays"
