"""Kill -9 at every statement boundary and at random times: ``python -m tests.reliability.kills --kills 2000``.

A boundary is what was done last and what would come next; one that a step passes again is not tried again. A process
that has everything loaded forks a child for each life of the bot, so that a life costs some ten milliseconds rather
than a second. After each kill the next life finds the database as the killed one left it, is
told again what Telegram has no thanks for, and must bring the story to the same end.
"""

import argparse
import asyncio
import hashlib
import json
import logging
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Collection
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from core.clock import SetClock, day_of
from core.queries.actor import actor_of
from core.queries.office import Office
from core.rules.money import Money
from core.samples.load import load_sample
from core.services.commands import open_desk
from core.services.credit.company import SetTotalOfLines
from core.services.imports import import_booking
from core.services.people.staff import BeReachable, person_named
from core.settings import Settings
from core.storage.collector import left_to_stand
from core.storage.database import Database
from core.storage.secrets import Vault
from tests.reliability.ending import Ending, ending, repeated, repeats
from tests.reliability.journal import Journal
from tests.reliability.life import BEGINS, Life
from tests.reliability.story import FINANCE, PEOPLE, STORY, telegram_id
from tests.support.compiled import compile_once
from tests.support.failpoints import Boundary, Failpoints
from tests.support.prepared import new_database, sample_library
from tests.support.town import SHANGHAI

MEMORY = Path("/dev/shm")
"""Where there is such a place, nothing waits for the disk: what a killed process has written outlives it anyway."""
SHORTEST, LONGEST = 0.02, 0.25
"""What a life is given before a kill at random, of the time that the whole story takes."""


@dataclass
class Report:
    kills: int = 0
    lives: int = 0
    boundaries: int = 0
    """Those at which a life was ended, each once in a step."""
    places: dict[str, int] = field(default_factory=dict)
    """The same by the kind of what would have come next."""
    recoveries: int = 0
    """Different states that a crash left behind, each brought to the right end."""
    stories: int = 0
    """Stories told to the end under kills at random times."""
    most_in_a_story: int = 0
    repeated: int = 0
    """Messages told again; at most once in each life."""
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


class Rig:
    """A company in a folder, whose state can be kept and put back, and the lives of its bot."""

    def __init__(self, folder: Path) -> None:
        compile_once()  # or every life would for itself
        self._folder = folder
        self._live = folder / "live"
        self._live.mkdir(parents=True)
        self.path = self._live / "zixin.db"
        self.calm = Journal(folder / "calm.journal")
        self.points = Failpoints()
        self.points.watch_statements()
        self.report = Report()
        self._clock = SetClock(BEGINS)
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{self.path}",
            _env_file=None,
        )
        office = Office(settings, sample_library(), self._clock, Vault(settings))
        self._desk = open_desk(office)
        new_database(self.path)
        import_booking.CHUNK_SECONDS = 0  # chunks of one size: the same places to die at every time
        asyncio.run(self._found_company())
        self.keep("start")
        asyncio.run(
            self._tell(len(STORY), one_thing_at_a_time=True)
        )  # loads all that the lives to come will need
        self.put_back("start")

    async def _found_company(self) -> None:
        async with Database(self.path) as database:
            await load_sample(database, self._desk, day_of(BEGINS, SHANGHAI))
            for who in PEOPLE:
                person = await database.read(lambda session, who=who: person_named(session, who).id)  # type: ignore[misc]
                actor = await database.read(lambda session, person=person: actor_of(session, person))  # type: ignore[misc]
                assert actor is not None
                await self._desk.run(database, BeReachable("telegram", str(telegram_id(who))), actor)
                if who == FINANCE:
                    await self._desk.run(database, SetTotalOfLines(Money.of(90_000_000)), actor)

    @property
    def journal(self) -> Journal:
        return Journal(self._live / "journal")

    def keep(self, name: str) -> None:
        shutil.rmtree(self._folder / name, ignore_errors=True)
        shutil.copytree(self._live, self._folder / name)

    def put_back(self, name: str) -> None:
        for old in self._live.iterdir():
            old.unlink()
        for kept in (self._folder / name).iterdir():
            shutil.copyfile(kept, self._live / kept.name)

    def live(
        self,
        until: int,
        *,
        spared: Collection[Boundary] | None = None,
        seconds: float | None = None,
        one_thing_at_a_time: bool = True,
    ) -> bool:
        """One life, in a process of its own; True if it came to step ``until`` and was not killed.

        It dies at the first boundary that is not ``spared``, or after so many seconds.
        """
        self.report.lives += 1
        child = os.fork()
        if child == 0:
            self._be_born(until, spared, one_thing_at_a_time)
        if seconds is not None:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            self.report.kills += 1
            return False
        assert os.WEXITSTATUS(status) == 0, "a life ended in an error of its own; see above"
        return True

    def _be_born(self, until: int, spared: Collection[Boundary] | None, one_thing_at_a_time: bool) -> None:
        """In the child: live, and leave without the parent's farewells."""
        try:
            self.points.arm(spared, lambda boundary: self.journal.add("killed", between=boundary))
            with left_to_stand():  # collecting its parent's garbage, it would copy every page of it
                asyncio.run(self._tell(until, one_thing_at_a_time=one_thing_at_a_time))
                os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(70)

    async def _tell(self, until: int, *, one_thing_at_a_time: bool) -> None:
        async with Database(self.path) as database:
            life = Life(database, self._desk, self._clock, self.journal, self.points)
            await life.tell(until, one_thing_at_a_time=one_thing_at_a_time)

    def ending(self) -> Ending:
        return ending(self.path, self.journal)

    def fingerprint(self) -> str:
        """Of everything that the killed life left behind: the database, and what people have seen."""
        with closing(sqlite3.connect(self.path)) as connection:
            assert connection.execute("pragma quick_check").fetchone() == ("ok",)
            digest = hashlib.sha256(connection.serialize())
        digest.update(repr([(one.to, one.now) for one in self.journal.chats().values()]).encode())
        return digest.hexdigest()


def kill_at_every_boundary(rig: Rig, steps: Collection[str]) -> None:
    """Tell the story; at those steps, end a life at each boundary there is, and let the next make it good."""
    rig.put_back("start")
    for number, step in enumerate(STORY):
        if step.name not in steps:
            continue
        assert rig.live(number)
        rig.keep("before")
        assert rig.live(number + 1)
        rig.calm.path.write_bytes(rig.journal.path.read_bytes())
        rig.keep("after")
        _kill_at_each_boundary(rig, number, rig.ending())
        rig.put_back("after")


def _kill_at_each_boundary(rig: Rig, number: int, calm: Ending) -> None:
    """At the first boundary that a life comes to, then at the first of the others, until there is none left."""
    tried: set[Boundary] = set()
    recovered: set[str] = set()
    while True:
        rig.put_back("before")
        if rig.live(number + 1, spared=tried):
            return
        *_, killed = rig.journal.told("killed")
        done, following = killed["between"]
        tried.add((done, following))
        kind = following.split(maxsplit=1)[0].lower()
        rig.report.boundaries += 1
        rig.report.places[kind] = rig.report.places.get(kind, 0) + 1
        left_behind = rig.fingerprint()
        if left_behind in recovered:
            continue
        recovered.add(left_behind)
        rig.report.recoveries += 1
        assert rig.live(number + 1)
        _judge(
            rig, f"{STORY[number].who} {STORY[number].name}, killed between {done!r} and {following!r}", calm
        )


def kill_at_random_times(rig: Rig, kills: int, chance: random.Random) -> None:
    """Tell the whole story again and again, ending each life at a time of its own, until so many are killed."""
    rig.put_back("start")
    began = time.monotonic()
    assert rig.live(len(STORY), one_thing_at_a_time=False)
    whole = time.monotonic() - began
    rig.calm.path.write_bytes(rig.journal.path.read_bytes())
    calm = rig.ending()
    wanted = rig.report.kills + kills
    while rig.report.kills < wanted:
        rig.put_back("start")
        before = rig.report.kills
        while not rig.live(
            len(STORY), seconds=whole * chance.uniform(SHORTEST, LONGEST), one_thing_at_a_time=False
        ):
            continue
        killed = rig.report.kills - before
        rig.report.stories += 1
        rig.report.most_in_a_story = max(rig.report.most_in_a_story, killed)
        _judge(rig, f"story {rig.report.stories}, killed {killed} times", calm)


def _judge(rig: Rig, what: str, calm: Ending) -> None:
    rig.report.repeated += repeated(rig.calm, rig.journal)
    found = [*calm.differences(rig.ending()), *repeats(rig.calm, rig.journal)]
    rig.report.wrong += [f"{what}: {each}" for each in found]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--kills", type=int, default=2000, help="at random times, after those at every boundary"
    )
    parser.add_argument("--at", action="append", help="a step of the story; every step if none is named")
    parser.add_argument("--no-boundaries", action="store_true", help="at random times only")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        rig = Rig(Path(folder))
        if not given.no_boundaries:
            kill_at_every_boundary(rig, given.at or {step.name for step in STORY})
        if given.kills:
            kill_at_random_times(rig, given.kills, random.Random(given.seed))
    rig.report.seconds = round(time.monotonic() - began, 1)
    json.dump(asdict(rig.report), sys.stdout, ensure_ascii=False, indent=1)
    return 1 if rig.report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
