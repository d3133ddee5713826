"""Asking for credit, following it, answering a question, taking it back (3.1, 3.2); and what the rating says (2.3)."""

from collections.abc import Sequence

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows import explain
from bot.flows.find import customer_choices, read_customer, the_customer
from core.queries.consider import Considered, consider, rated
from core.queries.requests import may_see, request_view, requests_of
from core.records.request import CreditRequest
from core.rules.money import Money
from core.rules.permission import Permission
from core.rules.policy import CreditKind
from core.rules.refusal import Refusal
from core.services.credit import AnswerQuestion, SubmitRequest, Withdraw
from core.texts.message import Button, rows
from core.texts.wire import Label, Named

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
        if asked > proposal.ceiling:
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
        grade=rating.grade or "",
        unset=list(rating.unset),
        capped_from=rating.capped_from or "",
        conflict=rating.conflict,
        unknown=len(rating.unknown),
        reasons=explain.reasons(talk.desk.office, policy, rating),
        lifts=[explain.lift(talk.desk.office, one) for one in found.rated.lifts[:2]],
        limit=proposal.limit,
        term=proposal.term_days,
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
    state = talk.state
    if state.form != "credit":
        talk.say("form-not-open", ((MENU,),), form_name=Label("form-credit"))
        return
    if how == "proposed":
        state.answers["amount"] = _considered(talk, state.answers).proposal.limit
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


CREDIT = Form(name="credit", asks=_asks, finish=_finish, review=_review)


def requests(talk: Talk, _filling: Filling) -> None:
    """What I have asked for, and how it stands."""
    mine = requests_of(talk.session, talk.me.person or 0)
    if not mine:
        talk.say("requests-none", rows(Button("credit", "button-credit"), MENU))
        return
    buttons = [
        Button(
            f"request:{request.id}",
            "button-request",
            {"number": request.number, "customer": customer.name, "state": Label(f"state-{request.state}")},
        )
        for request, customer in mine
    ]
    talk.say("requests", (*rows(*buttons, across=1), (MENU,)))


def request(talk: Talk, _filling: Filling, number: str) -> None:
    """Show a request as it stands."""
    if may_see(talk.session, talk.me, int(number)) is None:
        raise Refusal("request-not-yours")
    talk.show(f"request:{number}")


def withdraw(talk: Talk, _filling: Filling, number: str, version: str) -> None:
    talk.do(Withdraw(int(number), int(version)))
    talk.say("request-withdrawn", ((MENU,),), number=talk.session.get_one(CreditRequest, int(number)).number)


def answer(talk: Talk, filling: Filling, number: str) -> None:
    """Answer what an approver asked."""
    held = talk.session.get(CreditRequest, int(number))
    if held is None or held.requester != talk.me.person:
        raise Refusal("request-not-yours")
    if held.state != "returned":
        raise Refusal("request-moved-on", number=held.number, state=held.state)
    filling.open(talk, "answer", number)


def _answer_finish(talk: Talk, subject: str, answers: Answers) -> None:
    held = talk.session.get_one(CreditRequest, int(subject))
    talk.do(AnswerQuestion(int(subject), held.version, answers["answer"]))
    talk.say("answer-sent", ((MENU,),), number=held.number)


ANSWER = Form(
    name="answer",
    asks=lambda _talk, _subject: (
        Ask(
            "answer",
            read.text(most=300),
            facts=lambda talk, _a: {
                "question": talk.session.get_one(CreditRequest, int(talk.state.subject)).question
            },
        ),
    ),
    finish=_answer_finish,
    counted=False,
)


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
        in_force=held.grade or "",
        until=held.rated_until,
        unset=list(found.rating.unset),
        capped_from=found.rating.capped_from or "",
        conflict=found.rating.conflict,
        completeness=int(found.rating.completeness * 100),
        items=[explain.item(office, found.policy, one) for one in found.rating.items],
        lifts=[explain.lift(office, one) for one in found.lifts[:4]],
    )


def everything(talk: Talk, _filling: Filling, number: str) -> None:
    """One tap from the card: every criterion as it was rated, every ceiling, every answer with its source."""
    held = may_see(talk.session, talk.me, int(number))
    if held is None:
        raise Refusal("request-not-yours")
    office = talk.desk.office
    view = request_view(talk.session, office, int(number), talk.today)
    talk.say(
        "request-everything",
        rows(
            Button(f"request:{number}", "button-back"),
            Button(f"customer:{held.customer}", "button-details"),
            MENU,
            across=3,
        ),
        number=held.number,
        customer=view.customer.name,
        policy=f"{view.policy.id} {view.policy.version}",
        grade=view.rating.grade or "",
        items=[explain.item(office, view.policy, one) for one in view.rating.items],
        ceilings=explain.ceilings(view.ceilings),
        asked=view.asked,
        proposed=view.proposed,
        survey=[
            {
                "name": Named(kind.zh, kind.en),
                "value": explain.shown(fact.value),
                "source": Label(f"source-{fact.source}"),
                "as_of": fact.as_of,
            }
            for kind in office.vocabulary.kinds
            if (fact := view.survey.get(kind.key)) is not None
        ],
    )
