"""What the policy says of a customer today, and why (2.3)."""

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from bot.flows import explain
from bot.flows.find import the_customer
from core.queries.consider import rated, unset_parameters
from core.rules.permission import Permission
from core.texts.message import Button, rows


def rating(talk: Talk, _filling: Filling, customer: str) -> None:
    """Every criterion with what made its answer; what would lift the grade (2.3)."""
    held = the_customer(talk, int(customer))
    found = rated(talk.session, talk.desk.office, int(customer), talk.today)
    office = talk.desk.office
    buttons = [Button(f"customer:{customer}", "button-details"), MENU]
    if talk.may(Permission.EDIT_CUSTOMER):
        buttons.insert(0, Button(f"survey:{customer}", "button-survey"))
    if talk.state.form == "credit":
        buttons.insert(0, Button("form.again", "button-back"))
    talk.say(
        "rating",
        rows(*buttons),
        customer=held.name,
        policy=f"{found.policy.id} {found.policy.version}",
        grade=found.rating.grade or "",
        best=found.rating.grade == next(iter(found.policy.codes), None),
        in_force=held.grade or "",
        until=held.rated_until,
        unset=unset_parameters(found),
        capped_from=found.rating.capped_from or "",
        conflict=found.rating.conflict,
        completeness=int(found.rating.completeness * 100),
        items=[explain.item(office, found.policy, one) for one in found.rating.items],
        lifts=[explain.lift(office, one) for one in found.lifts[:4]],
    )
