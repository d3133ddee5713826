"""The register and the overrides as card, table and workbook (2.7, 2.11)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from core.files.export import Table, write_xlsx
from core.policies.library import Library
from core.queries.policies.grade_names import GradeName, names_in
from core.queries.rating.register import OverrideReport, Registered
from core.settings import Language
from core.texts.catalog import plain, shown
from core.texts.wire import Label, Named

REGISTER_COLUMNS = ("code", "name", "grade", "policy", "version", "since", "until", "assessor", "overridden")
_ROWS_SHOWN = 20


def register_facts(library: Library, found: Sequence[Registered], on: date) -> dict[str, Any]:
    """What the card of the register shows: how many of each grade of each policy, and the first rows."""
    counted = Counter((each.policy, each.grade) for each in found)
    names = names_in(library)
    several = len({each.policy for each in found}) > 1
    return {
        "on": on,
        "count": len(found),
        "grades": [
            {"policy": policy, "grade": names.get((policy, grade), grade), "count": count}
            for (policy, grade), count in sorted(counted.items())
        ],
        "overridden": sum(each.overridden for each in found),
        "expired": sum(each.expired for each in found),
        "rows": [
            {
                "name": each.name,
                "grade": _grade(names, each, each.grade),
                # letters of two schemes do not compare
                "policy": each.policy if several else "",
                "until": each.until,
                "expired": each.expired,
                "overridden": _grade(names, each, each.by_policy) if each.overridden else "",
                "assessor": each.assessor or "",
            }
            for each in found[:_ROWS_SHOWN]
        ],
        "more": len(found[_ROWS_SHOWN:]),
    }


def register_data(found: Sequence[Registered], on: date) -> dict[str, Any]:
    """The register for other programs."""
    return {
        "on": on,
        "customers": [
            {
                "code": each.code,
                "name": each.name,
                "grade": each.grade,
                "by_policy": each.by_policy,
                "overridden": each.overridden,
                "policy": each.policy,
                "version": each.version,
                "since": each.since,
                "until": each.until,
                "expired": each.expired,
                "assessor": each.assessor.zh if each.assessor is not None else None,
            }
            for each in found
        ],
    }


def register_workbook(library: Library, found: Sequence[Registered], language: Language) -> bytes:
    """The register as a sheet."""
    header = [plain(language, f"register-column-{name}", {}) for name in REGISTER_COLUMNS]
    names = names_in(library)
    rows = [
        (
            each.code,
            each.name,
            shown(language, _grade(names, each, each.grade)),
            each.policy,
            each.version,
            each.since,
            each.until,
            _name(each.assessor, language),
            shown(language, _grade(names, each, each.by_policy)) if each.overridden else None,
        )
        for each in found
    ]
    content = BytesIO()
    write_xlsx(content, [Table(plain(language, "register-sheet", {}), header, rows)])
    return content.getvalue()


def override_facts(found: OverrideReport) -> dict[str, Any]:
    """What the card of the overrides shows."""
    return {
        "begin": found.begin,
        "end": found.end,
        "ratings": found.ratings,
        "up": found.up,
        "down": found.down,
        "percent": found.percent,
        "people": [
            {
                "who": each.assessor or Label("register-nobody"),
                "ratings": each.ratings,
                "up": each.up,
                "down": each.down,
            }
            for each in found.people
            if each.up or each.down
        ],
    }


def override_data(found: OverrideReport) -> dict[str, Any]:
    """The overrides for other programs."""
    return {
        "from": found.begin,
        "to": found.end,
        "ratings": found.ratings,
        "up": found.up,
        "down": found.down,
        "percent": found.percent,
        "people": [
            {
                "assessor": each.assessor.zh if each.assessor is not None else None,
                "ratings": each.ratings,
                "up": each.up,
                "down": each.down,
            }
            for each in found.people
        ],
    }


def override_workbook(found: OverrideReport, language: Language) -> bytes:
    """The overrides by assessor as a sheet."""
    header = [
        plain(language, f"override-column-{name}", {}) for name in ("assessor", "ratings", "up", "down")
    ]
    rows = [(_name(each.assessor, language), each.ratings, each.up, each.down) for each in found.people]
    content = BytesIO()
    write_xlsx(content, [Table(plain(language, "override-sheet", {}), header, rows)])
    return content.getvalue()


def _grade(names: Mapping[tuple[str, str], Named], each: Registered, code: str | None) -> GradeName:
    """As the policy calls it that made it."""
    return names.get((each.policy, code), code) if code else ""


def _name(person: Named | None, language: Language) -> str:
    if person is None:
        return ""
    return person.en if language == "en" else person.zh
