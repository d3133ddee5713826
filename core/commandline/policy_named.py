"""The policy that is meant on the command line: one of the library by its id, or a file that need not be in it yet."""

from datetime import date
from pathlib import Path

from core.policies.library import SHIPPED, Library, NotInForce, check_file
from core.queries.office import Office
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal


def policy_named(office: Office, name: str, on: date) -> Policy:
    """The policy or limit model; a file is read as strictly as the library reads.

    Raises `Refusal` and `PolicyError` for the file, `NotInForce` for an id that the library does not have.
    """
    path = Path(name)
    if path.suffix != ".toml":
        return standing(office.library, name, on)
    if not path.exists():
        raise Refusal("file-missing", path=name)
    company = office.settings.policy_dir
    found = check_file(path, [SHIPPED, *([company] if company else [])])
    if found is None:
        raise NotInForce(name, on)
    return found


def standing(library: Library, policy_id: str, on: date) -> Policy:
    """As it stands on a day; one whose day is still to come as it will stand first."""
    try:
        return library.policy_in_force(policy_id, on)
    except NotInForce:
        coming = [each for each in (*library.policies, *library.limit_models) if each.id == policy_id]
        if not coming:
            raise
        return min(coming, key=lambda each: each.source.in_force_from)
