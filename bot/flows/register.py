"""The register, the overrides and the publication list in chat, for finance and the auditor (2.7, 2.11)."""

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from core.queries.policies.grade_names import grade_name
from core.queries.rating.publication import publication_allowed, publication_list, publication_setting
from core.queries.rating.register import override_report, register
from core.queries.rating.register_report import override_facts, register_facts, register_workbook
from core.rules.calendar import add_months
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services import uploads
from core.services.rating.publication import ConfirmPublication, EndPublication, ProposePublication
from core.texts.message import Button, rows

_YEAR = 12


def the_register(talk: Talk, _filling: Filling) -> None:
    """Who has which grade today."""
    _may_look(talk)
    buttons = [Button("register.file", "button-register-file"), Button("overrides", "button-overrides")]
    if publication_allowed(talk.policy):
        buttons.append(Button("publication", "button-publication"))
    found = register(talk.session, talk.today)
    talk.say(
        "register", (*rows(*buttons), (MENU,)), **register_facts(talk.desk.office.library, found, talk.today)
    )


def register_file(talk: Talk, _filling: Filling) -> None:
    """The whole register as a workbook."""
    _may_look(talk)
    data = register_workbook(talk.desk.office.library, register(talk.session, talk.today), talk.language)
    upload = uploads.keep(talk.session, f"register-{talk.today}.xlsx", data, at=talk.at)
    talk.say("register-file", ((MENU,),), upload=upload.id, day=talk.today)


def overrides(talk: Talk, _filling: Filling) -> None:
    """How often people put another grade in the place of the policy's within the last twelve months."""
    _may_look(talk)
    begin = add_months(talk.today, -_YEAR)
    found = override_report(talk.session, talk.desk.office, begin, talk.today)
    talk.say("overrides", ((Button("register", "button-register"), MENU),), **override_facts(found))


def publication(talk: Talk, _filling: Filling) -> None:
    """The list, once two people have turned it on; until then how it stands."""
    _may_look(talk)
    setting = publication_setting(talk.session)
    own = talk.me.person is not None and setting.proposed_by == talk.me.person
    buttons = []
    if talk.may(Permission.SET_COMPANY):
        if setting.on:
            buttons.append(Button("publication.end", "button-publication-end"))
        elif setting.proposed_by is None:
            buttons.append(Button("publication.propose", "button-publication-propose"))
        elif not own:
            buttons.append(Button("publication.confirm", "button-publication-confirm"))
    found = publication_list(talk.session, talk.desk.office, talk.today) if setting.on else ()
    talk.say(
        "publication",
        rows(*buttons, MENU),
        on=setting.on,
        proposed=setting.proposed_by is not None,
        grade=grade_name(talk.policy, talk.policy.codes[0]),
        year=str(talk.today.year),
        names=[each.name for each in found],
    )


def propose(talk: Talk, filling: Filling) -> None:
    talk.do(ProposePublication())
    publication(talk, filling)


def confirm(talk: Talk, filling: Filling) -> None:
    talk.do(ConfirmPublication())
    publication(talk, filling)


def end(talk: Talk, filling: Filling) -> None:
    talk.do(EndPublication())
    publication(talk, filling)


def _may_look(talk: Talk) -> None:
    if not talk.may(Permission.SEE_REGISTER):
        raise Refusal("not-allowed")
