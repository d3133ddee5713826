"""Contradictions in what a customer hands in (1.6): findings to be explained, each with its figures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum
from itertools import pairwise

from core.rules.policy.facts import FactValue
from core.rules.precision import WORKING
from core.rules.statements.ratios import Ratio
from core.rules.statements.statements import Figure, Statement


class Severity(StrEnum):
    """What a finding means for a rating, most serious first."""

    REFUSE = "refuse"
    """Nothing can be made of the figures until it is cleared up."""
    BLOCKS_BEST_GRADE = "blocks_best_grade"
    """The statements may not be true (B9 art. 10): no best grade on them."""
    EXPLAIN = "explain"
    """It may well be so; somebody says why (B4)."""


class Check(StrEnum):
    """What was checked."""

    BALANCE = "balance_identity"
    PART_OVER_WHOLE = "part_over_whole"
    CASH_FLOWS = "cash_flow_sum"
    CASH_TIE = "cash_tie"
    CASH_OPENING = "cash_opening"
    RATIO_JUMP = "ratio_jump"
    COPIED_YEAR = "copied_year"
    UNIT_JUMP = "unit_jump"
    SOURCES = "sources_disagree"
    STALE = "stale_statements"


ALLOWED = "allowed"
"""The fact of a finding that says what would have been tolerated: it may change while the figures do not."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction, with the facts to tell it by."""

    check: Check
    severity: Severity
    facts: Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Tolerances:
    """How far figures may be apart before anyone is asked."""

    least: Decimal = Decimal(1)
    """Yuan that rounding alone may bring."""
    share: Decimal = Decimal("0.001")
    """Of the larger side of a sum."""
    unit_jump: Decimal = Decimal(1000)
    """Total assets times or divided by this in a year: 万元 taken for 元, or the other way round."""
    copied_share: Decimal = Decimal("0.8")
    """The share of the figures of two periods that are the same to the fen, from which they look copied."""
    copied_fewest: int = 5
    """With fewer figures to compare, sameness says nothing."""
    jumps: Mapping[str, Decimal] = field(default_factory=dict)
    """By ratio, in its own unit: a change of more than this is to be explained; one without is not looked at."""
    stale_months: int = 18
    """Whole months after its end from which the newest statement is stale."""
    source_share: Decimal = Decimal("0.05")
    """Of the larger number, that two sources may be apart."""
    source_days: int = 366
    """Days between what two sources speak of, beyond which they do not speak of the same."""


_WHOLES = (
    (Figure.CURRENT_ASSETS, Figure.TOTAL_ASSETS),
    (Figure.INVENTORY, Figure.CURRENT_ASSETS),
    (Figure.CASH, Figure.CURRENT_ASSETS),
    (Figure.RECEIVABLES, Figure.CURRENT_ASSETS),
    (Figure.CURRENT_LIABILITIES, Figure.TOTAL_LIABILITIES),
)
_FLOWS = (
    Figure.OPERATING_CASH_FLOW,
    Figure.INVESTING_CASH_FLOW,
    Figure.FINANCING_CASH_FLOW,
)


def in_statement(statement: Statement, allow: Tolerances) -> tuple[Finding, ...]:
    """What does not add up within one period; a check with an unknown figure is left out."""
    with localcontext(WORKING):
        return (
            *_balance(statement, allow),
            *_parts_over_wholes(statement, allow),
            *_cash_flows(statement, allow),
        )


def between(earlier: Statement, later: Statement, allow: Tolerances) -> tuple[Finding, ...]:
    """What does not fit between two periods, of which the later follows the earlier."""
    with localcontext(WORKING):
        return (
            *_unit_jump(earlier, later, allow),
            *_copied(earlier, later, allow),
            *_opening(earlier, later, allow),
        )


def of_sizes(statements: Iterable[Statement], allow: Tolerances) -> tuple[Finding, ...]:
    """Jumps in size among statements of one customer whose unit nobody told, whatever their periods.

    Between balance sheets, and within a period between its revenue and its assets.
    """
    ordered = sorted(statements, key=lambda statement: statement.ends)
    found = [finding for one, other in pairwise(ordered) for finding in _unit_jump(one, other, allow)]
    for each in ordered:
        assets, revenue = each[Figure.TOTAL_ASSETS], each[Figure.REVENUE]
        if assets and revenue and _jumps_apart(assets, revenue, allow):
            sides = {"earlier": each.ends, "later": each.ends}
            found.append(_found(Check.UNIT_JUMP, Severity.REFUSE, **sides, before=assets, now=revenue))
    return tuple(found)


def of_ratios(
    earlier: Mapping[str, Ratio], later: Mapping[str, Ratio], allow: Tolerances
) -> tuple[Finding, ...]:
    """Ratios that moved more from one period to the next than they are allowed to."""
    return tuple(_jumps(earlier, later, allow))


def of_age(newest: Statement, on: date, allow: Tolerances) -> tuple[Finding, ...]:
    """Whether the newest statements are too old to speak of today."""
    months = (on.year - newest.ends.year) * 12 + on.month - newest.ends.month
    if months < allow.stale_months:
        return ()
    return (_found(Check.STALE, Severity.EXPLAIN, ends=newest.ends, months=months),)


def _found(check: Check, severity: Severity, **facts: FactValue) -> Finding:
    return Finding(check, severity, facts)


def _balance(statement: Statement, allow: Tolerances) -> Iterator[Finding]:
    assets, debts, equity = (
        statement[Figure.TOTAL_ASSETS],
        statement[Figure.TOTAL_LIABILITIES],
        statement[Figure.EQUITY],
    )
    if assets is None or debts is None or equity is None or _agree(assets, debts + equity, allow):
        return
    yield _found(
        Check.BALANCE,
        Severity.BLOCKS_BEST_GRADE,
        ends=statement.ends,
        total_assets=assets,
        liabilities_and_equity=debts + equity,
        difference=assets - debts - equity,
    )


def _parts_over_wholes(statement: Statement, allow: Tolerances) -> Iterator[Finding]:
    for part, whole in _WHOLES:
        piece, sum_of_all = statement[part], statement[whole]
        if piece is None or sum_of_all is None:
            continue
        if piece > sum_of_all and not _agree(piece, sum_of_all, allow):
            yield _found(
                Check.PART_OVER_WHOLE,
                Severity.BLOCKS_BEST_GRADE,
                ends=statement.ends,
                part=part,
                amount=piece,
                whole=whole,
                of=sum_of_all,
            )


def _cash_flows(statement: Statement, allow: Tolerances) -> Iterator[Finding]:
    """The three flows make the change, and the change leads from the opening cash to the closing."""
    change = statement[Figure.NET_CASH_CHANGE]
    flows = [flow for figure in _FLOWS if (flow := statement[figure]) is not None]
    if change is not None and len(flows) == len(_FLOWS):
        exchange = statement[Figure.EXCHANGE_EFFECT]
        made = sum(flows, exchange or Decimal(0))
        if not _agree(made, change, allow):
            # The effect of exchange rates, which most statements leave empty, may be the whole difference.
            severity = Severity.EXPLAIN if exchange is None else Severity.BLOCKS_BEST_GRADE
            yield _found(
                Check.CASH_FLOWS,
                severity,
                ends=statement.ends,
                flows=made,
                change=change,
                difference=made - change,
            )
    opening, closing = statement[Figure.OPENING_CASH], statement[Figure.CLOSING_CASH]
    if change is None or opening is None or closing is None or _agree(opening + change, closing, allow):
        return
    yield _found(
        Check.CASH_TIE,
        Severity.BLOCKS_BEST_GRADE,
        ends=statement.ends,
        opening=opening,
        change=change,
        closing=closing,
    )


def _opening(earlier: Statement, later: Statement, allow: Tolerances) -> Iterator[Finding]:
    closing, opening = earlier[Figure.CLOSING_CASH], later[Figure.OPENING_CASH]
    if not later.follows(earlier) or closing is None or opening is None or _agree(closing, opening, allow):
        return
    yield _found(
        Check.CASH_OPENING,
        Severity.BLOCKS_BEST_GRADE,
        earlier=earlier.ends,
        closing=closing,
        later=later.ends,
        opening=opening,
    )


def _unit_jump(earlier: Statement, later: Statement, allow: Tolerances) -> Iterator[Finding]:
    before, now = earlier[Figure.TOTAL_ASSETS], later[Figure.TOTAL_ASSETS]
    if before and now and _jumps_apart(before, now, allow):
        yield _found(
            Check.UNIT_JUMP, Severity.REFUSE, earlier=earlier.ends, before=before, later=later.ends, now=now
        )


def _jumps_apart(one: Decimal, other: Decimal, allow: Tolerances) -> bool:
    return min(one, other) > 0 and max(one, other) >= allow.unit_jump * min(one, other)


def _copied(earlier: Statement, later: Statement, allow: Tolerances) -> Iterator[Finding]:
    compared = [
        figure for figure in Figure if earlier[figure] not in (None, 0) and later[figure] not in (None, 0)
    ]
    same = [figure for figure in compared if earlier[figure] == later[figure]]
    if len(compared) < allow.copied_fewest or len(same) < allow.copied_share * len(compared):
        return
    yield _found(
        Check.COPIED_YEAR,
        Severity.BLOCKS_BEST_GRADE,
        earlier=earlier.ends,
        later=later.ends,
        same=len(same),
        compared=len(compared),
    )


def _jumps(earlier: Mapping[str, Ratio], later: Mapping[str, Ratio], allow: Tolerances) -> Iterator[Finding]:
    for key, allowed in allow.jumps.items():
        before, now = (period[key].reading.value if key in period else None for period in (earlier, later))
        if before is not None and now is not None and abs(now - before) > allowed:
            facts: dict[str, FactValue] = {
                "ratio": key,
                "before": before,
                "now": now,
                ALLOWED: allowed,
            }
            yield Finding(Check.RATIO_JUMP, Severity.EXPLAIN, facts)


def _agree(one: Decimal, other: Decimal, allow: Tolerances) -> bool:
    """Within the yuan, or the share of the larger side, that rounding explains; the bound itself is fine."""
    return abs(one - other) <= max(allow.least, allow.share * max(abs(one), abs(other)))
