"""The case file beside a policy: examples that a credit manager can read, held against what the policy decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.policies.fact_values import NotAFact, read_facts
from core.policies.policy_file import with_values
from core.policies.reader import PolicyFile, Table
from core.rules.assess import rate
from core.rules.facts import Facts, FactValue, Vocabulary
from core.rules.limit import LimitFacts, propose
from core.rules.limit_rules import CeilingName, CreditKind
from core.rules.money import Money
from core.rules.policy import Policy
from core.rules.source import Text

Outcome = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RatingCase:
    """A customer, and what of its rating the case states."""

    title: Text
    facts: Facts
    expected: Outcome

    def outcome(self, policy: Policy) -> Outcome:
        """What the policy decides, of what the case states."""
        rating = rate(policy, self.facts)
        found: Outcome = {
            "grade": rating.grade,
            "reasons": tuple(item.article for item in rating.reasons),
            "conflict": rating.conflict,
            "capped_from": rating.capped_from,
            "unknown": rating.unknown,
        }
        return {key: found[key] for key in self.expected}


@dataclass(frozen=True, slots=True)
class LimitCase:
    """A request, and what of its proposal the case states."""

    title: Text
    facts: LimitFacts
    expected: Outcome

    def outcome(self, policy: Policy) -> Outcome:
        """What the policy proposes, of what the case states."""
        proposal = propose(policy, self.facts)
        found: Outcome = {
            "limit": proposal.limit,
            "term_days": proposal.term_days,
            "binds": tuple(ceiling.name for ceiling in proposal.ceilings if ceiling.binds),
            "refusals": tuple(reason.key for reason in proposal.refusals),
            "only_when_necessary": proposal.only_when_necessary,
        }
        return {key: found[key] for key in self.expected}


@dataclass(frozen=True, slots=True)
class Cases:
    """Every case of a policy, and the policy with the company values that the cases suppose."""

    policy: Policy
    ratings: tuple[RatingCase, ...]
    limits: tuple[LimitCase, ...]

    @property
    def broken(self) -> tuple[RatingCase | LimitCase, ...]:
        """The cases that the policy decides otherwise."""
        cases: tuple[RatingCase | LimitCase, ...] = (*self.ratings, *self.limits)
        return tuple(case for case in cases if case.outcome(self.policy) != case.expected)


def load_cases(path: Path, policy: Policy, vocabulary: Vocabulary) -> Cases:
    """The cases in a file of kind ``cases``, for a policy; `PolicyError` where the file is wrong."""
    file = PolicyFile(path)
    file.text("kind")
    if file.text("policy", f'policy = "{policy.id}"') != policy.id:
        raise file.error("policy", "other_policy", f'policy = "{policy.id}"', policy=file.text("policy"))
    customers = file.table("customers", "[customers.good]")
    known = {
        name: _facts(customers.table(name, "law_abiding = true"), vocabulary) for name in customers.names()
    }
    cases = Cases(
        policy=with_values(policy, file.table("parameters", "[parameters]")),
        ratings=tuple(
            _rating_case(table, known, vocabulary) for table in file.tables("ratings", "[[ratings]]")
        ),
        limits=tuple(_limit_case(table) for table in file.tables("limits", "[[limits]]")),
    )
    file.finish()
    return cases


def _facts(table: Table, vocabulary: Vocabulary) -> dict[str, FactValue]:
    try:
        return read_facts(vocabulary, {name: table.raw(name, "true") for name in table.names()})
    except NotAFact as wrong:
        raise table.error(
            wrong.fact, wrong.reason, "law_abiding = true", fact=wrong.fact, **wrong.facts
        ) from wrong


def _rating_case(table: Table, customers: Mapping[str, Facts], vocabulary: Vocabulary) -> RatingCase:
    like = table.text("like", 'like = "good"')
    if like not in customers:
        raise table.error("like", "unknown_choice", 'like = "good"', like=like, known="|".join(customers))
    facts = dict(customers[like])
    if table.has("but"):
        facts |= _facts(table.table("but", "but = { debt_ratio = 59 }"), vocabulary)
    if table.has("not_known"):
        facts |= dict.fromkeys(table.texts("not_known", 'not_known = ["debt_ratio"]'))
    expected: dict[str, object] = {"grade": table.text("grade", 'grade = "A"')}
    for key in ("reasons", "unknown"):
        if table.has(key):
            expected[key] = table.texts(key, f'{key} = ["14(1)"]')
    if table.has("conflict"):
        expected["conflict"] = table.flag("conflict")
    if table.has("capped_from"):
        expected["capped_from"] = table.text("capped_from")
    return RatingCase(table.words(), facts, expected)


def _limit_case(table: Table) -> LimitCase:
    facts = LimitFacts(
        grade=table.text("grade") if table.has("grade") else None,
        kind=table.one_of("credit", CreditKind),
        asked=table.yuan("asked"),
        had_credit=table.flag("had_credit"),
        average_month_receipts=_known(table, CeilingName.AVERAGE_MONTH_RECEIPTS),
        average_month_shipments=_known(table, CeilingName.AVERAGE_MONTH_SHIPMENTS),
        months_with_business=table.integer("months_with_business", "months_with_business = 12", at_least=0),
        last_year_average_exposure=_known(table, CeilingName.LAST_YEAR_AVERAGE_EXPOSURE),
        collateral=_known(table, CeilingName.COLLATERAL),
        is_new=table.flag("is_new") if table.has("is_new") else False,
    )
    expected: dict[str, object] = {"limit": table.yuan("limit")}
    if table.has("term_days"):
        expected["term_days"] = table.integer("term_days", "term_days = 30", at_least=1)
    for key in ("binds", "refusals"):
        if table.has(key):
            expected[key] = table.texts(key, f'{key} = ["collateral"]')
    if table.has("only_when_necessary"):
        expected["only_when_necessary"] = table.flag("only_when_necessary")
    return LimitCase(table.words(), facts, expected)


def _known(table: Table, key: str) -> Money | None:
    return table.yuan(key) if table.has(key) else None
