"""The least that answers over WeCom's connection and loses nothing: what a stored answer costs before anybody thinks.

``python -m bench.bots.wecom_least_link URL FOLDER``. What comes in is committed before it is worked, what is to be said
together with the mark that it is worked, and what was said is marked as sent, each flushed to the disk and as many at once
as wait. There is nobody behind it: no person, no permission, no form, no words, no language, no error but it ends.
"""

import asyncio
import json
import queue
import sqlite3
import sys
import threading
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect

from bench.bots.wecom_bare import Tasks
from bench.bots.wecom_cards import card, new_card
from tests.support.wecom.link_server import BOT_ID, SECRET

Work = Callable[[sqlite3.Connection], Any]

_TABLES = """
    pragma journal_mode = wal;
    pragma synchronous = full;
    create table inbox (id integer primary key, key text unique, conversation text, body text, state text);
    create table outbox (id integer primary key, conversation text, body text, state text);
    create table stands (conversation text primary key, state text, version integer);
"""
_NUMBERS = count(1)


class Writer(threading.Thread):
    """One thread that writes; those that wait share a transaction."""

    def __init__(self, path: Path, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(daemon=True)
        self._path, self._loop = path, loop
        self._waiting: queue.SimpleQueue[tuple[Work, asyncio.Future[Any]]] = queue.SimpleQueue()
        self.start()

    async def write(self, work: Work) -> Any:
        done: asyncio.Future[Any] = self._loop.create_future()
        self._waiting.put((work, done))
        return await done

    def run(self) -> None:
        database = sqlite3.connect(self._path, isolation_level=None)
        database.executescript(_TABLES)
        while True:
            group = [self._waiting.get()]
            while not self._waiting.empty():
                group.append(self._waiting.get())
            database.execute("begin immediate")
            results = [work(database) for work, _ in group]
            database.execute("commit")
            self._loop.call_soon_threadsafe(self._settle, [done for _, done in group], results)

    @staticmethod
    def _settle(waiting: list[asyncio.Future[Any]], results: list[Any]) -> None:
        for done, result in zip(waiting, results, strict=True):
            done.set_result(result)


def _take_in(key: str, user: str, body: str, database: sqlite3.Connection) -> int:
    row = database.execute(
        "insert into inbox (key, conversation, body, state) values (?, ?, ?, 'waiting') returning id",
        (key, user, body),
    )
    return int(row.fetchone()[0])


def _work(number: int, user: str, said: str, database: sqlite3.Connection) -> int:
    """A turn that only counts itself. Returns the row of what is to be said."""
    json.loads(database.execute("select body from inbox where id = ?", (number,)).fetchone()[0])
    stood = database.execute("select state, version from stands where conversation = ?", (user,)).fetchone()
    turns = json.loads(stood[0])["turns"] + 1 if stood else 1
    database.execute(
        "insert into stands values (?, ?, 1)"
        " on conflict (conversation) do update set state = excluded.state, version = version + 1",
        (user, json.dumps({"turns": turns})),
    )
    database.execute("update inbox set state = 'worked' where id = ?", (number,))
    row = database.execute(
        "insert into outbox (conversation, body, state) values (?, ?, 'waiting') returning id", (user, said)
    )
    return int(row.fetchone()[0])


def _sent(row: int, database: sqlite3.Connection) -> None:
    database.execute("update outbox set state = 'sent' where id = ?", (row,))


async def main(url: str, folder: Path) -> None:
    writer = Writer(folder / "least.db", asyncio.get_running_loop())
    tasks, asked = Tasks(), dict[str, asyncio.Future[None]]()
    async with connect(url, ping_interval=None, compression=None) as connection:

        async def ask(cmd: str, req_id: str, body: dict[str, Any]) -> None:
            asked[req_id] = asyncio.get_running_loop().create_future()
            await connection.send(json.dumps({"cmd": cmd, "headers": {"req_id": req_id}, "body": body}))
            await asked.pop(req_id)

        async def answer(frame: dict[str, Any], text: str) -> None:
            body = frame["body"]
            user = body["from"]["userid"]
            new = {"chatid": user, "chat_type": 1, **new_card()}
            number = await writer.write(partial(_take_in, body["msgid"], user, text))
            row = await writer.write(partial(_work, number, user, json.dumps(new)))
            work = [ask("aibot_send_msg", f"ask-{next(_NUMBERS)}", new)]
            if body["msgtype"] == "event":
                task_id = body["event"]["template_card_event"]["task_id"]
                changed = {
                    "response_type": "update_template_card",
                    "template_card": {**card(), "task_id": task_id},
                }
                work.append(ask("aibot_respond_update_msg", frame["headers"]["req_id"], changed))
            await asyncio.gather(*work)
            await writer.write(partial(_sent, row))

        tasks.start(ask("aibot_subscribe", "subscribe", {"bot_id": BOT_ID, "secret": SECRET}))
        print("", flush=True)
        async for text in connection:
            frame = json.loads(text)
            if "cmd" in frame:
                tasks.start(answer(frame, str(text)))
            elif (waiting := asked.get(frame["headers"]["req_id"])) is not None:
                waiting.set_result(None)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
