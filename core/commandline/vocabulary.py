"""The facts that a policy may name, from the command line (2.2): the shipped ones and the company's own."""

from collections.abc import Sequence
from difflib import get_close_matches

import click

from core.commandline.command import as_json, command
from core.commandline.running import office_of, show, told
from core.commandline.worded import Command
from core.rules.policy.facts import FactKind
from core.settings import Settings
from core.texts.wire import Label, Named

_NEAR_SHOWN = 5
_ALIKE = 0.5
"""How like a word a name must be to be offered for it."""


@click.command("facts", cls=Command)
@click.argument("word", default="")
@as_json
@command
def policy_facts(settings: Settings, word: str, as_json: bool) -> None:
    """Every fact that a policy may name, or those with WORD in their name or question, with type and answers."""
    sought = word.casefold()
    kinds = office_of(settings).vocabulary.kinds
    found = [kind for kind in kinds if _has(kind, sought)]
    lines = [_line(settings, kind) for kind in found or _near(kinds, word)]
    lines += [] if found else [told(settings, "vocabulary-none", word=word, near=len(lines))]
    show(as_json, [_data(kind) for kind in found], "\n".join(lines))


def _has(kind: FactKind, word: str) -> bool:
    asked = (kind.question.zh, kind.question.en) if kind.question else ()
    return any(word in said.casefold() for said in (kind.key, kind.zh, kind.en, *asked))


def _near(kinds: Sequence[FactKind], word: str) -> list[FactKind]:
    """Those whose Chinese name says much the same in other words: 注册资金 for 注册资本."""
    names = get_close_matches(word, [kind.zh for kind in kinds], _NEAR_SHOWN, _ALIKE)
    return [kind for kind in kinds if kind.zh in names]


def _line(settings: Settings, kind: FactKind) -> str:
    return told(
        settings,
        "vocabulary-fact",
        key=kind.key,
        name=Named(kind.zh, kind.en),
        type=Label(f"fact-type-{kind.kind}"),
        asked=int(kind.source == "survey"),
        choices=[Named(f"{each.value} = {each.zh}", f"{each.value} = {each.en}") for each in kind.choices],
        count=len(kind.choices),
    )


def _data(kind: FactKind) -> dict[str, object]:
    return {
        "key": kind.key,
        "title": kind.zh,
        "english": kind.en,
        "type": kind.kind,
        "unit": kind.unit,
        "source": kind.source,
        "choices": [each.value for each in kind.choices],
    }
