"""What a policy brings, in phrases for its card and for the terminal (2.1): limit, term, guarantee, approval, review."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from typing import Any

from core.queries.policies.grade_names import grade_name
from core.rules.credit.approval import Chain
from core.rules.limits.limit_rules import CeilingName, CeilingRule, CreditKind, LimitRule, Term
from core.rules.permission import Role
from core.rules.policy.facts import Vocabulary
from core.rules.policy.gates import Effect, Gate
from core.rules.policy.parameters import Number, number
from core.rules.policy.policy import Policy
from core.rules.policy.source import Text
from core.rules.reviews.rerating import appeal_of, override_of, rerating_of
from core.texts.wire import Label, Named, Phrase

Words = Label | Named | Phrase | str


def limits_of(policy: Policy, vocabulary: Vocabulary, grade: str) -> tuple[Phrase, ...]:
    """What a grade may have, alike cases in one phrase; none where it has no credit, or no rule of amount."""
    bare = grade in policy.grades_without_credit
    left = [] if bare else [rule for rule in policy.limits if rule.grade == grade]
    told = []
    while left:
        alike = [rule for rule in left if _says_as(left[0], rule)]
        left = [rule for rule in left if rule not in alike]
        told += [_limit(policy, vocabulary, alike[0], cases) for cases in _cases(alike)]
    return tuple(told)


def ceilings_of(policy: Policy) -> tuple[Phrase, ...]:
    """What holds every limit down beside the rules of the grades: the ceilings of the limit models that it names, or is."""
    return tuple(
        Phrase("policy-ceiling", {"name": ceiling_name(each), "article": each.article})
        for each in policy.ceilings
    )


def ceiling_name(ceiling: CeilingRule) -> Words:
    """A ceiling in the policy's words; those that every policy may name in ours."""
    return Label(f"ceiling-{ceiling.name}") if ceiling.title is None else _named(ceiling.title)


def approval_by(chain: Chain) -> Phrase:
    """Who approves a limit, in which order; one chain for every grade."""
    steps = [
        Phrase("approval-step", {"roles": _roles(step.roles), "article": step.article})
        for step in chain.steps
    ]
    path = reduce(lambda before, then: Phrase("approval-then", {"before": before, "then": then}), steps)
    return Phrase("policy-approval", {"chain": chain.id, "version": chain.source.version, "path": path})


def upkeep_of(policy: Policy) -> tuple[Phrase, ...]:
    """How a grade is kept current: validity, reviews, overrides, objections; what the house rules where it is silent."""
    return () if policy.upkeep.validity is None else tuple(_upkeep(policy))


def gate_effect(policy: Policy, gate: Gate) -> Phrase:
    """What a gate does when it holds."""
    facts: dict[str, Any] = {}
    if gate.effect in {Effect.VETO, Effect.CAP}:
        facts["grade"] = grade_name(policy, gate.grade)
    if gate.effect is Effect.DOWNGRADE:
        facts["notches"] = gate.notches
    return Phrase(f"policy-gate-{gate.effect}", facts)


def _says_as(rule: LimitRule, other: LimitRule) -> bool:
    return replace(other, kind=rule.kind, had_credit=rule.had_credit) == rule


def _cases(alike: Iterable[LimitRule]) -> Iterator[list[Label]]:
    """For which kinds of credit and for whom a rule holds; who had credit before is told where it matters."""
    before: dict[CreditKind, tuple[bool, ...]] = {}
    for rule in alike:
        before[rule.kind] = (*before.get(rule.kind, ()), rule.had_credit)
    for histories in dict.fromkeys(before.values()):
        cases = [Label(f"kind-{kind}") for kind in before if before[kind] == histories]
        if len(histories) == 1:
            cases.append(Label("policy-credit-before" if histories[0] else "policy-no-credit-before"))
        yield cases


def _limit(policy: Policy, vocabulary: Vocabulary, rule: LimitRule, cases: list[Label]) -> Phrase:
    if rule.only_when_necessary:
        cases = [*cases, Label("policy-when-necessary")]
    facts = {"cases": cases, "article": rule.article}
    if rule.refusal is not None:
        return Phrase("policy-limit-refused", facts | {"why": Label(f"noground-{rule.refusal}")})
    names = [ceiling_name(each) for each in rule.ceilings]
    terms: list[Words] = [_term(policy, vocabulary, rule.term)]
    if any(each.amount is CeilingName.COLLATERAL for each in rule.ceilings):
        terms.append(Label("policy-guarantee"))
    return Phrase("policy-limit", facts | {"ceilings": names, "count": len(names), "terms": terms})


def _term(policy: Policy, vocabulary: Vocabulary, term: Term | None) -> Words:
    if term is None:
        return Label("library-term-contract")
    if term.fact is not None:
        fact = vocabulary.find(term.fact)
        name = term.fact if fact is None else Named(fact.zh, fact.en)
        longest = _days(policy, term.longest)
        if longest is None:
            return Phrase("library-term-fact", {"fact": name})
        return Phrase("library-term-fact-up-to", {"fact": name, "days": longest})
    days, key_days = _days(policy, term.days), _days(policy, term.key_days)
    if days is None:
        return Label("library-term-open")
    if key_days is not None:
        return Phrase("library-term-key-days", {"days": days, "key_days": key_days})
    return Phrase("library-term-days", {"days": days})


def _days(policy: Policy, given: Number | None) -> int | None:
    found = number(given, policy.values)
    return None if found is None else int(found)


def _upkeep(policy: Policy) -> Iterator[Phrase]:
    validity, rerating = policy.validity, rerating_of(policy)
    yield Phrase(
        "policy-validity",
        {
            "months": validity.months,
            "article": validity.article,
            "count": len(validity.reminder_days),
            "days": [str(days) for days in validity.reminder_days],
        },
    )
    for grade, months in rerating.months_by_grade.items():
        facts = {"months": months, "article": _article(rerating.article)}
        yield Phrase("policy-cycle-grade", facts | {"grade": grade_name(policy, grade)})
    if rerating.key_customers_months is not None:
        facts = {"months": rerating.key_customers_months, "article": _article(rerating.article)}
        yield Phrase("policy-cycle-key", facts)
    yield Phrase(
        "policy-rerated-on",
        {
            "events": [Label(f"review-event-{event}") for event in sorted(rerating.events)],
            "roles": _roles(rerating.assessors),
            "article": _article(rerating.article),
        },
    )
    override = override_of(policy)
    yield Phrase(
        "policy-override",
        {
            "up": override.notches_up,
            "down": min(override.notches_down, len(policy.codes) - 1),
            "roles": _roles(override.approvers),
            "article": _article(override.article),
        },
    )
    appeal = appeal_of(policy)
    yield Phrase("policy-appeal", {"days": appeal.days, "article": _article(appeal.article)})
    publication = policy.upkeep.publication
    if publication is not None:
        key = "policy-published" if publication.allowed else "policy-unpublished"
        yield Phrase(key, {"article": publication.article})


def _article(article: str) -> Words:
    """Where the document is silent, what holds is told as ours."""
    return article or Label("policy-house-rule")


def _roles(roles: Iterable[Role | str]) -> list[Label]:
    return [Label(f"role-{role}") for role in roles]


def _named(words: Text) -> Named:
    return Named(words.zh, words.en)
