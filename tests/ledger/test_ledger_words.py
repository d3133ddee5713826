"""Whatever an import can say is said in both languages."""

import re
from pathlib import Path

import pytest

from core.files import cells, tables
from core.services.imports import import_check
from core.settings import Language
from core.texts.catalog import LANGUAGES, has, say
from core.texts.wire import Label
from tests.ledger.books import yuan

REASON = re.compile(r'"((?:cell|amount|uscc|row|day|books)-[a-z-]+[a-z])"')
SPELT = {"uscc-length", "uscc-alphabet", "uscc-check-digit"} | {
    f"amount-{reason}" for reason in ("unreadable", "negative", "zero", "too-large", "too-precise")
}


def reasons() -> set[str]:
    """The keys of every error that a cell or a row can have, out of the code that finds them."""
    sources = [Path(module.__file__) for module in (cells, tables, import_check)]
    found = {key for source in sources for key in REASON.findall(source.read_text("utf-8"))}
    return found | SPELT | {"day-unreadable", "day-no-such-day", "books-customer-mistyped"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: Language) -> None:
    assert len(reasons()) > 20
    assert [key for key in sorted(reasons()) if not has(language, key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_names_row_column_value_and_reason(language: Language) -> None:
    """5.1."""
    error = {
        "row": 3060,
        "header": "客户编码",
        "value": "C<0881>",
        "key": "books-customer-mistyped",
        "facts": {"nearest": "C0081", "name": "宁波海港"},
    }
    text = say(
        language,
        "import-preview",
        {
            "file": "三月发票.xlsx",
            "kind": Label("import-kind-invoices"),
            "rows": 412,
            "new": 398,
            "amount": yuan(12846000),
            "unchanged": 11,
            "bad": 3,
            "errors": [error],
            "more": 2,
            "ignored": ["备注"],
        },
    )
    for part in (
        "412",
        "398",
        "¥12,846,000",
        "11",
        "3060",
        "客户编码",
        "C&lt;0881&gt;",
        "C0081 宁波海港",
        "备注",
    ):
        assert part in text
