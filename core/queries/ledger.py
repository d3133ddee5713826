"""The questions that the rest of the desk asks of the receivables ledger, in one place."""

from core.queries.aging import AgingReport, AgingRow, aging_report
from core.queries.exposure import closing_receivables, exposure, exposure_on
from core.queries.ledger_facts import LimitInputs, ledger_facts, limit_inputs
from core.queries.overdue import OverdueItem, OverdueRow, overdue_items, overdue_report

__all__ = [
    "AgingReport",
    "AgingRow",
    "LimitInputs",
    "OverdueItem",
    "OverdueRow",
    "aging_report",
    "closing_receivables",
    "exposure",
    "exposure_on",
    "ledger_facts",
    "limit_inputs",
    "overdue_items",
    "overdue_report",
]
