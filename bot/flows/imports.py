"""A file sent to the bot: what it would change, then confirm (5.1)."""

from io import BytesIO

from bot.dialog.filling import Filling
from bot.dialog.page_link import files_link
from bot.dialog.talk import MENU, Talk
from bot.followup import IMPORT, MARKED_COPY
from core.files.columns import KIND_NAMES, KindName
from core.files.template import write_template
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services import uploads
from core.services.imports.import_copy import AskForMarkedCopy
from core.services.imports.imports import CancelImport, ConfirmImport, OpenImport
from core.texts.message import Button, rows
from core.texts.wire import Label


def begin(talk: Talk, _filling: Filling) -> None:
    """What can be sent, and an empty file for whoever has none."""
    _may(talk)
    buttons = [
        Button(f"import-template:{kind}", "button-template", {"kind": Label(f"import-kind-{kind}")})
        for kind in KIND_NAMES
    ]
    page = files_link(talk.desk.office.settings, talk.incoming.channel)
    talk.say("import-how-page" if page else "import-how", (*rows(*buttons), (MENU,)), page=page)


def template(talk: Talk, _filling: Filling, kind: str) -> None:
    """An empty file with the right header."""
    _may(talk)
    content = BytesIO()
    write_template(_kind(kind), content, talk.language)
    data = content.getvalue()
    upload = uploads.keep(talk.session, f"{kind}.xlsx", data, at=talk.at, by=talk.me.person)
    talk.say("import-template", ((MENU,),), upload=upload.id, kind=Label(f"import-kind-{kind}"))


def received(talk: Talk, _filling: Filling) -> None:
    """Look at a file. A form that is open stays open: it is asked again when it is spoken to."""
    incoming = talk.incoming
    _may(talk)
    batch = talk.do(OpenImport(incoming.upload, conversation=incoming.conversation))
    talk.say("import-reading", file=incoming.file_name)
    talk.followups.append((IMPORT, batch))


def confirm(talk: Talk, _filling: Filling, batch: str) -> None:
    talk.do(ConfirmImport(int(batch)))
    talk.say("import-begun")
    talk.followups.append((IMPORT, int(batch)))


def cancel(talk: Talk, _filling: Filling, batch: str) -> None:
    talk.do(CancelImport(int(batch)))
    talk.say("import-dropped", ((MENU,),))


def marked(talk: Talk, _filling: Filling, batch: str) -> None:
    """The file again with what is wrong in it marked, to be mended and sent once more."""
    talk.do(AskForMarkedCopy(int(batch)))
    talk.say("import-marking")
    talk.followups.append((MARKED_COPY, int(batch)))


def _may(talk: Talk) -> None:
    if not talk.may(Permission.IMPORT):
        raise Refusal("import-not-allowed")


def _kind(kind: str) -> KindName:
    for known in KIND_NAMES:
        if known == kind:
            return known
    raise Refusal("import-unknown")
