"""A file of the company as it stands for a day: what one person proposes and another confirms (2.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.policies.findings.tolerances_file import OwnTolerances
from core.policies.library import Library
from core.queries.office import Office
from core.queries.policies.activation import library_policy
from core.queries.policies.shelf import notes_on
from core.rules.lifecycles.activation_lifecycle import Activated
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal
from core.texts.wire import Label, Named

TOLERANCES_TITLE = Label("tolerances-title")


@dataclass(frozen=True, slots=True)
class Edition:
    """What its file says that day, by its checksum."""

    kind: Activated
    id: str
    version: str
    checksum: str
    title: Named | Label
    unset: Sequence[Named] = ()
    """What the company has still to set in it."""


def kind_of(file_id: str) -> Activated:
    """What is activated under an id."""
    return Activated.TOLERANCES if file_id == Activated.TOLERANCES else Activated.POLICY


def edition_of(office: Office, file_id: str, on: date) -> Edition:
    """The one of an id that the library has for a day.

    Refused: an id that nobody has, or has only from a later day; a limit model, which rates nobody by itself.
    """
    if kind_of(file_id) is Activated.TOLERANCES:
        return _of_tolerances(begun_tolerances(office.library, on))
    policy = library_policy(office, file_id, on)
    if policy is None:
        raise Refusal("policy-not-in-force", policy=file_id, on=on)
    if not policy.grades:
        raise Refusal("activation-rates-nobody", title=_title(policy))
    return Edition(
        Activated.POLICY, policy.id, policy.version, policy.checksum, _title(policy), notes_on(policy)
    )


def begun_tolerances(library: Library, on: date) -> OwnTolerances:
    """The company's newest that may be in force by a day; `Refusal` where it has none."""
    own = library.tolerances_begun(on)
    if own is None:
        raise Refusal("tolerances-none", on=on)
    return own


def _of_tolerances(own: OwnTolerances) -> Edition:
    kind = Activated.TOLERANCES
    return Edition(kind, kind, own.version, own.checksum, TOLERANCES_TITLE)


def _title(policy: Policy) -> Named:
    return Named(policy.title.zh, policy.title.en)
