"""Trying a policy out from chat (2.9): asked for in a turn, worked out beside it, told when it is done."""

import asyncio
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.actor import CLOCK, Actor
from core.queries.policies.activation import active_policy, library_policy, open_activation
from core.queries.policies.shelf import notes_on
from core.queries.policies.simulation import Simulation, simulate
from core.queries.policies.simulation_report import card_facts, picture_facts, workbook
from core.queries.policies.tried import figures_of
from core.records.simulation import SimulationRun
from core.records.staff import Person
from core.records.tables import table_of
from core.rules.permission import Permission, Scope
from core.rules.refusal import Refusal
from core.services import tell, uploads
from core.services.desk import Command, Desk
from core.services.work import Work
from core.settings import Language, language_named
from core.storage.database import Database
from core.texts.message import Button, Message, rows
from core.texts.picture import draw
from core.texts.wire import Named

_RUN = table_of(SimulationRun)


@dataclass(frozen=True)
class AskSimulation(Command):
    """All customers under a policy of the library, beside the one in force, on facts of a day."""

    policy: str
    on: date
    conversation: str
    edition: date | None = None
    """The day whose edition of the policy is tried out; today's unless told."""


def may_simulate(actor: Actor) -> bool:
    """Whoever sees every customer; a simulation tells of all of them."""
    return actor.may(Permission.SEE_CUSTOMERS) and actor.scope is Scope.ALL and actor.person is not None


def ask_simulation(work: Work, command: AskSimulation) -> int:
    """Note it. Returns the number under which it is taken up once the turn is over.

    Refused: for those who do not see every customer, a policy that nobody has, one with blanks, a day to come.
    """
    if not may_simulate(work.by) or work.by.person is None:
        raise Refusal("simulation-own-customers")
    if command.on > work.today:
        raise Refusal("as-of-future", day=command.on)
    policy = library_policy(work.office, command.policy, command.edition or work.today)
    if policy is None:
        raise Refusal("policy-not-in-force", policy=command.policy, on=work.today)
    if not policy.grades:
        raise Refusal("policy-rates-nobody", title=Named(policy.title.zh, policy.title.en))
    if policy.unset:
        raise Refusal("policy-unset", parameters=notes_on(policy))
    run = SimulationRun(
        policy=policy.id,
        checksum=policy.checksum,
        on_day=command.on,
        asked_by=work.by.person,
        conversation=command.conversation,
        asked_at=work.at,
    )
    work.session.add(run)
    work.session.flush()
    work.record(
        "policy.simulated", f"simulation:{run.id}", policy=policy.id, version=policy.version, on=command.on
    )
    assert run.id is not None
    return run.id


@dataclass(frozen=True)
class TellSimulation(Command):
    """What came of it, for whoever asked; None when its file has changed meanwhile."""

    run: int
    message: Message
    figures: str | None = None
    book: bytes = b""
    picture: bytes = b""


def tell_simulation(work: Work, command: TellSimulation) -> bool:
    """Say it where it was asked, once, with the workbook and the picture. False when it has been told already."""
    run = work.session.get_one(SimulationRun, command.run)
    if run.told_at is not None:
        return False
    run.told_at = work.at
    run.figures = command.figures
    waiting = open_activation(work.session)
    if waiting is not None and waiting.checksum == run.checksum:
        tell.refresh_cards(work.session, f"activation:{waiting.id}", at=work.at)
    _say(work, run, command.message, command.book, f"{run.policy}-{run.on_day}.xlsx")
    if command.picture:
        picture = Message("simulation-table-picture", {})
        _say(work, run, picture, command.picture, f"{run.policy}-{run.on_day}.png")
    return True


def _say(work: Work, run: SimulationRun, message: Message, content: bytes, name: str) -> None:
    upload = uploads.keep(work.session, name, content, at=work.at, by=run.asked_by) if content else None
    tell.say(
        work.session,
        run.conversation,
        Message(message.key, message.facts, message.buttons, upload.id if upload is not None else None),
        at=work.at,
        person=run.asked_by,
    )


def untold(session: Session) -> tuple[int, ...]:
    """The simulations that wait for the desk, the oldest first: to be taken up after a start."""
    waiting = select(_RUN.c.id).where(_RUN.c.told_at.is_(None)).order_by(_RUN.c.id)
    return tuple(session.scalars(waiting))


async def take_up_simulation(database: Database, desk: Desk, run: int) -> None:
    """Work one out, with nothing locked meanwhile, and tell it; or why it could not be."""
    try:
        found, language = await database.read(lambda session: _worked_out(session, desk, run))
    except Refusal as why:
        telling = TellSimulation(run, Message(f"refusal-{why.key}", why.facts))
    else:
        telling = await asyncio.to_thread(_told, run, found, language)
    await desk.run(database, telling, CLOCK)


def _worked_out(session: Session, desk: Desk, number: int) -> tuple[Simulation | str, Language]:
    """The simulation, or the policy's id when the file that was asked about is no longer there."""
    office = desk.office
    run = session.get_one(SimulationRun, number)
    asker = session.get_one(Person, run.asked_by)
    language = language_named(asker.language) or office.settings.language
    draft = office.library.policy_of(run.checksum)
    if draft is None:
        return run.policy, language
    return simulate(session, office, active_policy(session, office, run.on_day), draft, run.on_day), language


def _told(run: int, found: Simulation | str, language: Language) -> TellSimulation:
    if isinstance(found, str):
        return TellSimulation(run, Message("simulation-file-changed", {"policy": found}))
    page = rows(Button(f"policy:{found.draft.id}", "button-policy"))
    return TellSimulation(
        run,
        Message("simulation", card_facts(found), page),
        figures_of(found),
        workbook(found, language),
        draw(language, "migration", picture_facts(found)),
    )
