"""Contradictions in a customer's material as sentences, and answering for one (1.6)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows.find import the_customer
from core.queries.actor import named
from core.queries.customers.contradictions import FoundFinding, findings
from core.queries.office import Office
from core.queries.rating.inputs import answered, unit
from core.records.staff import Person
from core.rules.money import Money
from core.rules.permission import Permission
from core.rules.precision import rounded
from core.rules.refusal import Refusal
from core.rules.statements.contradictions import Check, Finding
from core.rules.statements.ratios import UNITS, Unit
from core.rules.statements.statements import Figure
from core.services.customers.findings import ExplainFinding
from core.services.statements.statement_preview import figure_name
from core.texts.message import Button, rows
from core.texts.wire import Label, Named

_RATIO_PLACES = 2
_LONGEST = 200


def told(office: Office, finding: Finding) -> dict[str, Any]:
    """A finding as the facts of its sentence."""
    return {
        "check": finding.check.value,
        "severity": finding.severity.value,
        "facts": {name: _fact(office, finding, name, value) for name, value in finding.facts.items()},
    }


def told_all(session: Session, office: Office, found: Iterable[FoundFinding]) -> list[dict[str, Any]]:
    """Findings with what was said of each, and by whom."""
    return [
        told(office, each.finding)
        | {
            "severity": each.severity.value,
            "explanation": each.explanation.words if each.explanation else "",
            "who": _who(session, each) if each.explanation else "",
            "at": each.explanation.at if each.explanation else None,
        }
        for each in found
    ]


def _who(session: Session, found: FoundFinding) -> Any:
    by = found.explanation.by if found.explanation else None
    return named(session.get_one(Person, by)) if by is not None else Label("operator")


def _fact(office: Office, finding: Finding, name: str, value: Any) -> Any:
    match name:
        case "part" | "whole":
            return figure_name(Figure(value))
        case "ratio":
            return Label(f"ratio-{value}")
        case "fact":
            kind = office.vocabulary.find(value)
            return Named(kind.zh, kind.en) if kind else Label(f"ratio-{value}")
        case "source" | "other_source":
            return Label(f"source-{value}")
    if finding.check is Check.SOURCES:
        return _claimed(office, str(finding.facts["fact"]), value)
    if isinstance(value, Decimal):
        return _ratio(finding, value) if finding.check is Check.RATIO_JUMP else _amount(value)
    return value


def _claimed(office: Office, fact: str, value: Any) -> Any:
    kind = office.vocabulary.find(fact)
    said = answered(kind, value)
    return f"{said.normalize():f}%" if isinstance(said, Decimal) and unit(kind) == "%" else said


def _ratio(finding: Finding, value: Decimal) -> Any:
    shown = rounded(value, _RATIO_PLACES)
    match UNITS[str(finding.facts["ratio"])]:
        case Unit.YUAN:
            return Money.of(shown)
        case Unit.PERCENT:
            return f"{shown.normalize():f}%"
        case Unit.TIMES:
            return shown


def _amount(value: Decimal) -> Money:
    return Money.of(rounded(value, 2))


def finding(talk: Talk, filling: Filling, customer: str, name: str) -> None:
    """Say why a finding is as it is."""
    if not talk.may(Permission.EDIT_CUSTOMER):
        raise Refusal("not-allowed")
    the_customer(talk, int(customer))
    filling.open(talk, "explanation", f"{customer}:{name}")


def _sentence(talk: Talk, _answers: Answers) -> dict[str, Any]:
    customer, _, name = talk.state.subject.partition(":")
    found = findings(talk.session, talk.desk.office.library, int(customer), talk.today)
    standing = next((each for each in found if each.name == name), None)
    if standing is None:
        raise Refusal("finding-gone")
    return {
        "customer": the_customer(talk, int(customer)).name,
        "finding": told(talk.desk.office, standing.finding),
    }


def _finish(talk: Talk, subject: str, answers: Answers) -> None:
    customer, _, name = subject.partition(":")
    talk.do(ExplainFinding(int(customer), name, answers["words"]))
    talk.say("finding-explained", rows(Button(f"statements:{customer}", "button-statements"), MENU))


EXPLANATION = Form(
    name="explanation",
    of_customer=True,
    asks=lambda _talk, _subject: (
        Ask("words", read.text(most=_LONGEST, least=4), facts=_sentence, text="finding-question"),
    ),
    finish=_finish,
    counted=False,
)
