"""The library: what is in force on a day, with the company's own values, and what a decision is replayed by."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from core.policies.library import (
    SHIPPED,
    Library,
    NotInForce,
    PolicyError,
    load_chain,
    load_ladder,
    load_policy,
    load_reminders,
)
from core.rules.calendar import Hours
from core.rules.money import Money
from core.rules.permission import Role
from core.rules.policy.facts import FactType
from core.rules.policy.policy import Clearance

SAMPLES = SHIPPED.parent / "samples" / "policy"
SPRING = date(2026, 3, 1)


@pytest.fixture
def company(tmp_path: Path) -> Path:
    folder = tmp_path / "policy"
    folder.mkdir()
    return folder


def newer(folder: Path, version: str, from_day: str) -> None:
    text = (SHIPPED / "b9-abc.toml").read_text("utf-8")
    text = text.replace('version = "2026-01"', f'version = "{version}"', 1)
    text = text.replace("in_force_from = 2026-01-01", f"in_force_from = {from_day}", 1)
    (folder / f"b9-abc-{version}.toml").write_text(text, "utf-8")


def overlay(
    folder: Path, from_day: str, receipts: int, over_version: str = "2026-01", more: str = ""
) -> None:
    (folder / f"company-{from_day}.toml").write_text(
        f'kind = "overlay"\nover = "b9-abc"\nover_version = "{over_version}"\nversion = "{from_day}"\n'
        f"in_force_from = {from_day}\n{more}\n[parameters]\nannual_receipts_standard = {receipts}\n",
        "utf-8",
    )


def test_as_its_document_leaves_it_the_policy_says_what_is_unset() -> None:
    policy = Library().policy_in_force("b9-abc", SPRING)
    assert policy.unset == ("annual_receipts_standard", "annual_shipments_standard")


def test_the_sample_company_sets_what_is_left_to_it() -> None:
    policy = Library((SHIPPED, SAMPLES)).policy_in_force("b9-abc", SPRING)
    assert policy.unset == ()
    assert policy.parameters["annual_receipts_standard"].value == Money.of(500_000)
    assert (policy.id, policy.version) == ("b9-abc", "2026-01")
    by_hand = load_policy(SHIPPED / "b9-abc.toml", SAMPLES / "b9-abc.company.toml")
    assert by_hand.checksum == policy.checksum


def test_before_its_day_a_policy_is_not_in_force() -> None:
    with pytest.raises(NotInForce):
        Library().policy_in_force("b9-abc", date(2025, 12, 31))
    with pytest.raises(NotInForce):
        Library().chain_in_force("b11-chain", SPRING)
    with pytest.raises(NotInForce):
        Library().reminders_in_force(date(2025, 12, 31))


def test_a_newer_version_follows_on_its_day(company: Path) -> None:
    newer(company, "2026-07", "2026-07-01")
    library = Library((SHIPPED, company))
    assert library.policy_in_force("b9-abc", date(2026, 6, 30)).version == "2026-01"
    assert library.policy_in_force("b9-abc", date(2026, 7, 1)).version == "2026-07"


def test_a_late_overlay_of_an_old_version_does_not_bring_it_back(company: Path) -> None:
    newer(company, "2026-07", "2026-07-01")
    overlay(company, "2026-02-01", 500_000)
    overlay(company, "2026-08-01", 700_000)
    library = Library((SHIPPED, company))

    def standard(day: date) -> object:
        policy = library.policy_in_force("b9-abc", day)
        return policy.version, policy.parameters["annual_receipts_standard"].value

    assert standard(date(2026, 1, 31)) == ("2026-01", None)
    assert standard(date(2026, 2, 1)) == ("2026-01", Money.of(500_000))
    assert standard(date(2026, 9, 1)) == ("2026-07", None)


def test_an_overlay_can_choose_the_literal_reading_of_article_34(company: Path) -> None:
    overlay(company, "2026-02-01", 1, more='clearance = "all"')
    assert Library((SHIPPED, company)).policy_in_force("b9-abc", SPRING).clearance is Clearance.ALL


@pytest.mark.parametrize(
    ("over_version", "more", "problem"),
    [
        ("1999-01", "", "unknown_version"),
        ("2026-01", 'grades = "none"', "unknown_key"),
        ("2026-01", 'clearance = "none"', "unknown_choice"),
    ],
)
def test_an_overlay_changes_only_what_is_the_companys(
    company: Path, over_version: str, more: str, problem: str
) -> None:
    overlay(company, "2026-02-01", 1, over_version, more)
    with pytest.raises(PolicyError) as refused:
        Library((SHIPPED, company))
    assert refused.value.problem == problem


def test_an_overlay_sets_no_parameter_that_the_policy_does_not_have(company: Path) -> None:
    overlay(company, "2026-02-01", 1)
    file = company / "company-2026-02-01.toml"
    file.write_text(file.read_text("utf-8").replace("receipts", "receipt"), "utf-8")
    with pytest.raises(PolicyError, match="annual_receipts_standard") as refused:
        Library((SHIPPED, company))
    assert (refused.value.problem, refused.value.line) == ("unknown_parameter", 8)


@pytest.mark.parametrize(("version", "from_day"), [("2026-01", "2026-07-01"), ("2026-07", "2026-01-01")])
def test_two_files_of_one_version_or_one_day_are_refused(company: Path, version: str, from_day: str) -> None:
    newer(company, version, from_day)
    with pytest.raises(PolicyError) as refused:
        Library((SHIPPED, company))
    assert refused.value.problem == "file_twice"


def test_the_checksum_is_of_what_is_said_not_of_how_it_is_laid_out(company: Path) -> None:
    text = (SHIPPED / "b9-abc.toml").read_text("utf-8")
    same, other = company / "same.toml", company / "other.toml"
    same.write_text("# another comment\n\n" + text, "utf-8")
    other.write_text(text.replace("value = 90", "value = 91", 1), "utf-8")
    shipped = load_policy(SHIPPED / "b9-abc.toml").checksum
    assert load_policy(same).checksum == shipped
    assert load_policy(other).checksum != shipped


def test_a_stored_decision_finds_its_very_policy_again(company: Path) -> None:
    overlay(company, "2026-02-01", 500_000)
    library = Library((SHIPPED, company))
    for policy in library.policies:
        assert library.policy_of(policy.checksum) is policy
    assert library.policy_of("0" * 64) is None
    assert [policy.id for policy in library.policies].count("b9-abc") == 2


def test_the_chain_of_b9() -> None:
    chain = load_chain(SHIPPED / "b9-chain.toml")
    assert [step.roles for step in chain.steps] == [
        ("market_manager",),
        ("credit_controller",),
        ("marketing_vp", "cfo"),
        ("gm",),
        ("chairman",),
    ]
    assert (chain.nag_after, chain.escalate_after) == (timedelta(hours=4), timedelta(hours=8))
    assert chain.working_hours == Hours(time(9), time(18))
    assert Library().chain_in_force("b9-chain", SPRING) == chain


def test_the_reminder_ladder() -> None:
    told = [(rung.days, rung.roles) for rung in load_ladder(SHIPPED / "reminders.toml").rungs]
    assert told == [
        (-7, ("sales",)),
        (-1, ("sales",)),
        (1, ("sales",)),
        (8, ("market_manager",)),
        (15, ("credit_controller",)),
        (31, ("cfo", "marketing_vp")),
        (91, ("legal",)),
    ]
    reminders = load_reminders(SHIPPED / "reminders.toml")
    assert (reminders.digest_at, reminders.quiet_hours) == (time(9), Hours(time(20), time(8)))
    assert Library().reminders_in_force(SPRING) == reminders


def test_every_parameter_says_its_article_and_its_reading_in_both_languages() -> None:
    for parameter in load_policy(SHIPPED / "b9-abc.toml").parameters.values():
        assert parameter.article.startswith(("14", "15"))
        assert parameter.note.zh != parameter.note.en


def test_the_numbers_that_the_articles_give() -> None:
    policy = load_policy(SHIPPED / "b9-abc.toml")
    assert (policy.validity.months, policy.validity.reminder_days) == (12, (30, 7, 0))
    assert policy.parameters["bad_debt_days"].value == 90
    assert policy.grades_without_credit == {"C"}
    assert policy.portfolio.figure == "last_year_closing_receivables"


def test_people_are_asked_what_the_policy_needs_and_the_ledger_does_not_know() -> None:
    library = Library()
    policy = library.policy_in_force("b9-abc", SPRING)
    asked = library.vocabulary.asked_for(policy.fact_keys)
    assert len(asked) == 19
    assert all(kind.source == "survey" and kind.question for kind in asked)
    assert asked[0].key == "law_abiding"


def test_every_role_of_a_chain_or_a_ladder_is_a_role_of_the_staff_list() -> None:
    chain, ladder = load_chain(SHIPPED / "b9-chain.toml"), load_ladder(SHIPPED / "reminders.toml")
    used = {role for step in chain.steps for role in step.roles} | {
        role for rung in ladder.rungs for role in rung.roles
    }
    assert used <= set(Role)


def test_a_vocabulary_names_every_fact_once_in_both_languages() -> None:
    kinds = Library().vocabulary.kinds
    assert len({kind.zh for kind in kinds} | {kind.key for kind in kinds}) == 2 * len(kinds)
    assert {kind.kind for kind in kinds} <= set(FactType)
