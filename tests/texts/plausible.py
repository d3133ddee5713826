"""Facts as the program hands them over: one for every name in the catalogs, and whole sets for the cards."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from bot.flows import explain
from core.policies.library import SHIPPED, Library
from core.queries.office import CHAIN, POLICY
from core.rules.credit.release import DealFacts, Line, check
from core.rules.limits.limit import LimitFacts, propose
from core.rules.money import Money
from core.rules.policy.facts import Facts, FactType
from core.rules.policy.policy import Policy
from core.rules.rating.assess import lifts, rate
from core.rules.rating.rating import Rating
from core.texts.wire import Label, Named, Phrase
from tests.texts.plausible_files import FILE_CARDS
from tests.texts.plausible_policies import POLICY_CARDS
from tests.texts.plausible_reviews import REVIEW_CARDS
from tests.texts.plausible_statements import STATEMENT_CARDS

DAY = date(2026, 3, 10)
AMOUNT = Money.of(260_000)
FIRM = "华东机械设备有限公司"
SELLER = Named("王小雨", "Wang Xiaoyu")
MANAGER = Named("许文博", "Xu Wenbo")
CONTROLLER = Named("吴敏", "Wu Min")

MANY = {
    AMOUNT: "above amount asked available cap ceiling current exposure granted limit now overdue proposed receive room short total up_to",
    12: "added bad broken count customers days first first_row hours invoices items last least left length limit_mib line months more most new opened percent place records refused requests row rows seconds seq unchanged waiting",
    DAY: "day ends last_day on rated_until starts until",
    "0.65": "large small",
}
"""Values that many facts may have, with the names of those facts."""
LABELS = {
    "form_name": "form-credit",
    "kind": "kind-long_term",
    "roles": "role-credit_controller",
    "role": "role-credit_controller",
    "source": "source-own_records",
    "verdict": "verdict-approve",
    "what": "digest-rating",
    "channel": "channel-telegram",
    "part": "part-delivery",
    "elsewhere": "channel-wecom",
    "lost": "channel-telegram",
    "places": "channel-web",
}
OTHERS: dict[str, Any] = {
    "article": "25(2)",
    "at": datetime(2026, 3, 10, 6, 2, tzinfo=UTC),
    "code": "C0001",
    "hash": "7f3a" * 16,
    "inputs": "速动比率 0.71 < 0.745",
    "names": [FIRM, "宁波海港物流有限公司", "苏州澄湖金属制品有限公司"],
    "number": "REQ-2026-0142",
    "phone": "13800000000",
    "progress": "14/21",
    "question": Named("客户最近的速动比率是多少？", "What is the customer’s latest quick ratio?"),
    "short": Named("速动比率", "Quick ratio"),
    "threshold": Decimal("0.745"),
    "title": Named("资金实力雄厚、偿债能力强", "Strong funds and solvency"),
    "unit": "%",
    "uscc": "91310117MAAY4CL12J",
    "value": Decimal("0.71"),
    "year": "2026",
}


_BY_NAME: dict[str, Any] = {name: value for value, names in MANY.items() for name in names.split()}
_BY_NAME |= {name: Label(key) for name, key in LABELS.items()} | OTHERS


def fact(name: str) -> Any:
    """A value for a fact of this name; a line of text where the name says no more."""
    return _BY_NAME.get(name, FIRM)


# The cards: the policy of the sample company over a customer's facts, told as the flows tell them.

_LIBRARY = Library((SHIPPED, SHIPPED.parent / "samples" / "policy"))
_POLICY = _LIBRARY.policy_in_force(POLICY, DAY)
_UNSET = Library().policy_in_force(POLICY, DAY)
_OFFICE: Any = SimpleNamespace(vocabulary=_LIBRARY.vocabulary)

_MIDDLING: dict[str, Any] = {
    "law_abiding": True,
    "performs_strictly": True,
    "broken_promises_12m": 0,
    "serious_breach_24m": False,
    "net_profit_last_year": Money.of(1_200_000),
    "net_profit_year_before": Money.of(900_000),
    "operating_cash_flow_last_year": Money.of(800_000),
    "operating_cash_flow_year_before": Money.of(650_000),
    "debt_ratio": Decimal("55.2"),
    "quick_ratio": Decimal("0.71"),
    "net_loss_to_equity": Decimal(0),
    "turnover_falling_months": 1,
    "bad_debt_disputes": False,
    "asset_transfers": False,
    "output_falling_sharply": False,
    "unfair_conduct": False,
    "serious_illegal_operation": False,
    "ordered_to_stop": False,
    "accounts_at_risk": False,
    "cooperation_months": 30,
    "months_with_business_12m": 12,
    "max_days_overdue_24m": 17,
    "receipts_12m": Money.of(3_740_000),
    "shipments_12m": Money.of(3_900_000),
}
_BAD: Facts = _MIDDLING | {"ordered_to_stop": True, "quick_ratio": Decimal("0.9")}
_GAPS: Facts = _MIDDLING | {"debt_ratio": None, "quick_ratio": None, "law_abiding": False}
_CARD = _LIBRARY.policy_in_force("b5-four-indicators", DAY)
_SCORED: Facts = {
    "debt_ratio": Decimal("63.8"),
    "annual_revenue": Money.of(32_000_000),
    "years_in_business": Decimal(8),
    "borrowing_record": "clean",
}
_NEW: Facts = _MIDDLING | {"quick_ratio": Decimal("0.9"), "months_with_business_12m": 0}


def _preview(
    facts: Facts, *, collateral: Money | None = AMOUNT, new: bool = False, **more: Any
) -> dict[str, Any]:
    policy = more.pop("policy", _POLICY)
    rating = rate(policy, facts)
    asked = Money.of(300_000)
    proposal = propose(
        policy,
        LimitFacts(
            grade=rating.grade,
            kind="long_term",
            asked=asked,
            had_credit=True,
            average_month_receipts=Money.of(312_000),
            average_month_shipments=Money.of(325_000),
            months_with_business=0 if new else 12,
            last_year_average_exposure=None if new else Money.of(410_000),
            collateral=collateral,
            is_new=new,
        ),
    )
    chain = _LIBRARY.chain_in_force(CHAIN, DAY)
    return {
        "customer": FIRM,
        "asked": asked,
        "kind": Label("kind-long_term"),
        "grade": rating.grade or "",
        "unset": list(rating.unset),
        "capped_from": rating.capped_from or "",
        "conflict": rating.conflict,
        "unknown": len(rating.unknown),
        "reasons": explain.reasons(_OFFICE, policy, rating),
        "lifts": [explain.lift(_OFFICE, policy, one) for one in lifts(policy, facts)[:2]],
        "limit": proposal.limit,
        "term": proposal.term_days,
        "needs_collateral": proposal.needs_collateral,
        "necessary": proposal.only_when_necessary,
        "ceilings": explain.ceilings(proposal.ceilings),
        "refusals": explain.refusals(proposal),
        "months": 0 if new else 12,
        "path": [[Label(f"role-{role}") for role in step.roles] for step in chain.steps],
        "vacant": [],
        "old_limit": Money.of(180_000),
        **more,
    }


def _items(rating: Rating) -> list[dict[str, Any]]:
    return explain.items(_OFFICE, _POLICY, rating)


def _rating(facts: Facts, policy: Policy = _POLICY) -> dict[str, Any]:
    rating = rate(policy, facts)
    return {
        "customer": FIRM,
        "policy": explain.named(policy.title),
        "grade": rating.grade or "",
        "best": rating.grade == policy.codes[0],
        "in_force": "B",
        "formerly": False,
        "until": date(2026, 12, 31),
        "unset": list(rating.unset),
        "capped_from": rating.capped_from or "",
        "score": rating.score,
        "obstacles": explain.obstacles(policy, rating),
        "gates": explain.gates(rating),
        "conflict": rating.conflict,
        "completeness": int(rating.completeness * 100),
        "little": rating.rests_on_little,
        "reasons": explain.reasons(_OFFICE, policy, rating),
        "lifts": [explain.lift(_OFFICE, policy, one) for one in lifts(policy, facts)[:4]],
    }


def _survey() -> list[tuple[Named, Any]]:
    """Every question with a long answer."""
    answers: dict[FactType, Any] = {
        FactType.YES_NO: Label("choice-no"),
        FactType.MONEY: Money.of("-12345678.90"),
        FactType.COUNT: 2,
        FactType.NUMBER: Decimal("0.71"),
        FactType.PERCENT: Decimal("58.9"),
    }
    kinds = _LIBRARY.vocabulary.asked_for(_POLICY.fact_keys)
    return [(Named(kind.zh, kind.en), answers[kind.kind]) for kind in kinds]


def _everything() -> dict[str, Any]:
    rating = rate(_POLICY, _MIDDLING)
    return {
        "number": "REQ-2026-0142",
        "customer": FIRM,
        "policy": "b9-abc 2026-01",
        "grade": "B",
        "items": _items(rating),
        "ceilings": _preview(_MIDDLING)["ceilings"],
        "asked": Money.of(300_000),
        "proposed": AMOUNT,
        "findings": STATEMENT_CARDS["statements"]["with findings"]["findings"],
        "survey": [
            {
                "name": name,
                "value": value,
                "unit": "",
                "source": Label("source-customer" if place < 12 else "source-bank"),
                "as_of": date(2025, 12, 31),
            }
            for place, (name, value) in enumerate(_survey())
        ],
    }


def _signed(role: str, who: Named, verdict: str, amount: int, reason: str = "") -> dict[str, Any]:
    return {
        "role": Label(f"role-{role}"),
        "who": who,
        "verdict": Label(f"verdict-{verdict}"),
        "amount": Money.of(amount),
        "reason": reason,
        "at": datetime(2026, 3, 10, 6, 2, tzinfo=UTC),
        "consent": verdict.startswith("approve"),
    }


def _request(state: str = "in_approval", **more: Any) -> dict[str, Any]:
    return {
        "number": "REQ-2026-0142",
        "customer": FIRM,
        "requester": SELLER,
        "state": state,
        "state_label": Label(f"state-{state}"),
        "sign": False,
        "standing_in": False,
        "asked": AMOUNT,
        "granted": AMOUNT,
        "proposed": AMOUNT,
        "above_proposal": False,
        "term": 30,
        "kind": Label("kind-long_term"),
        "reason": "",
        "collateral": None,
        "collateral_note": "",
        "old_limit": None,
        "raised": False,
        "raised_article": "42",
        "grade": "B",
        "last_grade": "B",
        "reasons": explain.reasons(_OFFICE, _POLICY, rate(_POLICY, _MIDDLING)),
        "conflict": False,
        "findings": 0,
        "unexplained": 0,
        "exposure": Money.of(139_000),
        "overdue": Money.zero(),
        "overdue_days": 0,
        "receipts": Money.of(3_740_000),
        "days_late": 0,
        "question": "",
        "signed": [],
        "waiting": [],
        **more,
    }


def _deal(amount: int, line: Line | None, **more: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "exposure": Money.of(139_000),
        "overdue": (),
        "grade": "B",
        "rated_until": DAY,
    } | more
    release = check(DealFacts(on=DAY, amount=Money.of(amount), line=line, **facts), _POLICY)
    return {
        "passes": release.passes,
        "customer": "华东机械",
        "amount": Money.of(amount),
        "available": release.available,
        "holds": [{"reason": hold.reason, "article": hold.article, **hold.facts} for hold in release.holds],
        "remedies": [
            {
                "key": remedy.key,
                "receive": remedy.receive,
                "available": remedy.available,
                "passes": remedy.passes,
                "up_to": remedy.up_to,
            }
            for remedy in release.remedies
        ],
    }


_KNOWN = [
    {
        "source": Label("source-filed_statements"),
        "day": day,
        "facts": [{"name": Named(zh, en), "value": value, "unit": unit} for zh, en, value, unit in facts],
    }
    for day, facts in (
        (
            date(2026, 2, 28),
            [
                ("资产负债率", "Debt ratio", Decimal("58.93"), "%"),
                ("速动比率", "Quick ratio", Decimal("0.7134"), ""),
            ],
        ),
        (
            date(2025, 12, 31),
            [
                ("上年净利润", "Net profit, last year", Money.of(-30_000), ""),
                ("净资产收益率", "Return on equity", Label("reading-EQUITY_NON_POSITIVE"), ""),
            ],
        ),
    )
]
"""What the statements of two periods say."""
_LINE = Line(Money.of(180_000), date(2026, 1, 1), date(2026, 12, 31), "open", 30)
_CUSTOMER = {
    "formerly": False,
    "code": "C0001",
    "name": FIRM,
    "uscc": "91310117MAAY4CL12J",
    "region": "华东",
    "industry": "通用设备制造",
    "size": "medium",
    "owner": SELLER,
    "legal_representative": "周启明",
    "founded": date(2009, 4, 17),
    "capital": Money.of(30_000_000),
    "phone": "021-55500001",
    "address": "上海市松江区示范路 118 号",
    "contacts": ["李婷婷 13000000011", "王国强 13000000012"],
    "grade": "B",
    "rated_until": date(2026, 12, 31),
    "limit": Money.of(180_000),
    "line_state": "open",
    "term_days": 30,
    "line_ends": date(2026, 12, 31),
    "exposure": Money.of(139_000),
    "overdue": Money.of(12_300),
    "overdue_count": 2,
    "oldest_days": 17,
}
_BARE = dict.fromkeys(
    ("uscc", "region", "industry", "size", "owner", "legal_representative", "phone", "address"), ""
)
_AGES = {
    "not-due": 3_120_000,
    "1-30": 640_000,
    "31-60": 86_400,
    "61-90": 12_300,
    "91-180": 0,
    "181-365": 0,
    "366+": 900,
}
_OUTCOME = {
    "number": "REQ-2026-0142",
    "customer": FIRM,
    "amount": Money.of(200_000),
    "term": 30,
    "grade": "B",
    "reason": "逾期未清，先维持小幅",
    "who": MANAGER,
}

CARDS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "customer": {
        "in full": _CUSTOMER,
        "graded by the former policy": _CUSTOMER | {"formerly": True},
        "new": _CUSTOMER
        | _BARE
        | {
            "founded": None,
            "capital": None,
            "contacts": [],
            "grade": "",
            "rated_until": None,
            "limit": None,
            "line_state": "",
            "line_ends": None,
            "exposure": Money.of(-5_000),
            "overdue": Money.zero(),
            "overdue_count": 0,
        },
    },
    "customer-review": {
        "in full": {
            "name": FIRM,
            "uscc": "91310117MAAY4CL12J",
            "contact": ["李婷婷", "13000000011"],
            "second_contact": ["王国强", ""],
            "address": "上海市松江区示范路 118 号",
            "phone": "021-55500001",
            "legal_representative": "周启明",
            "registered_capital": Money.of(30_000_000),
            "founded": date(2009, 4, 17),
            "scope": "普通机械设备及配件的制造、销售与维修",
            "bank_account": Phrase("file-account", {"end": "3186"}),
            "industry": "manufacturing",
            "size": "medium",
            "region": "华东",
        }
    },
    **FILE_CARDS,
    "ask-survey-as_of": {
        "without statements": {"progress": "1/20", "customer": FIRM, "known": []},
        "with statements": {"progress": "1/14", "customer": FIRM, "known": _KNOWN},
    },
    "survey-all-known": {
        "by statements": {"customer": FIRM, "known": _KNOWN},
        "nothing asked": {"customer": FIRM, "known": []},
    },
    "survey-review": {
        "in full": {
            "customer": FIRM,
            "as_of": date(2025, 12, 31),
            "who": SELLER,
            "known": _KNOWN,
            "lines": [
                {
                    "name": name,
                    "value": value,
                    "unit": "",
                    "source": Label("source-customer" if place < 12 else "source-bank"),
                    "changed": place == 2,
                }
                for place, (name, value) in enumerate(_survey())
            ],
        }
    },
    "credit-preview": {
        "grade B": _preview(_MIDDLING),
        "no collateral, facts missing": _preview(_GAPS, collateral=None, old_limit=None),
        "grade C, in conflict": _preview(_BAD),
        "new customer": _preview(_NEW, new=True, old_limit=None),
        "standard not set": _preview(_MIDDLING, policy=_UNSET),
        "nobody to sign": _preview(_MIDDLING, vacant=[Label("role-cfo")]),
    },
    "rating-items": {
        "every criterion": {
            "customer": FIRM,
            "policy": explain.named(_POLICY.title),
            "grade": "B",
            "score": None,
            "items": _items(rate(_POLICY, _MIDDLING)),
        }
    },
    "rating": {
        "grade B": _rating(_MIDDLING),
        "facts missing": _rating(_GAPS),
        "grade C": _rating(_BAD),
        "by points": _rating(_SCORED, _CARD),
        "not ratable by points": _rating(_SCORED | {"debt_ratio": None, "annual_revenue": None}, _CARD),
    },
    "request": {
        "your turn": _request(
            sign=True,
            reason="旺季备货",
            collateral=AMOUNT,
            collateral_note="厂房，已登记",
            old_limit=Money.of(180_000),
            raised=True,
            overdue=Money.of(12_300),
            overdue_days=17,
            days_late=6,
            findings=2,
            unexplained=1,
            waiting=[Label("role-market_manager")],
        ),
        "cut, side by side": _request(
            granted=Money.of(200_000),
            old_limit=Money.of(180_000),
            waiting=[Label("role-marketing_vp"), Label("role-cfo")],
            signed=[
                _signed("market_manager", MANAGER, "approve_less", 200_000, "逾期未清，先维持小幅"),
                _signed("credit_controller", CONTROLLER, "approve", 200_000),
            ],
        ),
        "returned": _request(
            "returned",
            question="客户为什么要加量？",
            signed=[_signed("market_manager", MANAGER, "return", 260_000, "客户为什么要加量？")],
        ),
        "granted": _request("granted", granted=Money.of(200_000)),
        "rejected": _request(
            "rejected", signed=[_signed("market_manager", MANAGER, "reject", 0, "风险太大")]
        ),
    },
    "request-everything": {"in full": _everything()},
    "overdue": {
        "second page": {
            "on": DAY,
            "customers": 10,
            "total": Money.of("286400.50"),
            "first": 8,
            "rows": [
                {
                    "name": FIRM,
                    "amount": Money.of(12_300),
                    "disputed": Money.of(300),
                    "days": 17,
                    "invoices": 2,
                    "owner": SELLER,
                },
                {
                    "name": "宁波海港物流有限公司",
                    "amount": Money.of("900.50"),
                    "disputed": None,
                    "days": 1,
                    "invoices": 1,
                    "owner": Named("", ""),
                },
            ],
        }
    },
    "aging": {
        "in full": {
            "on": DAY,
            "outstanding": Money.of(3_859_600),
            "unallocated": Money.of(5_000),
            "ages": [
                {
                    "name": explain.age(key),
                    "amount": Money.of(amount),
                    "percent": round(100 * Decimal(amount) / 3_859_600, 1),
                }
                for key, amount in _AGES.items()
            ],
            "rows": [
                {"name": FIRM, "amount": Money.of(139_000), "overdue": Money.of(12_300)},
                {"name": "宁波海港物流有限公司", "amount": Money.of(98_000), "overdue": Money.zero()},
            ],
        }
    },
    "cap-set": {
        "some opened": {
            "amount": Money.of(45_000_000),
            "granted": Money.of(41_200_000),
            "opened": 2,
            "waiting": 1,
        },
        "nothing waited": {
            "amount": Money.of(45_000_000),
            "granted": Money.of(41_200_000),
            "opened": 0,
            "waiting": 0,
        },
    },
    "outcome-granted": {"with a reason": _OUTCOME, "without": _OUTCOME | {"reason": ""}},
    "outcome-rejected": {"with a reason": _OUTCOME},
    "deal-check": {
        "passes": _deal(40_000, _LINE),
        "over the limit": _deal(50_000, _LINE),
        "rating over, line over": _deal(
            50_000, _LINE, exposure=Money.of(200_000), rated_until=date(2026, 3, 1)
        ),
        "no line, not rated": _deal(50_000, None, grade=None, rated_until=None),
    },
    **POLICY_CARDS,
    **REVIEW_CARDS,
    **STATEMENT_CARDS,
}
"""For each card some of the states in which people see it."""
