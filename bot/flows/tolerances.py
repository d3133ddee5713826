"""The tolerances for contradictions in chat (1.6): those in force, and what the company's newest file would change."""

from decimal import Decimal
from typing import Any

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from core.policies.findings.changes import Change, Told, changes, told
from core.policies.findings.places import Measure
from core.policies.findings.tolerances_file import OwnTolerances
from core.queries.policies.tolerances import ShelvedTolerances, shelved_tolerances
from core.rules.lifecycles.activation_lifecycle import Activated
from core.rules.money import Money
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.rules.statements.contradictions import Tolerances
from core.texts.message import Button, rows
from core.texts.wire import Label, Phrase


def tolerances(talk: Talk, _filling: Filling) -> None:
    """What is in force, and the company's newest file beside it, to be proposed."""
    if not talk.may(Permission.SEE_POLICIES):
        raise Refusal("not-allowed")
    found = shelved_tolerances(talk.session, talk.desk.office.library, talk.today)
    buttons = [Button("policies", "button-back"), MENU]
    if found.newest is not None and found.to_come is None and talk.may(Permission.PROPOSE_POLICY):
        buttons.insert(0, Button(f"policy.activate:{Activated.TOLERANCES}", "button-policy-activate"))
    talk.say("tolerances", rows(*buttons), **page_facts(found))


def page_facts(found: ShelvedTolerances) -> dict[str, Any]:
    """What the page shows."""
    newest = found.newest
    return {
        "version": found.in_force.version if found.in_force is not None else "",
        "since": found.in_force.since if found.in_force is not None else None,
        "gone": found.tolerances is None,
        "values": _worded(found.tolerances) if found.tolerances is not None else [],
        "newest": None if newest is None else _newest(found, newest),
    }


def _newest(found: ShelvedTolerances, newest: OwnTolerances) -> dict[str, Any]:
    return {
        "version": newest.version,
        "begins": newest.in_force_from,
        "to_come": found.to_come.since if found.to_come is not None else None,
        "changes": changes_in_words(found.tolerances, newest.tolerances),
    }


def changes_in_words(before: Tolerances | None, after: Tolerances) -> list[Phrase]:
    """Each tolerance that differs, the old and the new value; where nobody can tell the old ones, all the new."""
    return _worded(after) if before is None else [_changed(each) for each in changes(before, after)]


def _worded(every: Tolerances) -> list[Phrase]:
    return [_is(each) for each in told(every)]


def _is(each: Told) -> Phrase:
    return Phrase("tolerance-is", {"name": _name(each), "value": _value(each.measure, each.value)})


def _changed(change: Change) -> Phrase:
    after = change.after
    before = Label("tolerance-unlooked") if change.before is None else _value(after.measure, change.before)
    return Phrase(
        "tolerance-changed",
        {"name": _name(after), "before": before, "after": _value(after.measure, after.value)},
    )


def _name(each: Told) -> Label | Phrase:
    if each.ratio:
        return Phrase("tolerance-jumps", {"ratio": Label(f"ratio-{each.ratio}")})
    return Label(f"tolerance-of-{each.field}")


def _value(measure: Measure, value: Decimal) -> Money | Phrase:
    if measure is Measure.YUAN:
        return Money.of(value)
    return Phrase(f"tolerance-in-{measure}", {"value": f"{value.normalize():f}"})
