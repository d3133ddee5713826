"""Turning the yearly publication on takes two people of finance, off takes one (2.11)."""

from dataclasses import asdict, dataclass

from core.queries.people.approvers import people_of
from core.queries.policies.activation import active_policy
from core.queries.rating.publication import (
    PUBLICATION,
    PublicationSetting,
    publication_allowed,
    publication_setting,
)
from core.records.company import CompanyFact
from core.rules.permission import Permission, roles_with
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.work import Work
from core.texts.message import Button, Message, rows
from core.texts.wire import dumps


@dataclass(frozen=True)
class ProposePublication(Command):
    pass


def propose_publication(work: Work, command: ProposePublication) -> None:  # noqa: ARG001 -- it says all by its name
    """Ask somebody else of finance to confirm. Refused where the policy does not allow it or nobody else could."""
    policy = active_policy(work.session, work.office, work.today)
    if not publication_allowed(policy):
        raise Refusal("publication-not-allowed", policy=policy.id)
    finance = people_of(work.session, *roles_with(Permission.SET_COMPANY))
    others = [each for each in finance if each != work.by.person]
    if not others:
        raise Refusal("publication-nobody")
    _keep(work, PublicationSetting(proposed_by=work.by.person), "proposed")
    message = Message(
        "publication-asked",
        {"who": work.by.named},
        rows(
            Button("publication.confirm", "button-publication-confirm"), Button("register", "button-register")
        ),
    )
    for person in others:
        work.tell(person, message, urgent=True)


@dataclass(frozen=True)
class ConfirmPublication(Command):
    pass


def confirm_publication(work: Work, command: ConfirmPublication) -> None:  # noqa: ARG001 -- it says all by its name
    """The second person's consent. Refused: one's own proposal, and where nothing was proposed."""
    setting = publication_setting(work.session)
    if setting.proposed_by is None or setting.on:
        raise Refusal("publication-not-proposed")
    if setting.proposed_by == work.by.person:
        raise Refusal("publication-own")
    _keep(work, PublicationSetting(setting.proposed_by, work.by.person), "confirmed")


@dataclass(frozen=True)
class EndPublication(Command):
    pass


def end_publication(work: Work, command: EndPublication) -> None:  # noqa: ARG001 -- it says all by its name
    """Off again, at once: one person is enough for caution."""
    _keep(work, PublicationSetting(), "ended")


def _keep(work: Work, setting: PublicationSetting, what: str) -> None:
    kept = work.session.get(CompanyFact, PUBLICATION)
    if kept is None:
        kept = CompanyFact(key=PUBLICATION, value="", at=work.at)
        work.session.add(kept)
    kept.value, kept.by, kept.at = dumps(asdict(setting)), work.by.person, work.at
    work.record(f"publication.{what}", "company", **asdict(setting))
