"""The sheets that the sample company's experts gave (B11 评议), read from `expert_sheets.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from core.rules.rating.expert_sheets import Mark
from core.samples.shapes import AnswerSample, ReviewSample, SheetSample

_FILE = Path(__file__).with_name("expert_sheets.toml")


def expert_reviews(surveys: Mapping[str, Mapping[str, AnswerSample]]) -> tuple[ReviewSample, ...]:
    """A review of each customer that experts marked, on the day of its survey; it was closed without a new grade."""
    file = _file()
    return tuple(
        ReviewSample(
            customer_code=code,
            on=max(answer.as_of for answer in surveys[code].values()),
            asked_by=file["asked_by"],
            about=file["about"],
            closed=file["closed"],
            sheets=tuple(
                SheetSample(expert, dict(zip(file["indicators"], map(Mark, marks), strict=True)))
                for expert, marks in zip(file["experts"], given, strict=True)
            ),
        )
        for code, given in file["marks"].items()
    )


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
