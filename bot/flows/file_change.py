"""Changing a customer's file, a field at a time: what it says now, what it shall say, old beside new, a tap (1.9)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.dialog import read
from bot.dialog.filling import SKIP, Filling
from bot.dialog.form import Ask, BadAnswer, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows.customers import CUSTOMER, by_its_end
from bot.flows.file_fields import GROUPS, label, told
from bot.flows.find import in_doubt, open_file, the_customer
from core.queries.customers.customers import is_seen, mine
from core.queries.customers.file_fields import FileField, FileValue, changeable, effect_of, file_value
from core.queries.customers.finding import search
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services.customers.file_change import ChangeBankAccount, ChangeCustomer
from core.texts.message import Button, rows

_OFFERED = 6
_ASKED_AGAIN = frozenset({"field-moved-on", "customer-code-taken"})
"""Refusals after which the field is asked anew, with what it says by then."""
_SENTENCES = (
    re.compile(r"^(?:改资料|修改资料|改档案)[\s:：,，]*(?P<name>.+)$"),
    re.compile(r"^(?P<name>.+?)[\s,，]*的?改资料$"),
    re.compile(r"^change (?:the )?file (?:of |for )?(?P<name>.+)$", re.IGNORECASE),
    re.compile(r"^/change(?:@\w+)?\s+(?P<name>.+)$", re.IGNORECASE),
)


def asked(talk: Talk, filling: Filling, typed: str) -> bool:
    """“改资料 华东机械”: whose file is clear opens the form, who may be meant is offered. False when it is something else."""
    if not talk.may(Permission.EDIT_CUSTOMER):
        return False
    match = next(filter(None, (sentence.match(read.clean(typed)) for sentence in _SENTENCES)), None)
    if match is None:
        return False
    known = search(talk.session, talk.me, match["name"])
    if known.sure is not None:
        change(talk, filling, str(known.sure.id))
        return True
    doubt, hits = in_doubt(talk, match["name"], known)
    whom = [Button.named(f"file.change:{hit.id}", hit.name) for hit in hits]
    further = (MENU,) if hits else (*open_file(talk), MENU)
    talk.say(f"bad-{doubt.key}", (*rows(*whom, across=1), further), **doubt.facts)
    return True


def change(talk: Talk, filling: Filling, customer: str = "") -> None:
    """Change the file of a customer; without one, of whom is asked."""
    if not talk.may(Permission.EDIT_CUSTOMER):
        raise Refusal("not-allowed")
    if not customer:
        some = mine(talk.session, talk.me, limit=_OFFERED)
        whom = [Button.named(f"file.change:{one.id}", one.name) for one in some]
        talk.say("file-change-whose" if some else "customers-none", (*rows(*whom), (MENU,)))
        return
    the_customer(talk, int(customer))
    filling.open(talk, "file-change", customer)


def save(talk: Talk, filling: Filling, customer: str, field: str) -> None:
    """The tap that says yes to old and new. Where the file moved on meanwhile that is told, and the field asked anew."""
    if not filling.is_open(talk, "file-change"):
        return
    if talk.state.subject != customer or _chosen(talk.state.answers)[0] != field:
        talk.say("form-answered-already")
        filling.again(talk)
        return
    try:
        filling.send_off(talk)
    except Refusal as refusal:
        if refusal.key not in _ASKED_AGAIN:
            raise
        talk.say(f"refusal-{refusal.key}", **refusal.facts)
        talk.state.answers = {"field": _field(field, talk)}
        filling.go_on(talk)


def _chosen(answers: Answers) -> tuple[FileField | None, FileValue | None]:
    """The field that is changed, and what it said when it was chosen."""
    if "field" not in answers:
        return None, None
    field, seen = answers["field"]
    return FileField(field), _given(seen)


def _given(answer: Any) -> FileValue | None:
    """An answer as the file has it: a contact is kept as a list."""
    value: FileValue | None = tuple(answer) if isinstance(answer, list) else answer
    return value


def _field(typed: str, talk: Talk) -> list[Any]:
    customer = the_customer(talk, int(talk.state.subject))
    fields = changeable(talk.session, customer)
    field = FileField(read.one_of(*fields)(typed, talk))
    return [str(field), file_value(talk.session, customer, field)]


def _fields(talk: Talk, _answers: Answers) -> Sequence[Choice]:
    customer = the_customer(talk, int(talk.state.subject))
    return [Choice(field, f"short-customer-{field}") for field in changeable(talk.session, customer)]


def _whole(talk: Talk, _answers: Answers) -> dict[str, Any]:
    """The file as it says now, what belongs together on a line."""
    customer = the_customer(talk, int(talk.state.subject))
    there = changeable(talk.session, customer)
    return {
        "customer": customer.name,
        "groups": [
            [
                {"field": label(field), "value": told(field, file_value(talk.session, customer, field))}
                for field in fields
                if field in there
            ]
            for fields in GROUPS
        ],
    }


def _now(_talk: Talk, answers: Answers) -> dict[str, Any]:
    field, seen = _chosen(answers)
    assert field is not None
    return {"field": label(field), "key": field.value, "now": told(field, seen)}


def _anew(ask: Ask) -> Ask:
    """A question of opening a file, put of one that is open; what may be left out may be blank, or not known any more."""
    blank = [Choice(SKIP, "choice-nothing")] if ask.optional else []
    if ask.key == FileField.REGISTERED_CAPITAL:
        blank = [Choice(SKIP, "choice-unknown")]

    def new(typed: str, talk: Talk) -> Any:
        value = None if blank and typed == SKIP else ask.read(typed, talk)
        if _given(value) == _chosen(talk.state.answers)[1]:
            raise BadAnswer("as-it-is").offering((), Button("form.discard", "button-discard"))
        return value

    def offer(talk: Talk, answers: Answers) -> Sequence[Choice]:
        return [*ask.offer(talk, answers), *blank]

    return replace(
        ask,
        read=new,
        offer=offer,
        optional=False,
        when=lambda _talk, answers: _chosen(answers)[0] == ask.key,
        facts=_now,
        text="ask-file-change-value",
    )


def _asks(talk: Talk, _subject: str) -> tuple[Ask, ...]:
    opening = {ask.key: ask for ask in CUSTOMER.asks(talk, "")}
    twins = opening.pop("distinct")
    return (
        Ask("field", _field, _fields, facts=_whole, across=3, closed=True),
        *map(_anew, opening.values()),
        replace(
            twins,
            offer=lambda _talk, _answers: [Choice("new", "choice-another-firm-renamed")],
            when=lambda talk, answers: _chosen(answers)[0] is FileField.NAME and twins.when(talk, answers),
        ),
    )


def _old_and_new(talk: Talk, subject: str, answers: Answers) -> dict[str, Any]:
    field, seen = _chosen(answers)
    assert field is not None
    return {
        "customer": the_customer(talk, int(subject)).name,
        "field": label(field),
        "old": told(field, seen),
        "new": _told_new(field, _given(answers[field])),
        "effect": effect_of(talk.session, talk.desk.office, int(subject), field, talk.today),
    }


def _told_new(field: FileField, value: FileValue | None) -> Any:
    """An account that was typed is told by its end, enough to see that it is the right one."""
    if field is FileField.BANK_ACCOUNT and isinstance(value, str):
        return by_its_end(value)
    return told(field, value)


def _review(talk: Talk, subject: str, answers: Answers) -> None:
    talk.say(
        "file-change-review",
        rows(
            Button(f"file.save:{subject}:{_chosen(answers)[0]}", "button-save-change"),
            Button("form.change:file-change", "button-change"),
            Button("form.later", "button-later"),
            Button("form.discard", "button-discard"),
        ),
        **_old_and_new(talk, subject, answers),
    )


def _finish(talk: Talk, subject: str, answers: Answers) -> None:
    customer, (field, seen) = int(subject), _chosen(answers)
    assert field is not None
    told_of, value = _old_and_new(talk, subject, answers), _given(answers[field])
    command: ChangeCustomer | ChangeBankAccount
    if field is FileField.BANK_ACCOUNT:
        command = ChangeBankAccount(customer, answers[field], None if seen is None else str(seen))
    else:
        command = ChangeCustomer(customer, field, value, seen)
    changed = talk.do(command)
    # Who gives a customer to another region may see it no more.
    further = (
        [
            Button(f"file.change:{subject}", "button-change-more"),
            Button(f"customer:{subject}", "button-details"),
        ]
        if is_seen(talk.session, talk.me, customer)
        else []
    )
    talk.say("file-changed" if changed else "file-as-it-was", rows(*further, MENU), **told_of)


FILE_CHANGE = Form(
    name="file-change", asks=_asks, finish=_finish, review=_review, counted=False, of_customer=True
)
