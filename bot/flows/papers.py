"""Where a person sends a file whose channel hands none over: WeCom's own app keeps files to itself."""

from bot.dialog.page_link import chat_link
from bot.dialog.talk import Talk


def page_for_files(talk: Talk) -> str:
    """The browser chat's address for whoever may be in such a channel; else empty."""
    channel = talk.incoming.channel
    return chat_link(talk.desk.office.settings, channel) if channel == "wecom" else ""
