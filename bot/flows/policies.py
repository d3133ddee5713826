"""The policy library in chat (2.1, 2.9): look at policies, and try one out on all customers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from bot.flows import explain
from bot.followup import SIMULATION
from core.queries.policies.activation import in_force, open_activation
from core.queries.policies.grade_names import grade_name
from core.queries.policies.page import approval_by, ceilings_of, limits_of, upkeep_of
from core.queries.policies.shelf import Shelved, models, shelf, shelved
from core.queries.rating.inputs import shown
from core.rules.credit.approval import Chain
from core.rules.lifecycles.activation_lifecycle import Activated
from core.rules.permission import Permission
from core.rules.policy.facts import Vocabulary
from core.rules.policy.parameters import Parameter
from core.rules.policy.policy import Policy
from core.rules.policy.source import Text
from core.rules.refusal import Refusal
from core.services.policies.simulation import AskSimulation
from core.texts.message import Button, Buttons, rows
from core.texts.wire import Named

_NEEDS_SHOWN = 24


def policies(talk: Talk, _filling: Filling) -> None:
    """The library, the policy in force first."""
    _may_look(talk)
    found = sorted(shelf(talk.session, talk.desk.office, talk.today), key=lambda each: not each.in_force)
    current = in_force(talk.session, talk.desk.office, talk.today)
    waiting = open_activation(talk.session)
    more = [Button("limit-models", "button-limit-models"), Button("tolerances", "button-tolerances")]
    if waiting is not None:
        of_policy = waiting.kind == Activated.POLICY
        label = "button-activation" if of_policy else "button-activation-tolerances"
        more.append(Button("activation", label))
    talk.say(
        "policies",
        (*_titles(each.policy for each in found), *rows(*more, MENU)),
        count=len(found),
        title=explain.policy_title(talk.desk.office, current),
        version=current.version,
    )


def limit_models(talk: Talk, _filling: Filling) -> None:
    """The limit models, which a policy may name (3.2)."""
    _may_look(talk)
    found = models(talk.desk.office, talk.today)
    talk.say("limit-models", (*_titles(found), (Button("policies", "button-back"), MENU)), count=len(found))


def policy(talk: Talk, _filling: Filling, policy_id: str) -> None:
    """One policy's page: its grades with what each brings, what it needs, what the company has still to set."""
    _may_look(talk)
    found = shelved(talk.session, talk.desk.office, policy_id, talk.today)
    buttons = [Button("policies" if found.rates else "limit-models", "button-back"), MENU]
    if talk.may(Permission.SEE_CUSTOMERS) and found.ready and found.rates:
        buttons.insert(0, Button(f"policy.simulate:{policy_id}", "button-policy-simulate"))
    if talk.may(Permission.PROPOSE_POLICY) and found.ready and found.rates and not found.in_force:
        buttons.insert(0, Button(f"policy.activate:{policy_id}", "button-policy-activate"))
    chain = talk.desk.office.chain(talk.today)
    talk.say("policy", rows(*buttons), **page_facts(talk.desk.office.vocabulary, found, chain))


def page_facts(vocabulary: Vocabulary, found: Shelved, chain: Chain) -> dict[str, Any]:
    """What the card of a policy shows."""
    policy = found.policy
    kinds = [vocabulary.find(key) for key in policy.needs]
    return {
        "title": explain.named(policy.title),
        "id": policy.id,
        "version": policy.version,
        "document": policy.source.document,
        "standing": found.standing,
        "grades": [
            {
                "name": grade_name(policy, grade.code),
                "article": grade.article,
                "meaning": _words(grade.meaning),
                "treatment": _words(grade.treatment),
                "no_credit": grade.code in policy.grades_without_credit,
                "limits": limits_of(policy, vocabulary, grade.code),
            }
            for grade in policy.grades
        ],
        "open_to_approvers": [grade_name(policy, code) for code in policy.grades_without_limit],
        "ceilings": ceilings_of(policy),
        "upkeep": [approval_by(chain), *upkeep_of(policy)] if found.rates else [],
        "needs": len(policy.needs),
        "names": [Named(kind.zh, kind.en) for kind in kinds[:_NEEDS_SHOWN] if kind is not None],
        "unset": [_blank(policy.parameters[key]) for key in policy.unset],
    }


def _titles(found: Iterable[Policy]) -> Buttons:
    """A button for each, with its name."""
    buttons = (
        Button(f"policy:{each.id}", "button-policy-named", {"title": explain.named(each.title)})
        for each in found
    )
    return rows(*buttons, across=1)


def _blank(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": explain.named(parameter.note),
        "article": parameter.article,
        "suggestion": shown(parameter.suggestion) if parameter.suggestion is not None else None,
        "source": _words(parameter.suggested_by),
    }


def simulate(talk: Talk, _filling: Filling, policy_id: str) -> None:
    """All customers under this policy beside the one in force."""
    try_out(talk, policy_id, talk.today)


def try_out(talk: Talk, policy_id: str, edition: date) -> None:
    """Have the edition of a day tried out on today's facts; it is worked out after the turn."""
    run = talk.do(AskSimulation(policy_id, talk.today, talk.incoming.conversation, edition))
    talk.say("simulation-begun", ((MENU,),))
    talk.followups.append((SIMULATION, run))


def _may_look(talk: Talk) -> None:
    if not talk.may(Permission.SEE_POLICIES):
        raise Refusal("not-allowed")


def _words(text: Text | None) -> Named | str:
    return explain.named(text) if text is not None else ""
