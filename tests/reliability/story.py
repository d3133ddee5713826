"""The story that is told while the bot is killed: a question, a request for credit, six approvals, an import.

People act on what they see, as raw Telegram updates. A button is named by what it does, not by its words.
"""

from dataclasses import dataclass
from typing import Any

from tests.reliability.journal import Journal

CUSTOMER = "C0009"
SALES, COLLEAGUE, FINANCE = "王小雨", "李泽", "郑惠芳"
APPROVERS = ("许文博", "沈雅琴", "赵明辉", "林静秋", "陈国梁", "周鸿远")
PEOPLE = (SALES, COLLEAGUE, FINANCE, *APPROVERS)
INVOICES = 150
"""More than two chunks of an import."""
FILE_NAME = "发票.csv"
FILE = "\n".join(
    ["单号,客户编码,开票日,金额", *(f"20260309-{n:03},{CUSTOMER},2026-03-09,100.00" for n in range(INVOICES))]
).encode()


@dataclass(frozen=True)
class Step:
    """One thing that somebody does."""

    name: str
    who: str
    text: str = ""
    tap: str = ""
    """The button: its place in the message, or the verb of a card."""
    file: bool = False


STORY = (
    Step("greets", SALES, "/start"),
    Step("asks whether goods may go out", SALES, f"{CUSTOMER} 能发5万吗"),
    Step("asks for credit", SALES, "/credit"),
    Step("names the customer", SALES, CUSTOMER),
    Step("names the amount", SALES, "10万"),
    Step("chooses the long term", SALES, tap="0"),
    Step("gives the reason", SALES, "旺季备货"),
    Step("submits", SALES, tap="0"),
    *(Step(f"approves as no. {n}", who, tap="approve") for n, who in enumerate(APPROVERS, 1)),
    Step("sends a file of invoices", FINANCE, file=True),
    Step("confirms the import", FINANCE, tap="0"),
    Step("asks again whether goods may go out", SALES, f"{CUSTOMER} 能发5万吗"),
    Step("begins a request of another customer", COLLEAGUE, "/credit"),
    Step("and leaves it half-way", COLLEAGUE, "C0002"),
)


def telegram_id(who: str) -> int:
    return 10_001 + PEOPLE.index(who)


def update_of(number: int, journal: Journal) -> dict[str, Any]:
    """Step ``number`` of the story as the raw update that Telegram hands over."""
    step = STORY[number]
    person = telegram_id(step.who)
    sender = {"id": person, "is_bot": False, "first_name": step.who, "language_code": "zh-hans"}
    chat = {"id": person, "type": "private", "first_name": step.who}
    message: dict[str, Any] = {
        "message_id": 500 + number,
        "date": 1_773_100_000,
        "chat": chat,
        "from": sender,
    }
    update_id = 700_000_001 + number
    if step.tap:
        shown, data = _button(step, journal)
        tapped = {
            **message,
            "message_id": int(shown),
            "from": {"id": 4242, "is_bot": True, "first_name": "Zixin"},
        }
        query = {"id": f"tap{number}", "from": sender, "chat_instance": "1", "data": data, "message": tapped}
        return {"update_id": update_id, "callback_query": query}
    if step.file:
        document = {
            "file_id": "file1",
            "file_unique_id": "u1",
            "file_name": FILE_NAME,
            "file_size": len(FILE),
        }
        return {"update_id": update_id, "message": {**message, "document": document}}
    return {"update_id": update_id, "message": {**message, "text": step.text}}


def _button(step: Step, journal: Journal) -> tuple[str, str]:
    """The newest button of that kind in the person's chat: its message and its data."""
    mine = [one for one in journal.chats().values() if one.to == str(telegram_id(step.who))]
    for message in reversed(mine):
        for data in message.buttons:
            if data.partition(".")[2].split(":")[0] == step.tap:
                return message.id, data
    raise AssertionError(f"{step.who} {step.name}: no button {step.tap!r}")
