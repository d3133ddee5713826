"""The form page's own files: its words in both languages (10.6), and nothing that needs another host."""

import json
import re
from pathlib import Path

import bot.web.forms

SERVER = Path(bot.web.forms.__file__).parent
PAGE = SERVER.parent / "page" / "forms"
WORDS = json.loads((PAGE / "words.json").read_text("utf-8"))
SOURCES = {path.name: path.read_text("utf-8") for path in PAGE.iterdir() if path.suffix in {".html", ".js"}}
GUARDS = {"unreadable", "trouble", "too-large", "too-slow", "wrong-origin"}
"""What every request of a page may be declined with."""


def used() -> set[str]:
    """Every key that the page names, and that the server declines with."""
    everything = "\n".join(SOURCES.values())
    keys = set(re.findall(r'data-word="([^"]+)"', everything))
    keys |= set(re.findall(r'\bword\("([^"]+)"', everything))
    keys |= set(re.findall(r'this\.saved\("(\w+)"\)', everything))
    sources = (*SERVER.glob("*.py"), SERVER.parent / "wecom_login.py")
    server = "\n".join(path.read_text("utf-8") for path in sources)
    declined = GUARDS | set(re.findall(r'Declined\(\s*\d+, "([\w-]+)"', server))
    declined |= set(re.findall(r'"(proof-forged|unproven|not-yours)"', server))
    declined |= set(re.findall(r'new Failed\("([\w-]+)"\)', everything))
    return keys | {f"error-{key}" for key in declined}


def test_both_languages_have_the_same_keys() -> None:
    assert WORDS["zh_CN"].keys() == WORDS["en"].keys()


def test_every_word_that_is_used_is_there_and_every_word_that_is_there_is_used() -> None:
    assert used() == set(WORDS["en"])


def test_no_word_is_empty_and_both_languages_have_the_same_numbers_in_it() -> None:
    for key, text in WORDS["en"].items():
        other = WORDS["zh_CN"][key]
        assert text.strip()
        assert other.strip()
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", other)), key


def test_the_page_needs_no_other_host() -> None:
    for name, source in SOURCES.items():
        assert not re.search(r"https?://", source), name


def test_no_script_or_style_stands_in_the_markup() -> None:
    html = SOURCES["index.html"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html)
    assert not any("innerHTML" in source or "outerHTML" in source for source in SOURCES.values())
