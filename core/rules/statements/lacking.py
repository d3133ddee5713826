"""What nobody can work out for want of a figure (1.5): so that it can be asked for while the file is at hand."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from core.rules.statements.ratios import ratios
from core.rules.statements.statements import Figure, Period, Statement

_ANY = Decimal(1)


def ratios_for_want_of(statement: Statement, wanted: Collection[Figure]) -> Mapping[Figure, tuple[str, ...]]:
    """For each figure that a statement lacks the ratios that would be known if all of these were there."""
    if not wanted:
        return {}
    lacking = ratios(Period(statement))
    given = ratios(Period(replace(statement, figures={**statement.figures, **dict.fromkeys(wanted, _ANY)})))
    gained = [
        each for key, each in given.items() if lacking[key].reading.is_missing and not each.reading.is_missing
    ]
    return {figure: tuple(each.key for each in gained if figure in each.figures) for figure in wanted}
