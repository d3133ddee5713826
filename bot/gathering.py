"""Asking together what comes together: one way to the database and back for many who ask at once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Gathering(Generic[Q, A]):
    """While some questions are being answered, those that come meanwhile are gathered, and answered together next."""

    def __init__(self, answer_all: Callable[[Sequence[Q]], Awaitable[Sequence[A | Exception]]]) -> None:
        """``answer_all`` gives an answer for each, in their order, or the error for the one who asked; what it raises
        everyone gets."""
        self._answer_all = answer_all
        self._gathered: list[tuple[Q, asyncio.Future[A]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A:
        answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._gathered.append((question, answer))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._go_on(), name="gathering")
        return await answer

    async def _go_on(self) -> None:
        while self._gathered:
            asked, self._gathered = self._gathered, []
            answers: Sequence[A | Exception]
            try:
                answers = await self._answer_all([question for question, _ in asked])
                if len(answers) != len(asked):
                    raise LookupError(f"{len(answers)} answers to {len(asked)} questions")
            except Exception as error:
                answers = [error] * len(asked)
            for (_, waiting), answer in zip(asked, answers, strict=True):
                if waiting.done():  # whoever asked has gone away
                    continue
                if isinstance(answer, Exception):
                    waiting.set_exception(answer)
                else:
                    waiting.set_result(answer)
