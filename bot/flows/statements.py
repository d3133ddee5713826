"""What is on file of a customer's financial statements: periods, ratios with their figures, findings (1.5, 1.6)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from bot.flows.find import the_customer
from bot.flows.finding import told_all
from core.queries.actor import named
from core.queries.customers.contradictions import FoundFinding, findings
from core.queries.customers.statements import KeptStatement, chosen, kept_statements
from core.records.staff import Person
from core.rules.money import Money
from core.rules.permission import Permission
from core.rules.precision import rounded
from core.rules.rating.reading import KnownValue, Reading, plain
from core.rules.refusal import Refusal
from core.rules.statements.ratios import UNITS, Ratio, Unit, ratios
from core.rules.statements.statement_facts import statement_facts
from core.rules.statements.statements import Figure, Period, Statements
from core.services.statements.statement_preview import figure_name
from core.services.statements.statements import WithdrawStatement
from core.texts.message import Button, rows
from core.texts.wire import Label

_PLACES = {Unit.PERCENT: 2, Unit.TIMES: 4, Unit.YUAN: 2}
_TELLING = (Figure.TOTAL_ASSETS, Figure.EQUITY, Figure.REVENUE, Figure.NET_PROFIT, Figure.OPERATING_CASH_FLOW)
FIRST = (
    "debt_ratio",
    "quick_ratio",
    "current_ratio",
    "interest_cover",
    "return_on_equity",
    "margin_on_sales",
    "receivables_turnover",
    "revenue_growth",
)
"""The ratios that the page shows; the rest are a tap away."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "solvency": (
        *("debt_ratio", "debt_to_equity", "current_ratio", "quick_ratio", "cash_to_current_liabilities"),
        *("interest_cover", "interest_bearing_share", "contingent_share"),
        *("working_capital", "tangible_net_worth"),
    ),
    "profit": (
        *("return_on_equity", "return_on_assets", "return_on_capital", "margin_on_sales"),
        *("profit_on_costs", "earnings_cash_cover", "asset_cash_recovery", "bad_asset_share"),
    ),
    "turnover": (
        *("asset_turnover", "current_asset_turnover", "inventory_turnover", "receivables_turnover"),
    ),
    "growth": (
        *("revenue_growth", "revenue_growth_3y", "profit_growth", "asset_growth"),
        *("capital_preservation", "capital_accumulation", "capital_growth_3y", "research_share"),
    ),
}
"""Every ratio, in messages that fit a phone."""
_EXPLAINED_AT_ONCE = 3


def statements(talk: Talk, _filling: Filling, customer: str) -> None:
    """The page of a customer's statements."""
    held = the_customer(talk, int(customer))
    kept = kept_statements(talk.session, int(customer))
    found = findings(talk.session, talk.desk.office.library, int(customer), talk.today)
    on_file = chosen(each.statement for each in kept)
    given = statement_facts(on_file, talk.today)
    newest = kept[-1].statement.ends if kept else None
    may_edit = talk.may(Permission.EDIT_CUSTOMER)
    buttons = [
        *([Button(f"statement-ratios:{customer}:{newest}:solvency", "button-all-ratios")] if newest else []),
        *([Button(f"statement:{customer}", "button-statement-type")] if may_edit else []),
        *([Button(f"statement-file:{customer}", "button-statement-file")] if may_edit else []),
        *([Button(f"statement-correct:{customer}", "button-statement-correct")] if may_edit and kept else []),
        *(
            Button(f"finding:{customer}:{each.name}", "button-explain-finding", {"place": number})
            for number, each in _unexplained(found)
            if may_edit
        ),
        Button(f"customer:{customer}", "button-details"),
        MENU,
    ]
    talk.say(
        "statements",
        rows(*buttons),
        customer=held.name,
        periods=[told_period(talk, each) for each in reversed(kept)],
        ratios=[told_ratio(key, given[key].value, given[key].ends) for key in FIRST if key in given],
        findings=told_all(talk.session, talk.desk.office, found),
    )


def _unexplained(found: Sequence[FoundFinding]) -> list[tuple[int, FoundFinding]]:
    """The first few that nobody has answered for, by their number on the page."""
    open_ones = [(number, each) for number, each in enumerate(found, 1) if each.explanation is None]
    return open_ones[:_EXPLAINED_AT_ONCE]


def ratios_of(talk: Talk, _filling: Filling, customer: str, ends: str, group: str) -> None:
    """One group of the ratios of a period, each with its formula and figures."""
    held = the_customer(talk, int(customer))
    day = date.fromisoformat(ends)
    period = _period_of(chosen(each.statement for each in kept_statements(talk.session, int(customer))), day)
    if period is None:
        raise Refusal("statement-unknown", ends=day)
    found = ratios(period)
    others = [
        Button(f"statement-ratios:{customer}:{ends}:{other}", f"button-ratios-{other}")
        for other in GROUPS
        if other != group
    ]
    talk.say(
        "statement-ratios",
        rows(*others, Button(f"statements:{customer}", "button-statements"), MENU, across=3),
        customer=held.name,
        ends=day,
        months=period.now.months,
        ratios=[told_formula(found[key]) for key in GROUPS[group]],
    )


def correct(talk: Talk, _filling: Filling, customer: str) -> None:
    """Which period is to be corrected, or taken back."""
    held = the_customer(talk, int(customer))
    ends = [each.statement.ends for each in kept_statements(talk.session, int(customer))]
    buttons = [
        button
        for day in reversed(ends)
        for button in (
            Button(f"statement-change:{customer}:{day}", "button-change-period", {"ends": day}),
            Button(f"statement-withdraw:{customer}:{day}", "button-withdraw-period", {"ends": day}),
        )
    ]
    talk.say("statement-which", (*rows(*buttons), (MENU,)), customer=held.name)


def withdraw(talk: Talk, filling: Filling, customer: str, ends: str) -> None:
    """Take back a period that should not be there."""
    talk.do(WithdrawStatement(int(customer), date.fromisoformat(ends)))
    statements(talk, filling, customer)


def _period_of(on_file: Statements, ends: date) -> Period | None:
    return next((period for period in on_file.periods() if period.now.ends == ends), None)


def told_period(talk: Talk, kept: KeptStatement) -> dict[str, Any]:
    """A period with who answers for it and the figures that tell most."""
    statement = kept.statement
    who = named(talk.session.get_one(Person, kept.by)) if kept.by is not None else Label("operator")
    return {
        "ends": statement.ends,
        "months": statement.months,
        "audited": kept.audited,
        "source": Label(f"source-{kept.source}"),
        "who": who,
        "at": kept.at,
        "figures": [
            {"name": figure_name(figure), "amount": Money.of(value)}
            for figure in _TELLING
            if (value := statement[figure]) is not None
        ],
    }


def told_ratio(key: str, value: KnownValue, ends: date) -> dict[str, Any]:
    """A ratio as policies see it; one without a number says why."""
    reading = value if isinstance(value, Reading) else None
    return {
        "name": Label(f"ratio-{key}"),
        "value": plain(value),
        "unit": _sign(key),
        "reason": reading.reason if reading is not None and reading.value is None else "",
        "ends": ends,
    }


def told_formula(ratio: Ratio) -> dict[str, Any]:
    """A ratio with its formula and the figures that went into it."""
    value = ratio.reading.value
    return {
        "name": Label(f"ratio-{ratio.key}"),
        "formula": Label(f"formula-{ratio.key}"),
        "value": _number(ratio, value) if value is not None else None,
        "unit": _sign(ratio.key),
        "reason": ratio.reading.reason if value is None else "",
        "flags": [Label(f"flag-{flag}") for flag in ratio.flags],
        "figures": _figures(ratio.figures),
        "earlier": _figures(ratio.earlier),
    }


def _figures(figures: Mapping[Figure, Decimal | None]) -> list[dict[str, Any]]:
    return [
        {"name": figure_name(figure), "amount": Money.of(value) if value is not None else None}
        for figure, value in figures.items()
    ]


def _number(ratio: Ratio, value: Decimal) -> Any:
    shown = rounded(value, _PLACES[ratio.unit])
    return Money.of(shown) if ratio.unit is Unit.YUAN else shown


def _sign(key: str) -> str:
    return "%" if UNITS[key] is Unit.PERCENT else ""
