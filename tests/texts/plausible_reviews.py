"""Facts for the cards of reviews, the register, overrides and the publication list."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.rules.money import Money
from core.texts.wire import Label, Named, Phrase

DAY, YEAR_END, NEXT_YEAR = date(2026, 3, 10), date(2025, 12, 31), date(2027, 3, 9)
FIRM = "华东机械设备有限公司"
SELLER, ASSESSOR = Named("王小雨", "Wang Xiaoyu"), Named("郑惠芳", "Zheng Huifang")
CFO = Named("林静秋", "Lin Jingqiu")
B9 = Named("企业客户信用等级管理制度（ABC）", "Customer credit grades (ABC)")
_DEBT = {
    "name": Named("资产负债率", "Debt ratio"),
    "before": Phrase("input-value", {"value": Decimal("55.2"), "unit": "%"}),
    "now": Phrase("input-value", {"value": Decimal("68.9"), "unit": "%"}),
    "source": Label("source-filed_statements"),
    "day": YEAR_END,
}
_GONE = _DEBT | {"name": Named("诉讼", "Lawsuits"), "now": Label("unknown"), "source": "", "day": None}
_REASON = {
    "title": Named("资产负债率过高", "Debt ratio too high"),
    "article": "16",
    "against": True,
    "answer": "yes",
    "inputs": [],
    "telling": [{"told": "资产负债率 68.9% > 65%", "told_value": "68.9%"}],
    "scored": False,
}


def _review(state: str = "open", **given: Any) -> dict[str, Any]:
    return {
        "customer": FIRM,
        "number": "RR-2026-0003",
        "state": state,
        "state_label": Label(f"review-state-{state}"),
        "cause": Label("review-cause-due"),
        "about": "",
        "who": "",
        "evidence": False,
        "due_on": DAY,
        "former": "B",
        "until": DAY,
        "formerly": False,
        "grade": "B",
        "by_policy": "B",
        "score": None,
        "little": None,
        "policy": B9,
        "unset": [],
        "obstacles": [],
        "gates": [],
        "reasons": [],
        "changes": [],
        "more": 0,
        "first": False,
        "unchanged": 19,
        "unknown": [],
        "limit": None,
        "suspends": False,
        "restores": False,
        "run_down": None,
        "reason": "",
        "assessor": "",
        "answer": "",
        "decided_by": "",
        "asked": 0,
        "given": 0,
    } | given


def _outcome(**given: Any) -> dict[str, Any]:
    return {
        "customer": FIRM,
        "number": "RR-2026-0003",
        "cause": Label("review-cause-due"),
        "grade": "B",
        "former": "A",
        "until": NEXT_YEAR,
        "overridden": False,
        "reason": "",
        "reasons": [Named("资产负债率过高", "Debt ratio too high"), Named("逾期", "Overdue")],
        "suspended": False,
        "restored": False,
        "run_down": None,
        "who": ASSESSOR,
    } | given


REVIEW_CARDS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "review": {
        "nothing changed": _review(),
        "worse": _review(
            cause=Label("review-event-new_statements"),
            grade="C",
            by_policy="C",
            reasons=[_REASON],
            changes=[_DEBT, _GONE],
            more=3,
            unchanged=14,
            unknown=[Named("速动比率", "Quick ratio")],
            limit=Money.of(260_000),
            suspends=True,
        ),
        "appeal": _review(
            cause=Label("review-cause-appeal"),
            about="新设备已经投产，报表没有反映",
            who=SELLER,
            evidence=True,
            former="C",
            limit=Money.of(260_000),
            restores=True,
        ),
        "by another policy, by points, with experts": _review(
            formerly=True, score=Decimal("71.40"), first=True, unchanged=0, asked=3, given=2
        ),
        "override waits": _review(
            "proposed",
            grade="C",
            reason="主要客户倒闭，报表还看不出来",
            assessor=ASSESSOR,
            limit=Money.of(260_000),
            run_down=Money.of(60_000),
        ),
        "returned": _review("returned", decided_by=CFO, answer="请附上证明", assessor=ASSESSOR),
        "in force": _review(
            "in_force", former="A", grade="B", assessor=ASSESSOR, decided_by=CFO, reason="主要客户倒闭"
        ),
        "closed": _review("withdrawn", answer="客户已不再往来"),
        "hardly anything known": _review(grade="C", by_policy="C", little=4),
        "never rated": _review(former="", until=None, grade="", by_policy="", first=True, unchanged=0),
    },
    "review-outcome": {
        "worse": _outcome(run_down=Money.of(60_000)),
        "kept, restored": _outcome(former="B", restored=True),
        "first, by people": _outcome(former="", overridden=True, reason="母公司担保"),
        "lost": _outcome(grade="", until=None, reasons=[], suspended=True),
    },
    "appeal-outcome": {
        "changed": _outcome(cause=Label("review-cause-appeal"), former="C", restored=True),
        "kept": _outcome(cause=Label("review-cause-appeal"), former="B", run_down=Money.of(60_000)),
        "lost": _outcome(
            cause=Label("review-cause-appeal"), grade="", until=None, reasons=[], suspended=True
        ),
    },
    "register": {
        "some": {
            "on": DAY,
            "count": 22,
            "grades": [
                {"policy": "b9-abc", "grade": "A", "count": 2},
                {"policy": "b9-abc", "grade": "B", "count": 20},
            ],
            "overridden": 1,
            "expired": 1,
            "rows": [
                {
                    "name": FIRM,
                    "grade": "B",
                    "policy": "",
                    "until": NEXT_YEAR,
                    "expired": False,
                    "overridden": "A",
                    "assessor": ASSESSOR,
                },
                {
                    "name": "宁波海港物流有限公司",
                    "grade": "A",
                    "policy": "",
                    "until": YEAR_END,
                    "expired": True,
                    "overridden": "",
                    "assessor": "",
                },
            ],
            "more": 20,
        },
        "of two policies": {
            "on": DAY,
            "count": 2,
            "grades": [
                {"policy": "b10-overdue-pattern", "grade": "AA", "count": 1},
                {"policy": "b9-abc", "grade": "A", "count": 1},
            ],
            "overridden": 0,
            "expired": 0,
            "rows": [
                {
                    "name": FIRM,
                    "grade": "AA",
                    "policy": "b10-overdue-pattern",
                    "until": NEXT_YEAR,
                    "expired": False,
                    "overridden": "",
                    "assessor": ASSESSOR,
                },
                {
                    "name": "宁波海港物流有限公司",
                    "grade": "A",
                    "policy": "b9-abc",
                    "until": YEAR_END,
                    "expired": True,
                    "overridden": "",
                    "assessor": "",
                },
            ],
            "more": 0,
        },
        "none": {
            "on": DAY,
            "count": 0,
            "grades": [],
            "overridden": 0,
            "expired": 0,
            "rows": [],
            "more": 0,
        },
    },
    "overrides": {
        "some": {
            "begin": date(2025, 3, 10),
            "end": DAY,
            "ratings": 40,
            "up": 1,
            "down": 3,
            "percent": 10,
            "people": [{"who": ASSESSOR, "ratings": 25, "up": 1, "down": 3}],
        },
        "none": {
            "begin": date(2025, 3, 10),
            "end": DAY,
            "ratings": 0,
            "up": 0,
            "down": 0,
            "percent": None,
            "people": [],
        },
    },
    "publication": {
        "off": {"on": False, "proposed": False, "grade": "A", "year": "2026", "names": []},
        "waits": {"on": False, "proposed": True, "grade": "A", "year": "2026", "names": []},
        "on": {"on": True, "proposed": True, "grade": "A", "year": "2026", "names": [FIRM]},
        "nobody": {"on": True, "proposed": True, "grade": "A", "year": "2026", "names": []},
    },
}
"""For each card some of the states in which people see it."""
