"""Finance sets the total of lines (B9 art. 23)."""

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from core.queries.credit.lines import total_cap, total_granted
from core.queries.ledger.exposure import closing_receivables
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services.credit.company import SetTotalOfLines


def cap(talk: Talk, filling: Filling) -> None:
    if not talk.may(Permission.SET_COMPANY):
        raise Refusal("not-allowed")
    filling.open(talk, "cap")


def _offer(talk: Talk, _answers: Answers) -> list[Choice]:
    closing = closing_receivables(talk.session, talk.today.year - 1)
    return [Choice(str(closing.amount), "choice-closing", {"amount": closing})] if closing else []


def _finish(talk: Talk, _subject: str, answers: Answers) -> None:
    opened, waiting = talk.do(SetTotalOfLines(answers["amount"]))
    talk.say(
        "cap-set",
        ((MENU,),),
        amount=answers["amount"],
        granted=total_granted(talk.session, talk.today),
        opened=opened,
        waiting=waiting,
    )


CAP = Form(
    name="cap",
    asks=lambda _talk, _subject: (
        Ask(
            "amount",
            read.amount,
            _offer,
            facts=lambda talk, _a: {
                "year": str(talk.today.year),
                "now": total_cap(talk.session, talk.today),
                "granted": total_granted(talk.session, talk.today),
            },
        ),
    ),
    finish=_finish,
    counted=False,
)
