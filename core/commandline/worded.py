"""Commands that explain themselves in the company's language: their words are texts like all others, named after them.

``zixin staff add`` is explained by ``help-staff-add``, its option ``--role`` by ``option-staff-add-role``, else by
``option-role``, which says the same for every command that has it. Names and values one types are the same everywhere.
"""

from typing import Any

import click

from core.settings import Language, company_language
from core.texts.catalog import has, sentence, strip

_ROOT = "zixin"


class Command(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx  # the parser does not say whose option it was
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does and what it takes."""
        language = company_language()
        formatter.write_text(usage(language, ctx))
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(worded(language, f"help-{_name(ctx)}"))
        options = [option for option in self.get_params(ctx) if isinstance(option, click.Option)]
        _write_list(
            formatter, worded(language, "help-options"), [_told(language, ctx, one) for one in options]
        )
        if isinstance(self, click.Group):
            before = "" if self.name == _ROOT else f"{_name(ctx)}-"
            commands = [(name, worded(language, f"help-{before}{name}")) for name in self.list_commands(ctx)]
            _write_list(formatter, worded(language, "help-commands"), commands)


class Group(Command, click.Group):
    command_class = Command
    group_class = type


def option_key(command: str, option: click.Option) -> str:
    """The text of an option: the command's own, or the one that all share."""
    name = option.opts[-1].lstrip("-")
    own = f"option-{command}-{name}"
    return own if has("zh_CN", own) else f"option-{name}"


def usage(language: Language, ctx: click.Context) -> str:
    """What one types, in a line."""
    pieces = ctx.command.collect_usage_pieces(ctx)
    return worded(language, "help-usage", usage=" ".join([ctx.command_path, *pieces]))


def worded(language: Language, key: str, /, **facts: Any) -> str:
    """A text of the catalogs for the terminal."""
    return strip(sentence(language, key, facts))


def _name(ctx: click.Context) -> str:
    """The command as its texts are named: ``staff-add``; the program itself by its own name."""
    names = [ctx.command.name or ""]
    while ctx.parent is not None and ctx.parent.command.name != _ROOT:
        ctx = ctx.parent
        names.insert(0, ctx.command.name or "")
    return "-".join(names)


def _told(language: Language, ctx: click.Context, option: click.Option) -> tuple[str, str]:
    """How an option is written, and in a sentence what it is for."""
    record = option.get_help_record(ctx)
    assert record is not None, "no option is hidden"
    words = worded(language, option_key(_name(ctx), option))
    if option.required:
        words = worded(language, "help-required", words=words)
    elif option.show_default:
        words = worded(language, "help-default", words=words, value=str(option.default))
    return record[0], words


def _write_list(formatter: click.HelpFormatter, heading: str, entries: list[tuple[str, str]]) -> None:
    formatter.write_paragraph()
    formatter.write(f"{heading}\n")
    with formatter.indentation():
        formatter.write_dl(entries)
