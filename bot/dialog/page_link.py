"""Where a form is opened as a page, by channel: who comes from there has to prove who they are in the channel's own way."""

from urllib.parse import urlencode

from core.settings import Settings

FORMS = "/forms"
"""The path under which forms are served as pages."""
FROM_CHAT = "/chat/form"
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
