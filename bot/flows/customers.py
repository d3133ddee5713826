"""The customer file: open one step by step, find one, look at one (1.1, 1.2)."""

from bot.dialog import read
from bot.dialog.filling import Filling, as_page
from bot.dialog.form import Ask, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows.find import in_doubt, the_customer
from core.queries.customers.customer_facts import customer_facts
from core.queries.customers.customers import customer_view, mine
from core.queries.customers.finding import search
from core.queries.people.staff import regions
from core.records.customer import Customer
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services.customers.customer import OpenCustomer, similar
from core.texts.message import Button, rows
from core.texts.wire import Phrase

PAGE = 8
_ACCOUNT_END = 4
SIZES = ("large", "medium", "small", "micro")
INDUSTRIES = ("manufacturing", "wholesale", "retail", "construction", "logistics", "it", "other")


def customers(talk: Talk, _filling: Filling, offset: str = "0") -> None:
    """One's own customers, a page at a time; any of them is also found by typing."""
    start = int(offset)
    page = mine(talk.session, talk.me, limit=PAGE + 1, offset=start)
    if not page:
        talk.say("customers-none", rows(Button("customer.new", "button-customer-new"), MENU))
        return
    buttons = [Button.named(f"customer:{customer.id}", customer.name) for customer in page[:PAGE]]
    turn = []
    if start:
        turn.append(Button(f"customers:{max(start - PAGE, 0)}", "button-previous"))
    if len(page) > PAGE:
        turn.append(Button(f"customers:{start + PAGE}", "button-next"))
    talk.say(
        "customers",
        rows(*buttons) + rows(*turn, MENU, across=3),
        first=start + 1,
        last=start + len(page[:PAGE]),
    )


def found(talk: Talk, typed: str) -> bool:
    """A name or code that was typed with no form open: show the customer, or offer those who may be meant."""
    said = read.clean(typed)[:80]
    known = search(talk.session, talk.me, said)
    if known.clear is not None:
        customer(talk, None, str(known.clear.id))
        return True
    doubt, hits = in_doubt(talk, said, known)
    if hits:
        buttons = [Button.named(f"customer:{hit.id}", hit.name) for hit in hits]
        talk.say(f"bad-{doubt.key}", (*rows(*buttons, across=1), (MENU,)), **doubt.facts)
    return bool(hits)


def customer(talk: Talk, _filling: Filling | None, number: str) -> None:
    """The head of a file: who, grade, line, exposure, overdue, and what can be done."""
    view = customer_view(talk.session, talk.me, int(number), talk.today)
    if view is None:
        raise Refusal("customer-not-yours")
    held = view.customer
    offers = [
        (Permission.REQUEST_CREDIT, Button(f"credit:{number}", "button-credit")),
        (Permission.SEE_LEDGER, Button(f"check:{number}", "button-check")),
        (Permission.EDIT_CUSTOMER, Button(f"survey:{number}", "button-survey")),
        (Permission.EDIT_CUSTOMER, Button(f"file.change:{number}", "button-change-file")),
        (Permission.SEE_CUSTOMERS, Button(f"statements:{number}", "button-statements")),
        (Permission.SEE_CUSTOMERS, Button(f"rating:{number}", "button-rating")),
        (Permission.RATE, Button(f"review.begin:{number}", "button-review")),
        (Permission.SEE_CUSTOMERS, Button(f"event:{number}", "button-event")),
    ]
    if held.grade is not None and held.owner == talk.me.person:
        offers.append((Permission.REQUEST_CREDIT, Button(f"appeal:{number}", "button-appeal")))
    if held.bank_sealed and talk.me.reads_bank_account(held):
        offers.append((Permission.SEE_CUSTOMERS, Button(f"bank-account:{number}", "button-bank-account")))
    if held.changed_at is not None:
        offers.append((Permission.SEE_CUSTOMERS, Button(f"file.changes:{number}", "button-file-changes")))
    talk.say(
        "customer",
        rows(*(button for permission, button in offers if talk.may(permission)), MENU),
        **customer_facts(talk.desk.office.library, talk.policy.id, view),
    )


def customer_new(talk: Talk, filling: Filling) -> None:
    if not talk.may(Permission.EDIT_CUSTOMER):
        raise Refusal("not-allowed")
    filling.open(talk, "customer")


def _name(typed: str, talk: Talk) -> str:
    """Of another name it is asked anew whose it may be."""
    name = str(read.text(most=60, least=2)(typed, talk))
    if talk.state.answers.get("name") != name:
        talk.state.answers.pop("distinct", None)
    return name


def _twins(talk: Talk, answers: Answers) -> list[Customer]:
    """Who has a similar name already, but for the customer itself whose file is changed."""
    found = similar(talk.session, answers["name"]) if "name" in answers else []
    return [customer for customer in found if str(customer.id) != talk.state.subject]


def _distinct(typed: str, talk: Talk) -> str:
    return str(read.one_of("new")(typed, talk))


def _contact(typed: str, talk: Talk) -> list[str]:
    """“陈芳 13800000000”: the last piece with digits is the phone."""
    line = str(read.text(most=60, least=2)(typed, talk))
    name, _, phone = line.rpartition(" ")
    if name and sum(c.isdigit() for c in phone) >= 7:
        return [name, phone]
    return [line, ""]


def _regions(talk: Talk, _answers: Answers) -> list[Choice]:
    return [Choice.named(name, name) for name in regions(talk.session)]


def _asks(_talk: Talk, _subject: str) -> tuple[Ask, ...]:
    return (
        Ask("name", _name),
        Ask(
            "distinct",
            _distinct,
            lambda _t, _a: [Choice("new", "choice-another-firm")],
            when=lambda talk, answers: bool(_twins(talk, answers)),
            closed=True,
            facts=lambda talk, answers: {"names": [f"{c.name}({c.code})" for c in _twins(talk, answers)]},
        ),
        Ask("uscc", read.credit_code),
        Ask("contact", _contact),
        Ask("second_contact", _contact, optional=True),
        Ask("address", read.text(most=120, least=2)),
        Ask("phone", read.phone, optional=True, keyboard="tel"),
        Ask("legal_representative", read.text(most=40)),
        Ask("registered_capital", read.amount),
        Ask("founded", read.day(future=False)),
        Ask("scope", read.text(most=500), optional=True),
        Ask("bank_account", read.text(most=100), optional=True),
        Ask(
            "industry",
            read.one_of(*INDUSTRIES),
            lambda _t, _a: [Choice(v, f"industry-{v}") for v in INDUSTRIES],
            across=3,
            closed=True,
        ),
        Ask(
            "size",
            read.one_of(*SIZES),
            lambda _t, _a: [Choice(v, f"size-{v}") for v in SIZES],
            across=4,
            closed=True,
        ),
        Ask("region", read.text(most=20), _regions),
    )


def by_its_end(account: str) -> Phrase:
    """An account that was typed as messages tell it: enough to see that it is the right one, and nothing to keep (9.3)."""
    return Phrase("file-account", {"end": account[-_ACCOUNT_END:]})


def _review(talk: Talk, _subject: str, answers: Answers) -> None:
    shown = {key: value for key, value in answers.items() if key != "distinct"}
    for key in ("second_contact", "phone", "scope", "bank_account"):
        shown.setdefault(key, None)
    if shown["bank_account"]:
        shown["bank_account"] = by_its_end(shown["bank_account"])
    talk.say(
        "customer-review",
        rows(
            Button("form.submit:customer", "button-save-file"),
            Button("form.change:customer", "button-change"),
            Button("form.later", "button-later"),
            Button("form.discard", "button-discard"),
        )
        + as_page(CUSTOMER, ""),
        **shown,
    )


def _finish(talk: Talk, _subject: str, answers: Answers) -> None:
    contacts = [answers["contact"], answers.get("second_contact")]
    number = talk.do(
        OpenCustomer(
            name=answers["name"],
            uscc=answers["uscc"],
            region=answers["region"],
            industry=answers["industry"],
            size=answers["size"],
            founded=answers["founded"],
            registered_capital=answers["registered_capital"],
            legal_representative=answers["legal_representative"],
            address=answers["address"],
            phone=answers.get("phone") or "",
            scope=answers.get("scope") or "",
            bank_account=answers.get("bank_account") or "",
            contacts=tuple((contact[0], contact[1]) for contact in contacts if contact),
        )
    )
    opened = the_customer(talk, number)
    talk.say(
        "customer-opened",
        rows(
            Button(f"survey:{number}", "button-survey"), Button(f"customer:{number}", "button-details"), MENU
        ),
        name=opened.name,
        code=opened.code,
    )


CUSTOMER = Form(name="customer", asks=_asks, finish=_finish, review=_review, long=True)
