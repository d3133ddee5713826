"""The doctor's checks of WeCom: the way to the bot's service; the app's secret, trusted address, agent, who may be
written to, the callback.

Whether the bot's secret is right is not tried: subscribing a second time would push the running program out.
"""

from typing import Any

import aiohttp
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.doctor.finding import Finding, Surroundings, mend, ok, watch, why
from bot.wecom.app_errors import Cure, Declined
from bot.wecom.callback import PATH
from bot.wecom.decode import CHANNEL
from core.records.staff import Binding, Person
from core.records.tables import table_of
from core.storage.database import Database
from core.storage.upgrade import newest, revision_of

_BINDING, _PERSON = table_of(Binding), table_of(Person)
_SECRET, _CORP, _AGENT = frozenset({40001}), frozenset({40013, 41002}), frozenset({40056, 41011, 301002})
MOST_ASKED = 50
"""People who are asked about one by one; the first so many stand for the rest."""


async def bot(around: Surroundings) -> list[Finding]:
    """The service that the bot connects to is reached; more can only the running program tell."""
    if around.settings.wecom_bot_secret is None:
        return []
    server = around.settings.wecom_ws_url.replace("ws", "http", 1)
    try:
        async with around.http.get(server, allow_redirects=False):
            pass  # whatever it says to a question that is no connection
    except aiohttp.InvalidURL:
        return [mend("doctor-wecom-bot-address", address=around.settings.wecom_ws_url)]
    except (aiohttp.ClientError, TimeoutError) as error:
        return [mend("doctor-wecom-unreached", address=around.settings.wecom_ws_url, problem=why(error))]
    return [ok("doctor-wecom-bot-reached", address=around.settings.wecom_ws_url)]


async def app(around: Surroundings) -> list[Finding]:
    """The app's secret is right, and WeCom takes calls from this machine."""
    if around.settings.wecom_secret is None:
        return []
    server = around.settings.wecom_base_url
    try:
        await _ask(around, "agent/get", agentid=str(around.settings.wecom_agent_id))
    except Declined as declined:
        return [_told(declined)]
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return [mend("doctor-wecom-unreached", address=server, problem=why(error))]
    return [ok("doctor-wecom-ok")]


def _told(declined: Declined) -> Finding:
    if declined.address:
        return mend("doctor-wecom-address", address=declined.address)
    if declined.number in _SECRET:
        return mend("doctor-wecom-secret")
    if declined.number in _CORP:
        return mend("doctor-wecom-corp")
    if declined.number in _AGENT:
        return mend("doctor-wecom-agent")
    return watch("doctor-wecom-declined", problem=str(declined))


async def members(around: Surroundings) -> list[Finding]:
    """Everybody who is bound by their WeCom id may be written to: known there, and inside 可见范围."""
    path = around.settings.database_path
    if around.settings.wecom_secret is None or not path.exists() or revision_of(path) != newest():
        return []
    outside = []
    async with Database(path) as opened:
        bound = await opened.read(_bound)
    try:
        for name, user in bound:
            try:
                await _ask(around, "user/get", userid=user)
            except Declined as declined:
                if declined.cure is Cure.PERSON:
                    outside.append(f"{name} ({user})")
                elif declined.cure is Cure.SETUP:
                    return []  # told by `app`
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return []
    return [watch("doctor-wecom-outside", names=outside)] if outside else []


async def callback(around: Surroundings) -> list[Finding]:
    """The address that WeCom calls is served on this machine: an unsealed call is declined by the program itself."""
    if around.settings.wecom_secret is None:
        return []
    address = f"http://{around.settings.http_host}:{around.settings.http_port}{PATH}"
    try:
        async with around.http.get(address) as answer:
            status = answer.status
    except (aiohttp.ClientError, TimeoutError) as error:
        return [watch("doctor-wecom-callback-down", address=address, problem=why(error))]
    if status == 404:
        return [mend("doctor-wecom-callback-elsewhere", address=address)]
    return [ok("doctor-wecom-callback-ok", address=address)]


def _bound(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(
        select(_PERSON.c.name, _BINDING.c.address)
        .join(_BINDING, _BINDING.c.person == _PERSON.c.id)
        .where(_BINDING.c.channel == CHANNEL, _PERSON.c.active)
        .order_by(_BINDING.c.id)
        .limit(MOST_ASKED)
    )
    return [(row.name, row.address) for row in rows]


async def _ask(around: Surroundings, method: str, **query: str) -> dict[str, Any]:
    """What the app's API answers. Raises `Declined`."""
    given = around.settings
    assert given.wecom_secret is not None
    who = {"corpid": given.wecom_corp_id, "corpsecret": given.wecom_secret.get_secret_value()}
    token = (await _get(around, "gettoken", who)).get("access_token", "")
    return await _get(around, method, {"access_token": str(token), **query})


async def _get(around: Surroundings, method: str, query: dict[str, str]) -> dict[str, Any]:
    base = around.settings.wecom_base_url.rstrip("/")
    async with around.http.get(f"{base}/cgi-bin/{method}", params=query) as answer:
        body: Any = await answer.json(content_type=None)
    if not isinstance(body, dict):
        raise ValueError("unreadable answer")
    if body.get("errcode", 0) != 0:
        raise Declined(int(body["errcode"]), str(body.get("errmsg", "")))
    return body
