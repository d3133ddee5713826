"""The card of a rating review: what changed first, what the grade would be and why, what can be done (2.5-2.8)."""

from typing import Any

from sqlalchemy.orm import Session

from bot.flows import explain
from core.clock import day_of
from core.queries.actor import Actor, named
from core.queries.office import Office
from core.queries.policies.activation import active_policy
from core.queries.policies.grade_names import grade_name, grade_of_entry
from core.queries.rating.inputs import valued
from core.queries.rating.reviews import ReviewView, approvers_of, bar_to_assess, review_view
from core.records.staff import Person
from core.rules.lifecycles.review_lifecycle import REVIEW, UNDER_REVIEW, Cause, ReviewAction, ReviewState
from core.rules.money import Money
from core.rules.permission import Permission
from core.rules.reviews.comparing import Change
from core.rules.reviews.rerating import barred
from core.texts.message import Button, Buttons, Message, rows
from core.texts.wire import Label, Named

_CHANGES_SHOWN = 8
_ASSESS = (ReviewAction.CONFIRM, ReviewAction.OVERRIDE, ReviewAction.CLOSE)


def review_card(session: Session, office: Office, subject: int, viewer: Actor) -> Message:
    """The whole of a review for whoever sees the customer; the buttons are the viewer's."""
    today = day_of(office.clock.now(), office.settings.zone)
    view = review_view(session, office, subject, today)
    if view is None or not viewer.may(Permission.SEE_CUSTOMERS) or not viewer.sees(view.customer):
        return Message("card-not-yours")
    review, rating, policy = view.review, view.rated.rating, view.rated.policy
    line = view.effect.line
    entry = view.entry
    return Message(
        "review",
        {
            "customer": view.customer.name,
            "number": review.number,
            "state": review.state,
            "state_label": Label(f"review-state-{review.state}"),
            "cause": Label(
                f"review-event-{review.event}" if review.event else f"review-cause-{review.cause}"
            ),
            "about": review.about,
            "who": _who(session, review.opened_by),
            "evidence": review.evidence is not None,
            "due_on": review.due_on,
            "former": grade_of_entry(office.library, entry),
            "until": entry.until if entry is not None else None,
            "formerly": entry is not None and entry.policy != policy.id,
            "grade": grade_name(policy, view.grade),
            "by_policy": grade_name(policy, rating.grade),
            "score": rating.score,
            "little": explain.percent(rating.completeness) if rating.rests_on_little else None,
            "policy": explain.named(policy.title),
            "unset": [explain.named(words) for key in rating.unset if (words := policy.words(key))],
            "obstacles": explain.obstacles(policy, rating),
            "gates": explain.gates(rating),
            "reasons": explain.reasons(office, policy, rating),
            "changes": changes(office, view)[:_CHANGES_SHOWN],
            "more": len(view.compared.changed[_CHANGES_SHOWN:]),
            "first": not view.before,
            "unchanged": len(view.compared.unchanged),
            "unknown": [_fact_name(office, key) for key in view.compared.unknown],
            "limit": Money(line.limit_minor, line.currency) if line is not None else None,
            "suspends": view.effect.suspends,
            "restores": view.effect.restores,
            "run_down": view.effect.run_down,
            "reason": review.reason,
            "assessor": _who(session, review.assessor),
            "answer": review.answer,
            "decided_by": _who(session, review.decided_by),
            "asked": len(view.sheets),
            "given": sum(sheet.given_at is not None for sheet in view.sheets),
        },
        _buttons(session, office, view, viewer),
    )


def changes(office: Office, view: ReviewView) -> list[dict[str, Any]]:
    """What changed since the last rating, fact by fact."""
    return [_change(office, view, each) for each in view.compared.changed]


def _change(office: Office, view: ReviewView, change: Change) -> dict[str, Any]:
    """A fact's old and new value, where the new one is from and of which day."""
    kind = office.vocabulary.find(change.fact)
    now = view.rated.facts.get(change.fact)
    return {
        "name": _fact_name(office, change.fact),
        "before": valued(kind, change.before),
        "now": valued(kind, change.now),
        "source": Label(f"source-{now.source}") if now is not None else "",
        "day": now.as_of if now is not None else None,
    }


def _fact_name(office: Office, key: str) -> Named | str:
    kind = office.vocabulary.find(key)
    return key if kind is None else Named(kind.zh, kind.en)


def _who(session: Session, person: int | None) -> Named | str:
    return "" if person is None else named(session.get_one(Person, person))


def _buttons(session: Session, office: Office, view: ReviewView, viewer: Actor) -> Buttons:
    """What the viewer may do of what is open."""
    review = view.review
    today = day_of(office.clock.now(), office.settings.zone)
    policy = active_policy(session, office, today)
    this = f"{review.id}:{review.version}"
    open_now = REVIEW.open_from(ReviewState(review.state), viewer.permissions)
    buttons: list[Button] = []
    if bar_to_assess(viewer, policy, review, view.customer) is None:
        buttons += _to_assess(view, this, open_now)
    if ReviewAction.APPROVE in open_now and viewer.person in approvers_of(
        session, policy, review, view.customer, today
    ):
        buttons.append(Button(f"review-approve:{this}", "button-review-approve"))
        buttons.append(Button(f"review-return:{this}", "button-send-back"))
    own = review.cause == Cause.APPEAL and review.opened_by == viewer.person
    if own and ReviewAction.WITHDRAW in open_now:
        buttons.append(Button(f"review-withdraw:{this}", "button-withdraw"))
    if review.evidence is not None:
        buttons.append(Button(f"review-evidence:{review.id}", "button-review-evidence"))
    if review.state in UNDER_REVIEW:
        buttons.append(Button(f"review-facts:{review.id}", "button-review-facts"))
        if view.rated.rating.items:
            buttons.append(Button(f"review-picture:{review.id}", "button-review-picture"))
    return rows(*buttons)


def _to_assess(view: ReviewView, this: str, open_now: tuple[ReviewAction, ...]) -> list[Button]:
    """Confirm in one tap what can be confirmed; have the file filled; another grade; nothing to be rated."""
    if not set(_ASSESS) <= set(open_now):
        return []
    review, rating = view.review, view.rated.rating
    seen = f"{this}:{place_of(view)}"
    buttons = []
    if rating.ratable or (barred(rating) and not rating.unset):
        buttons.append(Button(f"review-confirm:{seen}", "button-review-confirm"))
    buttons.append(Button(f"review-ask:{review.id}", "button-review-ask"))
    if view.options:
        buttons.append(Button(f"review-override:{seen}", "button-review-override"))
    if view.asks_experts:
        buttons.append(Button(f"review-experts:{review.id}", "button-review-experts"))
    if review.cause != Cause.APPEAL:
        buttons.append(Button(f"review-close:{this}", "button-review-close"))
    return buttons


def place_of(view: ReviewView) -> int:
    """The policy's grade as a button names it: its place among the grades, or the place after the last for none."""
    codes = view.rated.policy.codes
    grade = view.rated.rating.grade
    return len(codes) if grade is None else codes.index(grade)
