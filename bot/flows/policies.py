"""The policy library in chat (2.1, 2.9): look at policies, and try one out on all customers."""

from typing import Any

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from bot.flows import explain
from bot.followup import SIMULATION
from core.queries.office import Office
from core.queries.policies.activation import in_force, open_activation
from core.queries.policies.shelf import Shelved, shelf, shelved
from core.rules.permission import Permission
from core.rules.policy.parameters import Parameter
from core.rules.policy.source import Text
from core.rules.refusal import Refusal
from core.services.policies.simulation import AskSimulation
from core.texts.message import Button, rows
from core.texts.wire import Named

_NEEDS_SHOWN = 24


def policies(talk: Talk, _filling: Filling) -> None:
    """The library, the policy in force first."""
    _may_look(talk)
    found = sorted(shelf(talk.session, talk.desk.office, talk.today), key=lambda each: not each.in_force)
    current = in_force(talk.session, talk.desk.office, talk.today)
    waiting = open_activation(talk.session)
    buttons = [
        Button(f"policy:{each.policy.id}", "button-policy-named", {"title": explain.named(each.policy.title)})
        for each in found
    ]
    pending = [Button("activation", "button-activation")] if waiting is not None else []
    talk.say(
        "policies",
        (*rows(*buttons, across=1), (*pending, MENU)),
        count=len(found),
        title=explain.policy_title(talk.desk.office, current),
        version=current.version,
    )


def policy(talk: Talk, _filling: Filling, policy_id: str) -> None:
    """One policy's page: its grades with what each brings, what it needs, what the company has still to set."""
    _may_look(talk)
    found = shelved(talk.session, talk.desk.office, policy_id, talk.today)
    buttons = [Button("policies", "button-back"), MENU]
    if talk.may(Permission.SEE_CUSTOMERS) and found.ready:
        buttons.insert(0, Button(f"policy.simulate:{policy_id}", "button-policy-simulate"))
    if talk.may(Permission.PROPOSE_POLICY) and found.ready and not found.in_force:
        buttons.insert(0, Button(f"policy.activate:{policy_id}", "button-policy-activate"))
    talk.say("policy", rows(*buttons), **page_facts(talk.desk.office, found))


def page_facts(office: Office, found: Shelved) -> dict[str, Any]:
    """What the card of a policy shows."""
    policy = found.policy
    kinds = [office.vocabulary.find(key) for key in policy.needs]
    return {
        "title": explain.named(policy.title),
        "id": policy.id,
        "version": policy.version,
        "document": policy.source.document,
        "in_force": found.in_force,
        "ready": found.ready,
        "months": policy.validity.months,
        "grades": [
            {
                "code": grade.code,
                "meaning": _words(grade.meaning),
                "treatment": _words(grade.treatment),
                "no_credit": grade.code in policy.grades_without_credit,
            }
            for grade in policy.grades
        ],
        "needs": len(policy.needs),
        "names": [Named(kind.zh, kind.en) for kind in kinds[:_NEEDS_SHOWN] if kind is not None],
        "unset": [_blank(policy.parameters[key]) for key in policy.unset],
    }


def _blank(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": explain.named(parameter.note),
        "article": parameter.article,
        "suggestion": explain.shown(parameter.suggestion) if parameter.suggestion is not None else None,
        "source": _words(parameter.suggested_by),
    }


def simulate(talk: Talk, _filling: Filling, policy_id: str) -> None:
    """All customers under this policy beside the one in force; worked out after the turn."""
    run = talk.do(AskSimulation(policy_id, talk.today, talk.incoming.conversation))
    talk.say("simulation-begun", ((MENU,),))
    talk.followups.append((SIMULATION, run))


def _may_look(talk: Talk) -> None:
    if not talk.may(Permission.SEE_POLICIES):
        raise Refusal("not-allowed")


def _words(text: Text | None) -> Named | str:
    return explain.named(text) if text is not None else ""
