"""What the policy says of a customer today, and why (2.3)."""

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from bot.flows import explain, pictures
from bot.flows.find import the_customer
from core.queries.credit.consider import Rated, rated, unset_parameters
from core.queries.policies.activation import rated_formerly
from core.queries.policies.grade_names import grade_in_force, grade_name
from core.rules.permission import Permission
from core.texts.message import Button, rows
from core.texts.wire import Named

LIFTS_SHOWN = 4


def rating(talk: Talk, _filling: Filling, customer: str) -> None:
    """The grade, the two reasons that matter most, a picture of all of them, and what would lift it."""
    held = the_customer(talk, int(customer))
    found = rated(talk.session, talk.desk.office, int(customer), talk.today)
    office = talk.desk.office
    buttons = [Button(f"customer:{customer}", "button-details"), MENU]
    if found.rating.items:
        count = {"count": len(found.rating.items)}
        buttons.insert(0, Button(f"rating-items:{customer}", "button-all-criteria", count))
    if talk.may(Permission.EDIT_CUSTOMER):
        buttons.insert(0, Button(f"survey:{customer}", "button-survey"))
    if talk.state.form == "credit":
        buttons.insert(0, Button("form.again", "button-back"))
    talk.say(
        "rating",
        rows(*buttons),
        picture=pictures.of_rating(office, found.policy, found.rating, held.name),
        customer=held.name,
        policy=_policy(found),
        grade=grade_name(found.policy, found.rating.grade),
        score=found.rating.score,
        best=found.rating.grade == next(iter(found.policy.codes), None),
        in_force=grade_in_force(office.library, held),
        until=held.rated_until,
        formerly=rated_formerly(held, found.policy.id),
        unset=unset_parameters(found),
        obstacles=explain.obstacles(found.policy, found.rating),
        gates=explain.gates(found.rating),
        capped_from=grade_name(found.policy, found.rating.capped_from),
        conflict=found.rating.conflict,
        completeness=explain.percent(found.rating.completeness),
        little=found.rating.rests_on_little,
        reasons=explain.reasons(office, found.policy, found.rating),
        lifts=[explain.lift(office, found.policy, one) for one in found.lifts[:LIFTS_SHOWN]],
    )


def items(talk: Talk, _filling: Filling, customer: str) -> None:
    """Every criterion or indicator with what made its answer."""
    held = the_customer(talk, int(customer))
    found = rated(talk.session, talk.desk.office, int(customer), talk.today)
    talk.say(
        "rating-items",
        rows(Button(f"rating:{customer}", "button-back"), MENU),
        customer=held.name,
        policy=_policy(found),
        grade=grade_name(found.policy, found.rating.grade),
        score=found.rating.score,
        items=explain.items(talk.desk.office, found.policy, found.rating),
    )


def _policy(found: Rated) -> Named:
    return explain.named(found.policy.title)
