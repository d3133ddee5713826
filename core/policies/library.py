"""The policy library: every policy file of the product and of the company, and which is in force on a day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from core.policies.chain_file import read_chain, read_reminders
from core.policies.dated import Dated, Read, in_force, with_limit_models, with_overlays
from core.policies.facts import joined_vocabulary, load_facts
from core.policies.files import by_kind, known_kinds, refuse_duplicates
from core.policies.findings.tolerances_file import OwnTolerances, read_all_own, read_own_tolerances
from core.policies.policy_file import Shelf, overlaid, read_limit_model, read_overlay, read_policy
from core.policies.reader import PolicyError, PolicyFile
from core.policies.tables.efficacy_file import read_efficacy, read_special_cases, read_standards
from core.rules.credit.approval import Chain
from core.rules.policy.facts import Vocabulary
from core.rules.policy.policy import Policy
from core.rules.receivables.ladder import Ladder, Reminders

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
    file, shelf = PolicyFile(path), _shipped_shelf()
    policy = read_policy(file, shelf if vocabulary is None else replace(shelf, vocabulary=vocabulary))
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


def check_file(path: Path, dirs: Iterable[Path] = (SHIPPED,)) -> Policy | None:
    """Read one file of any kind as strictly as the library does, beside those of some folders.

    Returns the policy that it makes, if it makes one, with the limit models that it names; `PolicyError`.
    """
    if path.suffix != ".toml":
        raise PolicyError(path, 1, "not_named_toml", f"{path.name.partition('.')[0]}.toml")
    file = PolicyFile(path)
    files = by_kind(dirs)
    shelf = _shelf(files)
    match file.kind:
        case "policy" | "limit_model" | "overlay":
            return _checked(file, files, shelf)
        case "chain":
            read_chain(file)
        case "reminders":
            read_reminders(file)
        case "facts":
            others = [each for each in files["facts"] if each.text("id") != file.text("id")]
            joined_vocabulary([*others, file])
        case "tolerances":
            read_own_tolerances(file)
        case "efficacy":
            read_efficacy(file)
        case "standards":
            read_standards(file)
        case "special_cases":
            read_special_cases(file)
        case "cases":
            # Cases are read against the policy they are for; `core.policies.cases` does that.
            file.text("policy", 'policy = "b9-abc"')
        case other:
            raise file.error("kind", "unknown_choice", 'kind = "policy"', value=other, known=known_kinds())
    return None


class Library:
    """Every policy file in some folders, read strictly at once: a broken file is found before it is needed.

    Case files (``*.cases.toml``) are left to `core.policies.cases`. Raises `PolicyError`.
    """

    def __init__(self, dirs: Iterable[Path] = (SHIPPED,)) -> None:
        files = by_kind(dirs)
        refuse_duplicates(files)
        shelf = _shelf(files)
        self.vocabulary = shelf.vocabulary
        dated = with_overlays(_policies(files, shelf) | _models(files, shelf), files["overlay"])
        self._models = [each for each in dated if each.policy.method is None]
        rating = [each for each in dated if each.policy.method is not None]
        self._policies = with_limit_models(rating, self._models)
        self._chains = [read_chain(file) for file in files["chain"]]
        self._reminders = [read_reminders(file) for file in files["reminders"]]
        self.own_tolerances = read_all_own(files["tolerances"])
        """The company's own, the oldest first; which are in force two people have said."""

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy, oldest first, with and without its overlays."""
        return tuple(dated.policy for dated in sorted(self._policies, key=lambda dated: dated.rank))

    @property
    def limit_models(self) -> tuple[Policy, ...]:
        """Every limit model, oldest first, with and without its overlays."""
        return tuple(dated.policy for dated in sorted(self._models, key=lambda dated: dated.rank))

    def policy_in_force(self, policy_id: str, on: date) -> Policy:
        """The policy or limit model of this id in force on a day, with the company's values; else `NotInForce`."""
        found = in_force((*self._policies, *self._models), policy_id, on)
        if found is None:
            raise NotInForce(policy_id, on)
        return found.policy

    def policy_of(self, checksum: str) -> Policy | None:
        """The very policy of a stored decision, to replay it; None when its file is gone."""
        every = (*self._policies, *self._models)
        return next((dated.policy for dated in every if dated.policy.checksum == checksum), None)

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

    def tolerances_begun(self, on: date) -> OwnTolerances | None:
        """The company's newest that may be in force by a day; None before its first."""
        return next((each for each in reversed(self.own_tolerances) if each.in_force_from <= on), None)

    def tolerances_of(self, checksum: str) -> OwnTolerances | None:
        """The very tolerances that were confirmed; None when their file is gone or says something else."""
        return next((each for each in self.own_tolerances if each.checksum == checksum), None)


Files = dict[str, list[PolicyFile]]


@cache
def _shipped_shelf() -> Shelf:
    return _shelf(by_kind((SHIPPED,)))


def _shelf(files: Files) -> Shelf:
    """Facts and tables; a company's own table replaces the shipped one of its id."""
    weights = (read_efficacy(file) for file in files["efficacy"])
    standards = (read_standards(file) for file in files["standards"])
    return Shelf(
        joined_vocabulary(files["facts"]),
        {each.source.id: each for each in weights},
        {each.source.id: each for each in standards},
    )


def _policies(files: Files, shelf: Shelf) -> Read:
    return _by_version((read_policy(file, shelf), file) for file in files["policy"])


def _models(files: Files, shelf: Shelf) -> Read:
    return _by_version((read_limit_model(file, shelf), file) for file in files["limit_model"])


def _by_version(read: Iterable[tuple[Policy, PolicyFile]]) -> Read:
    return {(policy.id, policy.version): (policy, file) for policy, file in read}


def _checked(file: PolicyFile, files: Files, shelf: Shelf) -> Policy:
    models = with_overlays(_models(files, shelf), ())
    match file.kind:
        case "limit_model":
            return read_limit_model(file, shelf)
        case "policy":
            dated = Dated(read_policy(file, shelf), file)
        case _:
            bases = _policies(files, shelf) | _models(files, shelf)
            dated = with_overlays(bases, [file])[-1]
    return with_limit_models([dated], models)[-1].policy
