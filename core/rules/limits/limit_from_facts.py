"""What a limit is made from, out of a customer's facts; and a limit and a term from facts alone, without a request.

The last is for `zixin rate` and for case files.
"""

from dataclasses import dataclass

from core.rules.limits.ceilings import Ceiling
from core.rules.limits.limit import NEED, LimitFacts, Reason, ceilings_of, propose
from core.rules.limits.limit_rules import CeilingName, CreditKind
from core.rules.money import Money
from core.rules.policy.policy import Policy
from core.rules.rating.reading import KnownFacts, plain

HAD_CREDIT = "had_credit"
_MOST = Money.of(10**12)
"""Stands for an amount that nobody named: more than any ceiling."""


@dataclass(frozen=True, slots=True)
class LimitFound:
    """What the facts give."""

    limit: Money | None
    """None: not known, or the policy sets no ceiling and nothing was asked for."""
    term_days: int | None
    """None: not known, or the policy says nothing of a term."""
    ceilings: tuple[Ceiling, ...] = ()
    refusals: tuple[Reason, ...] = ()
    unknown: tuple[str, ...] = ()
    """Facts without which it is not known which rule holds."""


def limit_found(
    policy: Policy, grade: str | None, facts: KnownFacts, *, kind: CreditKind, asked: Money | None
) -> LimitFound:
    """The limit of a rated customer, or of a limit model; the lowest ceiling where nothing was asked for."""
    given = {NEED: asked, **facts}
    if policy.method is None:
        return _of_model(policy, given, asked)
    if grade is None:
        return LimitFound(None, None)
    had_credit = _had_credit(policy, grade, kind, facts)
    if had_credit is None:
        return LimitFound(None, None, unknown=(HAD_CREDIT,))
    found = propose(policy, _about(grade, kind, asked, had_credit, facts), given)
    nothing_known = any(ceiling.amount is None for ceiling in found.ceilings)
    limit = None if (found.unlimited and asked is None) or nothing_known else found.limit
    return LimitFound(limit, None if nothing_known else found.term_days, found.ceilings, found.refusals)


def _of_model(policy: Policy, facts: KnownFacts, asked: Money | None) -> LimitFound:
    about = _about("", CreditKind.LONG_TERM, asked, False, facts)
    ceilings = ceilings_of(policy, policy.ceilings, about, facts)
    amounts = [ceiling.amount for ceiling in ceilings if ceiling.amount is not None]
    if len(amounts) < len(ceilings):
        return LimitFound(None, None, ceilings)
    return LimitFound(min(*amounts, about.asked), None, ceilings)


def _had_credit(policy: Policy, grade: str, kind: CreditKind, facts: KnownFacts) -> bool | None:
    """Whether there was credit before; None where nobody says and the rules differ by it."""
    said = facts.get(HAD_CREDIT)
    if isinstance(said, bool):
        return said
    exposure = facts.get(CeilingName.LAST_YEAR_AVERAGE_EXPOSURE)
    if isinstance(exposure, Money):
        return exposure > Money.zero(exposure.currency)
    with_credit, without = (policy.limit_rule(grade, kind, had) for had in (True, False))
    if with_credit is None or without is None:
        return False
    same = (with_credit.ceilings, with_credit.term, with_credit.refusal, with_credit.only_when_necessary)
    return (
        False
        if same == (without.ceilings, without.term, without.refusal, without.only_when_necessary)
        else None
    )


def _about(
    grade: str, kind: CreditKind, asked: Money | None, had_credit: bool, facts: KnownFacts
) -> LimitFacts:
    wanted, collateral = _MOST if asked is None else asked, _money(facts, CeilingName.COLLATERAL)
    return limit_facts(
        facts, grade=grade, kind=kind, asked=wanted, had_credit=had_credit, collateral=collateral
    )


def limit_facts(
    facts: KnownFacts,
    *,
    grade: str | None,
    kind: str,
    asked: Money,
    had_credit: bool,
    collateral: Money | None,
) -> LimitFacts:
    """What a limit is made from (B9 arts. 25-27): what is asked for, and what the facts say of the business so far."""
    months = plain(facts.get("months_with_business_12m"))
    count = months if isinstance(months, int) else 0
    return LimitFacts(
        grade=grade,
        kind=kind,
        asked=asked,
        had_credit=had_credit,
        average_month_receipts=_mean(facts, "receipts_12m", count),
        average_month_shipments=_mean(facts, "shipments_12m", count),
        months_with_business=count,
        last_year_average_exposure=_money(facts, CeilingName.LAST_YEAR_AVERAGE_EXPOSURE),
        collateral=collateral,
        is_new=months == 0 and facts.get("cooperation_months") == 0,
    )


def _mean(facts: KnownFacts, key: str, months: int) -> Money | None:
    """The average month, rounded down so that no limit grows by it."""
    whole = _money(facts, key)
    return Money(whole.minor // months, whole.currency) if whole is not None and months else None


def _money(facts: KnownFacts, key: str) -> Money | None:
    found = plain(facts.get(key))
    return found if isinstance(found, Money) else None
