"""Who owes what: aging and overdue in chat (5.3)."""

from datetime import timedelta
from decimal import Decimal

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from bot.flows import explain, pictures
from core.queries.ledger.aging import aging_report
from core.queries.ledger.overdue import OverdueRow, overdue_report
from core.rules.money import Money
from core.rules.permission import Permission
from core.rules.receivables.aging import BUCKETS
from core.rules.refusal import Refusal
from core.texts.message import Button, rows
from core.texts.wire import Named

SHOWN = 8
_WEEK = timedelta(days=7)


def overdue(talk: Talk, _filling: Filling, offset: str = "0") -> None:
    """The customers with anything overdue, the largest first."""
    _may(talk)
    start = int(offset)
    found = overdue_report(talk.session, talk.me, talk.today)
    if not found:
        talk.say("overdue-none", rows(Button("aging", "button-aging"), MENU))
        return
    page = found[start : start + SHOWN]
    more = [Button(f"overdue:{start + SHOWN}", "button-next")] if len(found) > start + SHOWN else []
    talk.say(
        "overdue",
        rows(*more, Button("aging", "button-aging"), MENU, across=3),
        on=talk.today,
        customers=len(found),
        total=Money(sum(row.amount.minor for row in found)),
        first=start,
        rows=[
            {
                "name": row.name,
                "amount": row.amount,
                "disputed": row.disputed if row.disputed.minor else None,
                "days": row.oldest_days,
                "invoices": row.invoices,
                "owner": _another(talk, row),
            }
            for row in page
        ],
    )


def _another(talk: Talk, row: OverdueRow) -> Named:
    """Who looks after the customer, unless that is whoever asks."""
    if row.owner == talk.me.person:
        return Named("", "")
    return Named(row.owner_name, row.owner_english)


def aging(talk: Talk, _filling: Filling) -> None:
    """How old the receivables are, with a picture, and the largest customers."""
    _may(talk)
    report = aging_report(talk.session, talk.today, talk.me)
    total = report.total
    if not total.outstanding:
        talk.say("aging-none", ((MENU,),))
        return
    week_ago = aging_report(talk.session, talk.today - _WEEK, talk.me).total
    ages = [("not-due", total.not_due), *((key, total.buckets[key]) for key in BUCKETS)]
    largest = sorted(report.customers, key=lambda row: -row.outstanding.minor)[:SHOWN]
    talk.say(
        "aging",
        rows(Button("overdue", "button-overdue"), MENU),
        picture=pictures.of_aging(total, week_ago, talk.today),
        on=talk.today,
        outstanding=total.outstanding,
        unallocated=report.unallocated,
        ages=[
            {
                "name": explain.age(key),
                "amount": amount,
                # To a tenth: half a percent of a ledger is money, and no "0 %".
                "percent": round(100 * Decimal(amount.minor) / total.outstanding.minor, 1),
            }
            for key, amount in ages
        ],
        rows=[
            {"name": row.name, "amount": row.outstanding, "overdue": row.outstanding - row.not_due}
            for row in largest
        ],
    )


def _may(talk: Talk) -> None:
    if not talk.may(Permission.SEE_LEDGER):
        raise Refusal("not-allowed")
