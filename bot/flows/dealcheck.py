"""“华东机械 能发5万吗”: the deal check, asked in a sentence or by a button (4.1)."""

import re

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, Form
from bot.dialog.read import clean
from bot.dialog.refused import put_on_record
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows.find import customer_choices, in_doubt, open_file, read_customer, the_customer
from core.queries.credit.deal import deal_check, holds_told
from core.queries.customers.finding import Found, search
from core.rules.money import Money, NotAnAmount, parse_amount
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.texts.message import Button, rows

_AMOUNT = r"(?P<amount>-?\s*[¥￥]?\s*-?[\d一二两三四五六七八九十][\da-z.,，．一二两三四五六七八九十百千万亿]*\s*[元块]?)"
"""Whatever begins like an amount: what is none is told with an example, not passed over."""
_SENTENCES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?P<name>.+?)[\s,，]*(?:今天|现在|还)?(?:能不能|能|可以|可不可以)(?:再)?(?:发货?|出货?|赊)\s*{_AMOUNT}?\s*(?:的?货)?\s*(?:吗|嘛|么|不)?\s*[?？]?$",
        rf"^(?:能不能|能|可以)?给?\s*(?P<name>.+?)\s*(?:发货?|出货?|赊)\s*{_AMOUNT}\s*(?:的?货)?\s*(?:吗|嘛|么|不)?\s*[?？]?$",
        rf"^(?:can|may) (?:i|we) (?:ship|deliver|send)\s+{_AMOUNT}\s+to\s+(?P<name>.+?)\s*\??$",
        rf"^(?:ship|check)\s+{_AMOUNT}\s+(?:to|for)\s+(?P<name>.+?)\s*\??$",
        rf"^/check(?:@\w+)?\s+(?P<name>.+?)\s+{_AMOUNT}$",
    )
)


def asked(talk: Talk, filling: Filling, typed: str) -> bool:
    """Understand the question in whatever form it comes; False when it is something else.

    With a form open only a whole question about a known customer counts: “客户下周可以发货” may be an answer. The
    form's own question is asked again after it.
    """
    if not talk.may(Permission.SEE_LEDGER) or len(typed) > 200:
        return False
    for sentence in _SENTENCES:
        match = sentence.match(clean(typed))
        if match is None:
            continue
        filling_in = bool(talk.state.form)
        if filling_in and not (match["amount"] and _is_known(talk, match["name"])):
            return False
        _answer(talk, filling, match["name"], match["amount"])
        if filling_in:
            filling.again(talk)
        return True
    return False


def _is_known(talk: Talk, name: str) -> bool:
    hits = search(talk.session, talk.me, name).hits
    return bool(hits) and hits[0].likeness.is_close


def _answer(talk: Talk, filling: Filling, name: str, amount: str | None) -> None:
    found = search(talk.session, talk.me, name)
    customer = found.sure
    if customer is None:
        _ask_whom(talk, name, amount, found)
        return
    if amount is None:
        filling.open(talk, "check", "", customer=customer.id)
        return
    try:
        money = parse_amount(amount)
    except NotAnAmount as error:
        again = rows(Button(f"check:{customer.id}", "button-check"), MENU)
        talk.say(f"bad-amount-{error.reason.replace('_', '-')}", again, typed=amount[:40])
        return
    verdict(talk, customer.id, money)


def _ask_whom(talk: Talk, name: str, amount: str | None, found: Found) -> None:
    """A verdict is a promise: who is not surely meant is confirmed with a tap. Looking for whom nobody knows is on record."""
    doubt, hits = in_doubt(talk, name, found)
    if not hits:
        put_on_record(talk, Refusal("customer-not-found", name=name[:40]))
    whom = [Button.named(f"check:{hit.id}{_minor(amount)}", hit.name) for hit in hits]
    further = (MENU,) if hits else (*open_file(talk), MENU)
    talk.say(f"bad-{doubt.key}", (*rows(*whom, across=1), further), **doubt.facts)


def _minor(amount: str | None) -> str:
    if amount is None:
        return ""
    try:
        return f":{parse_amount(amount).minor}"
    except NotAnAmount:
        return ""


def check(talk: Talk, filling: Filling, customer: str = "", minor: str = "") -> None:
    """The button: asks for what it was not told."""
    if customer and minor:
        verdict(talk, int(customer), Money(int(minor)))
        return
    answers = {"customer": int(customer)} if customer else {}
    filling.open(talk, "check", "", **answers)


def verdict(talk: Talk, number: int, amount: Money) -> None:
    """Pass, or every reason why not, with what would change it. Asking changes nothing."""
    customer = the_customer(talk, number)
    release = deal_check(talk.session, talk.desk.office, customer, amount, talk.today)
    further = [Button(f"customer:{number}", "button-details")]
    if not release.passes and talk.may(Permission.REQUEST_CREDIT):
        further.insert(0, Button(f"credit:{number}", "button-credit"))
    talk.say(
        "deal-check",
        rows(*further, MENU, across=3),
        passes=release.passes,
        customer=customer.name,
        amount=amount,
        available=release.available,
        holds=holds_told(talk.desk.office, customer, release),
        remedies=[
            {
                "key": remedy.key,
                "receive": remedy.receive,
                "available": remedy.available,
                "passes": remedy.passes,
                "up_to": remedy.up_to,
            }
            for remedy in release.remedies
        ],
    )


def _finish(talk: Talk, _subject: str, answers: Answers) -> None:
    verdict(talk, answers["customer"], answers["amount"])


CHECK = Form(
    name="check",
    asks=lambda _talk, _subject: (
        Ask("customer", read_customer, customer_choices),
        Ask("amount", read.amount),
    ),
    finish=_finish,
)
