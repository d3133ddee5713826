"""Financial statements typed in chat (1.5): the figures that matter first, in the order of the statements."""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Any

from bot.dialog import read
from bot.dialog.filling import Filling, as_page
from bot.dialog.form import Ask, BadAnswer, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.dialog.write import plain_number
from bot.flows.find import the_customer
from bot.flows.finding import told
from core.files.cells import BadCell
from core.files.figure_cell import read_figure
from core.files.line_items import asked_figures
from core.files.statement_template import empty_statements
from core.queries.customers.statements import kept_statements
from core.queries.policies.tolerances import active_tolerances
from core.rules.money import Money
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.rules.statements.contradictions import in_statement
from core.rules.statements.statements import Figure, Statement
from core.services.customers.survey import SOURCES
from core.services.statements.statement_preview import figure_name
from core.services.statements.statements import GivenStatement, RecordStatements
from core.texts.message import Button, rows
from core.texts.wire import Label

UNKNOWN = "unknown"
"""The button “问不到”: the figure stays as unknown as it was."""
UNITS = {"yuan": Decimal(1), "thousand": Decimal(1000), "ten_thousand": Decimal(10_000)}
_LOSS = "亏损", "亏", "净流出"


def statement(talk: Talk, filling: Filling, customer: str) -> None:
    """Give the figures of a period."""
    _may(talk, customer)
    filling.open(talk, "statement", customer)


def change(talk: Talk, filling: Filling, customer: str, ends: str) -> None:
    """Correct a period that is on file: it is shown whole, and any figure can be given anew."""
    _may(talk, customer)
    day = date.fromisoformat(ends)
    for kept in kept_statements(talk.session, int(customer)):
        if kept.statement.ends == day:
            figures = {str(figure): kept.statement[figure] for figure in asked_figures()}
            about = {"ends": day, "audited": kept.audited, "source": kept.source, "unit": "yuan"}
            filling.open(talk, "statement", customer, **about, **figures)
            return
    raise Refusal("statement-unknown", ends=day)


def _may(talk: Talk, customer: str) -> None:
    if not talk.may(Permission.EDIT_CUSTOMER):
        raise Refusal("not-allowed")
    the_customer(talk, int(customer))


def _month_end(typed: str, talk: Talk) -> date:
    day: date = read.day(future=False)(typed, talk)
    if day.day != monthrange(day.year, day.month)[1]:
        raise BadAnswer("month-end", day=day)
    return day


def _yes(typed: str, talk: Talk) -> bool:
    return bool(read.one_of("yes", "no")(typed, talk) == "yes")


def _figure(typed: str, talk: Talk) -> Decimal | None:
    if typed == UNKNOWN:
        return None
    line = read.clean(typed)
    for word in _LOSS:
        line = line.replace(word, "-", 1) if line.startswith(word) else line
    try:
        value = read_figure(line, UNITS[talk.state.answers["unit"]])
    except BadCell:
        value = None
    if value is None:
        raise BadAnswer("figure", typed=line[:40])
    return value


def _typed(value: Decimal | None, answers: Answers) -> str:
    """In the unit that figures are read in."""
    return UNKNOWN if value is None else plain_number(value / UNITS[answers["unit"]])


def _ask(figure: Figure) -> Ask:
    return Ask(
        str(figure),
        _figure,
        lambda _talk, _answers: [Choice(UNKNOWN, "choice-unknown")],
        facts=lambda _talk, answers: {
            "figure": figure_name(figure),
            "short": figure_name(figure),
            "ends": answers["ends"],
            "unit": Label(f"unit-{answers['unit']}"),
        },
        text="ask-statement-figure",
        beside=(Button("statement-workbook", "button-rest-by-excel"),),
        needs=("ends", "unit"),
        write=_typed,
    )


def _asks(_talk: Talk, _subject: str) -> tuple[Ask, ...]:
    return (
        Ask(
            "ends",
            _month_end,
            lambda talk, _answers: [
                Choice.named(each.ends.isoformat(), each.ends.isoformat())
                for each in reversed(empty_statements(talk.today))
            ],
            facts=lambda talk, _answers: {"customer": the_customer(talk, int(talk.state.subject)).name},
        ),
        Ask(
            "audited",
            _yes,
            lambda _t, _a: [Choice("yes", "choice-yes"), Choice("no", "choice-no")],
            closed=True,
        ),
        Ask(
            "source",
            read.one_of(*SOURCES),
            lambda _t, _a: [Choice(s, f"source-{s}") for s in SOURCES],
            closed=True,
        ),
        Ask(
            "unit",
            read.one_of(*UNITS),
            lambda _t, _a: [Choice(u, f"unit-{u}") for u in UNITS],
            across=3,
            closed=True,
        ),
        *map(_ask, asked_figures()),
    )


def _given(talk: Talk, subject: str, answers: Answers) -> Statement:
    figures = {figure: value for figure in asked_figures() if (value := answers.get(str(figure))) is not None}
    return Statement(answers["ends"], _months(talk, subject, answers["ends"]), figures)


def _months(talk: Talk, subject: str, ends: date) -> int:
    """Of the calendar year so far, as the law has it; of a firm's first year from the month it began."""
    for kept in kept_statements(talk.session, int(subject)):
        if kept.statement.ends == ends:
            return kept.statement.months
    founded = the_customer(talk, int(subject)).founded
    begun = founded.month if founded is not None and founded.year == ends.year else 1
    return max(ends.month - begun + 1, 1)


def _review(talk: Talk, subject: str, answers: Answers) -> None:
    given = _given(talk, subject, answers)
    lines: list[dict[str, Any]] = [
        {
            "name": figure_name(figure),
            "amount": Money.of(value) if (value := given[figure]) is not None else Label("choice-unknown"),
        }
        for figure in asked_figures()
    ]
    office = talk.desk.office
    allow = active_tolerances(talk.session, office.library, talk.today)
    talk.say(
        "statement-review",
        rows(
            Button("form.submit:statement", "button-statement-save"),
            Button("form.change:statement", "button-change"),
            Button("form.later", "button-later"),
            Button("statement-workbook", "button-rest-by-excel"),
        )
        + as_page(STATEMENT, subject),
        customer=the_customer(talk, int(subject)).name,
        ends=given.ends,
        months=given.months,
        audited=answers["audited"],
        source=Label(f"source-{answers['source']}"),
        lines=lines,
        findings=[told(office, each) for each in in_statement(given, allow)],
    )


def _finish(talk: Talk, subject: str, answers: Answers) -> None:
    given = GivenStatement(_given(talk, subject, answers), answers["audited"])
    changed = talk.do(RecordStatements(int(subject), (given,), answers["source"]))
    talk.say(
        "statement-kept" if changed else "statement-unchanged",
        rows(
            Button(f"statements:{subject}", "button-statements"),
            Button(f"statement:{subject}", "button-next-period"),
            MENU,
        ),
        customer=the_customer(talk, int(subject)).name,
        ends=given.statement.ends,
    )


STATEMENT = Form(name="statement", asks=_asks, finish=_finish, review=_review, long=True, of_customer=True)
