"""Writers of answers, the inverse of readers: from a value to what one would type for it, to be looked over and changed."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.rules.money import Money

if TYPE_CHECKING:
    from bot.dialog.state import Answers


def as_typed(value: Any, _answers: "Answers") -> str:
    """What the reader of the question takes for this very value. Of a choice it is the value of its button."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Money():
            whole = value.minor % 100 == 0
            return f"{value.amount:,.{0 if whole else 2}f}"
        case date():
            return value.isoformat()
        case Decimal():
            return plain_number(value)
        case list():
            return " ".join(str(part) for part in value if part)
        case _:
            return str(value)


def plain_number(value: Decimal) -> str:
    """Without exponent and without zeros at the end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
