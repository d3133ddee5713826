"""Rating reviews in chat (2.5-2.8): what waits for me, the card, one tap to confirm; forms for what needs words."""

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows import explain, pictures
from bot.flows.find import the_customer
from bot.flows.review_card import changes
from core.queries.policies.grade_names import grade_name
from core.queries.rating.reviews import ReviewView, review_view, reviews_for
from core.records.customer import Customer
from core.rules.lifecycles.review_lifecycle import Cause
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services.rating.appeal import WithdrawAppeal
from core.services.rating.override import ApproveOverride, OverrideGrade, ReturnOverride
from core.services.rating.review import AskForFacts, CloseReview, ConfirmReview, OpenReview, RecordEvent
from core.texts.message import Button, rows

_SHOWN = 12


def reviews(talk: Talk, _filling: Filling, offset: str = "0") -> None:
    """What waits for me, the most urgent first, a page at a time."""
    if not talk.may(Permission.RATE) and not talk.may(Permission.APPROVE):
        raise Refusal("not-allowed")
    mine = reviews_for(talk.session, talk.desk.office, talk.me, talk.today)
    if not mine:
        talk.say("reviews-none", ((MENU,),))
        return
    # Where the last ones of a page were worked off meanwhile, the page before it is the last.
    start = min(int(offset), (len(mine) - 1) // _SHOWN * _SHOWN)
    page = mine[start : start + _SHOWN]
    buttons = [
        Button(
            f"review:{each.id}",
            "button-review-named",
            {"customer": talk.session.get_one(Customer, each.customer).name, "day": each.due_on},
        )
        for each in page
    ]
    turn = []
    if start:
        turn.append(Button(f"reviews:{start - _SHOWN}", "button-previous"))
    if len(mine) > start + _SHOWN:
        turn.append(Button(f"reviews:{start + _SHOWN}", "button-next"))
    talk.say(
        "reviews",
        rows(*buttons, across=1) + rows(*turn, MENU, across=3),
        count=len(mine),
        pages=(len(mine) - 1) // _SHOWN,
        first=start + 1,
        last=start + len(page),
        appeals=sum(each.cause == Cause.APPEAL for each in mine),
        late=sum(each.due_on < talk.today for each in mine),
    )


def review(talk: Talk, _filling: Filling, number: str) -> None:
    """The card of a review."""
    view = _view(talk, number)
    talk.show(f"review:{view.review.id}")


def begin(talk: Talk, filling: Filling, customer: str) -> None:
    """An assessor takes a customer up, with or without a review that is open."""
    review(talk, filling, str(talk.do(OpenReview(int(customer)))))


def confirm(talk: Talk, _filling: Filling, number: str, version: str, place: str) -> None:
    """One tap for every fact that is shown, and for the policy's grade."""
    grade = talk.do(ConfirmReview(int(number), int(version), _seen(talk, place)))
    _told_in_force(talk, _view(talk, number), grade)


def ask(talk: Talk, _filling: Filling, number: str) -> None:
    """Have the salesperson bring the file up to date."""
    view = _view(talk, number)
    talk.do(AskForFacts(int(number), view.compared.unknown))
    talk.say("review-asked", ((MENU,),), customer=view.customer.name)


def override(talk: Talk, filling: Filling, number: str, version: str, place: str) -> None:
    if not talk.may(Permission.RATE):
        raise Refusal("not-allowed")
    filling.open(talk, "override", f"{number}:{version}:{place}")


def close(talk: Talk, filling: Filling, number: str, version: str) -> None:
    if not talk.may(Permission.RATE):
        raise Refusal("not-allowed")
    filling.open(talk, "review-close", f"{number}:{version}")


def approve(talk: Talk, _filling: Filling, number: str, version: str) -> None:
    talk.do(ApproveOverride(int(number), int(version)))
    view = _view(talk, number)
    _told_in_force(talk, view, view.grade)


def send_back(talk: Talk, filling: Filling, number: str, version: str) -> None:
    if not talk.may(Permission.APPROVE):
        raise Refusal("not-allowed")
    filling.open(talk, "review-return", f"{number}:{version}")


def withdraw(talk: Talk, _filling: Filling, number: str, version: str) -> None:
    talk.do(WithdrawAppeal(int(number), int(version)))
    talk.say("appeal-withdrawn", ((MENU,),))


def evidence(talk: Talk, _filling: Filling, number: str) -> None:
    """The file that came with an objection."""
    view = _view(talk, number)
    talk.say("review-evidence", upload=view.review.evidence, customer=view.customer.name)


def facts(talk: Talk, _filling: Filling, number: str) -> None:
    """Every criterion or indicator by today's facts: what the one tap confirms."""
    view = _view(talk, number)
    found, office = view.rated, talk.desk.office
    talk.say(
        "rating-items",
        rows(Button(f"review:{number}", "button-back"), MENU),
        customer=view.customer.name,
        policy=explain.named(found.policy.title),
        grade=grade_name(found.policy, found.rating.grade),
        score=found.rating.score,
        items=explain.items(office, found.policy, found.rating),
    )


def picture(talk: Talk, _filling: Filling, number: str) -> None:
    """How the grade comes about by today's facts, with what changed since the last rating first (2.3, 2.5)."""
    view = _view(talk, number)
    found, office, name = view.rated, talk.desk.office, view.customer.name
    changed = changes(office, view) if view.before else []
    talk.say(
        "review-picture",
        rows(Button(f"review:{number}", "button-back"), MENU),
        picture=pictures.of_rating(office, found.policy, found.rating, name, changed),
        customer=name,
        grade=grade_name(found.policy, found.rating.grade) or "none",
        changed=len(changed) if view.before else "first",
    )


def _told_in_force(talk: Talk, view: ReviewView, grade: str | None) -> None:
    name = grade_name(view.rated.policy, grade)
    talk.say("review-confirmed", ((MENU,),), customer=view.customer.name, grade=name or "none")


def event(talk: Talk, filling: Filling, customer: str) -> None:
    """Something bad was heard of a customer."""
    the_customer(talk, int(customer))
    filling.open(talk, "event", customer)


def _view(talk: Talk, number: str) -> ReviewView:
    view = review_view(talk.session, talk.desk.office, int(number), talk.today)
    if view is None or not talk.may(Permission.SEE_CUSTOMERS) or not talk.me.sees(view.customer):
        raise Refusal("review-unknown")
    return view


def _seen(talk: Talk, place: str) -> str | None:
    """The grade that a button named by its place; none after the last."""
    codes = talk.policy.codes
    return codes[int(place)] if int(place) < len(codes) else None


def _options(talk: Talk, _answers: Answers) -> list[Choice]:
    view = _view(talk, talk.state.subject.split(":")[0])
    return [Choice(code, "literal", {"text": grade_name(view.rated.policy, code)}) for code in view.options]


def _chosen(typed: str, talk: Talk) -> str:
    return str(read.one_of(*(choice.value for choice in _options(talk, {})))(typed, talk))


def _overridden(talk: Talk, subject: str, answers: Answers) -> None:
    number, version, place = subject.split(":")
    seen = _seen(talk, place)
    talk.do(OverrideGrade(int(number), int(version), seen, answers["grade"], answers["why"]))
    talk.say("override-sent", ((MENU,),), grade=grade_name(talk.policy, answers["grade"]))


OVERRIDE = Form(
    name="override",
    asks=lambda _talk, _subject: (
        Ask(
            "grade",
            _chosen,
            _options,
            facts=lambda talk, _a: {
                "grade": grade_name(talk.policy, _seen(talk, talk.state.subject.split(":")[2]))
            },
        ),
        Ask("why", read.text(most=300, least=4)),
    ),
    finish=_overridden,
    counted=False,
)


def _closed(talk: Talk, subject: str, answers: Answers) -> None:
    number, version = subject.split(":")
    talk.do(CloseReview(int(number), int(version), answers["why"]))
    talk.say("review-closed", ((MENU,),))


CLOSE = Form(
    name="review-close",
    asks=lambda _talk, _subject: (Ask("why", read.text(most=300, least=2)),),
    finish=_closed,
    counted=False,
)


def _returned(talk: Talk, subject: str, answers: Answers) -> None:
    number, version = subject.split(":")
    talk.do(ReturnOverride(int(number), int(version), answers["why"]))
    talk.say("override-returned-noted", ((MENU,),))


RETURN = Form(
    name="review-return",
    asks=lambda _talk, _subject: (Ask("why", read.text(most=300, least=2)),),
    finish=_returned,
    counted=False,
)


def _recorded(talk: Talk, subject: str, answers: Answers) -> None:
    talk.do(RecordEvent(int(subject), answers["what"]))
    talk.say(
        "event-recorded",
        rows(Button(f"customer:{subject}", "button-details"), MENU),
        customer=the_customer(talk, int(subject)).name,
    )


EVENT = Form(
    name="event",
    of_customer=True,
    asks=lambda _talk, _subject: (
        Ask(
            "what",
            read.text(most=300, least=4),
            facts=lambda talk, _a: {"customer": the_customer(talk, int(talk.state.subject)).name},
        ),
    ),
    finish=_recorded,
    counted=False,
)
