"""What is asked while an answer is under way is asked together, and everyone gets an answer of their own."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.gathering import Gathering


class Oracle:
    """Doubles what it is asked; takes its time."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.asks = Gathering(self.answer_all)

    async def answer_all(self, questions: Sequence[int]) -> list[int | Exception]:
        self.rounds.append(list(questions))
        await asyncio.sleep(0.01)
        if 0 in questions:
            raise ZeroDivisionError
        return [ValueError() if question < 0 else 2 * question for question in questions]


async def test_those_who_come_meanwhile_are_answered_together() -> None:
    oracle = Oracle()
    first = asyncio.create_task(oracle.asks.ask(1))
    await asyncio.sleep(0)
    answers = await asyncio.gather(first, *(oracle.asks.ask(number) for number in (2, 3, 4)))
    assert answers == [2, 4, 6, 8]
    assert [question for questions in oracle.rounds for question in questions] == [1, 2, 3, 4]
    assert len(oracle.rounds) == 2
    assert await oracle.asks.ask(5) == 10


async def test_an_error_is_of_the_one_who_asked_for_it() -> None:
    oracle = Oracle()
    answers = await asyncio.gather(*map(oracle.asks.ask, (1, -1, 2)), return_exceptions=True)
    assert [answer for answer in answers if isinstance(answer, int)] == [2, 4]
    assert isinstance(answers[1], ValueError)


async def test_where_nobody_could_be_answered_everybody_hears_of_it_and_may_ask_again() -> None:
    oracle = Oracle()
    answers = await asyncio.gather(*map(oracle.asks.ask, (0, 1)), return_exceptions=True)
    assert isinstance(answers[0], ZeroDivisionError)
    assert await oracle.asks.ask(1) == 2


async def test_one_who_goes_away_takes_nobody_along() -> None:
    oracle = Oracle()
    gone, stays = (asyncio.create_task(oracle.asks.ask(number)) for number in (1, 2))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == 4
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_who_is_left_without_an_answer_is_told_so_and_not_left_waiting() -> None:
    async def one_short(questions: Sequence[int]) -> list[int | Exception]:
        return list(questions)[1:]

    asks: Gathering[int, int] = Gathering(one_short)
    async with asyncio.timeout(1):
        with pytest.raises(LookupError):
            await asks.ask(1)
