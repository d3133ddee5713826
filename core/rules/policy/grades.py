"""The grades of a policy, best first: what each means, what it brings, and how it is reached."""

from dataclasses import dataclass
from enum import StrEnum

from core.rules.policy.parameters import Number
from core.rules.policy.source import Text


class GradeRule(StrEnum):
    """How a grade is reached from its criteria."""

    ALL = "all"
    ANY = "any"
    ELSE = "else"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and how it is reached: by a `rule` over its criteria, or by the least score for it."""

    code: str
    article: str
    rule: GradeRule | None = None
    at_least: Number | None = None
    """That score included; 0 for the last grade."""
    name: Text | None = None
    """What people call it; where the file gives no name it goes by its code."""
    meaning: Text | None = None
    """What the document says that the grade means, where it says so."""
    treatment: Text | None = None
    """What the grade brings: measures, guarantee, supervision."""
    no_credit: bool = False
    """No credit of any kind."""

    @property
    def called(self) -> Text:
        """Its name in both languages; the code is what is stored and compared, whatever people call it."""
        return self.name or Text(self.code, self.code)
