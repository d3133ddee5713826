"""Checking a policy file and its cases, from the command line (2.1, 2.2)."""

import json
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from core.clock import day_of
from core.commandline.command import as_json, command
from core.commandline.policy_named import standing
from core.commandline.policy_text import blank, grades_named, named
from core.commandline.running import office_of, policy_problem, show, told
from core.commandline.worded import Command
from core.policies.cases import LimitCase, RatingCase, load_cases
from core.policies.library import SHIPPED, check_file
from core.policies.reader import PolicyError, PolicyFile
from core.policies.remarks import Remark, remarks
from core.queries.office import Office
from core.rules.money import Money
from core.rules.policy.policy import Policy
from core.settings import Settings

_CASES = ".cases.toml"


@dataclass(frozen=True, slots=True)
class Broken:
    """A case that the policy decides otherwise: what it states, and what comes out, where they differ."""

    case: RatingCase | LimitCase
    stated: dict[str, object]
    found: dict[str, object]


@click.command("check", cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cases", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@command
def policy_check(settings: Settings, file: Path, cases: Path | None, as_json: bool) -> None:
    """Check a policy file as strictly as it is loaded; an error names file, line, what is wrong and an example."""
    try:
        checked, noted, broken = _checked(settings, file, cases)
    except PolicyError as error:
        if not as_json:
            raise
        show(True, _wrong(settings, error), "")
        sys.exit(1)
    lines = [] if broken else [_verdict(settings, file, checked, noted)]
    lines += [told(settings, f"remark-{each.key}", of=named(each.of), **each.facts) for each in noted]
    if checked is not None:
        unruled = checked.grades_without_limit
        lines += (
            [told(settings, "policy-no-limit", grades=grades_named(settings, checked, unruled))]
            if unruled
            else []
        )
        lines += [blank(settings, checked, key) for key in checked.unset]
    lines += [_told(settings, each) for each in broken]
    show(as_json, _data(file, checked, noted, broken), "\n".join(lines))
    if broken:
        sys.exit(1)


def _verdict(settings: Settings, file: Path, checked: Policy | None, noted: list[Remark]) -> str:
    blanks = 0 if checked is None else len(checked.unset)
    return told(settings, "policy-in-order", path=str(file), blanks=blanks, remarks=len(noted))


def _told(settings: Settings, broken: Broken) -> str:
    return told(
        settings,
        "case-broken",
        title=named(broken.case.title),
        stated=_as_written(broken.stated),
        found=_as_written(broken.found),
    )


def _as_written(outcome: dict[str, object]) -> str:
    """As a case file writes it: ``grade = "A", score = 80``; what has no value is a dash."""
    return ", ".join(f"{key} = {_value(value)}" for key, value in outcome.items())


def _value(value: object) -> str:
    match value:
        case None | ():
            return "–"
        case str() | bool() | tuple():
            return json.dumps(value, default=str, ensure_ascii=False)
        case Money():
            return f"{value.amount.normalize():f}"
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return str(value)


def _wrong(settings: Settings, error: PolicyError) -> dict[str, Any]:
    return {
        "in_order": False,
        "file": str(error.file),
        "line": error.line,
        "problem": error.problem,
        "message": policy_problem(settings, error),
        "example": error.example,
    }


def _data(file: Path, checked: Policy | None, noted: list[Remark], broken: list[Broken]) -> dict[str, Any]:
    return {
        "in_order": not broken,
        "file": str(file),
        "unset": [] if checked is None else list(checked.unset),
        "without_limit": [] if checked is None else list(checked.grades_without_limit),
        "remarks": [
            {"remark": each.key, "title": each.of.zh, "english": each.of.en, **each.facts} for each in noted
        ],
        "broken_cases": [
            {
                "title": each.case.title.zh,
                "english": each.case.title.en,
                "stated": each.stated,
                "found": each.found,
            }
            for each in broken
        ],
    }


def _checked(
    settings: Settings, file: Path, cases: Path | None
) -> tuple[Policy | None, list[Remark], list[Broken]]:
    """The policy that the file makes, if it makes one, what is odd about it, and the cases that it breaks."""
    folders = [SHIPPED, *([settings.policy_dir] if settings.policy_dir else [])]
    found = check_file(file, folders)
    office = office_of(settings)
    if file.name.endswith(_CASES):
        return None, [], _broken(file, _policy_of(file, folders, office), office)
    if found is None:
        return None, [], []
    noted = list(remarks(found, office.vocabulary))
    return found, noted, [] if cases is None else _broken(cases, found, office)


def _policy_of(cases: Path, folders: list[Path], office: Office) -> Policy:
    """The policy that a case file by itself is for: the draft beside it, else the one of the library."""
    draft = cases.with_name(cases.name.replace(_CASES, ".toml"))
    in_library = any(cases.resolve().is_relative_to(folder.resolve()) for folder in folders)
    if draft.exists() and not in_library and (found := check_file(draft, folders)) is not None:
        return found
    name = PolicyFile(cases).text("policy")
    return standing(office.library, name, day_of(office.clock.now(), office.settings.zone))


def _broken(cases: Path, policy: Policy, office: Office) -> list[Broken]:
    read = load_cases(cases, policy, office.vocabulary)
    return [_differing(case, read.policy) for case in read.broken]


def _differing(case: RatingCase | LimitCase, policy: Policy) -> Broken:
    outcome = case.outcome(policy)
    keys = [key for key in case.expected if case.expected[key] != outcome[key]]
    return Broken(case, {key: case.expected[key] for key in keys}, {key: outcome[key] for key in keys})
