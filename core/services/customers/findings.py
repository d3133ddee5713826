"""Answering for a contradiction in the material (1.6; B4): in words, by name, for those who approve to read."""

from dataclasses import dataclass

from sqlalchemy import insert

from core.queries.customers.contradictions import findings
from core.records.statement import FindingExplanation
from core.records.tables import table_of
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.work import Work

_EXPLANATION = table_of(FindingExplanation)


@dataclass(frozen=True)
class ExplainFinding(Command):
    """Say why a finding is as it is."""

    customer: int
    finding: str
    """Its name, as `core.queries.customers.contradictions.name_of` makes it."""
    words: str


def explain_finding(work: Work, command: ExplainFinding) -> None:
    """Kept beside what was said before; it holds as long as the figures stay what they are."""
    customer = work.customer(command.customer)
    assert customer.id is not None
    words = command.words.strip()
    if not words:
        raise Refusal("explanation-empty")
    found = findings(work.session, work.office.library, customer.id, work.today)
    standing = {each.name: each.finding for each in found}
    if command.finding not in standing:
        raise Refusal("finding-gone")
    work.session.execute(
        insert(_EXPLANATION).values(
            customer=customer.id,
            finding=command.finding,
            words=words,
            by=work.by.person,
            at=work.at,
            known_on=work.today,
        )
    )
    work.record(
        "finding.explained",
        f"customer:{customer.id}",
        finding=command.finding,
        check=standing[command.finding].check,
        words=words,
    )
