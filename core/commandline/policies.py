"""Policy files, from the command line (2.1, 2.2)."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from core.clock import day_of
from core.commandline import policy_view
from core.commandline.running import as_json, command, office_of, opened, plain, policy_problem, show, told
from core.policies.cases import LimitCase, RatingCase, load_cases
from core.policies.library import SHIPPED, Library, NotInForce, check_file
from core.policies.reader import PolicyError, PolicyFile
from core.policies.schema import policy_schema
from core.queries.office import POLICY, Office
from core.queries.policies.activation import active_policy
from core.rules.limits.limit_rules import LimitRule, Term
from core.rules.policy.facts import Vocabulary
from core.rules.policy.parameters import number
from core.rules.policy.policy import Policy
from core.settings import Settings
from core.texts.wire import Label, Named


@click.group()
def policy() -> None:
    """Policy files."""


@policy.command("list")
@as_json
@command
async def policy_list(settings: Settings, as_json: bool) -> None:
    """The library: every policy and limit model with its grades, what it needs and what is still to be set."""
    office = office_of(settings)
    today = day_of(office.clock.now(), settings.zone)
    current = await _current(settings, office, today)
    found = [_standing(office.library, each, today) for each in _ids(office.library)]
    data = [policy_view.listed(each, in_force=each.checksum == current) for each in found]
    lines = [
        told(
            settings,
            "library-policy",
            id=each.id,
            version=each.version,
            title=_named(each),
            grades=" ".join(each.codes),
            count=len(each.codes),
            needs=len(each.needs),
            unset=len(each.unset),
            in_force=int(each.checksum == current),
        )
        for each in found
    ]
    show(as_json, data, "\n".join(lines))


@policy.command("show")
@click.argument("policy_id", default=POLICY)
@as_json
@command
async def policy_show(settings: Settings, policy_id: str, as_json: bool) -> None:
    """A policy: what each grade brings, what it is made from, and its parameters with value or suggestion."""
    office = office_of(settings)
    today = day_of(office.clock.now(), settings.zone)
    found = _standing(office.library, policy_id, today)
    in_force = found.checksum == await _current(settings, office, today)
    data = policy_view.shown(found, in_force=in_force)
    show(as_json, data, "\n".join(_lines(settings, found, office.vocabulary)))


@policy.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cases", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Its case file.")
@as_json
@command
def policy_check(settings: Settings, file: Path, cases: Path | None, as_json: bool) -> None:
    """Check a policy file as strictly as it is loaded; an error names file, line, what is wrong and an example."""
    try:
        checked, broken = _checked(settings, file, cases)
    except PolicyError as error:
        if not as_json:
            raise
        data = {
            "in_order": False,
            "file": str(error.file),
            "line": error.line,
            "problem": error.problem,
            "message": policy_problem(settings, error),
            "example": error.example,
        }
        show(True, data, "")
        sys.exit(1)
    unset = [] if checked is None else list(checked.unset)
    lines = [told(settings, "policy-in-order", path=str(file))] if not broken else []
    if checked is not None:
        unruled = checked.grades_without_limit
        lines += [told(settings, "policy-no-limit", grades=" ".join(unruled))] if unruled else []
        lines += [_blank(settings, checked, key) for key in unset]
    lines += [
        told(
            settings,
            "case-broken",
            title=Named(case.title.zh, case.title.en),
            stated=json.dumps(stated, default=plain, ensure_ascii=False),
            found=json.dumps(outcome, default=plain, ensure_ascii=False),
        )
        for case, stated, outcome in broken
    ]
    data = {
        "in_order": not broken,
        "file": str(file),
        "unset": unset,
        "without_limit": [] if checked is None else list(checked.grades_without_limit),
        "broken_cases": [
            {"title": case.title.zh, "english": case.title.en, "stated": stated, "found": outcome}
            for case, stated, outcome in broken
        ],
    }
    show(as_json, data, "\n".join(lines))
    if broken:
        sys.exit(1)


@policy.command("schema")
@command
def policy_schema_(settings: Settings) -> None:
    """A JSON Schema of policy files, for an editor that completes and checks while one writes."""
    vocabulary = office_of(settings).library.vocabulary
    click.echo(json.dumps(policy_schema(vocabulary), ensure_ascii=False, indent=2))


Broken = tuple[RatingCase | LimitCase, dict[str, object], dict[str, object]]
"""A case, what it states, and what the policy decides where that differs."""


def _checked(settings: Settings, file: Path, cases: Path | None) -> tuple[Policy | None, list[Broken]]:
    """The policy that the file makes, if it makes one, and the cases that it breaks.

    A case file by itself is held against the policy of the library that it names.
    """
    found = check_file(file, [SHIPPED, *([settings.policy_dir] if settings.policy_dir else [])])
    read = PolicyFile(file)
    office = office_of(settings)
    if read.kind == "cases":
        named = _standing(office.library, read.text("policy"), day_of(office.clock.now(), settings.zone))
        return None, _broken(file, named, office)
    if cases is None or found is None:
        return found, []
    return found, _broken(cases, found, office)


def _broken(cases: Path, policy: Policy, office: Office) -> list[Broken]:
    told_cases = load_cases(cases, policy, office.vocabulary)
    return [_differing(case, told_cases.policy) for case in told_cases.broken]


def _differing(case: RatingCase | LimitCase, policy: Policy) -> Broken:
    outcome = case.outcome(policy)
    keys = [key for key in case.expected if case.expected[key] != outcome[key]]
    return case, {key: case.expected[key] for key in keys}, {key: outcome[key] for key in keys}


async def _current(settings: Settings, office: Office, today: date) -> str:
    """The checksum of the policy that rates today; without a database yet it is the one the product starts with."""
    if not settings.database_path.exists():
        return office.library.policy_in_force(POLICY, today).checksum
    async with opened(settings) as (database, desk):
        return await database.read(lambda session: active_policy(session, desk.office, today).checksum)


def _ids(library: Library) -> list[str]:
    return list(dict.fromkeys(each.id for each in (*library.policies, *library.limit_models)))


def _standing(library: Library, policy_id: str, today: date) -> Policy:
    """As it stands today; one whose day is still to come as it will stand first."""
    try:
        return library.policy_in_force(policy_id, today)
    except NotInForce:
        coming = [each for each in (*library.policies, *library.limit_models) if each.id == policy_id]
        if not coming:
            raise
        return min(coming, key=lambda each: each.source.in_force_from)


def _lines(settings: Settings, found: Policy, vocabulary: Vocabulary) -> list[str]:
    lines = [f"{found.id} {found.version}  {told(settings, 'literal', text=_named(found))}"]
    for grade in found.grades:
        words = [each for each in (grade.meaning, grade.treatment) if each is not None]
        brings = [Named(each.zh, each.en) for each in words]
        lines.append(
            told(
                settings,
                "library-grade",
                grade=grade.code,
                article=grade.article,
                brings=brings,
                count=len(brings),
                no_credit=int(grade.code in found.grades_without_credit),
            )
        )
    limits = (_limit(settings, found, vocabulary, rule) for rule in found.limits if rule.refusal is None)
    lines += dict.fromkeys(limits)
    data = policy_view.shown(found, in_force=False)
    for each in (*data["criteria"], *data["indicators"], *data["gates"]):
        title = Named(each["title"], each["english"])
        lines.append(
            told(
                settings,
                "library-line",
                title=title,
                article=each["article"],
                of=each.get("grade") or each.get("group") or "",
            )
        )
    for key, parameter in found.parameters.items():
        if parameter.value is None:
            lines.append(_blank(settings, found, key))
        else:
            note = Named(parameter.note.zh, parameter.note.en)
            lines.append(
                told(
                    settings,
                    "library-parameter",
                    key=key,
                    value=plain(parameter.value),
                    note=note,
                    article=parameter.article,
                )
            )
    return lines


def _limit(settings: Settings, found: Policy, vocabulary: Vocabulary, rule: LimitRule) -> str:
    """What a grade may have in one case."""
    names = [
        Named(each.title.zh, each.title.en) if each.title else Label(f"ceiling-{each.name}")
        for each in rule.ceilings
    ]
    return told(
        settings,
        "library-limit",
        grade=rule.grade,
        kind=Label(f"kind-{rule.kind}"),
        article=rule.article,
        ceilings=names,
        count=len(names),
        term=_term(settings, found, vocabulary, rule.term),
    )


def _term(settings: Settings, found: Policy, vocabulary: Vocabulary, term: Term | None) -> str:
    if term is None:
        return told(settings, "library-term-contract")
    if term.fact is not None:
        fact = vocabulary.find(term.fact)
        name = term.fact if fact is None else Named(fact.zh, fact.en)
        return told(settings, "library-term-fact", fact=name)
    days = number(term.days, found.values)
    if days is None:
        return told(settings, "library-term-open")
    return told(settings, "library-term-days", days=int(days))


def _blank(settings: Settings, found: Policy, key: str) -> str:
    """A parameter still to be set, with what is suggested for it, if anything is."""
    parameter = found.parameters[key]
    note = Named(parameter.note.zh, parameter.note.en)
    facts: dict[str, Any] = {"key": key, "note": note, "article": parameter.article}
    if parameter.suggestion is None or parameter.suggested_by is None:
        return told(settings, "library-blank", **facts)
    source = Named(parameter.suggested_by.zh, parameter.suggested_by.en)
    return told(settings, "library-suggested", **facts, value=plain(parameter.suggestion), source=source)


def _named(found: Policy) -> Named:
    return Named(found.title.zh, found.title.en)
