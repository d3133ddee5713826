"""What was changed in a customer's file, for whoever may see the customer (1.9)."""

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from bot.flows.file_fields import label, told
from bot.flows.find import the_customer
from core.queries.customers.file_changes import file_changes
from core.texts.message import Button, rows

PAGE = 8


def changes(talk: Talk, _filling: Filling, customer: str, offset: str = "0") -> None:
    """Who changed what, and when; the newest first, a page at a time."""
    held, start = the_customer(talk, int(customer)), int(offset)
    found = file_changes(talk.session, int(customer), limit=PAGE + 1, offset=start)
    turn = []
    if start:
        turn.append(Button(f"file.changes:{customer}:{max(start - PAGE, 0)}", "button-previous"))
    if len(found) > PAGE:
        turn.append(Button(f"file.changes:{customer}:{start + PAGE}", "button-next"))
    talk.say(
        "file-changes",
        rows(*turn, Button(f"customer:{customer}", "button-details"), MENU),
        customer=held.name,
        changes=[
            {
                "at": each.at,
                "who": each.by,
                "field": label(each.field),
                "old": told(each.field, each.old),
                "new": told(each.field, each.new),
            }
            for each in found[:PAGE]
        ],
    )
