"""A back-test told: as facts for the terminal, as a workbook, as plain data for other programs (2.9)."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

from core.files.export import Table, Value, write_xlsx
from core.queries.policies.backtest import Backtest
from core.queries.policies.grade_names import grade_name
from core.queries.policies.simulation_report import table_data, table_rows
from core.rules.judging.probability import Interval
from core.rules.judging.validation import Discrimination, Shortage
from core.rules.policy.policy import Policy
from core.settings import Language
from core.texts.catalog import plain, shown
from core.texts.wire import Label, Named


def card_facts(found: Backtest) -> dict[str, Any]:
    """Everything on one card; shares as percent with one decimal."""
    policy = found.policy
    return {
        "title": Named(policy.title.zh, policy.title.en),
        "version": policy.version,
        "begin": found.begin,
        "end": found.end,
        "days": found.overdue_days,
        "basis": Label(f"backtest-basis-{found.basis}"),
        "rates": [
            {
                "grade": grade_name(policy, each.grade),
                "rated": each.rated,
                "bad": each.bad,
                "rate": None if each.rate is None else percent(each.rate),
                "low": percent(each.interval.low) if each.interval else None,
                "high": percent(each.interval.high) if each.interval else None,
            }
            for each in found.rates
        ],
        "by_grade": _discrimination(found.by_grade),
        "by_score": _discrimination(found.by_score),
        "not_rated": found.not_rated,
        "bad_before": found.bad_before,
        "rows": table_rows(found.migration, policy, policy),
        "psi": found.stability.psi if found.stability else None,
        "shift": Label(f"backtest-shift-{found.stability.reading}") if found.stability else None,
        "p_value": found.stability.p_value if found.stability else None,
        "hhi": found.concentration.hhi if found.concentration else None,
        "largest": grade_name(policy, found.concentration.largest if found.concentration else None),
        "share": percent(found.concentration.share) if found.concentration else None,
        "crowded": found.concentration is not None and found.concentration.crowded,
        "overridden": found.overrides.up + found.overrides.down,
        "up": found.overrides.up,
        "down": found.overrides.down,
        "assessed": found.overrides.rated,
        "reversals": [
            {
                "better": grade_name(policy, each.better),
                "worse": grade_name(policy, each.worse),
                "by": percent(each.by),
                "certain": each.certain,
            }
            for each in found.reversals
        ],
        "shortages": [_shortage(policy, each) for each in found.shortages],
    }


def percent(share: Decimal) -> Decimal:
    """A share of one as percent, to one decimal."""
    return (share * 100).quantize(Decimal("0.1"), "ROUND_HALF_UP")


def workbook(found: Backtest, language: Language) -> bytes:
    """The rate of every grade, with counts and intervals, as xlsx."""
    target = BytesIO()
    header = [plain(language, key, {}) for key in _HEADER]
    write_xlsx(
        target, [Table(plain(language, "backtest-sheet", {}), header, map(list, _rows(found, language)))]
    )
    return target.getvalue()


_HEADER = (
    "backtest-column-grade",
    "backtest-column-rated",
    "backtest-column-bad",
    "backtest-column-rate",
    "backtest-column-low",
    "backtest-column-high",
)


def _rows(found: Backtest, language: Language) -> Iterator[tuple[Value, ...]]:
    for each in found.rates:
        ends = (each.interval.low, each.interval.high) if each.interval else (None, None)
        yield shown(language, grade_name(found.policy, each.grade)), each.rated, each.bad, each.rate, *ends


def data(found: Backtest) -> dict[str, Any]:
    """All of it for other programs; shares of one."""
    return {
        "policy": found.policy.id,
        "version": found.policy.version,
        "checksum": found.policy.checksum,
        "from": found.begin,
        "to": found.end,
        "overdue_days": found.overdue_days,
        "basis": found.basis,
        "grades": [
            {
                "grade": each.grade,
                "rated": each.rated,
                "bad": each.bad,
                "rate": each.rate,
                "interval": _ends(each.interval),
            }
            for each in found.rates
        ],
        "by_grade": _figures(found.by_grade),
        "by_score": _figures(found.by_score),
        "not_rated": found.not_rated,
        "bad_before": found.bad_before,
        "migration": table_data(found.migration),
        "stability": None
        if found.stability is None
        else {
            "psi": found.stability.psi,
            "p_value": found.stability.p_value,
            "reading": found.stability.reading,
        },
        "concentration": None
        if found.concentration is None
        else {
            "hhi": found.concentration.hhi,
            "largest": found.concentration.largest,
            "share": found.concentration.share,
        },
        "overrides": {
            "rated": found.overrides.rated,
            "up": found.overrides.up,
            "down": found.overrides.down,
            "rate": found.overrides.rate,
        },
        "reversals": [
            {"better": each.better, "worse": each.worse, "by": each.by, "certain": each.certain}
            for each in found.reversals
        ],
        "too_little": [
            {"of": each.lack, "grade": each.grade or None, "count": each.count, "fewest": each.fewest}
            for each in found.shortages
        ],
    }


def _figures(found: Discrimination | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "auc": found.auc,
        "interval": _ends(found.interval),
        "gini": found.gini,
        "ks": found.ks,
        "good": found.good,
        "bad": found.bad,
    }


def _discrimination(found: Discrimination | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"auc": found.auc, "low": found.interval.low, "high": found.interval.high, "ks": found.ks}


def _ends(interval: Interval | None) -> list[Decimal] | None:
    return [interval.low, interval.high] if interval else None


def _shortage(policy: Policy, each: Shortage) -> dict[str, Any]:
    return {
        "key": f"backtest-lack-{each.lack}",
        "count": each.count,
        "fewest": each.fewest,
        "grade": grade_name(policy, each.grade),
    }
