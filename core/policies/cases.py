"""The case file beside a policy: examples that a credit manager can read, held against what the policy decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from core.policies.fact_values import NotAFact, nearest_name, read_facts
from core.policies.names import plain_number
from core.policies.policy_file import with_values
from core.policies.reader import PolicyFile, Table
from core.policies.tables.efficacy_file import read_standards_rows
from core.rules.limits.ceilings import Ceiling
from core.rules.limits.limit import LimitFacts, propose
from core.rules.limits.limit_from_facts import LimitFound, limit_found
from core.rules.limits.limit_rules import CeilingName, CreditKind
from core.rules.money import Money
from core.rules.policy.facts import Facts, FactType, FactValue, Vocabulary
from core.rules.policy.policy import Policy
from core.rules.policy.source import Text
from core.rules.rating.assess import rate
from core.rules.rating.scorecard_plan import ScorecardPlan
from core.rules.rating.three_tier import ThreeTier

Outcome = Mapping[str, object]
_EXAMPLES = {FactType.YES_NO: "true", FactType.DATE: "2026-01-01", FactType.MONEY: "300000"}
_UNLIMITED, _UNKNOWN = "unlimited", "unknown"
LIMIT_WORDS = (_UNLIMITED, _UNKNOWN)
"""Where nothing holds the limit down, and where an amount that would is not known."""
STATED_LISTS = ("not_rated", "gates", "reasons", "unknown", "binds")
STATED_TEXTS = ("scored_grade", "capped_from")
"""What of a rating a case may state besides its grade: lists of names, and single ones."""
STATED_OF_LIMIT = ("binds", "refusals")
KNOWN_AMOUNTS = (
    CeilingName.AVERAGE_MONTH_RECEIPTS,
    CeilingName.AVERAGE_MONTH_SHIPMENTS,
    CeilingName.LAST_YEAR_AVERAGE_EXPOSURE,
    CeilingName.COLLATERAL,
)
"""The amounts that a request may be known by."""


@dataclass(frozen=True, slots=True)
class RatingCase:
    """A customer, and what of its rating the case states."""

    title: Text
    facts: Facts
    expected: Outcome

    def outcome(self, policy: Policy) -> Outcome:
        """What the policy decides, of what the case states; a limit is the most for long-term credit."""
        rating = rate(policy, self.facts)
        given = limit_found(policy, rating.grade, self.facts, kind=CreditKind.LONG_TERM, asked=None)
        found: Outcome = {
            "grade": rating.grade,
            "score": rating.score,
            "scored_grade": rating.scored_grade,
            "gates": tuple(each.gate.key for each in rating.gates),
            "not_rated": tuple(each.reason for each in rating.not_rated),
            "limit": _told(policy, rating.grade, given),
            "term_days": given.term_days,
            "binds": _names(given.ceilings),
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
            "binds": _names(proposal.ceilings),
            "refusals": tuple(reason.key for reason in proposal.refusals),
            "only_when_necessary": proposal.only_when_necessary,
        }
        return {key: found[key] for key in self.expected}


def _told(policy: Policy, grade: str | None, found: LimitFound) -> Money | str:
    """The limit, or in a word why there is no amount."""
    if found.limit is not None:
        return found.limit
    unrated = grade is None and policy.method is not None
    unknown = unrated or found.unknown or any(ceiling.amount is None for ceiling in found.ceilings)
    return _UNKNOWN if unknown else _UNLIMITED


def _names(ceilings: tuple[Ceiling, ...]) -> tuple[str, ...]:
    return tuple(ceiling.name for ceiling in ceilings if ceiling.binds)


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
        policy=_supposed(file, policy),
        ratings=tuple(
            _rating_case(table, known, vocabulary, graded=policy.method is not None)
            for table in file.tables("ratings", "[[ratings]]")
        ),
        limits=tuple(_limit_case(table) for table in file.tables("limits", "[[limits]]"))
        if file.has("limits")
        else (),
    )
    file.finish()
    return cases


def _supposed(file: PolicyFile, policy: Policy) -> Policy:
    """The policy with the parameters and the standard values that the cases suppose."""
    if file.has("parameters"):
        policy = with_values(policy, file.table("parameters", "[parameters]"))
    method = policy.method
    if not file.has("standards"):
        return policy
    if not isinstance(method, ScorecardPlan | ThreeTier) or method.standards is None:
        raise file.error("standards", "unknown_key", '[[ratings]] like = "good"', key="standards")
    rows = (*method.standards.rows, *read_standards_rows(file))
    return replace(policy, method=replace(method, standards=replace(method.standards, rows=rows)))


def _facts(table: Table, vocabulary: Vocabulary) -> dict[str, FactValue]:
    try:
        return read_facts(vocabulary, {name: table.raw(name, "true") for name in table.names()})
    except NotAFact as wrong:
        raise table.error(
            _written(table, wrong, vocabulary),
            wrong.reason,
            _example(wrong, vocabulary),
            key=wrong.fact,
            fact=wrong.fact,
            **wrong.facts,
        ) from wrong


def _written(table: Table, wrong: NotAFact, vocabulary: Vocabulary) -> str:
    """The fact's name as the case has it: by key or in Chinese; the later one where it is given twice."""
    kind = vocabulary.find(wrong.fact)
    names = [name for name in table.names() if kind is not None and vocabulary.find(name) == kind]
    return names[-1] if names else wrong.fact


def _example(wrong: NotAFact, vocabulary: Vocabulary) -> str:
    """The line as it could be: a fact's name as it is, or a value of its kind."""
    kind = vocabulary.find(wrong.fact)
    if kind is None:
        return f"{wrong.facts['nearest']} = ..."
    if kind.kind is FactType.CHOICE:
        return f'{kind.key} = "{kind.choices[0].value}"'
    return f"{kind.key} = {_EXAMPLES.get(kind.kind, '65')}"


def _rating_case(
    table: Table, customers: Mapping[str, Facts], vocabulary: Vocabulary, *, graded: bool
) -> RatingCase:
    like = table.text("like", 'like = "good"')
    if like not in customers:
        raise table.error("like", "unknown_choice", 'like = "good"', value=like, known="|".join(customers))
    facts = dict(customers[like])
    if table.has("but"):
        facts |= _facts(table.table("but", "but = { debt_ratio = 59 }"), vocabulary)
    if table.has("not_known"):
        facts |= dict.fromkeys(_not_known(table, vocabulary))
    return RatingCase(table.words(), facts, _expected(table, graded=graded))


def _not_known(table: Table, vocabulary: Vocabulary) -> Iterator[str]:
    """The keys of facts that nobody knows, each named by its key or in Chinese like everywhere in a case."""
    for name in table.texts("not_known", 'not_known = ["debt_ratio"]'):
        kind = vocabulary.find(name)
        if kind is None:
            raise table.error(
                "not_known", "unknown_fact", f'not_known = ["{nearest_name(vocabulary, name)}"]', fact=name
            )
        yield kind.key


def _expected(table: Table, *, graded: bool) -> Outcome:
    """What the case states: always the grade or why there is none, and the gates that hold."""
    rated = graded and not table.has("not_rated")
    expected: dict[str, object] = {
        "grade": table.text("grade", 'grade = "A"') if rated else None,
        "not_rated": (),
        "gates": (),
    }
    for key in STATED_LISTS:
        if table.has(key):
            expected[key] = table.texts(key, f'{key} = ["14(1)"]')
    for key in STATED_TEXTS:
        if table.has(key):
            expected[key] = table.text(key)
    if table.has("score"):
        expected["score"] = plain_number(table, "score", "score = 85")
    if table.has("conflict"):
        expected["conflict"] = table.flag("conflict")
    if table.has("limit"):
        in_words = table.raw("limit", "limit = 100000") in LIMIT_WORDS
        expected["limit"] = table.text("limit") if in_words else table.yuan("limit")
    if table.has("term_days"):
        expected["term_days"] = table.integer("term_days", "term_days = 30", at_least=0)
    return expected


def _limit_case(table: Table) -> LimitCase:
    facts = LimitFacts(
        grade=table.text("grade") if table.has("grade") else None,
        kind=table.one_of("credit", CreditKind),
        asked=table.yuan("asked"),
        had_credit=table.flag("had_credit"),
        months_with_business=table.integer("months_with_business", "months_with_business = 12", at_least=0),
        is_new=table.flag("is_new") if table.has("is_new") else False,
        **{str(name): _known(table, name) for name in KNOWN_AMOUNTS},
    )
    expected: dict[str, object] = {"limit": table.yuan("limit")}
    if table.has("term_days"):
        expected["term_days"] = table.integer("term_days", "term_days = 30", at_least=1)
    for key in STATED_OF_LIMIT:
        if table.has(key):
            expected[key] = table.texts(key, f'{key} = ["collateral"]')
    if table.has("only_when_necessary"):
        expected["only_when_necessary"] = table.flag("only_when_necessary")
    return LimitCase(table.words(), facts, expected)


def _known(table: Table, key: str) -> Money | None:
    return table.yuan(key) if table.has(key) else None
