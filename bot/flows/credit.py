"""Asking for credit: what the policy would say to it, and sending it off (3.1, 3.2)."""

from collections.abc import Sequence

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import Talk
from bot.flows import explain
from bot.flows.find import customer_choices, read_customer, the_customer
from core.queries.credit.consider import Considered, consider, unset_parameters
from core.queries.policies.grade_names import grade_name
from core.records.request import CreditRequest
from core.rules.limits.limit_rules import CreditKind
from core.rules.money import Money
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services.credit.request import SubmitRequest
from core.texts.message import Button, rows
from core.texts.wire import Label

NO_COLLATERAL = "none"


def credit(talk: Talk, filling: Filling, customer: str = "") -> None:
    if not talk.may(Permission.REQUEST_CREDIT):
        raise Refusal("not-allowed")
    if customer:
        the_customer(talk, int(customer))
        filling.open(talk, "credit", customer, customer=int(customer))
    else:
        filling.open(talk, "credit")


def _considered(talk: Talk, answers: Answers) -> Considered:
    return consider(
        talk.session,
        talk.desk.office,
        the_customer(talk, answers["customer"]),
        requester=talk.me.person or 0,
        kind=answers["kind"],
        asked=answers["amount"],
        collateral=answers.get("collateral"),
        on=talk.today,
    )


def _needs_collateral(talk: Talk, answers: Answers) -> bool:
    """Only where the grade asks for it (B9 art. 26)."""
    if not {"customer", "kind", "amount"} <= answers.keys():
        return False
    return _considered(talk, answers).proposal.needs_collateral


def _collateral(typed: str, talk: Talk) -> Money | None:
    return None if typed == NO_COLLATERAL else read.amount(typed, talk)


def _kinds(_talk: Talk, _answers: Answers) -> Sequence[Choice]:
    return [
        Choice(CreditKind.LONG_TERM, "choice-long-term"),
        Choice(CreditKind.TEMPORARY, "choice-temporary"),
    ]


def _asks(_talk: Talk, _subject: str) -> tuple[Ask, ...]:
    return (
        Ask("customer", read_customer, customer_choices),
        Ask(
            "amount",
            read.amount,
            facts=lambda talk, answers: {"customer": the_customer(talk, answers["customer"]).name},
        ),
        Ask("kind", read.one_of(*CreditKind), _kinds),
        Ask(
            "collateral",
            _collateral,
            lambda _t, _a: [Choice(NO_COLLATERAL, "choice-no-collateral")],
            when=_needs_collateral,
        ),
        Ask(
            "collateral_note",
            read.text(most=200),
            when=lambda talk, answers: bool(answers.get("collateral")) and _needs_collateral(talk, answers),
        ),
        Ask("reason", read.text(most=300), optional=True),
    )


def _review(talk: Talk, _subject: str, answers: Answers) -> None:
    found = _considered(talk, answers)
    policy, rating, proposal = found.rated.policy, found.rated.rating, found.proposal
    asked: Money = answers["amount"]
    buttons = []
    if not proposal.refusals and not rating.unset and not found.vacant:
        if proposal.ceiling is not None and asked > proposal.ceiling:
            buttons.append(
                Button("credit.submit:proposed", "button-submit-amount", {"amount": proposal.limit})
            )
            if proposal.hard_ceiling is None or asked <= proposal.hard_ceiling:
                buttons.append(Button("credit.submit:asked", "button-insist", {"amount": asked}))
        else:
            buttons.append(Button("credit.submit:asked", "button-submit-amount", {"amount": asked}))
    if proposal.needs_collateral:
        buttons.append(Button("form.ask:credit:collateral", "button-collateral"))
    if rating.unknown:
        buttons.append(Button(f"survey:{answers['customer']}", "button-survey"))
    buttons += [
        Button(f"rating:{answers['customer']}", "button-all-criteria", {"count": len(rating.items)}),
        Button("form.change:credit", "button-change"),
        Button("form.later", "button-later"),
    ]
    talk.say(
        "credit-preview",
        rows(*buttons),
        customer=the_customer(talk, answers["customer"]).name,
        asked=asked,
        kind=Label(f"kind-{answers['kind']}"),
        grade=grade_name(policy, rating.grade),
        unset=unset_parameters(found.rated),
        capped_from=grade_name(policy, rating.capped_from),
        conflict=rating.conflict,
        unknown=len(rating.unknown),
        reasons=explain.reasons(talk.desk.office, policy, rating),
        lifts=[explain.lift(talk.desk.office, policy, one) for one in found.rated.lifts[:2]],
        limit=proposal.limit,
        term=proposal.term_days or 0,
        needs_collateral=proposal.needs_collateral,
        necessary=proposal.only_when_necessary,
        ceilings=explain.ceilings(proposal.ceilings),
        refusals=explain.refusals(proposal),
        months=found.limit_facts.months_with_business,
        path=[[Label(f"role-{role}") for role in step.roles] for step in found.chain.steps],
        vacant=[Label(f"role-{role}") for role in found.vacant],
        old_limit=Money(found.line.limit_minor) if found.line is not None else None,
    )


def submit(talk: Talk, filling: Filling, how: str) -> None:
    """Send it off with what was asked, or with what the policy proposes."""
    if not filling.is_open(talk, "credit"):
        return
    if how == "proposed" and filling.is_complete(talk):
        answers = talk.state.answers
        answers["amount"] = _considered(talk, answers).proposal.limit
    filling.send_off(talk)


def _finish(talk: Talk, _subject: str, answers: Answers) -> None:
    number = talk.do(
        SubmitRequest(
            customer=answers["customer"],
            kind=answers["kind"],
            asked=answers["amount"],
            reason=answers.get("reason") or "",
            collateral=answers.get("collateral"),
            collateral_note=answers.get("collateral_note") or "",
        )
    )
    talk.say("credit-submitted", number=talk.session.get_one(CreditRequest, number).number)
    talk.show(f"request:{number}")


CREDIT = Form(name="credit", asks=_asks, finish=_finish, review=_review, of_customer=True)
