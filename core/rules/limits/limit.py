"""Proposing a limit and a term (B9 arts. 25-27): the lowest ceiling wins, and every ceiling is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.rules.limits.ceiling_amounts import by_model, fact_times, fixed
from core.rules.limits.ceilings import Ceiling
from core.rules.limits.limit_models import binding
from core.rules.limits.limit_rules import (
    KEY_CUSTOMER,
    CeilingName,
    CeilingRule,
    CreditKind,
    FactTimes,
    Fixed,
    LimitRule,
    ModelOf,
)
from core.rules.money import Money
from core.rules.policy.facts import FactValue
from core.rules.policy.parameters import number
from core.rules.policy.policy import Ground, Policy
from core.rules.rating.reading import KnownFacts, plain

_AVERAGES = (CeilingName.AVERAGE_MONTH_RECEIPTS, CeilingName.AVERAGE_MONTH_SHIPMENTS)
_HISTORY = (*_AVERAGES, CeilingName.LAST_YEAR_AVERAGE_EXPOSURE)


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
class Proposal:
    """A limit and a term, or why there is nothing yet."""

    limit: Money
    """The lowest ceiling, and no more than was asked; zero when refused."""
    ceiling: Money | None
    """The lowest ceiling whatever was asked; zero when refused, None where the policy sets none."""
    hard_ceiling: Money | None
    """The most that any signature may grant; None when no ceiling is hard."""
    term_days: int | None
    """Zero when refused; None where the policy says nothing of a term."""
    ceilings: tuple[Ceiling, ...]
    refusals: tuple[Reason, ...]
    needs_collateral: bool
    only_when_necessary: bool
    """Granted only in a very necessary special case (B9 art. 25-1): the request has to say why."""
    article: str | None

    @property
    def unlimited(self) -> bool:
        """The policy sets no ceiling: the limit is what was asked, and only people hold it down."""
        return self.ceiling is None


_NO_FACTS: KnownFacts = {}
NEED = "need"
"""The fact of how much is asked for."""


def propose(policy: Policy, facts: LimitFacts, known: KnownFacts = _NO_FACTS) -> Proposal:
    """The limit and term that a policy proposes for a rated customer.

    `known` are the customer's facts, for policies whose ceilings or term are made from them.
    """
    known = {NEED: facts.asked, CeilingName.COLLATERAL: facts.collateral, **known}
    if facts.grade is None:
        not_rated = Reason(Ground.NOT_RATED, policy.article(Ground.NOT_RATED), opens="rating")
        return _nothing(facts, None, (not_rated,))
    rule = policy.limit_rule(facts.grade, CreditKind(facts.kind), facts.had_credit)
    if facts.grade in policy.grades_without_credit and rule is None:
        article = policy.grade(facts.grade).article
        refused = Reason(Ground.GRADE_HAS_NO_CREDIT, article, {"grade": facts.grade}, "better_grade")
        return _nothing(facts, None, (refused,))
    if rule is not None and rule.refusal is not None:
        return _nothing(facts, rule, (Reason(rule.refusal, rule.article, {"grade": rule.grade}, rule.opens),))
    return _within(policy, facts, known, rule)


def ceilings_of(
    policy: Policy, rules: Iterable[CeilingRule], facts: LimitFacts, known: KnownFacts
) -> tuple[Ceiling, ...]:
    """Every ceiling with its amount, those marked that hold the limit to less than was asked."""
    return binding((_ceiling(policy, rule, facts, known) for rule in rules), facts.asked)


def _within(policy: Policy, facts: LimitFacts, known: KnownFacts, rule: LimitRule | None) -> Proposal:
    """What the ceilings leave: the rule's own and those of the limit models that the policy names."""
    rules = (*(rule.ceilings if rule else ()), *policy.ceilings)
    ceilings = ceilings_of(policy, rules, facts, known)
    amounts = [ceiling.amount for ceiling in ceilings if ceiling.amount is not None]
    days, untimed = _term(policy, rule, known)
    refusals = (*_refusals(facts, rule, rules, ceilings), *untimed)
    if refusals or len(amounts) < len(ceilings):
        return _nothing(facts, rule, refusals, ceilings)
    lowest = min(amounts, default=None)
    return Proposal(
        limit=facts.asked if lowest is None else min(lowest, facts.asked),
        ceiling=lowest,
        hard_ceiling=min((each.amount for each in ceilings if each.hard and each.amount), default=None),
        term_days=days,
        ceilings=ceilings,
        refusals=(),
        needs_collateral=_needs_collateral(rule),
        only_when_necessary=rule is not None and rule.only_when_necessary,
        article=rule.article if rule else None,
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
        needs_collateral=_needs_collateral(rule),
        only_when_necessary=rule is not None and rule.only_when_necessary,
        article=rule.article if rule else None,
    )


def _needs_collateral(rule: LimitRule | None) -> bool:
    return rule is not None and any(each.amount is CeilingName.COLLATERAL for each in rule.ceilings)


def _term(policy: Policy, rule: LimitRule | None, known: KnownFacts) -> tuple[int | None, tuple[Reason, ...]]:
    """The days, and why they are not known where they should be."""
    if rule is None or rule.term is None:
        return None, ()
    longest = number(rule.term.longest, policy.values)
    is_key = rule.term.key_days is not None and plain(known.get(KEY_CUSTOMER)) is True
    days = number(rule.term.key_days if is_key else rule.term.days, policy.values)
    if rule.term.fact is not None:
        found = plain(known.get(rule.term.fact))
        days = Decimal(found) if isinstance(found, int | Decimal) else None
        if days is None:
            return 0, (Reason("term_unknown", rule.article, {"fact": rule.term.fact}, opens="supply_figure"),)
    if days is None:
        return None, ()
    return int(days if longest is None else min(days, longest)), ()


def _ceiling(policy: Policy, rule: CeilingRule, facts: LimitFacts, known: KnownFacts) -> Ceiling:
    match rule.amount:
        case FactTimes():
            return fact_times(rule, rule.amount, known, policy.values_for(rule))
        case Fixed():
            return fixed(rule, rule.amount, policy.values_for(rule))
        case ModelOf():
            return by_model(rule, rule.amount, known, policy.values_for(rule))
        case name:
            inputs = {"months_with_business": facts.months_with_business} if name in _AVERAGES else {}
            amount = _amount(facts, name)
            return Ceiling(rule.name, rule.article, amount, binds=False, hard=rule.hard, inputs=inputs)


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


def _refusals(
    facts: LimitFacts,
    rule: LimitRule | None,
    rules: tuple[CeilingRule, ...],
    ceilings: tuple[Ceiling, ...],
) -> tuple[Reason, ...]:
    """A new customer is told that, not a list of figures that cannot exist yet; else each figure by itself."""
    if rule is not None and facts.is_new and any(each.amount in _HISTORY for each in rules):
        return (Reason("new_customer", rule.article, {"grade": rule.grade}, opens="trade_for_cash"),)
    return tuple(reason for ceiling in ceilings if (reason := _refusal(ceiling)) is not None)


def _refusal(ceiling: Ceiling) -> Reason | None:
    if ceiling.title is not None:
        return _refusal_of_own(ceiling)
    if ceiling.amount is None:
        if ceiling.name == CeilingName.COLLATERAL:
            return Reason("collateral_missing", ceiling.article, opens="pledge_collateral")
        return Reason("amount_unknown", ceiling.article, {"ceiling": ceiling.name}, opens="supply_amount")
    if not ceiling.amount or ceiling.amount < Money.zero(ceiling.amount.currency):
        return Reason("ceiling_is_zero", ceiling.article, {"ceiling": ceiling.name}, opens="trade_for_cash")
    return None


def _refusal_of_own(ceiling: Ceiling) -> Reason | None:
    """Of a ceiling in the policy's own words: made from the customer's figures rather than from the dealings."""
    if ceiling.amount is None:
        return Reason("figure_unknown", ceiling.article, {"ceiling": ceiling.name}, opens="supply_figure")
    if not ceiling.amount:
        return Reason("figure_is_zero", ceiling.article, {"ceiling": ceiling.name}, opens="trade_for_cash")
    return None
