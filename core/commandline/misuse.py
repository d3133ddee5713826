"""Wrong use of the command line, told in the company's language: what was typed, what is wrong, where to look."""

from typing import IO, Any

import click

from core.commandline.worded import Group, usage, worded
from core.settings import company_language
from core.texts.wire import Phrase


class Program(Group):
    """The program itself: through it comes every wrong use of any command."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise _told(error) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _told(error) from None


class Misuse(click.UsageError):
    """A wrong use, as a text of the catalog."""

    def __init__(self, problem: Phrase, ctx: click.Context | None) -> None:
        super().__init__(problem.key, ctx)
        self.problem = problem

    def show(self, file: IO[Any] | None = None) -> None:
        """How the command is used, and in a sentence what is wrong."""
        language = company_language()
        said = [worded(language, self.problem.key, **self.problem.facts)]
        if self.ctx is not None:
            said.insert(0, usage(language, self.ctx))
            said.append(worded(language, "misuse-help", command=self.ctx.command_path))
        click.echo("\n".join(said), file=file, err=True)


def _told(error: click.UsageError) -> click.UsageError:
    """The same error in our words; what asks for the help, or has words already, stays as it is."""
    if isinstance(error, Misuse | click.exceptions.NoArgsIsHelpError):
        return error
    return Misuse(_problem(error), error.ctx)


def _problem(error: click.UsageError) -> Phrase:
    match error:
        case click.exceptions.NoSuchCommand():
            return Phrase(
                "misuse-no-command", {"name": error.command_name, "near": error.possibilities or "none"}
            )
        case click.NoSuchOption():
            return Phrase(
                "misuse-no-option", {"name": error.option_name, "near": error.possibilities or "none"}
            )
        case click.MissingParameter(param=click.Parameter() as missing):
            return Phrase("misuse-missing", {"what": _written(missing), "wanted": _wanted(missing)})
        case click.BadParameter(param=click.Parameter() as bad):
            return Phrase("misuse-bad-value", {"what": _written(bad), "wanted": _wanted(bad)})
        case click.BadOptionUsage():
            return Phrase("misuse-option-value", {"what": error.option_name})
        case _:
            return Phrase("misuse-too-many")


def _written(param: click.Parameter) -> str:
    """As one writes it: ``--on``, ``FILE``."""
    return param.opts[-1] if isinstance(param, click.Option) else param.human_readable_name


def _wanted(param: click.Parameter) -> Phrase | str:
    """What would be right, by its type; ``none`` where any text is."""
    match param.type:
        case click.Choice() as choice:
            return Phrase("misuse-wanted-one-of", {"choices": [str(one) for one in choice.choices]})
        case click.DateTime() as moment:
            example = "2026-03-04T09:00" if any("%H" in form for form in moment.formats) else "2026-03-04"
            return Phrase("misuse-wanted-moment", {"example": example})
        case click.Path():
            return Phrase("misuse-wanted-file")
        case click.IntRange() as numbers:
            return Phrase("misuse-wanted-number", {"least": numbers.min, "most": numbers.max})
        case _:
            return "none"
