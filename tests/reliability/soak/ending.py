"""What must hold when the dust has settled, however much went wrong."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from sqlalchemy.orm import Session

from core.queries.audit import verify
from core.queries.people.undelivered import undelivered
from core.storage.engines import writer_engine
from tests.reliability.soak.company import Company

_FIRST_UPDATE = 700_000_001
_IN_ORDER = (
    "select conversation, urgent, external_id from outbox where channel = 'telegram' and state = 'sent'"
    " order by conversation, urgent, id"
)
"""What is urgent overtakes what is not, and nothing else overtakes anything."""


def wrong(company: Company, path: Path) -> Iterator[str]:
    """Each thing that does not hold, in words for whoever runs the soak."""
    yield from _incoming(company)
    yield from _outgoing(company)
    yield from _decisions(company, path)


def _incoming(company: Company) -> Iterator[str]:
    """Every update was worked, exactly once."""
    rows = company.rows("select channel, key, state from inbox")
    if odd := [row for row in rows if row[2] != "worked"]:
        yield f"updates not worked: {odd[:3]} and others, {len(odd)} in all"
    told = company.telegram.world.updates.last_id - _FIRST_UPDATE + 1
    telegram = [int(key) for channel, key, _ in rows if channel == "telegram"]
    if sorted(telegram) != list(range(_FIRST_UPDATE, _FIRST_UPDATE + told)):
        yield f"Telegram told {told} updates, the inbox has {len(telegram)}"
    calls = sum(key.startswith("app:") for _, key, _ in rows)
    if calls < company.called:
        yield f"{company.called} calls of WeCom were acknowledged, the inbox has {calls}"
    frames = sum(key.startswith("bot:") for _, key, _ in rows)
    lost = company.bot.told - frames
    deaf = sum(number for fault, number in company.struck.items() if fault.may_deafen)
    if not 0 <= lost <= deaf * 3:
        yield f"the WeCom bot was told {company.bot.told} things and has {frames} of them, in {deaf} deaf minutes"
    if failed := company.rows('select count(*) from outbox where body like \'{"key":"trouble"%\'')[0][0]:
        yield f"somebody was apologised to {failed} times"


def _outgoing(company: Company) -> Iterator[str]:
    """Every message arrived, in order, no oftener than an answer was lost or the program killed."""
    if states := company.rows(
        "select channel, state, count(*), min(trouble) from outbox"
        " where state not in ('sent', 'unknown', 'closed') and channel != '' group by 1, 2"
    ):
        yield f"messages that did not arrive: {states}"
    sent = company.rows("select external_id from outbox where channel = 'telegram' and state = 'sent'")
    if lost := {int(number) for (number,) in sent} - company.seen.telegram:
        yield f"Telegram never showed {len(lost)} messages that are marked as sent"
    again = len(company.seen.telegram) - len(sent)
    allowed = sum(number * 3 for fault, number in company.struck.items() if fault.may_repeat)
    if again > allowed:
        yield f"{again} messages were repeated in Telegram, {allowed} at most may be"
    in_order = company.rows(_IN_ORDER)
    if any(one[:2] == other[:2] and int(one[2]) > int(other[2]) for one, other in pairwise(in_order)):
        yield "a conversation of Telegram is out of order"
    urgent = {number for (number,) in company.rows("select id from outbox where urgent")}
    for userid, numbers in company.seen.wecom.items():
        for lane in (
            [one for one in numbers if one in urgent],
            [one for one in numbers if one not in urgent],
        ):
            if lane != sorted(lane):
                yield f"the conversation of {userid} is out of order"
    if company.seen.dropped:
        yield f"WeCom dropped {company.seen.dropped} messages because they were too much"


def _decisions(company: Company, path: Path) -> Iterator[str]:
    """Nothing was decided twice, the trail is whole, and the admin is told what nobody knows of."""
    if twice := company.rows(
        "select request, step, role, count(*) from signature group by 1, 2, 3 having count(*) > 1"
    ):
        yield f"signed twice: {twice}"
    engine = writer_engine(path)
    try:
        with Session(engine) as session:
            if not (trail := verify(session)).whole:
                yield f"the audit trail breaks at record {trail.broken}"
            unsure = company.rows("select count(*) from outbox where state = 'unknown'")[0][0]
            if undelivered(session).failed != unsure:
                yield "the digest of the admin does not tell of every message that is uncertain"
    finally:
        engine.dispose()
