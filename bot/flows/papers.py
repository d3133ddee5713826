"""Where a person sends a file whose channel hands none over: WeCom's own app keeps files to itself."""

from bot.dialog.talk import Talk


def page_for_files(talk: Talk) -> str:
    """The browser chat's address for whoever may be in such a channel; else empty."""
    return talk.desk.office.settings.chat_address if talk.incoming.channel == "wecom" else ""
