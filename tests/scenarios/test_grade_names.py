"""Grades that are words, told to whoever reads English by their English names, on every card and in every file (2.2)."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from core.queries.policies import backtest_report, simulation_report
from core.queries.policies.backtest import backtest
from core.queries.policies.simulation import simulate
from core.queries.rating.register import register
from core.queries.rating.register_report import register_workbook
from core.services.policies.activation import ConfirmActivation, ProposeActivation
from core.services.rating.override import OverrideGrade, ReturnOverride
from core.services.rating.review import ConfirmReview
from core.texts.catalog import plain, say
from tests.scenarios.reviewing import ASSESSOR, CFO, OTHER_ASSESSOR, opens, the_review
from tests.scenarios.story import OTHER_SALESPERSON, asked_of
from tests.support.town import Said, Someone, Town

TODAY = date(2026, 3, 10)
SURVEYED = "合肥皖澜"
"""Asked all that any scheme asks; 李泽 sells to it."""
CHINESE, ENGLISH = ("优质", "一般", "次级"), ("Prime", "Average", "Substandard")


@pytest.fixture
async def classes(company: Town) -> Town:
    """A15 is in force, and everybody reads English."""
    number = await company.people[ASSESSOR].does(ProposeActivation("a15-three-classes", TODAY))
    await company.people[CFO].does(ConfirmActivation(number))
    for person in company.people.values():
        person.language = "en"
    return company


def told_in_english(text: str) -> bool:
    """A grade by its English name, and none by its Chinese one."""
    return any(name in text for name in ENGLISH) and not any(name in text for name in CHINESE)


async def taps(person: Someone, key: str, **facts: object) -> Said:
    return (await person.taps(plain("en", key, facts)))[-1]


async def rated_by(town: Town, name: str) -> str:
    """The customer's review confirmed as the policy has it; the grade's code, which is what is stored."""
    person = town.people[name]
    review = await opens(person, SURVEYED)
    return str(await person.does(ConfirmReview(review.id or 0, review.version, "一般")))


async def test_the_rating_and_its_criteria_are_told_in_english(classes: Town) -> None:
    li = classes.people[OTHER_SALESPERSON]
    await li.says(SURVEYED)
    rating = await taps(li, "button-rating")

    assert told_in_english(rating.text)
    assert "grade Average" in rating
    assert any("grade Prime" in line for line in rating.text.splitlines()), "what would lift it"
    assert told_in_english((await li.taps("See all"))[-1].text)


async def test_a_review_from_its_card_to_the_salespersons_news_is_told_in_english(classes: Town) -> None:
    zheng, li = classes.people[ASSESSOR], classes.people[OTHER_SALESPERSON]
    await zheng.says(SURVEYED)
    card = await taps(zheng, "button-review")
    assert told_in_english(card.text)

    confirmed = await taps(zheng, "button-review-confirm")

    assert "has grade Average" in confirmed
    [news] = [each for each in await li.reads() if "rated Average" in each or "→ Average" in each]
    assert told_in_english(news.text)
    await li.says(SURVEYED)
    assert told_in_english((await li.history())[-1].text), "the head of the file"


async def test_another_grade_is_offered_asked_for_and_returned_in_english(classes: Town) -> None:
    zheng, cfo = classes.people[ASSESSOR], classes.people[CFO]
    await zheng.says(SURVEYED)
    await taps(zheng, "button-review")
    asked = await taps(zheng, "button-review-override")
    assert "The policy gives Average" in asked
    assert "Substandard" in asked.buttons

    await zheng.taps("Substandard", asked)
    sent = (await zheng.says("Their plant stands still"))[-1]
    assert "Sent for approval as Substandard" in sent
    review = await the_review(classes, SURVEYED)
    assert review.grade == "次级", "a grade is stored by its code, whatever it is called"

    await cfo.does(ReturnOverride(review.id or 0, review.version, "Not for a week"))
    assert any("did not approve Substandard" in each for each in await zheng.reads())
    assert told_in_english((await zheng.card("review")).text)


async def test_a_grade_out_of_bounds_is_refused_in_english(classes: Town) -> None:
    zheng = classes.people[ASSESSOR]
    review = await opens(zheng, SURVEYED)
    with pytest.raises(Exception, match="override-out-of-bounds") as caught:
        await zheng.does(OverrideGrade(review.id or 0, review.version, "一般", "优质", "A good friend"))

    refusal = caught.value
    assert told_in_english(say("en", f"refusal-{refusal.key}", refusal.facts))


async def test_the_register_and_its_workbook_are_in_english(classes: Town) -> None:
    assert await rated_by(classes, OTHER_ASSESSOR) == "一般"
    shen, library = classes.people[OTHER_ASSESSOR], classes.desk.office.library

    assert "Average" in (await shen.says("/register"))[-1]
    found = await asked_of(classes, lambda session: register(session, TODAY))
    sheet = read(register_workbook(library, found, "en"))
    assert "Average" in sheet
    assert "一般" not in sheet
    assert "一般" in read(register_workbook(library, found, "zh_CN"))


async def test_a_simulation_and_a_back_test_have_english_rows_and_columns(classes: Town) -> None:
    office = classes.desk.office

    def ask(session: Session) -> tuple[str, ...]:
        draft = office.library.policy_in_force("a15-three-classes", TODAY)
        tried = simulate(session, office, office.policy(TODAY), draft, TODAY)
        tested = backtest(session, office, draft, date(2025, 12, 10), TODAY, 30)
        return (
            say("en", "simulation", simulation_report.card_facts(tried)),
            read(simulation_report.workbook(tried, "en")),
            say("en", "backtest", backtest_report.card_facts(tested)),
            read(backtest_report.workbook(tested, "en")),
        )

    for told in await asked_of(classes, ask):
        assert told_in_english(told)


async def test_the_page_of_the_policy_is_in_english(classes: Town) -> None:
    zheng = classes.people[ASSESSOR]
    await zheng.says("/policies")
    page = (await zheng.taps("Customer classes"))[-1]

    assert all(f"<b>{name}</b>" in page for name in ENGLISH)
    assert told_in_english(page.text)


def read(content: bytes) -> str:
    """Every cell of a workbook."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return "\n".join(str(cell) for row in rows for cell in row)
