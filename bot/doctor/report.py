"""What the doctor found, for a person at the terminal and for other programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.doctor.finding import Found, Level
from core.commandline.running import told
from core.settings import Settings

_MARKS = {Level.OK: "✔", Level.WATCH: "⚠", Level.MEND: "✖"}


@dataclass(frozen=True, slots=True)
class Report:
    to_mend: int
    data: dict[str, Any]
    text: str


def report_of(settings: Settings, found: Sequence[Found]) -> Report:
    """Every finding as a sentence in the language of the settings."""
    to_mend = sum(each.finding.level is Level.MEND for each in found)
    findings, lines = [], []
    for each in found:
        level, message = each.finding.level, each.finding.message
        sentence = told(settings, message.key, **message.facts)
        findings.append({"check": each.check, "level": level, "key": message.key, "text": sentence})
        lines.append(f"{_MARKS[level]} {sentence}")
    lines.append(
        told(settings, "doctor-to-mend", count=to_mend) if to_mend else told(settings, "doctor-well")
    )
    return Report(to_mend, {"mend": to_mend, "findings": findings}, "\n".join(lines))
