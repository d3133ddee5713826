"""Where a form is opened as a page, by channel: who comes from there has to prove who they are in the channel's own way."""

from urllib.parse import urlencode

from core.settings import Settings

FORMS = "/forms"
"""The path under which forms are served as pages."""
CHAT = "/chat"
"""The path of the browser chat."""
CHAT_FROM_WECOM = f"{CHAT}/wecom"
"""Where WeCom's app lets somebody through to the browser chat."""
FROM_CHAT = f"{CHAT}/form"
"""Where the browser chat lets somebody through to a form."""


def page_path(form: str, subject: str, conversation: str) -> str:
    """The page of somebody's form, on whatever host it is served."""
    return f"{FORMS}/{form}?{urlencode({'subject': subject, 'as': conversation})}"


def page_link(settings: Settings, form: str, subject: str, conversation: str) -> str:
    """The address behind the button in this conversation; empty where its channel has no way to open a page.

    Telegram opens pages over HTTPS only. In WeCom it is the app that can tell who opens a page, not the bot.
    """
    channel, _, address = conversation.partition(":")
    public = settings.public_url.rstrip("/")
    match channel:
        case "web":
            return f"{FROM_CHAT}?{urlencode({'as': address, 'form': form, 'subject': subject})}"
        case "telegram" if public.startswith("https://"):
            return public + page_path(form, subject, conversation)
        case "wecom" if public and settings.wecom_secret is not None:
            return public + page_path(form, subject, conversation)
        case _:
            return ""


def chat_link(settings: Settings, channel: str) -> str:
    """The browser chat's address for somebody in this channel; empty where there is none for them.

    Where WeCom's app can tell who comes, nobody who comes from there is asked for a code.
    """
    if not settings.chat_address or channel != "wecom" or settings.wecom_secret is None:
        return settings.chat_address
    return settings.public_url.rstrip("/") + CHAT_FROM_WECOM


def files_link(settings: Settings, channel: str) -> str:
    """Where somebody in this channel sends a file that it may not hand over, as WeCom's own app; empty elsewhere."""
    return chat_link(settings, channel) if channel == "wecom" else ""
