"""How busy a day is: quiet around the Spring Festival and in Golden Week, busiest at the year's end."""

from datetime import date, timedelta
from functools import cache

from core.rules.calendar import is_working_day

_MONTHS = (0.95, 0.90, 1.05, 1.0, 0.95, 1.05, 0.9, 0.9, 1.1, 1.05, 1.2, 1.4)

# The first day of the lunar year, which the published calendar knows only until the year before.
_SPRING_FESTIVALS = {
    2023: date(2023, 1, 22),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
    2029: date(2029, 2, 13),
    2030: date(2030, 2, 3),
}
_CLOSED_FROM, _CLOSED_UNTIL = timedelta(days=-1), timedelta(days=6)
_SLOW_FROM, _SLOW_UNTIL = timedelta(days=-6), timedelta(days=12)


@cache
def demand(day: date) -> float:
    """Orders of a day as a multiple of an ordinary working day's; 0 when nobody works."""
    from_festival = day - _spring_festival(day.year)
    golden_week = day.month == 10 and day.day <= 7
    if not is_working_day(day) or golden_week or _CLOSED_FROM <= from_festival <= _CLOSED_UNTIL:
        return 0.0
    slowed = 0.5 if _SLOW_FROM <= from_festival <= _SLOW_UNTIL else 1.0
    return _MONTHS[day.month - 1] * slowed


def _spring_festival(year: int) -> date:
    # Beyond the table a day near the middle of its range: a sample needs the dip, not the almanac.
    return _SPRING_FESTIVALS.get(year, date(year, 2, 5))
