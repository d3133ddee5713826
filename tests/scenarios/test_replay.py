"""A stored assessment is replayed from its own inputs alone (2.4, 9.2): the same, or it is told what differs."""

import shutil
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.policies.library import SHIPPED, Library
from core.queries.rating.replay import Replay, replays
from core.records.assessment import Assessment
from core.services.customers.survey import RecordSurvey, SurveyAnswer
from core.texts.wire import dumps, facts_of
from tests.scenarios.story import SALESPERSON, asks, the_request
from tests.support.town import SAMPLE_POLICY, Town

LIBRARY = Library((SHIPPED, SAMPLE_POLICY))


async def replayed(company: Town, library: Library = LIBRARY) -> Replay:
    number = (await the_request(company)).number
    [found] = await company.database.read(lambda session: list(replays(session, library, number)))
    return found


async def changes(company: Town, **stored: str) -> None:
    def write(session: Session) -> None:
        assessment = session.scalars(select(Assessment)).one()
        for name, value in stored.items():
            setattr(assessment, name, value)

    await company.database.write(write)


async def assessed(company: Town) -> Assessment:
    return await company.database.read(lambda session: session.scalars(select(Assessment)).one())


async def test_a_request_is_replayed_to_the_same_bytes(company: Town) -> None:
    await asks(company.people[SALESPERSON])

    found = await replayed(company)

    assert found.same
    assert (found.policy, found.version, found.differs) == ("b9-abc", "2026-01", ())
    stored = facts_of((await assessed(company)).result)
    assert {"grade", "items", "limit", "term_days", "ceilings"} <= stored.keys()


async def test_later_facts_do_not_change_what_was_decided(company: Town) -> None:
    """Only the inputs stored with it count."""
    wang = company.people[SALESPERSON]
    await asks(wang)
    request = await the_request(company)
    answer = SurveyAnswer("ordered_to_stop", True, "visit")
    await wang.does(RecordSurvey(request.customer, (answer,), date(2026, 3, 10)))

    assert (await replayed(company)).same


async def test_what_was_meddled_with_is_named(company: Town) -> None:
    await asks(company.people[SALESPERSON])
    inputs = facts_of((await assessed(company)).inputs)
    facts = {**inputs["facts"], "ordered_to_stop": True}
    await changes(company, inputs=dumps({**inputs, "facts": facts}))

    found = await replayed(company)

    assert not found.same
    assert {"grade", "items.c8_ordered_to_stop", "reasons"} <= set(found.differs)


async def test_without_its_very_policy_nothing_is_replayed_and_that_is_told(
    company: Town, tmp_path: Path
) -> None:
    await asks(company.people[SALESPERSON])
    folder = tmp_path / "other"
    shutil.copytree(SAMPLE_POLICY, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    overlay = folder / "b9-abc.company.toml"
    overlay.write_text(overlay.read_text("utf-8").replace("500000", "600000"), "utf-8")

    found = await replayed(company, Library((SHIPPED, folder)))

    assert (found.same, found.policy_found, found.differs) == (False, False, ())


async def test_of_an_older_record_only_what_it_says_is_compared(company: Town) -> None:
    await asks(company.people[SALESPERSON])
    await changes(company, result=dumps({"grade": "A", "term_days": 30}))

    assert (await replayed(company)).differs == ("grade",)
