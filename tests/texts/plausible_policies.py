"""Whole sets of facts for the cards about policies: looked at, proposed, tried out, held to account."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bot.flows.policies import page_facts
from bot.flows.tolerances import changes_in_words
from bot.flows.tolerances import page_facts as page_of_tolerances
from core.policies.findings.tolerances_file import OwnTolerances, shipped_tolerances
from core.policies.library import SHIPPED, Library
from core.queries.office import CHAIN, POLICY
from core.queries.policies import backtest_report, simulation_report
from core.queries.policies.activation import InForce
from core.queries.policies.backtest import Backtest, Basis
from core.queries.policies.editions import TOLERANCES_TITLE
from core.queries.policies.shelf import Shelved
from core.queries.policies.simulation import Case, Simulation
from core.queries.policies.tolerances import ShelvedTolerances
from core.rules.judging.migration import Scheme, cross_table
from core.rules.judging.trial import LineEffect, Verdict
from core.rules.judging.validation import (
    concentration,
    default_rates,
    discrimination,
    overrides,
    reversals,
    shortages,
    stability,
)
from core.rules.money import Money
from core.rules.policy.policy import Policy
from core.rules.policy.source import Text
from core.rules.rating.assess import rate
from core.texts.wire import Label, Named

DAY = date(2026, 3, 10)
FIRM = "华东机械设备有限公司"
_LIBRARY = Library((SHIPPED, SHIPPED.parent / "samples" / "policy"))
_POLICY = _LIBRARY.policy_in_force(POLICY, DAY)
_BLANK = Library().policy_in_force(POLICY, DAY)
_ABC = Scheme(_POLICY.id, _POLICY.codes)
_OTHER = replace(
    _POLICY,
    source=replace(_POLICY.source, id="b9-strict", title=Text("从严的三级制度", "The stricter ABC")),
)


def _page(policy: Policy, *, in_force: bool) -> dict[str, Any]:
    return page_facts(_LIBRARY.vocabulary, Shelved(policy, in_force), _LIBRARY.chain_in_force(CHAIN, DAY))


_ACTIVATION: dict[str, Any] = {
    "kind": "policy",
    "state": "proposed",
    "state_label": Label("activation-state-proposed"),
    "title": Named("企业客户信用等级管理制度（ABC）", "Customer credit grades (ABC)"),
    "id": "b9-abc",
    "version": "2026-07",
    "from_day": date(2026, 7, 1),
    "who": Named("沈雅琴", "Shen Yaqin"),
    "current": Named("企业客户信用等级管理制度（ABC）", "Customer credit grades (ABC)"),
    "current_version": "2026-01",
    "others": 0,
    "changed": False,
    "tried": None,
    "decided_by": Label("who-operator"),
    "decided_at": None,
    "reason": "",
}
_SHIPPED = shipped_tolerances()
_OWN = OwnTolerances(
    "2027-01",
    date(2027, 1, 1),
    "sum",
    replace(
        _SHIPPED,
        least=Decimal(10_000),
        source_share=Decimal("0.1"),
        stale_months=24,
        jumps={**_SHIPPED.jumps, "debt_ratio": Decimal(30), "return_on_assets": Decimal(12)},
    ),
)
_OWN_IN_FORCE = InForce("tolerances", "2026-01", "former", date(2026, 2, 1))
_TOLERANCES: dict[str, Any] = {
    "kind": "tolerances",
    "title": TOLERANCES_TITLE,
    "id": "",
    "version": "2027-01",
    "from_day": date(2027, 1, 1),
    "current_version": "",
    "compared": True,
    "changes": changes_in_words(_SHIPPED, _OWN.tolerances),
}
_TRIED = {
    "on": DAY,
    "shrinking": 3,
    "ending": 1,
    "lost": Money.of(1_240_000),
    "lines": Money.of(9_600_000),
}
_DECIDED = {
    "decided_by": Named("林静秋", "Lin Jingqiu"),
    "decided_at": datetime(2026, 3, 10, 6, 2, tzinfo=UTC),
}

_WHY = rate(_POLICY, {"cooperation_months": 3}).items[:2]
_CASES = (
    Case(
        "C0001",
        FIRM,
        Money.of(139_000),
        Verdict("A", "B", LineEffect(Money.of(180_000), Money.of(90_000)), _WHY),
    ),
    Case(
        "C0002",
        "宁波海港物流有限公司",
        Money.of(98_000),
        Verdict("B", None, LineEffect(Money.of(50_000), Money.zero()), _WHY),
    ),
    Case("C0003", "苏州澄湖金属制品有限公司", Money.zero(), Verdict("C", "B", None, _WHY)),
)


def _simulation(draft: Policy, cases: tuple[Case, ...]) -> dict[str, Any]:
    pairs = [("A", "A")] * 12 + [("A", "B")] * 3 + [("B", "B")] * 17 + [("B", None), ("C", "B"), ("C", "C")]
    found = Simulation(
        on=DAY,
        current=_POLICY,
        draft=draft,
        table=cross_table(pairs, _ABC, Scheme(draft.id, draft.codes)),
        cases=cases,
        lines=Money.of(6_240_000),
    )
    return simulation_report.card_facts(found)


def _backtest(outcomes: list[tuple[str, bool]], basis: Basis) -> dict[str, Any]:
    rates = default_rates(outcomes, _POLICY.codes)
    scored = [(-_POLICY.codes.index(grade), bad) for grade, bad in outcomes]
    counts = [each.rated for each in rates]
    found = Backtest(
        policy=_POLICY,
        begin=date(2025, 3, 10),
        end=DAY,
        overdue_days=90,
        basis=basis,
        rates=rates,
        by_grade=discrimination(scored),
        by_score=discrimination((Decimal(score), bad) for score, bad in scored),
        not_rated=2,
        bad_before=1,
        migration=cross_table([("A", "A"), ("A", "B"), ("B", "B")], _ABC, _ABC),
        stability=stability(counts, counts[::-1]),
        concentration=concentration(list(zip(_POLICY.codes, counts, strict=True))),
        overrides=overrides([("B", "A"), ("B", "B")], _POLICY.codes),
        reversals=reversals(rates),
        shortages=shortages(rates),
    )
    return backtest_report.card_facts(found)


_ENOUGH = (
    [("A", False)] * 200 + [("A", True)] * 12 + [("B", False)] * 300 + [("B", True)] * 9 + [("C", False)] * 60
) + [("C", True)] * 40
_FEW = [("A", False)] * 6 + [("B", False)] * 12

POLICY_CARDS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "policy": {
        "in force": _page(_POLICY, in_force=True),
        "with blanks": _page(_BLANK, in_force=False),
        "no rule of amount": _page(_LIBRARY.policy_in_force("b5-four-indicators", DAY), in_force=False),
        "terms from the customer": _page(_LIBRARY.policy_in_force("a18-two-machines", DAY), in_force=False),
        "a limit model": _page(_LIBRARY.policy_in_force("limit-working-assets", DAY), in_force=False),
    },
    "activation": {
        "waits": _ACTIVATION,
        "changes everybody's grades, file touched": _ACTIVATION | {"others": 38, "changed": True},
        "tried out": _ACTIVATION | {"tried": _TRIED},
        "tried out, no line moves": _ACTIVATION | {"tried": _TRIED | {"shrinking": 0, "ending": 0}},
        "confirmed": _ACTIVATION
        | _DECIDED
        | {"state": "confirmed", "state_label": Label("activation-state-confirmed")},
        "declined": _ACTIVATION
        | _DECIDED
        | {
            "state": "declined",
            "state_label": Label("activation-state-declined"),
            "reason": "先试算给我看",
        },
        "tolerances wait": _ACTIVATION | _TOLERANCES,
        "tolerances say the same": _ACTIVATION | _TOLERANCES | {"changes": [], "current_version": "2026-01"},
        "tolerances, the file in force is gone": _ACTIVATION
        | _TOLERANCES
        | {
            "current_version": "2026-01",
            "compared": False,
            "changes": changes_in_words(None, _OWN.tolerances),
        },
        "tolerances, file touched": _ACTIVATION | _TOLERANCES | {"changes": [], "changed": True},
        "tolerances confirmed": _ACTIVATION
        | _TOLERANCES
        | _DECIDED
        | {"state": "confirmed", "state_label": Label("activation-state-confirmed")},
    },
    "tolerances": {
        "shipped": page_of_tolerances(ShelvedTolerances(None, _SHIPPED, None, None)),
        "the company's file can be put in force": page_of_tolerances(
            ShelvedTolerances(None, _SHIPPED, _OWN, None)
        ),
        "it is confirmed for a later day": page_of_tolerances(
            ShelvedTolerances(_OWN_IN_FORCE, _SHIPPED, _OWN, replace(_OWN_IN_FORCE, since=date(2027, 1, 1)))
        ),
        "the file in force is gone": page_of_tolerances(ShelvedTolerances(_OWN_IN_FORCE, None, _OWN, None)),
    },
    "simulation": {
        "one scheme": _simulation(_POLICY, _CASES),
        "two schemes": _simulation(_OTHER, _CASES[:2]),
        "nothing changes": _simulation(_POLICY, ()),
        "many": _simulation(_POLICY, _CASES * 4),
    },
    "backtest": {
        "enough data": _backtest(_ENOUGH, Basis.STORED),
        "too little": _backtest(_FEW, Basis.BACK_DATED),
    },
}
"""For each of these cards some of the states in which people see it."""
