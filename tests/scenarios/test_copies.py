"""Every copy of a card follows the state (3.4): what was sent is edited where it stands, whoever moved the request."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select, update

from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from core.rules.credit.approval import Verdict
from core.rules.money import Money
from core.services.credit.decide import Decide
from core.services.credit.request import AnswerQuestion, Withdraw
from tests.scenarios.story import CHAIN, SALESPERSON, all_consent, asked_of, asks, consents, the_request
from tests.support.town import Town

_OUTBOX = table_of(OutboxMessage)
Step = Callable[[Town], Awaitable[object]]


async def all_is_sent(town: Town) -> set[int]:
    """The channels have delivered everything; the cards among it."""
    await town.database.write(lambda session: session.execute(update(_OUTBOX).values(state="sent")).close())
    cards = select(_OUTBOX.c.id).where(_OUTBOX.c.card.is_not(None))
    return set(await asked_of(town, lambda session: session.execute(cards).scalars().all()))


async def to_be_edited(town: Town) -> set[int]:
    stale = select(_OUTBOX.c.id).where(_OUTBOX.c.state == "edit")
    return set(await asked_of(town, lambda session: session.execute(stale).scalars().all()))


async def decides(town: Town, verdict: Verdict, amount: Money | None = None) -> None:
    request = await the_request(town)
    decision = Decide(request.id or 0, request.version, verdict, amount, "理由")
    await town.people[CHAIN["credit_controller"]].does(decision)


async def takes_back(town: Town) -> None:
    request = await the_request(town)
    await town.people[SALESPERSON].does(Withdraw(request.id or 0, request.version))


STEPS: dict[str, Step] = {
    "signed": lambda town: consents(town, "credit_controller"),
    "signed for less": lambda town: decides(town, Verdict.APPROVE_LESS, Money.of(100_000)),
    "returned": lambda town: decides(town, Verdict.RETURN),
    "rejected": lambda town: decides(town, Verdict.REJECT),
    "withdrawn": takes_back,
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
async def test_each_copy_that_was_sent_is_brought_up_to_date(company: Town, step: Step) -> None:
    await asks(company.people[SALESPERSON])
    await consents(company, "market_manager")
    cards = await all_is_sent(company)
    assert len(cards) == 3, "the requester's, the manager's and the controller's"

    await step(company)

    assert await to_be_edited(company) == cards


async def test_so_it_is_when_the_question_is_answered(company: Town) -> None:
    await asks(company.people[SALESPERSON])
    await consents(company, "market_manager")
    await decides(company, Verdict.RETURN)
    cards = await all_is_sent(company)
    request = await the_request(company)

    await company.people[SALESPERSON].does(AnswerQuestion(request.id or 0, request.version, "答复"))

    assert await to_be_edited(company) == cards


async def test_so_it_is_with_the_last_signature(company: Town) -> None:
    await asks(company.people[SALESPERSON])
    await all_consent(company, until="chairman")
    cards = await all_is_sent(company)

    await consents(company, "chairman")

    assert await to_be_edited(company) == cards


async def test_a_refusal_edits_nothing(company: Town) -> None:
    """Twenty late taps do not make the channel edit twenty cards."""
    xu = company.people[CHAIN["market_manager"]]
    await asks(company.people[SALESPERSON], amount="15万")
    card = await xu.card()
    await consents(company, "market_manager")
    await all_is_sent(company)

    await xu.taps_data(card.button("同意"))

    assert await to_be_edited(company) == set()
