"""The files of a policy library, by kind."""

from collections.abc import Iterable
from pathlib import Path

from core.policies.reader import PolicyFile

_DATED = ("policy", "limit_model", "chain", "reminders")
_KINDS = (*_DATED, "overlay", "facts", "cases", "tolerances", "efficacy", "standards", "special_cases")
_CASES = ".cases.toml"


def known_kinds() -> str:
    """The kinds that there are, for telling."""
    return "|".join(_KINDS)


def by_kind(dirs: Iterable[Path]) -> dict[str, list[PolicyFile]]:
    """Every file of these folders and of their ``tables``; `PolicyError` for one of an unknown kind.

    Case files are left out, unread: they are for whoever checks a policy, and as long as all the rest.
    """
    found: dict[str, list[PolicyFile]] = {kind: [] for kind in _KINDS}
    for folder in dirs:
        for path in (*sorted(folder.glob("*.toml")), *sorted(folder.glob("tables/*.toml"))):
            if path.name.endswith(_CASES):
                continue
            file = PolicyFile(path)
            if file.kind not in found:
                raise file.error(
                    "kind", "unknown_choice", 'kind = "policy"', value=file.kind, known=known_kinds()
                )
            found[file.kind].append(file)
    return found


def refuse_duplicates(files: dict[str, list[PolicyFile]]) -> None:
    """Two files of one id and version, or one day, would make what is in force a matter of luck."""
    seen: dict[tuple[str, object], PolicyFile] = {}
    for file in (file for kind in _DATED for file in files[kind]):
        name = file.text("id", 'id = "b9-abc"')
        for key, value in (("version", file.text("version")), ("in_force_from", file.day("in_force_from"))):
            if (name, value) in seen:
                raise file.error(
                    key, "file_twice", f"{key} = ...", id=name, value=value, other=seen[name, value].path.name
                )
            seen[name, value] = file
