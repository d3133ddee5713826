"""The doctor's checks of the house: settings, database, disk, policies, what did not get through."""

import asyncio
import os
import shutil
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from bot.doctor.finding import Finding, Surroundings, mend, ok, watch
from core.clock import day_of
from core.commandline.bad_settings import missets
from core.commandline.running import office_of, policy_problem
from core.policies.library import NotInForce
from core.policies.reader import PolicyError
from core.queries.office import Office
from core.queries.people.undelivered import undelivered as what_did_not_get_through
from core.queries.policies.activation import active_policy
from core.queries.policies.tolerances import shelved_tolerances
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal
from core.settings import Settings
from core.storage.database import Database
from core.storage.health import health
from core.storage.upgrade import newest, revision_of

_PREFIX = "ZIXIN_"
_OURS = {"ZIXIN_TEST_DATA", "ZIXIN_GOLDEN"}
"""Read by tests and benches, and no settings."""
LOW_MIB, TOO_LOW_MIB = 2048, 256
PATIENCE_MINUTES = 15
"""A message that waits longer than this has a reason."""


def bad_settings(error: ValidationError) -> list[Finding]:
    """What is wrong with settings that could not even be read."""
    return [mend("setting-bad", setting=each.setting, problem=each.problem) for each in missets(error)]


async def settings(around: Surroundings) -> list[Finding]:
    """Misspelt names, nobody who could reach the bot, an address at which no page opens."""
    found = []
    known = {_PREFIX + name.upper() for name in Settings.model_fields} | _OURS
    for name in sorted(around.named):
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            found.append(watch("doctor-setting-unknown", setting=name))
    given = around.settings
    if not (given.telegram_token or given.wecom_bot_secret or given.wecom_secret or given.web_chat != "off"):
        found.append(mend("doctor-no-channel"))
    if given.public_url and not given.public_url.startswith("https://"):
        found.append(watch("doctor-public-url", address=given.public_url))
    return found or [ok("doctor-settings-ok")]


async def database(around: Surroundings) -> list[Finding]:
    """There, sound, writable and of this version."""
    path = around.settings.database_path
    if not path.exists():
        return [_place_for(path)]
    seen = await asyncio.to_thread(health, path)
    if seen.damage:
        return [mend("doctor-database-damaged", path=str(path), problem=seen.damage)]
    if seen.trouble:
        return [mend("doctor-database-not-writable", path=str(path), problem=seen.trouble)]
    if seen.revision is None or seen.revision < seen.needed:
        return [watch("doctor-database-old", revision=seen.revision or "-", needed=seen.needed)]
    if seen.revision > seen.needed:
        return [mend("doctor-database-newer", revision=seen.revision, needed=seen.needed)]
    return [ok("doctor-database-ok", path=str(path.absolute()), revision=seen.revision)]


def _place_for(path: Path) -> Finding:
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        return mend("doctor-folder-not-writable", path=str(folder))
    return ok("doctor-database-new", path=str(path.absolute()))


async def disk(around: Surroundings) -> list[Finding]:
    """Room for the database to grow, and for a backup beside it."""
    folder = next(parent for parent in around.settings.database_path.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free // 2**20
    if free < TOO_LOW_MIB:
        return [mend("doctor-disk-full", path=str(folder), mib=free)]
    if free < LOW_MIB:
        return [watch("doctor-disk-low", path=str(folder), mib=free)]
    return [ok("doctor-disk-ok", mib=free)]


async def policies(around: Surroundings) -> list[Finding]:
    """Readable, in force, and everything decided that an article leaves open."""
    today = day_of(around.clock.now(), around.settings.zone)
    try:
        office = office_of(around.settings, around.clock)
        office.chain(today)
        office.reminders(today)
        policy = await _policy_in_force(around.settings.database_path, office, today)
    except PolicyError as error:
        return [mend("doctor-policy-bad", problem=policy_problem(around.settings, error))]
    except NotInForce as missing:
        return [mend("doctor-policy-missing", policy=missing.policy_id)]
    except Refusal as gone:
        return [mend("doctor-policy-gone", **gone.facts)]
    if policy.unset:
        return [watch("doctor-policy-unset", policy=policy.id, parameters=list(policy.unset))]
    return [ok("doctor-policy-ok", policy=policy.id, version=policy.version)]


async def _policy_in_force(path: Path, office: Office, on: date) -> Policy:
    """The one that was activated last; the one that the product starts with where no database can say."""
    if not _can_be_asked(path):
        return office.policy(on)
    async with Database(path) as opened:
        return await opened.read(lambda session: active_policy(session, office, on))


async def tolerances(around: Surroundings) -> list[Finding]:
    """What two people confirmed is there as it was; a file that nobody has confirmed counts for nothing."""
    path = around.settings.database_path
    if not _can_be_asked(path):
        return []
    today = day_of(around.clock.now(), around.settings.zone)
    try:
        library = office_of(around.settings, around.clock).library
    except PolicyError:
        return []  # `policies` tells it
    async with Database(path) as opened:
        seen = await opened.read(lambda session: shelved_tolerances(session, library, today))
    found = []
    if seen.in_force is not None and seen.tolerances is None:
        found.append(mend("doctor-tolerances-gone", version=seen.in_force.version))
    if seen.newest is not None and seen.to_come is None:
        found.append(watch("doctor-tolerances-unconfirmed", version=seen.newest.version))
    return found


async def undelivered(around: Surroundings) -> list[Finding]:
    """Messages that did not arrive, people who are not reached, what came in and was not understood."""
    path = around.settings.database_path
    if not _can_be_asked(path):
        return []
    async with Database(path) as opened:
        seen = await opened.read(what_did_not_get_through)
    found = []
    if seen.waiting_since is not None:
        minutes = int((around.clock.now() - seen.waiting_since).total_seconds() // 60)
        if minutes > PATIENCE_MINUTES:
            found.append(watch("doctor-waiting-long", minutes=minutes))
    if seen.unreached:
        found.append(watch("doctor-unreached", names=list(seen.unreached)))
    if seen.failed:
        found.append(watch("doctor-failed", count=seen.failed))
    if seen.parked:
        found.append(watch("doctor-parked", count=seen.parked))
    return found or [ok("doctor-delivered")]


def _can_be_asked(path: Path) -> bool:
    return path.exists() and revision_of(path) == newest()
