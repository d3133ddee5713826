"""What people see, held by golden files: ``make golden`` writes them anew, and a person looks at the difference."""

import os
from pathlib import Path

import pytest

from core.settings import Language
from core.texts.catalog import LANGUAGES, say
from tests.texts.plausible import CARDS

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.golden
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", sorted(CARDS))
def test_a_card_reads_as_it_was_approved(card: str, language: Language) -> None:
    said = "".join(f"--- {variant}\n{say(language, card, facts)}\n" for variant, facts in CARDS[card].items())
    kept = GOLDEN / f"{card}.{language}.txt"
    if os.environ.get("ZIXIN_GOLDEN") == "write":
        kept.write_text(said, "utf-8")
    assert said == kept.read_text("utf-8")
