"""The policy library: every policy file of the product and of the company, and which is in force on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.policies.chain_file import read_chain, read_reminders
from core.policies.facts import load_facts, read_vocabulary
from core.policies.policy_file import Overlay, overlaid, read_overlay, read_policy
from core.policies.reader import PolicyError, PolicyFile
from core.rules.approval import Chain
from core.rules.facts import Vocabulary
from core.rules.ladder import Ladder, Reminders
from core.rules.policy import Policy

SHIPPED = Path(__file__).parent

__all__ = [
    "SHIPPED",
    "Library",
    "NotInForce",
    "PolicyError",
    "check_file",
    "load_chain",
    "load_facts",
    "load_ladder",
    "load_policy",
    "load_reminders",
]


class NotInForce(LookupError):
    """No file of this id is in force on this day."""

    def __init__(self, policy_id: str, on: date) -> None:
        super().__init__(f"{policy_id} on {on}")
        self.policy_id = policy_id
        self.on = on


def load_policy(path: Path, overlay: Path | None = None, vocabulary: Vocabulary | None = None) -> Policy:
    """One policy with a company's overlay, if any, by the shipped vocabulary unless told; `PolicyError` when wrong."""
    file = PolicyFile(path)
    policy = read_policy(file, vocabulary or load_facts(SHIPPED / "facts.toml"))
    if overlay is None:
        return policy
    return overlaid(policy, read_overlay(PolicyFile(overlay)), file)


def load_chain(path: Path) -> Chain:
    """One approval chain; `PolicyError` when wrong."""
    return read_chain(PolicyFile(path))


def load_reminders(path: Path) -> Reminders:
    """One reminder ladder with its hours; `PolicyError` when wrong."""
    return read_reminders(PolicyFile(path))


def load_ladder(path: Path) -> Ladder:
    """The ladder alone."""
    return load_reminders(path).ladder


def check_file(path: Path) -> None:
    """Read one file of any kind as strictly as the library does, beside what is shipped; `PolicyError` when wrong."""
    file = PolicyFile(path)
    vocabulary = load_facts(SHIPPED / "facts.toml")
    match file.kind:
        case "policy":
            read_policy(file, vocabulary)
        case "overlay":
            shipped = [PolicyFile(each) for each in sorted(SHIPPED.glob("*.toml"))]
            _with_overlays([each for each in shipped if each.kind == "policy"], [file], vocabulary)
        case "chain":
            read_chain(file)
        case "reminders":
            read_reminders(file)
        case "facts":
            read_vocabulary(file)
        case "cases":
            # Cases are read against the policy they are for; `core.policies.cases` does that.
            file.text("policy", 'policy = "b9-abc"')
        case other:
            known = "|".join(_KINDS)
            raise file.error("kind", "unknown_choice", 'kind = "policy"', kind=other, known=known)


@dataclass(frozen=True)
class _Dated:
    """A policy as it stands from a day on: with the overlay of that day, or as its document leaves it."""

    policy: Policy
    overlay_from: date

    @property
    def rank(self) -> tuple[date, date]:
        # A newer version follows an older one whatever overlays the older one still gets.
        return self.policy.source.in_force_from, self.overlay_from

    def begun(self, on: date) -> bool:
        return max(self.rank) <= on


class Library:
    """Every policy file in some folders, read strictly at once: a broken file is found before it is needed.

    Case files are known and left to `core.policies.cases`. Raises `PolicyError`.
    """

    def __init__(self, dirs: Iterable[Path] = (SHIPPED,)) -> None:
        files = [PolicyFile(path) for folder in dirs for path in sorted(folder.glob("*.toml"))]
        by_kind: dict[str, list[PolicyFile]] = {kind: [] for kind in _KINDS}
        for file in files:
            if file.kind not in by_kind:
                raise file.error(
                    "kind", "unknown_choice", 'kind = "policy"', kind=file.kind, known="|".join(_KINDS)
                )
            by_kind[file.kind].append(file)
        _refuse_duplicates(by_kind["policy"] + by_kind["chain"] + by_kind["reminders"])
        self.vocabulary = Vocabulary(
            tuple(kind for file in by_kind["facts"] for kind in read_vocabulary(file).kinds)
        )
        self._policies = _with_overlays(by_kind["policy"], by_kind["overlay"], self.vocabulary)
        self._chains = [read_chain(file) for file in by_kind["chain"]]
        self._reminders = [read_reminders(file) for file in by_kind["reminders"]]

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy, oldest first, with and without its overlays."""
        return tuple(dated.policy for dated in sorted(self._policies, key=lambda dated: dated.rank))

    def policy_in_force(self, policy_id: str, on: date) -> Policy:
        """The policy of this id in force on a day, with the company's values; `NotInForce` when none is."""
        begun = [dated for dated in self._policies if dated.policy.id == policy_id and dated.begun(on)]
        if not begun:
            raise NotInForce(policy_id, on)
        return max(begun, key=lambda dated: dated.rank).policy

    def policy_of(self, checksum: str) -> Policy | None:
        """The very policy of a stored decision, to replay it; None when its file is gone."""
        return next((dated.policy for dated in self._policies if dated.policy.checksum == checksum), None)

    def chain_in_force(self, chain_id: str, on: date) -> Chain:
        """The approval chain of this id in force on a day; `NotInForce` when none is."""
        begun = [chain for chain in self._chains if chain.id == chain_id and chain.source.in_force_from <= on]
        if not begun:
            raise NotInForce(chain_id, on)
        return max(begun, key=lambda chain: chain.source.in_force_from)

    def chain_of(self, chain_id: str, version: str) -> Chain | None:
        """The very chain that a request was sent on; None when its file is gone."""
        sought = (chain_id, version)
        return next((each for each in self._chains if (each.id, each.source.version) == sought), None)

    def reminders_in_force(self, on: date, ladder_id: str = "reminders") -> Reminders:
        """The reminder ladder in force on a day; `NotInForce` when none is."""
        begun = [
            each
            for each in self._reminders
            if each.source.id == ladder_id and each.source.in_force_from <= on
        ]
        if not begun:
            raise NotInForce(ladder_id, on)
        return max(begun, key=lambda reminders: reminders.source.in_force_from)


_KINDS = ("policy", "overlay", "chain", "reminders", "facts", "cases")


def _refuse_duplicates(files: list[PolicyFile]) -> None:
    """Two files of one id and version, or one day, would make what is in force a matter of luck."""
    seen: dict[tuple[str, object], PolicyFile] = {}
    for file in files:
        name = file.text("id", 'id = "b9-abc"')
        for key, value in (("version", file.text("version")), ("in_force_from", file.day("in_force_from"))):
            if (name, value) in seen:
                raise file.error(key, "duplicate", f"{key} = ...", id=name, other=seen[name, value].path)
            seen[name, value] = file


def _with_overlays(
    policies: list[PolicyFile], overlays: list[PolicyFile], vocabulary: Vocabulary
) -> list[_Dated]:
    read = {
        (policy.id, policy.version): (policy, file)
        for policy, file in ((read_policy(file, vocabulary), file) for file in policies)
    }
    dated = [_Dated(policy, date.min) for policy, _ in read.values()]
    for overlay in map(read_overlay, overlays):
        policy, base = _base_of(overlay, read)
        dated.append(_Dated(overlaid(policy, overlay, base), overlay.in_force_from))
    return dated


def _base_of(
    overlay: Overlay, read: dict[tuple[str, str], tuple[Policy, PolicyFile]]
) -> tuple[Policy, PolicyFile]:
    try:
        return read[overlay.over, overlay.over_version]
    except KeyError:
        known = "|".join(f"{policy_id} {version}" for policy_id, version in read)
        raise overlay.file.error(
            "over", "unknown_policy", 'over = "b9-abc"', over=overlay.over, known=known
        ) from None
