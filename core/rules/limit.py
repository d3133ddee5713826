"""Proposing a limit and a term (B9 arts. 25-27): the lowest ceiling wins, and every ceiling is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.rules.facts import FactValue
from core.rules.limit_rules import CeilingName, CreditKind, LimitRule
from core.rules.money import Money
from core.rules.policy import Ground, Policy

_AVERAGES = (CeilingName.AVERAGE_MONTH_RECEIPTS, CeilingName.AVERAGE_MONTH_SHIPMENTS)


@dataclass(frozen=True, slots=True)
class LimitFacts:
    """What a limit is made from; None is unknown, which is not zero.

    Averages are over the months with business of the last twelve; `collateral` is the value of what is
    pledged; `had_credit` is whether there was credit before this request, `is_new` whether there was ever
    any business.
    """

    grade: str | None
    kind: str
    asked: Money
    had_credit: bool
    average_month_receipts: Money | None
    average_month_shipments: Money | None
    months_with_business: int
    last_year_average_exposure: Money | None
    collateral: Money | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not, by article, with the facts of it and the key of what would open the door."""

    key: str
    article: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    opens: str | None = None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """One amount that holds the limit down; `amount` None is not known."""

    name: str
    article: str
    amount: Money | None
    binds: bool
    """It is the lowest, and the one that holds the proposal to less than was asked."""
    hard: bool
    """No signature may grant more; the others hold in principle (原则上)."""
    inputs: Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A limit and a term, or why there is nothing yet."""

    limit: Money
    """The lowest ceiling, and no more than was asked; zero when refused."""
    ceiling: Money
    """The lowest ceiling whatever was asked; zero when refused."""
    hard_ceiling: Money | None
    """The most that any signature may grant; None when no ceiling is hard."""
    term_days: int
    ceilings: tuple[Ceiling, ...]
    refusals: tuple[Reason, ...]
    needs_collateral: bool
    only_when_necessary: bool
    """Granted only in a very necessary special case (B9 art. 25-1): the request has to say why."""
    article: str | None


def propose(policy: Policy, facts: LimitFacts) -> Proposal:
    """The limit and term that a policy proposes for a rated customer."""
    if facts.grade is None:
        not_rated = Reason(Ground.NOT_RATED, policy.articles[Ground.NOT_RATED], opens="rating")
        return _nothing(facts, None, (not_rated,))
    rule = policy.limit_rule(facts.grade, CreditKind(facts.kind), facts.had_credit)
    if rule.refusal is not None:
        return _nothing(facts, rule, (Reason(rule.refusal, rule.article, {"grade": rule.grade}, rule.opens),))
    amounts = [(ceiling, _amount(facts, ceiling.name)) for ceiling in rule.ceilings]
    known = [amount for _, amount in amounts if amount is not None]
    lowest = min(known) if len(known) == len(amounts) else None
    ceilings = tuple(
        Ceiling(
            ceiling.name,
            ceiling.article,
            amount,
            binds=amount is not None and amount == lowest and amount < facts.asked,
            hard=ceiling.hard,
            inputs=_inputs(facts, ceiling.name),
        )
        for ceiling, amount in amounts
    )
    refusals = _refusals(facts, rule, ceilings)
    if refusals or lowest is None:
        return _nothing(facts, rule, refusals, ceilings)
    return Proposal(
        limit=min(lowest, facts.asked),
        ceiling=lowest,
        hard_ceiling=min((each.amount for each in ceilings if each.hard and each.amount), default=None),
        term_days=rule.term_days,
        ceilings=ceilings,
        refusals=(),
        needs_collateral=_needs_collateral(rule),
        only_when_necessary=rule.only_when_necessary,
        article=rule.article,
    )


def _nothing(
    facts: LimitFacts,
    rule: LimitRule | None,
    refusals: tuple[Reason, ...],
    ceilings: tuple[Ceiling, ...] = (),
) -> Proposal:
    zero = Money.zero(facts.asked.currency)
    return Proposal(
        limit=zero,
        ceiling=zero,
        hard_ceiling=zero,
        term_days=0,
        ceilings=ceilings,
        refusals=refusals,
        needs_collateral=rule is not None and _needs_collateral(rule),
        only_when_necessary=rule is not None and rule.only_when_necessary,
        article=rule.article if rule else None,
    )


def _needs_collateral(rule: LimitRule) -> bool:
    return any(ceiling.name is CeilingName.COLLATERAL for ceiling in rule.ceilings)


def _amount(facts: LimitFacts, name: CeilingName) -> Money | None:
    # A month's average without a month of business is no average, whatever figure came with it.
    if name in _AVERAGES and not facts.months_with_business:
        return None
    amounts: dict[CeilingName, Money | None] = {
        CeilingName.AVERAGE_MONTH_RECEIPTS: facts.average_month_receipts,
        CeilingName.AVERAGE_MONTH_SHIPMENTS: facts.average_month_shipments,
        CeilingName.LAST_YEAR_AVERAGE_EXPOSURE: facts.last_year_average_exposure,
        CeilingName.COLLATERAL: facts.collateral,
    }
    return amounts[name]


def _inputs(facts: LimitFacts, name: CeilingName) -> Mapping[str, FactValue]:
    return {"months_with_business": facts.months_with_business} if name in _AVERAGES else {}


def _refusals(facts: LimitFacts, rule: LimitRule, ceilings: tuple[Ceiling, ...]) -> tuple[Reason, ...]:
    """A new customer is told that, not a list of figures that cannot exist yet; else each figure by itself."""
    if facts.is_new:
        return (Reason("new_customer", rule.article, {"grade": rule.grade}, opens="trade_for_cash"),)
    return tuple(reason for ceiling in ceilings if (reason := _refusal(ceiling)) is not None)


def _refusal(ceiling: Ceiling) -> Reason | None:
    if ceiling.amount is None:
        if ceiling.name == CeilingName.COLLATERAL:
            return Reason("collateral_missing", ceiling.article, opens="pledge_collateral")
        return Reason("amount_unknown", ceiling.article, {"ceiling": ceiling.name}, opens="supply_amount")
    if not ceiling.amount or ceiling.amount < Money.zero(ceiling.amount.currency):
        return Reason("ceiling_is_zero", ceiling.article, {"ceiling": ceiling.name}, opens="trade_for_cash")
    return None
