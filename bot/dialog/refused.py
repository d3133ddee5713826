"""What a conversation refuses before the desk hears of it is on record as well."""

from bot.dialog.talk import Talk
from core.rules.refusal import Refusal
from core.services import audit


def put_on_record(talk: Talk, refusal: Refusal) -> None:
    """Add a refusal to the audit trail, unless the desk has."""
    if refusal.on_record:
        return
    incoming = talk.incoming
    tapped = {"button": incoming.text[:80]} if incoming.kind == "tap" else {}
    audit.append(
        talk.session,
        at=talk.at,
        actor=talk.me.ref,
        action="refused",
        subject="conversation",
        data={"why": refusal.key, "facts": dict(refusal.facts), **tapped},
    )
