"""A policy as lines for the terminal: what each grade brings, what it is made from, what is still to be set."""

from collections.abc import Iterable, Iterator
from typing import Any

from core.commandline.running import plain, told
from core.queries.policies.grade_names import grade_name
from core.queries.policies.page import approval_by, ceilings_of, gate_effect, limits_of, upkeep_of
from core.queries.policies.shelf import Shelved
from core.rules.credit.approval import Chain
from core.rules.policy.facts import Vocabulary
from core.rules.policy.parameters import number
from core.rules.policy.policy import Policy
from core.rules.policy.source import Text
from core.rules.precision import rounded
from core.rules.rating.criteria import Criteria
from core.rules.rating.scorecard_plan import GroupPlan, IndicatorPlan, ScorecardPlan
from core.rules.rating.three_tier import ThreeTier
from core.settings import Settings
from core.texts.catalog import shown
from core.texts.wire import Label, Named, Phrase


def lines_of(settings: Settings, found: Shelved, vocabulary: Vocabulary, chain: Chain) -> list[str]:
    """All of it, in the order in which one decides: what it brings, how it is kept, what it looks at, what is open."""
    policy = found.policy
    return [
        f"{policy.id} {policy.version}  {told(settings, 'literal', text=named(policy.title))}",
        _of(settings, _standing(found)),
        *_grades(settings, policy, vocabulary),
        *(_of(settings, each) for each in ceilings_of(policy)),
        *([_of(settings, approval_by(chain))] if found.rates else []),
        *(_of(settings, each) for each in upkeep_of(policy)),
        *(_of(settings, each) for each in _judged(policy)),
        *(_of(settings, each) for each in _gates(policy)),
        _needs(settings, policy, vocabulary),
        *_parameters(settings, policy),
    ]


def blank(settings: Settings, policy: Policy, key: str) -> str:
    """A parameter still to be set, with what is suggested for it, if anything is."""
    parameter = policy.parameters[key]
    facts: dict[str, Any] = {"key": key, "note": named(parameter.note), "article": parameter.article}
    if parameter.suggestion is None or parameter.suggested_by is None:
        return told(settings, "library-blank", **facts)
    source = named(parameter.suggested_by)
    return told(settings, "library-suggested", **facts, value=plain(parameter.suggestion), source=source)


def named(words: Text) -> Named:
    """A policy's own words."""
    return Named(words.zh, words.en)


def grades_named(settings: Settings, policy: Policy, codes: Iterable[str]) -> str:
    """Grades in a row, by their names."""
    return " ".join(shown(settings.language, grade_name(policy, code)) for code in codes)


def _of(settings: Settings, phrase: Phrase) -> str:
    return told(settings, phrase.key, **phrase.facts)


def _standing(found: Shelved) -> Phrase:
    source = found.policy.source
    facts = {"standing": found.standing, "document": source.document, "since": source.in_force_from}
    return Phrase("library-standing", facts)


def _grades(settings: Settings, policy: Policy, vocabulary: Vocabulary) -> Iterator[str]:
    unruled = policy.grades_without_limit
    for grade in policy.grades:
        brings = [named(each) for each in (grade.meaning, grade.treatment) if each is not None]
        yield told(
            settings,
            "library-grade",
            grade=grade_name(policy, grade.code),
            article=grade.article,
            brings=brings,
            count=len(brings),
            no_credit=int(grade.code in policy.grades_without_credit),
        )
        for each in limits_of(policy, vocabulary, grade.code):
            yield f"  · {_of(settings, each)}"
        if grade.code in unruled:
            yield f"  · {told(settings, 'policy-limit-open')}"


def _judged(policy: Policy) -> Iterator[Phrase]:
    """What the rating looks at: criteria by grade, indicators with what they are worth of 100."""
    match policy.method:
        case Criteria():
            for each in policy.method.all:
                facts = {"title": named(each.title), "article": each.article}
                yield Phrase("library-line", facts | {"of": grade_name(policy, each.grade)})
        case ScorecardPlan():
            for group in policy.method.groups:
                yield from (_weighed(policy, group, each) for each in group.indicators)
        case ThreeTier():
            yield from _tiers(policy.method)


def _tiers(method: ThreeTier) -> Iterator[Phrase]:
    """The ratios of each aspect, then what the experts look at, each with its part of the whole."""
    ratios, article = 1 - method.review_share, method.article
    for part in method.tables.parts:
        of = named(method.tables.titles[part.key])
        for basic in part.basic:
            facts = {"of": of, "title": named(method.titles[basic.key]), "weight": basic.weight * ratios}
            yield Phrase("library-basic", facts | {"article": article})
        for modifying in part.modifying:
            facts = {"of": of, "title": named(method.titles[modifying.key]), "weight": modifying.weight}
            yield Phrase("library-modifying", facts | {"article": article})
    for each in method.tables.review:
        facts = {"of": Label("picture-review"), "title": named(each.title)}
        yield Phrase(
            "library-weighed", facts | {"weight": each.weight * method.review_share, "article": article}
        )


def _weighed(policy: Policy, group: GroupPlan, indicator: IndicatorPlan) -> Phrase:
    facts = {"of": named(group.title), "title": named(indicator.title), "article": indicator.article}
    shares = [number(each.weight, policy.values) for each in group.indicators]
    own, whole = number(indicator.weight, policy.values), number(group.weight, policy.values)
    known = [each for each in shares if each is not None]
    if own is None or whole is None or len(known) < len(shares):
        return Phrase("library-weight-open", facts)
    worth = rounded(whole * own / sum(known), 1)
    return Phrase("library-weighed", facts | {"weight": worth})


def _gates(policy: Policy) -> Iterator[Phrase]:
    for gate in policy.gates:
        title = gate.key if gate.title is None else named(gate.title)
        facts = {"title": title, "article": gate.article, "effect": gate_effect(policy, gate)}
        yield Phrase("library-gate", facts | {"unsure": int(gate.applies_if_unknown)})


def _needs(settings: Settings, policy: Policy, vocabulary: Vocabulary) -> str:
    kinds = [vocabulary.find(key) for key in policy.needs]
    names = [shown(settings.language, Named(kind.zh, kind.en)) for kind in kinds if kind is not None]
    joined = shown(settings.language, Label("list-semicolon")).join(names)
    return told(settings, "library-needs", count=len(policy.needs), names=joined)


def _parameters(settings: Settings, policy: Policy) -> Iterator[str]:
    for key, parameter in policy.parameters.items():
        if parameter.value is None:
            yield blank(settings, policy, key)
            continue
        facts = {"key": key, "note": named(parameter.note), "article": parameter.article}
        yield told(settings, "library-parameter", value=plain(parameter.value), **facts)
