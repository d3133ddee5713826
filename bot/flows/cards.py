"""Cards that follow their subject: the request card, made anew from its state every time it is shown (3.4)."""

from sqlalchemy.orm import Session

from bot.flows import explain
from bot.flows.activation_card import activation_card
from bot.flows.bank_account import bank_account_card
from bot.flows.review_card import review_card
from core.clock import day_of
from core.queries.actor import Actor, named
from core.queries.credit.requests import RequestView, request_view
from core.queries.office import Office
from core.queries.policies.activation import rated_formerly
from core.queries.policies.grade_names import grade_name
from core.records.customer import BANK_ACCOUNT_CARD
from core.rules.lifecycles.request_lifecycle import REQUEST, RequestAction, RequestState
from core.rules.money import Money
from core.rules.policy.policy import Ground
from core.texts.message import Button, Buttons, Message, rows
from core.texts.wire import Label


def request_card(session: Session, office: Office, subject: int, viewer: Actor) -> Message:
    """What a manager decides by in ten seconds; for everybody else how the request stands."""
    view = request_view(session, office, subject, day_of(office.clock.now(), office.settings.zone))
    if view.request.requester != viewer.person and not viewer.sees(view.customer):
        return Message("card-not-yours")
    request, rating = view.request, view.rating
    old = view.old_limit
    return Message(
        "request",
        {
            "number": request.number,
            "customer": view.customer.name,
            "requester": named(view.requester),
            "state": request.state,
            "state_label": Label(f"state-{request.state}"),
            "sign": view.may_sign(viewer.person),
            "standing_in": any(viewer.person in seat.stand_ins for seat in view.seats),
            "asked": view.asked,
            "granted": view.granted,
            "proposed": view.proposed,
            "above_proposal": view.granted > view.proposed,
            "term": request.term_days,
            "kind": Label(f"kind-{request.kind}"),
            "reason": request.reason,
            "collateral": Money(request.collateral_minor, request.currency)
            if request.collateral_minor
            else None,
            "collateral_note": request.collateral_note,
            "old_limit": old,
            "raised": old is not None and view.granted > old,
            "raised_article": view.policy.article(Ground.RAISED_LINE),
            "grade": grade_name(view.policy, rating.grade),
            # A letter of another policy beside this one would be read as better or worse.
            "last_grade": ""
            if rated_formerly(view.customer, view.policy.id)
            else grade_name(view.policy, view.customer.grade),
            "reasons": explain.reasons(office, view.policy, rating),
            "conflict": rating.conflict,
            "findings": len(view.findings),
            "unexplained": sum(each.explanation is None for each in view.findings),
            "exposure": view.exposure,
            "overdue": view.overdue,
            "overdue_days": view.overdue_days,
            "receipts": view.ledger["receipts_12m"],
            "days_late": view.days_late or 0,
            "question": request.question,
            "signed": [
                {
                    "role": Label(f"role-{each.role}"),
                    "who": named(each.person),
                    "verdict": Label(f"verdict-{each.signature.verdict}"),
                    "amount": Money(each.signature.granted_minor, request.currency),
                    "reason": each.signature.reason,
                    "at": each.signature.at,
                    "consent": each.signature.verdict.startswith("approve"),
                }
                for each in view.signed
            ],
            "waiting": [Label(f"role-{seat.role}") for seat in view.seats],
        },
        _buttons(view, viewer),
    )


def _buttons(view: RequestView, viewer: Actor) -> Buttons:
    request = view.request
    this = f"{request.id}:{request.version}"
    if view.may_sign(viewer.person):
        return rows(
            Button(f"approve:{this}", "button-approve", {"amount": view.granted}),
            Button(f"approve-less:{this}", "button-approve-less"),
            Button(f"send-back:{this}", "button-send-back"),
            Button(f"reject:{this}", "button-reject"),
            Button(f"request-all:{request.id}", "button-all"),
        )
    buttons = [Button(f"request-all:{request.id}", "button-all")]
    if request.requester == viewer.person:
        open_now = REQUEST.open_from(RequestState(request.state), viewer.permissions)
        if RequestAction.ANSWER in open_now:
            buttons.append(Button(f"request-answer:{request.id}", "button-answer"))
        if RequestAction.WITHDRAW in open_now:
            buttons.append(Button(f"withdraw:{this}", "button-withdraw"))
    return rows(*buttons)


CARDS = {
    "request": request_card,
    "activation": activation_card,
    "review": review_card,
    BANK_ACCOUNT_CARD: bank_account_card,
}
