"""Requests are numbered within the year, however many there are."""

from core.records.request import CreditRequest
from core.rules.money import Money
from core.services.credit.request import SubmitRequest, Withdraw
from tests.scenarios.story import SALESPERSON, asked_of, meets_all, the_request
from tests.support.town import Town

ASKED = SubmitRequest(1, "long_term", Money.of(100_000), "订单增加", Money.of(260_000))


async def test_the_ten_thousandth_request_is_followed_by_another(sample: Town) -> None:
    await meets_all(sample)
    wang = sample.people[SALESPERSON]
    for number in ("REQ-2026-9999", "REQ-2026-10000"):
        await wang.does(ASKED)
        request = await the_request(sample)
        await wang.does(Withdraw(request.id or 0, request.version))
        await sample.database.write(
            lambda session, key=request.id, number=number: setattr(
                session.get_one(CreditRequest, key), "number", number
            )
        )

    await wang.does(ASKED)

    assert (await the_request(sample)).number == "REQ-2026-10001"
    assert await asked_of(sample, lambda session: session.query(CreditRequest).count()) == 3
